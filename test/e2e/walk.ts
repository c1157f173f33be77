/** The way of a new office, as a person walks it in Arabic: account, company, onboarding, invoices of both kinds, a credit note, a supplier's file. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { expect } from 'vitest'
import { lookAtTheSettings, pauseAndResumeSending, readTheEvidence, renewTheCertificate } from './reliability-walk.ts'
import { fill, go, main, photograph, press, sees, type Walk } from './walk-words.ts'

const vectors = join(import.meta.dirname, '..', 'fixtures', 'vectors')

export const createFirstAccount = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await sees(page.getByRole('heading', { name: 'إنشاء الحساب الأول' }))
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  expect(await page.locator('html').getAttribute('lang')).toMatch(/^ar/)
  await fill(page, {
    الاسم: 'سارة القحطاني',
    'اسم المستخدم': 'sara',
    'كلمة المرور': 'rain-camel-ledger-7',
    'تأكيد كلمة المرور': 'rain-camel-ledger-7',
  })
  await photograph(walk, '1-first-account')
  await press(page, 'إنشاء الحساب')
  await sees(main(page).getByRole('heading', { name: 'لا توجد منشأة بعد' }))
}

export const addCompany = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await press(page, 'إضافة أول منشأة')
  await fill(page, {
    'الاسم النظامي': 'مؤسسة نخيل العارض التجارية',
    'رقم التسجيل الضريبي': '310175397400004',
    النشاط: 'تجارة الجملة',
    'رقم المعرّف': '1010473625',
    الشارع: 'طريق الملك فهد',
    'رقم المبنى': '7423',
    الحي: 'العليا',
    المدينة: 'الرياض',
    'الرمز البريدي': '12214',
  })
  await press(page, 'حفظ المنشأة')
  // A VAT number that does not end in 3 is refused beside its field, and nothing that was typed is lost.
  await sees(main(page).getByText(/15 رقمًا/))
  await photograph(walk, '2-company-refused')
  await fill(page, { 'رقم التسجيل الضريبي': '310175397400003' })
  await press(page, 'حفظ المنشأة')
  await sees(main(page).getByRole('heading', { name: /مؤسسة نخيل العارض التجارية/ }))
  await photograph(walk, '3-company')
}

export const onboardUnit = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await press(page, 'الربط مع الهيئة')
  await fill(page, { 'اسم الوحدة': 'الرياض-01', الفرع: 'فرع العليا' })
  await press(page, 'إنشاء الوحدة')
  const otp = main(page).getByRole('textbox', { name: 'رمز التحقق (OTP)' })
  await otp.fill('000000')
  await press(page, 'طلب الشهادة')
  await sees(main(page).getByText('onboarding/otp-refused'))
  await photograph(walk, '4-otp-refused')
  await press(page, 'إصدار رمز تدريبي')
  await expect.poll(() => otp.inputValue()).not.toBe('000000')
  await press(page, 'طلب الشهادة')
  await press(page, 'إرسال مستندات الاختبار')
  await sees(main(page).getByRole('button', { name: 'تفعيل الوحدة' }))
  await photograph(walk, '5-compliance-documents')
  await press(page, 'تفعيل الوحدة')
  await sees(main(page).getByRole('heading', { name: 'الوحدة جاهزة' }))
}

const buyer = {
  'اسم المشتري': 'شركة روافد نجد للمقاولات',
  'الرقم الضريبي للمشتري': '310422816900003',
  الشارع: 'شارع العروبة',
  'رقم المبنى': '3190',
  الحي: 'الورود',
  المدينة: 'الرياض',
  'الرمز البريدي': '12215',
}

const totals = (page: Page): Locator => main(page).getByRole('region', { name: 'الإجماليات' })
const result = (page: Page, state: string): Promise<void> => sees(main(page).getByText(state, { exact: true }))

export const clearStandardInvoice = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await go(page, 'مستند جديد')
  const line = { 'السلعة أو الخدمة، البند 1': 'أسمنت بورتلاندي 50 كجم', 'سعر الوحدة، البند 1': '16.50' }
  await fill(page, { ...line, 'الكمية، البند 1': '٤٠' })
  await press(page, /^إصدار وإرسال/)
  // Without a buyer nothing is numbered: the findings stand beside their fields.
  await sees(main(page).getByText(/المشتري/))
  await photograph(walk, '6-findings')
  await fill(page, buyer)
  await sees(totals(page).getByText('759.00'))
  await photograph(walk, '7-invoice')
  await press(page, /^إصدار وإرسال/)
  await result(page, 'معتمد')
  await sees(main(page).getByRole('img', { name: 'رمز الاستجابة السريعة' }))
  await photograph(walk, '8-cleared')
}

export const reportSimplifiedInvoice = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await press(page, 'المستند التالي')
  await main(page).getByText('مبسطة', { exact: true }).click()
  const line = { 'السلعة أو الخدمة، البند 1': 'قهوة عربية 250 جم', 'سعر الوحدة، البند 1': '10.10' }
  await fill(page, { ...line, 'الكمية، البند 1': '3' })
  await sees(totals(page).getByText('34.85'))
  await page.keyboard.press('Control+Enter')
  await result(page, 'مُبلَّغ عنه')
  await photograph(walk, '9-reported')
}

export const creditTheInvoice = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await go(page, 'المستندات')
  await main(page)
    .getByRole('row', { name: /INV-0001/ })
    .click()
  await sees(page.getByRole('complementary').getByText('759.00'))
  await photograph(walk, '10-detail')
  await page.getByRole('complementary').getByRole('button', { name: 'إشعار دائن' }).click()
  await fill(page, { 'سبب الإشعار': 'إرجاع بضاعة' })
  await photograph(walk, '11-credit-note')
  await press(page, /^إصدار وإرسال/)
  await result(page, 'معتمد')
  await go(page, 'المستندات')
  const rows = main(page).getByRole('grid').getByRole('row')
  await expect.poll(() => rows.count()).toBe(4)
  await photograph(walk, '12-list')
}

/** As a person does it from the desktop: the whole window takes the file. */
const dropFile = (page: Page, name: string, text: string): Promise<void> =>
  page.evaluate(
    ([fileName, content]) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content], fileName, { type: 'text/xml' }))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    },
    [name, text] as const,
  )

