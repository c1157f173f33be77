/** Texts of the rules on settling prepayment invoices. */
import type { prepaymentRules } from '#core/invoice/rules/prepayments.ts'
import { type Bilingual, text } from '../text.ts'

const zeroRate = text(
  'the prepayment in VAT category {category} has rate {actual}. It must be 0.',
  'الدفعة المقدمة في فئة الضريبة {category} بنسبة {actual}. يجب أن تكون النسبة 0.',
)

export const prepaymentTexts: Readonly<Record<keyof typeof prepaymentRules, Bilingual>> = {
  'BR-KSA-73': text(
    '{field} is missing. A prepaid amount needs number, date, time and type of the prepayment invoice.',
    'بيان ناقص: {field}. المبلغ المدفوع مقدمًا يتطلب رقم فاتورة الدفعة المقدمة وتاريخها ووقتها ونوعها.',
  ),
  'BR-KSA-74': text(
    'the settled document has type "{actual}". It must be a prepayment invoice (386).',
    'نوع المستند المسوّى «{actual}». يجب أن يكون فاتورة دفعة مقدمة (386).',
  ),
  'BR-KSA-75': text(
    '{field} is missing. A prepayment line states taxable amount, VAT, category and rate of the prepayment.',
    'بيان ناقص: {field}. بند الدفعة المقدمة يتضمن المبلغ الخاضع للضريبة والضريبة والفئة والنسبة.',
  ),
  'BR-KSA-76': zeroRate,
  'BR-KSA-77': zeroRate,
  'BR-KSA-78': zeroRate,
  'BR-KSA-79': text(
    'VAT of the prepayment is {actual}, taxable amount x rate makes {expected}. Copy both from the prepayment invoice.',
    'ضريبة الدفعة المقدمة {actual}، بينما المبلغ الخاضع × النسبة {expected}. انقل المبلغين من فاتورة الدفعة المقدمة.',
  ),
  'BR-KSA-80': text(
    'The prepaid amount is {actual}, the prepayment lines make {expected}. Let both agree.',
    'المبلغ المدفوع مقدمًا {actual}، بينما مجموع بنود الدفعات المقدمة {expected}. يجب أن يتطابقا.',
  ),
  'BR-KSA-82': text(
    '{field} of a prepayment line must be zero. The prepayment itself stands in its VAT details.',
    '{field}: القيمة في بند الدفعة المقدمة يجب أن تكون صفرًا. مبلغ الدفعة يُسجل في تفاصيل الضريبة لهذا البند.',
  ),
  'BR-KSA-DEC-06': text(
    'the prepayment amounts may have at most 2 decimals. Round them.',
    'مبالغ الدفعة المقدمة تقبل منزلتين عشريتين على الأكثر. قرّبها.',
  ),
  'BR-KSA-F-05': text(
    'issue time "{actual}" of the prepayment invoice is malformed. Write it like 14:05:00.',
    'وقت إصدار فاتورة الدفعة المقدمة «{actual}» غير صحيح. اكتبه مثل 14:05:00.',
  ),
}
