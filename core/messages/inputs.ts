/** What a person reads about a field of a company, a unit or an account that cannot be accepted. */
import { type Bilingual, text } from './text.ts'

export const inputTexts: Readonly<Record<string, Bilingual>> = {
  missing: text('This field is needed. Fill it in.', 'هذا الحقل مطلوب. أدخل قيمته.'),
  'too-long': text('This is too long. Shorten it.', 'النص أطول من المسموح به. اختصره.'),
  'too-many-bytes': text(
    'This name is too long for the QR code: 127 bytes, about 60 Arabic letters. Shorten it.',
    'الاسم أطول مما يتسع له رمز QR: ‏127 بايت، أي نحو 60 حرفًا عربيًا. اختصره.',
  ),
  'forbidden-character': text(
    'Remove these characters: ! @ # $ % & * _ <. ZATCA refuses them in a certificate.',
    'احذف الرموز ! @ # $ % & * _ <، فالهيئة لا تقبلها في الشهادة.',
  ),
  'serial-format': text(
    'The serial number must read 1-solution|2-version|3-number.',
    'يجب أن يكون الرقم التسلسلي بالصيغة 1-الحل|2-الإصدار|3-الرقم.',
  ),
  'vat-format': text(
    'A VAT number has 15 digits and begins and ends with 3. Compare it with the registration certificate.',
    'الرقم الضريبي مكوّن من 15 رقمًا يبدأ وينتهي بالرقم 3. طابقه مع شهادة التسجيل.',
  ),
  'group-needs-tin': text(
    'This VAT number is of a group: enter the 10-digit TIN of the member as the branch.',
    'هذا الرقم الضريبي لمجموعة ضريبية: أدخل الرقم المميز للعضو (10 أرقام) في خانة الفرع.',
  ),
  'country-format': text('The company must be in Saudi Arabia: SA.', 'يجب أن تكون المنشأة في المملكة: SA.'),
  'invoice-type-format': text('Choose standard, simplified or both.', 'اختر الفواتير الضريبية أو المبسطة أو كلتيهما.'),
  fixed: text(
    'The VAT number is in the certificate of a unit and cannot change any more. Add a new company instead.',
    'الرقم الضريبي مثبت في شهادة إحدى الوحدات ولا يمكن تغييره. أضف منشأة جديدة بدلًا من ذلك.',
  ),
  'id-scheme': text(
    'A seller has no identifier of this kind. Choose another, usually the commercial registration (CRN).',
    'هذا النوع من المعرّفات لا يستخدمه البائع. اختر غيره، وغالبًا السجل التجاري (CRN).',
  ),
  'id-format': text(
    'This does not look like an identifier of the chosen kind. Compare it with the document.',
    'القيمة لا توافق نوع المعرّف المختار. طابقها مع الوثيقة.',
  ),
  'building-format': text('A building number has 4 digits.', 'رقم المبنى مكوّن من 4 أرقام.'),
  'postal-code-format': text('A postal code has 5 digits.', 'الرمز البريدي مكوّن من 5 أرقام.'),
  'unknown-value': text('Choose one of the offered values.', 'اختر إحدى القيم المتاحة.'),
  'not-in-the-future': text(
    'This day has passed. Choose a later one, or leave it open.',
    'هذا التاريخ مضى. اختر تاريخًا لاحقًا أو اتركه مفتوحًا.',
  ),
  'username-format': text(
    'A user name has 2 to 64 letters or digits and may contain . _ @ -',
    'اسم المستخدم من حرفين إلى 64 حرفًا أو رقمًا، ويجوز فيه . _ @ -',
  ),
}