export const checkSuppliersFile = async (walk: Walk): Promise<void> => {
  const { page } = walk
  const genuine = readFileSync(join(vectors, 'standard388.xml'), 'utf8')
  await go(page, 'فحص ملف')
  await sees(main(page).getByRole('heading', { name: 'أفلت ملف XML هنا' }))
  await dropFile(page, 'supplier.xml', genuine)
  await sees(main(page).getByRole('region', { name: 'المستند سليم' }))
  await sees(main(page).getByText('447.75'))
  await photograph(walk, 'check-sound')
  // One digit of the amount due: neither the stamp nor the QR code fits any more.
  await dropFile(page, 'supplier.xml', genuine.replace('>447.75</cbc:PayableAmount>', '>947.75</cbc:PayableAmount>'))
  await sees(main(page).getByRole('region', { name: 'في المستند أخطاء' }))
  await sees(main(page).getByText(/لا تُخصم ضريبة المدخلات/))
  await sees(main(page).getByText('SIGNATURE/invoiceSignedDataDigestValue'))
  await photograph(walk, 'check-tampered')
  await press(page, 'فحص ملف آخر')
  await main(page).getByRole('textbox', { name: 'نص رمز الاستجابة السريعة' }).fill('AQxBY21lIFdpZGdldHM=')
  await press(page, 'قراءة الرمز')
  await sees(main(page).getByRole('region', { name: 'في الرمز أخطاء' }))
  await go(page, 'المستندات')
  await sees(main(page).getByRole('grid'))
}

export const speakEnglish = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await page.getByRole('button', { name: 'العرض بالإنجليزية' }).click()
  await sees(page.getByRole('navigation').getByRole('button', { name: 'Documents' }))
  expect(await page.locator('html').getAttribute('dir')).toBe('ltr')
  await photograph(walk, '13-english')
}

export const wholeWay = [
  createFirstAccount,
  addCompany,
  onboardUnit,
  clearStandardInvoice,
  reportSimplifiedInvoice,
  creditTheInvoice,
  checkSuppliersFile,
  pauseAndResumeSending,
  readTheEvidence,
  renewTheCertificate,
  lookAtTheSettings,
  speakEnglish,
] as const
