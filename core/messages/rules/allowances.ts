/** Texts of the rules on discounts and charges. */
import type { allowanceRules } from '#core/invoice/rules/allowances.ts'
import { type Bilingual, text } from '../text.ts'

const noAmount = (en: string, ar: string): Bilingual =>
  text(`${en} has no amount. Enter it.`, `${ar} بلا مبلغ. أدخل المبلغ.`)
const noReasonCode = text(
  'the charge has no reason code. Choose one, for example FC for freight.',
  'الرسوم بلا رمز سبب. اختر رمزًا، مثل FC للشحن.',
)
const noReason = text('the charge has no reason. Say what it is for.', 'الرسوم بلا سبب. اذكر سبب الرسوم.')

export const allowanceTexts: Readonly<Record<keyof typeof allowanceRules, Bilingual>> = {
  'BR-31': noAmount('A discount on the invoice', 'خصم على مستوى الفاتورة'),
  'BR-32': text(
    'A discount on the invoice has no VAT category. Choose the one that it lowers.',
    'خصم على مستوى الفاتورة بلا فئة ضريبة. اختر الفئة التي يخصم منها.',
  ),
  'BR-36': noAmount('A charge on the invoice', 'رسم على مستوى الفاتورة'),
  'BR-37': text(
    'A charge on the invoice has no VAT category. Choose one.',
    'رسم على مستوى الفاتورة بلا فئة ضريبة. اختر الفئة.',
  ),
  'BR-41': noAmount('a discount', 'خصم'),
  'BR-43': noAmount('a charge', 'رسم'),
  'BR-KSA-19': noReasonCode,
  'BR-KSA-20': noReasonCode,
  'BR-KSA-21': noReason,
  'BR-KSA-22': noReason,
  'BR-KSA-CL-06': text(
    'reason code "{actual}" of the charge is not in the list. Choose one from the list.',
    'رمز سبب الرسوم «{actual}» ليس ضمن القائمة. اختر رمزًا من القائمة.',
  ),
  'BR-KSA-DEC-01': text(
    'discount percentage {actual} must lie between 0 and 100 with at most 2 decimals. Correct it.',
    'نسبة الخصم {actual} يجب أن تكون بين 0 و100 وبمنزلتين عشريتين على الأكثر. صحّحها.',
  ),
  'BR-KSA-EN16931-03': text(
    'the amount is {actual}, the percentage of the base makes {expected}. Correct amount, percentage or base.',
    'المبلغ {actual}، بينما النسبة من المبلغ الأساسي {expected}. صحّح المبلغ أو النسبة أو المبلغ الأساسي.',
  ),
  'BR-KSA-EN16931-04': text(
    'there is a percentage but no base amount. Enter what it is a percentage of.',
    'النسبة موجودة دون المبلغ الأساسي. أدخل المبلغ الذي تُحسب منه النسبة.',
  ),
  'BR-KSA-EN16931-05': text(
    'there is a base amount but no percentage. Enter the percentage or remove the base.',
    'المبلغ الأساسي موجود دون النسبة. أدخل النسبة أو احذف المبلغ الأساسي.',
  ),
  'BR-KSA-F-02': text(
    'whether this is a discount or a charge is written as "{actual}". It must be true or false.',
    'نوع التعديل (خصم أو رسم) مكتوب «{actual}». يجب أن يكون true أو false.',
  ),
}
