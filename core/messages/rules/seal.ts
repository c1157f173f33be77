/** Texts of the rules on counter, previous hash, QR code and stamp; on our own documents they never appear. */
import type { sealRules } from '#core/invoice/rules/seal.ts'
import { type Bilingual, text } from '../text.ts'

const resealEn = 'Have the document issued again by the system that made it.'
const resealAr = 'أعد إصدار المستند من النظام الذي أنشأه.'
const seal = (en: string, ar: string): Bilingual => text(`${en} ${resealEn}`, `${ar} ${resealAr}`)

export const sealTexts: Readonly<Record<keyof typeof sealRules, Bilingual>> = {
  'BR-CL-KSA-14': seal(
    'The QR code is empty or longer than 1000 characters.',
    'رمز الاستجابة السريعة فارغ أو أطول من 1000 حرف.',
  ),
  'BR-KSA-26': seal(
    'The hash of the previous invoice is empty or not marked as text.',
    'بصمة الفاتورة السابقة فارغة أو نوعها غير صحيح.',
  ),
  'BR-KSA-27': seal('A simplified invoice needs a QR code.', 'الفاتورة الضريبية المبسطة تتطلب رمز الاستجابة السريعة.'),
  'BR-KSA-28': seal("The stamp's identifier is missing or wrong.", 'معرّف الختم التشفيري غير موجود أو غير صحيح.'),
  'BR-KSA-29': seal("The stamp's reference is missing or wrong.", 'مرجع الختم التشفيري غير موجود أو غير صحيح.'),
  'BR-KSA-30': seal("The stamp's method is missing or wrong.", 'طريقة الختم التشفيري غير موجودة أو غير صحيحة.'),
  'BR-KSA-33': seal('The invoice counter is missing.', 'عدّاد الفاتورة غير موجود.'),
  'BR-KSA-34': seal(
    'The invoice counter "{actual}" may consist of digits only.',
    'عدّاد الفاتورة «{actual}» يجب أن يتكون من أرقام فقط.',
  ),
  'BR-KSA-60': seal(
    'A simplified invoice needs the cryptographic stamp.',
    'الفاتورة الضريبية المبسطة تتطلب الختم التشفيري.',
  ),
  'BR-KSA-61': seal('The hash of the previous invoice is missing.', 'بصمة الفاتورة السابقة غير موجودة.'),
}
