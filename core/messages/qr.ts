/** What a person reads about a QR code that is checked without its document. */
import type { QrOddity } from '#core/vocabulary.ts'
import { type Bilingual, text } from './text.ts'

export const qrTexts: Readonly<Record<QrOddity, Bilingual>> = {
  'tag-missing': text(
    'Field {tag} is missing from the code. Ask the seller for a complete code.',
    'الحقل رقم {tag} غير موجود في الرمز. اطلب من البائع رمزًا مكتملًا.',
  ),
  'phase-one': text(
    'The code is of phase one: it bears no stamp, so nothing proves who made it.',
    'الرمز من المرحلة الأولى بلا ختم تشفيري، فلا يثبت من أنشأه.',
  ),
  stamp: text(
    'The signature in the code does not fit its own hash and key: the code was changed or made wrongly. Ask the seller for the original document.',
    'التوقيع في الرمز لا يطابق البصمة والمفتاح المذكورين فيه: عُدّل الرمز أو أُنشئ خطأً. اطلب من البائع المستند الأصلي.',
  ),
  'too-long': text(
    'The code has {actual} characters; at most 1000 are allowed.',
    'طول الرمز {actual} حرفًا، والحد الأقصى 1000.',
  ),
  'name-too-long': text(
    "The seller's name takes {actual} bytes; ZATCA reads at most 127.",
    'اسم البائع يشغل {actual} بايت، والهيئة تقرأ 127 بايت فقط.',
  ),
  'vat-number-format': text(
    'The VAT number "{actual}" is none: 15 digits that begin and end with 3.',
    'الرقم الضريبي «{actual}» غير صحيح: المطلوب 15 رقمًا أولها 3 وآخرها 3.',
  ),
  'timestamp-format': text(
    'The time "{actual}" is not written as date and time, for example 2026-03-31T14:05:00.',
    'الوقت «{actual}» ليس تاريخًا ووقتًا، والصيغة المطلوبة مثل 2026-03-31T14:05:00.',
  ),
  'amount-format': text('The amount "{actual}" is no number.', 'المبلغ «{actual}» ليس رقمًا.'),
  'vat-above-total': text(
    'The VAT ({vat}) is higher than the total ({total}). Compare both with the document.',
    'الضريبة ({vat}) أكبر من الإجمالي ({total}). قارن المبلغين بالمستند.',
  ),
}
