/** Texts of the rules on references, note reasons, supply dates, payment means and attachments. */
import type { referenceRules } from '#core/invoice/rules/references.ts'
import { type Bilingual, text } from '../text.ts'

export const referenceTexts: Readonly<Record<keyof typeof referenceRules, Bilingual>> = {
  'BR-49': text(
    'The payment means is missing. Choose how the invoice is paid.',
    'طريقة الدفع غير محددة. اختر طريقة سداد الفاتورة.',
  ),
  'BR-52': text('An attached reference has no identifier. Name it.', 'أحد المستندات المرفقة بلا معرّف. أدخل معرّفه.'),
  'BR-55': text(
    'The number of the original invoice is empty. Enter it.',
    'رقم الفاتورة الأصلية فارغ. أدخل رقم الفاتورة.',
  ),
  'BR-CL-16': text(
    'Payment means "{actual}" is no known code. Choose 10 cash, 30 credit, 42 bank account, 48 card or 1.',
    'رمز طريقة الدفع «{actual}» غير معروف. اختر 10 نقدًا أو 30 آجل أو 42 حساب بنكي أو 48 بطاقة بنكية أو 1.',
  ),
  'BR-KSA-15': text(
    'A tax invoice needs the supply date. Enter the day on which goods or services were supplied.',
    'الفاتورة الضريبية تتطلب تاريخ التوريد. أدخل تاريخ توريد السلع أو الخدمات.',
  ),
  'BR-KSA-16': text(
    'ZATCA does not accept payment means "{actual}". Choose 10 cash, 30 credit, 42 bank account, 48 card or 1.',
    'لا تقبل الهيئة طريقة الدفع «{actual}». اختر 10 نقدًا أو 30 آجل أو 42 حساب بنكي أو 48 بطاقة بنكية أو 1.',
  ),
  'BR-KSA-17': text(
    'The reason of the credit or debit note is missing. State why it is issued.',
    'سبب إصدار الإشعار الدائن أو المدين غير موجود. اذكر السبب.',
  ),
  'BR-KSA-35': text(
    'There is an end of supply but no supply date. Enter the supply date.',
    'تاريخ انتهاء التوريد موجود دون تاريخ التوريد. أدخل تاريخ التوريد.',
  ),
  'BR-KSA-36': text(
    'The supply ends ({end}) before it begins ({start}). Correct one of the dates.',
    'تاريخ انتهاء التوريد ({end}) قبل تاريخ التوريد ({start}). صحّح أحد التاريخين.',
  ),
  'BR-KSA-56': text(
    'A credit or debit note must name the invoice it corrects. Enter its number.',
    'الإشعار الدائن أو المدين يجب أن يشير إلى الفاتورة الأصلية. أدخل رقمها.',
  ),
  'BR-KSA-72': text(
    'A simplified summary invoice needs supply date and end of supply. Enter both.',
    'الفاتورة الضريبية المبسطة الملخصة تتطلب تاريخ التوريد وتاريخ انتهائه. أدخل التاريخين.',
  ),
  'BR-KSA-CL-03': text(
    'An attachment of type "{actual}" is not accepted. Attach PDF, picture, CSV or spreadsheet.',
    'نوع المرفق «{actual}» غير مقبول. أرفق ملف PDF أو صورة أو CSV أو جدول بيانات.',
  ),
}
