/** Texts of the rules on invoice lines; "Line n" is put before each. */
import type { lineRules } from '#core/invoice/rules/lines.ts'
import { type Bilingual, text } from '../text.ts'

export const lineTexts: Readonly<Record<keyof typeof lineRules, Bilingual>> = {
  'BR-16': text('The invoice has no line. Add at least one.', 'الفاتورة بلا بنود. أضف بندًا واحدًا على الأقل.'),
  'BR-21': text('the line number is missing. Give each line one.', 'رقم البند غير موجود. أعطِ كل بند رقمًا.'),
  'BR-22': text('the quantity is missing or zero. Enter it.', 'الكمية غير موجودة أو صفر. أدخل الكمية.'),
  'BR-24': text('the net amount is missing. Calculate the line again.', 'المبلغ الصافي غير موجود. أعد حساب البند.'),
  'BR-25': text('the name of goods or service is missing. Enter it.', 'اسم السلعة أو الخدمة غير موجود. أدخل الاسم.'),
  'BR-26': text('the unit price is missing. Enter it.', 'سعر الوحدة غير موجود. أدخل السعر.'),
  'BR-54': text(
    'an item property lacks its name or its value. Complete or remove it.',
    'إحدى خصائص السلعة بلا اسم أو بلا قيمة. أكملها أو احذفها.',
  ),
  'BR-CO-04': text(
    'the VAT category is missing. Choose standard, zero-rated, exempt or out of scope.',
    'فئة ضريبة القيمة المضافة غير محددة. اختر خاضعة للنسبة الأساسية أو الصفرية أو معفاة أو خارج النطاق.',
  ),
  'BR-KSA-51': text(
    'the amount with VAT is {actual}, net plus VAT makes {expected}. Calculate the line again.',
    'المبلغ شامل الضريبة {actual}، بينما الصافي مع الضريبة {expected}. أعد حساب البند.',
  ),
  'BR-KSA-52': text(
    'the VAT amount is missing. A tax invoice states it on every line.',
    'مبلغ الضريبة غير موجود. الفاتورة الضريبية تتضمن مبلغ الضريبة لكل بند.',
  ),
  'BR-KSA-53': text(
    'the amount with VAT is missing. A tax invoice states it on every line.',
    'المبلغ شامل الضريبة غير موجود. الفاتورة الضريبية تتضمن المبلغ شامل الضريبة لكل بند.',
  ),
  'BR-KSA-EN16931-06': text(
    'a price can be lowered by a discount, not raised by a charge. Enter a charge on the line instead.',
    'سعر الوحدة يقبل الخصم ولا يقبل الرسوم. أضف الرسوم على البند بدلًا من ذلك.',
  ),
  'BR-KSA-EN16931-07': text(
    'the price must be {expected}: price before discount less discount. Correct one of the three.',
    'سعر الوحدة يجب أن يكون {expected}: السعر قبل الخصم ناقصًا الخصم. صحّح أحدها.',
  ),
  'BR-KSA-EN16931-11': text(
    'the net amount is {actual}, quantity x price with charges and discounts makes {expected}. Calculate the line again.',
    'المبلغ الصافي {actual}، بينما الكمية × السعر مع الرسوم والخصومات {expected}. أعد حساب البند.',
  ),
  'BR-KSA-EN16931-12': text(
    'the quantity that the price is for is {actual}. It must be more than zero.',
    'الكمية الأساسية للسعر {actual}. يجب أن تكون أكبر من صفر.',
  ),
  'BR-KSA-F-C-01': text(
    'the name "{actual}" is only digits. Describe goods or service in words.',
    'اسم السلعة أو الخدمة «{actual}» أرقام فقط. صِف السلعة أو الخدمة بالكلمات.',
  ),
}
