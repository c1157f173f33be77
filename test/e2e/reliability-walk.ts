/** What a person does about reliability, in Arabic: pause and resume sending, read the evidence of a document, renew a certificate, look at the settings. */
import { expect } from 'vitest'
import { fill, go, main, photograph, press, sees, type Walk } from './walk-words.ts'

const attention = (page: Walk['page']) => page.getByRole('navigation').getByText('بحاجة إليك: 1')

export const pauseAndResumeSending = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await go(page, 'الإرسال')
  await sees(main(page).getByRole('heading', { name: 'لا شيء في الانتظار' }))
  await photograph(walk, 'sending-clear')
  await press(page, 'إيقاف الإرسال مؤقتًا')
  await press(page, 'إيقاف الآن')
  await sees(main(page).getByText('موقوف مؤقتًا'))
  await go(page, 'مستند جديد')
  await main(page).getByText('مبسطة', { exact: true }).click()
  const line = { 'السلعة أو الخدمة، البند 1': 'تمر سكري 1 كجم', 'سعر الوحدة، البند 1': '20.00' }
  await fill(page, { ...line, 'الكمية، البند 1': '2' })
  await page.keyboard.press('Control+Enter')
  await sees(main(page).getByText('صادر بانتظار الإرسال', { exact: true }))
  await go(page, 'الإرسال')
  await sees(main(page).getByRole('region', { name: 'مهلة 24 ساعة' }).getByText('ضمن المهلة'))
  await sees(attention(page))
  await photograph(walk, 'sending-paused')
  await press(page, 'استئناف')
  await sees(main(page).getByRole('heading', { name: 'لا شيء في الانتظار' }))
  await expect.poll(() => attention(page).count()).toBe(0)
}

export const readTheEvidence = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await go(page, 'المستندات')
  await main(page)
    .getByRole('row', { name: /INV-0001/ })
    .click()
  await page.getByRole('tab', { name: 'الإثبات' }).click()
  await sees(page.getByRole('complementary').getByText(/كل شيء متطابق/))
  await sees(page.getByRole('complementary').getByText('المستند الذي بعده يحمل بصمته'))
  await photograph(walk, 'evidence')
  const saved = page.waitForEvent('download')
  await page.getByRole('complementary').getByRole('button', { name: 'تنزيل ملف الإثبات' }).click()
  expect((await saved).suggestedFilename()).toMatch(/^310175397400003_.*-evidence\.json$/)
}

export const renewTheCertificate = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await go(page, 'الشهادات')
  await sees(main(page).getByText(/شهادة الإصدار/))
  await photograph(walk, 'certificates')
  await main(page).getByRole('table').getByRole('button', { name: 'تجديد' }).click()
  await sees(main(page).getByRole('heading', { name: 'تجديد الشهادة' }))
  await press(page, 'إصدار رمز تدريبي')
  const otp = main(page).getByRole('textbox', { name: 'رمز التحقق (OTP)' })
  await expect.poll(() => otp.inputValue()).not.toBe('')
  await press(page, 'طلب الشهادة')
  await sees(main(page).getByRole('heading', { name: 'بدأ العمل بالشهادة الجديدة' }))
  await photograph(walk, 'renewed')
  await press(page, 'العودة إلى الشهادات')
  await sees(main(page).getByText(/السلسلة 2/))
}

/** Only the desktop plans its backups on the screen; the dialog of the stand-in chooses a folder on another disk. */
export const planBackups = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await go(page, 'الإعدادات')
  const backups = main(page).getByRole('region', { name: 'النسخ الاحتياطية' })
  await sees(backups.getByText('لم يُحدَّد بعد مكان لحفظ النسخ الاحتياطية.'))
  await press(page, 'إعداد النسخ الاحتياطي')
  await press(page, 'اختيار…')
  await expect.poll(() => backups.getByRole('textbox', { name: 'المجلد' }).inputValue()).toMatch(/-disk$/)
  await backups.getByRole('textbox', { name: 'عبارة المرور', exact: true }).fill('قارب نخلة سبعة مصباح')
  await backups.getByRole('textbox', { name: 'عبارة المرور مرة أخرى' }).fill('قارب نخلة سبعة')
  await press(page, 'حفظ الخطة')
  await sees(backups.getByText('لا تطابق العبارة أعلاه'))
  await photograph(walk, 'backup-plan')
  await backups.getByRole('textbox', { name: 'عبارة المرور مرة أخرى' }).fill('قارب نخلة سبعة مصباح')
  await press(page, 'حفظ الخطة')
  await sees(backups.getByText('يوميًا الساعة 13:00'))
  await press(page, 'نسخ احتياطي الآن')
  await sees(backups.getByText('سليمة: فُتحت ودُقّقت'))
  await backups.getByText('كيف تُستعاد النسخة الاحتياطية؟').click()
  await sees(backups.getByText(/^khatm restore "/))
  await photograph(walk, 'backups')
  await go(page, 'المستندات')
  await sees(main(page).getByRole('grid'))
}

export const lookAtTheSettings = async (walk: Walk): Promise<void> => {
  const { page } = walk
  await go(page, 'الإعدادات')
  await main(page)
    .getByRole('combobox', { name: 'الرقم الضريبي في الشهادة عند الفوترة الذاتية' })
    .selectOption('seller')
  await sees(main(page).getByText(/اختارها/))
  await photograph(walk, 'settings')
  await go(page, 'المستندات')
  await sees(main(page).getByRole('grid'))
}
