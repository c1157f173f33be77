/** Texts of the rules on VAT: breakdown, categories and rates, reasons for charging none. */
import type { exemptionRules } from '#core/invoice/rules/exemptions.ts'
import type { breakdownRules } from '#core/invoice/rules/vat-breakdown.ts'
import type { rateRules } from '#core/invoice/rules/vat-rates.ts'
import { type Bilingual, text } from '../text.ts'

const rowMissing = text(
  'VAT category {category} is used, but the VAT breakdown has no row for it. Calculate the invoice again.',
  'فئة الضريبة {category} مستخدمة لكنها غير موجودة في تفصيل الضريبة. أعد حساب الفاتورة.',
)
const taxableDiffers = text(
  'The taxable amount of category {category} is {actual}, lines less discounts plus charges make {expected}. Calculate the invoice again.',
  'المبلغ الخاضع للفئة {category} هو {actual}، بينما البنود ناقصًا الخصومات زائدًا الرسوم {expected}. أعد حساب الفاتورة.',
)
const taxDiffers = text(
  'VAT of the breakdown is {actual}, taxable amount x {rate} % makes {expected}. Calculate the invoice again.',
  'الضريبة في التفصيل {actual}، بينما المبلغ الخاضع × {rate}٪ يساوي {expected}. أعد حساب الفاتورة.',
)
const noTax = text(
  'Category {category} bears no VAT, but {actual} is stated. It must be 0.00.',
  'الفئة {category} لا ضريبة عليها بينما المبلغ المسجل {actual}. يجب أن يكون 0.00.',
)
const rowLacks = (en: string, ar: string): Bilingual =>
  text(
    `A row of the VAT breakdown lacks ${en}. Calculate the invoice again.`,
    `أحد أسطر تفصيل الضريبة بلا ${ar}. أعد حساب الفاتورة.`,
  )

export const breakdownTexts: Readonly<Record<keyof typeof breakdownRules, Bilingual>> = {
  'BR-45': rowLacks('its taxable amount', 'مبلغ خاضع للضريبة'),
  'BR-46': rowLacks('its VAT amount', 'مبلغ ضريبة'),
  'BR-47': rowLacks('its VAT category', 'فئة ضريبة'),
  'BR-48': rowLacks('its VAT rate', 'نسبة ضريبة'),
  'BR-CO-14': text(
    'The VAT total is {actual}, the breakdown adds up to {expected}. Calculate the invoice again.',
    'إجمالي ضريبة القيمة المضافة {actual}، بينما مجموع التفصيل {expected}. أعد حساب الفاتورة.',
  ),
  'BR-CO-17': taxDiffers,
  'BR-CO-18': text(
    'The VAT breakdown is missing. Calculate the invoice again.',
    'تفصيل ضريبة القيمة المضافة غير موجود. أعد حساب الفاتورة.',
  ),
  'BR-S-01': rowMissing,
  'BR-Z-01': rowMissing,
  'BR-E-01': rowMissing,
  'BR-O-01': rowMissing,
  'BR-S-08': taxableDiffers,
  'BR-Z-08': taxableDiffers,
  'BR-E-08': taxableDiffers,
  'BR-O-08': taxableDiffers,
  'BR-S-09': taxDiffers,
  'BR-Z-09': noTax,
  'BR-E-09': noTax,
  'BR-O-09': noTax,
}

const zeroRate = text(
  'VAT category {category} has rate {actual}. It must be 0.',
  'فئة الضريبة {category} بنسبة {actual}. يجب أن تكون 0.',
)
const positiveRate = text(
  'VAT category S has rate {actual}. It must be more than 0, as a rule 15.',
  'فئة الضريبة S بنسبة {actual}. يجب أن تكون أكبر من 0، وهي عادةً 15.',
)
const unknownCategory = text(
  'VAT category "{actual}" is not accepted. Choose S standard, Z zero-rated, E exempt or O out of scope.',
  'فئة الضريبة «{actual}» غير مقبولة. اختر S أساسية أو Z صفرية أو E معفاة أو O خارج النطاق.',
)

export const rateTexts: Readonly<Record<keyof typeof rateRules, Bilingual>> = {
  'BR-CL-18': unknownCategory,
  'BR-KSA-18': unknownCategory,
  'BR-KSA-DEC-02': text(
    'VAT rate "{actual}" must be a number from 0 to 100 with at most 2 decimals and without percent sign. Correct it.',
    'نسبة الضريبة «{actual}» يجب أن تكون رقمًا من 0 إلى 100 بمنزلتين عشريتين على الأكثر ودون علامة ٪. صحّحها.',
  ),
  'BR-KSA-84': text(
    'The standard VAT rate is {actual}. It must be 15, or 5 for supplies of the time before.',
    'نسبة الضريبة الأساسية {actual}. يجب أن تكون 15، أو 5 للتوريدات السابقة.',
  ),
  'BR-S-05': positiveRate,
  'BR-S-06': positiveRate,
  'BR-S-07': positiveRate,
  'BR-Z-05': zeroRate,
  'BR-Z-06': zeroRate,
  'BR-Z-07': zeroRate,
  'BR-E-05': zeroRate,
  'BR-E-06': zeroRate,
  'BR-E-07': zeroRate,
  'BR-KSA-11': zeroRate,
  'BR-KSA-12': zeroRate,
  'BR-KSA-13': zeroRate,
}

const reasonMissing = text(
  'VAT category {category} needs a reason for charging no VAT. Choose the exemption reason.',
  'فئة الضريبة {category} تتطلب سبب الإعفاء. اختر سبب الإعفاء من القائمة.',
)
const textMissing = text(
  'Exemption reason {actual} has no text. Choose the reason from the list.',
  'سبب الإعفاء {actual} بلا نص. اختر السبب من القائمة.',
)
const notListed = text(
  'Exemption reason "{actual}" does not belong to VAT category {category}. Choose one from its list.',
  'سبب الإعفاء «{actual}» لا يخص فئة الضريبة {category}. اختر سببًا من قائمتها.',
)

export const exemptionTexts: Readonly<Record<keyof typeof exemptionRules, Bilingual>> = {
  'BR-S-10': text(
    'Standard-rated VAT bears no exemption reason. Remove it.',
    'الفئة الخاضعة للنسبة الأساسية لا تقبل سبب إعفاء. احذف السبب.',
  ),
  'BR-KSA-23': reasonMissing,
  'BR-KSA-24': reasonMissing,
  'BR-KSA-69': reasonMissing,
  'BR-KSA-83': textMissing,
  'BR-KSA-CL-04': notListed,
  'BR-KSA-93': reasonMissing,
  'BR-KSA-94': reasonMissing,
  'BR-KSA-95': reasonMissing,
  'BR-KSA-96': textMissing,
  'BR-KSA-CL-07': notListed,
  'BR-KSA-25': text(
    "Private education or health for citizens: the buyer's name is needed. Enter it.",
    'الخدمات التعليمية أو الصحية الخاصة للمواطنين تتطلب اسم المشتري. أدخل الاسم.',
  ),
  'BR-KSA-49': text(
    "Private education or health for citizens: the buyer's national ID is needed. Enter it with kind NAT.",
    'الخدمات التعليمية أو الصحية الخاصة للمواطنين تتطلب رقم الهوية الوطنية للمشتري. أدخله بنوع المعرّف NAT.',
  ),
}
