/** Texts of the rules on currencies and the exchange rate. */
import type { currencyRules } from '#core/invoice/rules/currency.ts'
import { type Bilingual, text } from '../text.ts'

export const currencyTexts: Readonly<Record<keyof typeof currencyRules, Bilingual>> = {
  'BR-53': text(
    'The VAT total in riyals is missing or stated in "{actual}" instead of {expected}. State it in SAR.',
    'إجمالي ضريبة القيمة المضافة بالريال غير موجود أو مسجل بعملة «{actual}» بدلًا من {expected}. أدخله بالريال السعودي.',
  ),
  'BR-CL-03': text(
    '{field}: "{actual}" is no currency code. Use the currency of the invoice.',
    '{field}: «{actual}» ليس رمز عملة. استخدم عملة الفاتورة.',
  ),
  'BR-CL-05': text(
    'VAT currency "{actual}" is no currency code. It must be SAR.',
    'عملة الضريبة «{actual}» ليست رمز عملة. يجب أن تكون SAR.',
  ),
  'BR-KSA-68': text('The VAT currency is missing. It is always SAR.', 'عملة الضريبة غير محددة. هي دائمًا SAR.'),
  'BR-KSA-87': text(
    '{field} is missing. An exchange rate needs both currencies and the rate.',
    'بيان ناقص: {field}. سعر الصرف يتطلب العملتين والسعر معًا.',
  ),
  'BR-KSA-88': text(
    'The exchange rate starts from {actual}, the invoice is in {expected}. Use the currency of the invoice.',
    'سعر الصرف محسوب من العملة {actual} بينما عملة الفاتورة {expected}. استخدم عملة الفاتورة.',
  ),
  'BR-KSA-89': text(
    'The exchange rate leads to {actual}, VAT is stated in {expected}. Use SAR.',
    'سعر الصرف محسوب إلى العملة {actual} بينما عملة الضريبة {expected}. استخدم SAR.',
  ),
  'BR-KSA-90': text(
    'Exchange rate {actual} is too long: at most 14 characters. Shorten its decimals.',
    'سعر الصرف {actual} طويل: الحد الأقصى 14 خانة. قلّل المنازل العشرية.',
  ),
  'BR-KSA-97': text(
    'The invoice is in a foreign currency, yet VAT in riyals equals VAT in that currency. Convert it at the exchange rate.',
    'الفاتورة بعملة أجنبية لكن الضريبة بالريال مساوية للضريبة بعملة الفاتورة. حوّلها بسعر الصرف.',
  ),
  'BR-KSA-CL-01': text(
    'Currency "{actual}" is not accepted. Use a three-letter code such as SAR.',
    'العملة «{actual}» غير مقبولة. استخدم رمزًا من ثلاثة أحرف مثل SAR.',
  ),
  'BR-KSA-CL-02': text(
    '{field} is in "{actual}", the invoice in {expected}. State all amounts in the currency of the invoice.',
    '{field}: العملة «{actual}» بينما عملة الفاتورة {expected}. سجّل جميع المبالغ بعملة الفاتورة.',
  ),
  'BR-KSA-EN16931-02': text(
    'The VAT currency is "{actual}". It must be SAR.',
    'عملة الضريبة «{actual}». يجب أن تكون SAR.',
  ),
  'BR-KSA-EN16931-08': text(
    'The invoice needs exactly one VAT total with its breakdown by category. Correct it in the system that made the file.',
    'يجب أن تحتوي الفاتورة على إجمالي ضريبة واحد مفصّل حسب الفئات. صحّحه في النظام الذي أنشأ الملف.',
  ),
  'BR-KSA-EN16931-09': text(
    'The invoice needs exactly one VAT total in riyals without breakdown. Correct it in the system that made the file.',
    'يجب أن تحتوي الفاتورة على إجمالي ضريبة واحد بالريال دون تفصيل. صحّحه في النظام الذي أنشأ الملف.',
  ),
}
