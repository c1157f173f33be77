/** Texts of the rules on the head of the document. */
import type { documentRules } from '#core/invoice/rules/document.ts'
import { type Bilingual, text } from '../text.ts'

export const documentTexts: Readonly<Record<keyof typeof documentRules, Bilingual>> = {
  'BR-02': text('The invoice has no number. Give it one.', 'الفاتورة بلا رقم. أدخل رقم الفاتورة.'),
  'BR-03': text('The issue date is missing. Enter it.', 'تاريخ إصدار الفاتورة غير موجود. أدخل التاريخ.'),
  'BR-04': text(
    'The document type is missing. Choose invoice, credit note, debit note or prepayment invoice.',
    'نوع المستند غير محدد. اختر فاتورة أو إشعارًا دائنًا أو إشعارًا مدينًا أو فاتورة دفعة مقدمة.',
  ),
  'BR-05': text(
    'The invoice currency is missing. Choose it, usually SAR.',
    'عملة الفاتورة غير محددة. اخترها، وهي عادةً SAR.',
  ),
  'BR-CL-01': text(
    'Document type "{actual}" is not a known code. Use 388, 381, 383 or 386.',
    'رمز نوع المستند «{actual}» غير معروف. استخدم 388 أو 381 أو 383 أو 386.',
  ),
  'BR-CL-04': text(
    'Invoice currency "{actual}" is not a currency code. Use three letters such as SAR or USD.',
    'عملة الفاتورة «{actual}» ليست رمز عملة صحيحًا. استخدم ثلاثة أحرف مثل SAR أو USD.',
  ),
  'BR-KSA-EN16931-01': text(
    'The business process must be "reporting:1.0". Correct it in the system that made the file.',
    'نوع الإجراء يجب أن يكون «reporting:1.0». صحّحه في النظام الذي أنشأ الملف.',
  ),
  'BR-KSA-03': text(
    'The unique identifier (UUID) is missing or malformed. Let the system give a new one.',
    'المعرّف الفريد للفاتورة (UUID) غير موجود أو غير صحيح. دع النظام يولّد معرّفًا جديدًا.',
  ),
  'BR-KSA-04': text(
    'The issue date {actual} lies after today ({today}). Use today or an earlier date.',
    'تاريخ الإصدار {actual} بعد تاريخ اليوم ({today}). استخدم تاريخ اليوم أو تاريخًا سابقًا.',
  ),
  'BR-KSA-05': text(
    'ZATCA does not accept document type "{actual}". Use 388 invoice, 381 credit note, 383 debit note or 386 prepayment.',
    'لا تقبل الهيئة نوع المستند «{actual}». استخدم 388 فاتورة أو 381 إشعار دائن أو 383 إشعار مدين أو 386 دفعة مقدمة.',
  ),
  'BR-KSA-06': text(
    'Transaction code "{actual}" is malformed: 01 or 02 and then 5 to 7 digits, each 0 or 1. Set the invoice kind and its flags again.',
    'رمز المعاملة «{actual}» غير صحيح: يبدأ بـ 01 أو 02 ثم 5 إلى 7 خانات كل منها 0 أو 1. أعد تحديد نوع الفاتورة وخصائصها.',
  ),
  'BR-KSA-07': text(
    'A self-billed invoice cannot be an export invoice (code {actual}). Remove one of the two flags.',
    'لا تكون الفاتورة الذاتية فاتورة صادرات (الرمز {actual}). أزل إحدى الخاصيتين.',
  ),
  'BR-KSA-31': text(
    'A simplified invoice cannot be self-billed (code {actual}). Remove that flag or issue a standard tax invoice.',
    'الفاتورة الضريبية المبسطة لا تكون ذاتية (الرمز {actual}). أزل هذه الخاصية أو أصدر فاتورة ضريبية.',
  ),
  'BR-KSA-F-06-C40': text(
    'Transaction code "{actual}" must have 7 to 9 digits. Set the invoice kind and its flags again.',
    'رمز المعاملة «{actual}» يجب أن يتكون من 7 إلى 9 أرقام. أعد تحديد نوع الفاتورة وخصائصها.',
  ),
  'BR-KSA-70': text(
    'Issue time "{actual}" is missing or malformed. Write hours, minutes and seconds, for example 14:05:00.',
    'وقت الإصدار «{actual}» غير موجود أو غير صحيح. اكتب الساعة والدقيقة والثانية، مثل 14:05:00.',
  ),
  'BR-KSA-98': text(
    'This simplified invoice was issued more than 24 hours ago. Send it to ZATCA at once.',
    'مضى أكثر من 24 ساعة على إصدار هذه الفاتورة المبسطة. أرسلها إلى الهيئة فورًا.',
  ),
  'BR-KSA-F-01': text(
    '{field}: "{actual}" is no valid date. Write year-month-day, for example 2026-03-31.',
    '{field}: «{actual}» ليس تاريخًا صحيحًا. اكتب السنة ثم الشهر ثم اليوم، مثل 2026-03-31.',
  ),
  'BR-KSA-92': text(
    'An invoice to a government body needs the contract number. Enter it.',
    'الفاتورة الصادرة إلى جهة حكومية تتطلب رقم العقد. أدخل رقم العقد.',
  ),
}
