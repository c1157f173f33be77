/** Texts of the rules on seller and buyer. */
import type { partyRules } from '#core/invoice/rules/parties.ts'
import { type Bilingual, text } from '../text.ts'

export const partyTexts: Readonly<Record<keyof typeof partyRules, Bilingual>> = {
  'BR-06': text(
    "The seller's name is missing. Complete the company's record.",
    'اسم البائع غير موجود. أكمل بيانات المنشأة.',
  ),
  'BR-08': text(
    "The seller's address is missing. Enter the national address in the company's record.",
    'عنوان البائع غير موجود. أدخل العنوان الوطني في بيانات المنشأة.',
  ),
  'BR-09': text("The seller's country is missing. Enter SA.", 'دولة البائع غير محددة. أدخل SA.'),
  'BR-CL-14': text(
    '{field}: "{actual}" is no country code. Use two letters such as SA or AE.',
    '{field}: «{actual}» ليس رمز دولة. استخدم حرفين مثل SA أو AE.',
  ),
  'BR-CUSTOM-VALIDATION-01': text(
    "Seller and buyer have the same VAT number. Check the buyer's.",
    'الرقم الضريبي للمشتري هو نفسه الرقم الضريبي للبائع. راجع الرقم الضريبي للمشتري.',
  ),
  'BR-KSA-08': text(
    "The seller's other identifier or its kind is missing. Enter the commercial registration or another licence (CRN, MOM, MLS, SAG, 700, OTH).",
    'المعرّف الإضافي للبائع أو نوعه غير موجود. أدخل السجل التجاري أو ترخيصًا آخر (CRN أو MOM أو MLS أو SAG أو 700 أو OTH).',
  ),
  'BR-KSA-09': text(
    "{field} is missing from the seller's address. Complete the national address in the company's record.",
    'بيان ناقص في عنوان البائع: {field}. أكمل العنوان الوطني في بيانات المنشأة.',
  ),
  'BR-KSA-10': text(
    "{field} is missing. A tax invoice states the buyer's street, city and country.",
    'بيان ناقص: {field}. الفاتورة الضريبية تتضمن شارع المشتري ومدينته ودولته.',
  ),
  'BR-KSA-14': text(
    'Kind of identifier "{scheme}" is not accepted for a buyer. Choose one of TIN, CRN, MOM, MLS, 700, SAG, NAT, GCC, IQA, PAS or OTH.',
    'نوع معرّف المشتري «{scheme}» غير مقبول. اختر TIN أو CRN أو MOM أو MLS أو 700 أو SAG أو NAT أو GCC أو IQA أو PAS أو OTH.',
  ),
  'BR-KSA-37': text(
    'The seller\'s building number "{actual}" must have 4 digits. Copy it from the national address.',
    'رقم مبنى البائع «{actual}» يجب أن يتكون من 4 أرقام. انقله من العنوان الوطني.',
  ),
  'BR-KSA-39': text(
    "The seller's VAT number is missing. Enter it in the company's record.",
    'الرقم الضريبي للبائع غير موجود. أدخله في بيانات المنشأة.',
  ),
  'BR-KSA-40': text(
    'The seller\'s VAT number "{actual}" must have 15 digits and begin and end with 3. Copy it from the VAT certificate.',
    'الرقم الضريبي للبائع «{actual}» يجب أن يتكون من 15 رقمًا ويبدأ وينتهي بالرقم 3. انقله من شهادة التسجيل في ضريبة القيمة المضافة.',
  ),
  'BR-KSA-42': text(
    "A tax invoice needs the buyer's name. Enter it.",
    'الفاتورة الضريبية تتطلب اسم المشتري. أدخل الاسم.',
  ),
  'BR-KSA-44': text(
    'The buyer\'s VAT number "{actual}" must have 15 digits and begin and end with 3. Correct it, or leave it out and state another identifier.',
    'الرقم الضريبي للمشتري «{actual}» يجب أن يتكون من 15 رقمًا ويبدأ وينتهي بالرقم 3. صحّحه، أو احذفه وأدخل معرّفًا آخر للمشتري.',
  ),
  'BR-KSA-63': text(
    '{field} is missing. For a buyer in Saudi Arabia a tax invoice needs the whole national address.',
    'بيان ناقص: {field}. الفاتورة الضريبية لمشترٍ داخل المملكة تتطلب العنوان الوطني كاملًا.',
  ),
  'BR-KSA-66': text(
    'The seller\'s postal code "{actual}" must have 5 digits. Copy it from the national address.',
    'الرمز البريدي للبائع «{actual}» يجب أن يتكون من 5 أرقام. انقله من العنوان الوطني.',
  ),
  'BR-KSA-67': text(
    'The buyer\'s postal code "{actual}" must have 5 digits. Correct it.',
    'الرمز البريدي للمشتري «{actual}» يجب أن يتكون من 5 أرقام. صحّحه.',
  ),
  'BR-KSA-71': text(
    "A simplified summary invoice needs the buyer's name. Enter it.",
    'الفاتورة الضريبية المبسطة الملخصة تتطلب اسم المشتري. أدخل الاسم.',
  ),
  'BR-KSA-81': text(
    'The buyer has neither VAT number nor another identifier. Enter one of them.',
    'لا يوجد للمشتري رقم ضريبي ولا معرّف آخر. أدخل أحدهما.',
  ),
  'BR-KSA-85': text(
    'The buyer\'s phone "{actual}" must begin with 0 or + and go on with 4 to 15 digits. Correct it.',
    'هاتف المشتري «{actual}» يجب أن يبدأ بـ 0 أو + ثم 4 إلى 15 رقمًا. صحّحه.',
  ),
  'BR-KSA-99': text(
    "The buyer's VAT number is there but empty. Enter it or leave it out.",
    'خانة الرقم الضريبي للمشتري موجودة لكنها فارغة. أدخل الرقم أو احذف الخانة.',
  ),
  'BR-KSA-F-07': text(
    'Tax identification number "{actual}" must have 10 digits and begin with 3. Check it.',
    'الرقم المميز «{actual}» يجب أن يتكون من 10 أرقام ويبدأ بالرقم 3. راجعه.',
  ),
  'BR-KSA-F-08': text(
    'Commercial registration "{actual}" must have 10 digits. Check it.',
    'رقم السجل التجاري «{actual}» يجب أن يتكون من 10 أرقام. راجعه.',
  ),
  'BR-KSA-F-09': text(
    'Unified number "{actual}" must have 10 digits and begin with 7. Check it.',
    'الرقم الوطني الموحد «{actual}» يجب أن يتكون من 10 أرقام ويبدأ بالرقم 7. راجعه.',
  ),
  'BR-KSA-F-10': text(
    'National ID "{actual}" must have 10 digits and begin with 1. Check it.',
    'رقم الهوية الوطنية «{actual}» يجب أن يتكون من 10 أرقام ويبدأ بالرقم 1. راجعه.',
  ),
  'BR-KSA-F-11': text(
    'Iqama number "{actual}" must have 10 digits and begin with 2. Check it.',
    'رقم الإقامة «{actual}» يجب أن يتكون من 10 أرقام ويبدأ بالرقم 2. راجعه.',
  ),
  'BR-KSA-F-12': text(
    'The kind of identifier "{scheme}" has blanks around it. Remove them.',
    'توجد مسافات قبل نوع المعرّف «{scheme}» أو بعده. احذف المسافات.',
  ),
  'BR-KSA-F-13': text(
    '{field}: "{actual}" looks invented (a run of digits or one digit repeated). Check it.',
    '{field}: «{actual}» يبدو رقمًا وهميًا (أرقام متسلسلة أو مكررة). راجعه.',
  ),
}
