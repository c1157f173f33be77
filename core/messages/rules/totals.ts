/** Texts of the rules on document totals. */
import type { totalRules } from '#core/invoice/rules/totals.ts'
import { type Bilingual, text } from '../text.ts'

const missing = (en: string, ar: string): Bilingual =>
  text(`${en} is missing. Calculate the invoice again.`, `${ar} غير موجود. أعد حساب الفاتورة.`)

const differs = (en: string, enSource: string, ar: string, arSource: string): Bilingual =>
  text(
    `${en} is {actual}, ${enSource} makes {expected}. Calculate the invoice again.`,
    `${ar} {actual}، بينما ${arSource} {expected}. أعد حساب الفاتورة.`,
  )

export const totalTexts: Readonly<Record<keyof typeof totalRules, Bilingual>> = {
  'BR-13': missing('The total without VAT', 'إجمالي المبلغ الخاضع للضريبة'),
  'BR-14': missing('The total with VAT', 'إجمالي الفاتورة شامل الضريبة'),
  'BR-15': missing('The amount due', 'المبلغ المستحق'),
  'BR-CO-10': differs(
    'The sum of the lines',
    'adding up their net amounts',
    'مجموع البنود',
    'جمع المبالغ الصافية للبنود',
  ),
  'BR-CO-11': differs('The total of discounts', 'adding them up', 'إجمالي الخصومات', 'جمع الخصومات'),
  'BR-CO-12': differs('The total of charges', 'adding them up', 'إجمالي الرسوم', 'جمع الرسوم'),
  'BR-CO-13': differs(
    'The total without VAT',
    'lines less discounts plus charges',
    'إجمالي المبلغ الخاضع للضريبة',
    'مجموع البنود ناقصًا الخصومات زائدًا الرسوم',
  ),
  'BR-CO-15': differs(
    'The total with VAT',
    'the total without VAT plus VAT',
    'إجمالي الفاتورة شامل الضريبة',
    'الإجمالي قبل الضريبة زائدًا الضريبة',
  ),
  'BR-CO-16': differs(
    'The amount due',
    'the total with VAT less prepaid plus rounding',
    'المبلغ المستحق',
    'الإجمالي شامل الضريبة ناقصًا المدفوع مقدمًا زائدًا التقريب',
  ),
}
