/** Everything the practice gateway says: one table of findings about documents, one of refusals, in English and Arabic. */

export interface Text {
  readonly en: string
  readonly ar: string
}

export type Language = keyof Text

interface FindingKind extends Text {
  readonly severity: 'ERROR' | 'WARNING'
  readonly category: string
}

const error = (category: string, en: string, ar: string): FindingKind => ({ severity: 'ERROR', category, en, ar })
const warning = (category: string, en: string, ar: string): FindingKind => ({ severity: 'WARNING', category, en, ar })

/**
 * Findings by code. Codes and categories are ZATCA's where they are known (spec A7, rules.md); those without an
 * official code are named after the field they speak of. `{name}` stands for a field of the invoice.
 */
export const FINDINGS = {
  XSD_ZATCA_INVALID: error(
    'XSD validation',
    'The XML cannot be read as an invoice: {reason}',
    'تعذّرت قراءة ملف XML كفاتورة: {reason}',
  ),

  'BR-KSA-EN16931-01': error(
    'KSA',
    'The profile must be reporting:1.0, not "{profile}".',
    'يجب أن يكون نوع الإجراء reporting:1.0 وليس «{profile}».',
  ),
  'BR-KSA-03': error(
    'KSA',
    'The document needs a UUID in the usual form; found "{uuid}".',
    'يجب أن تحمل الفاتورة معرّفًا فريدًا (UUID) بصيغته المعتادة، والموجود «{uuid}».',
  ),
  'BR-KSA-05': error(
    'KSA',
    'The type code must be 388, 381, 383 or 386, not "{typeCode}".',
    'رمز نوع الفاتورة يجب أن يكون 388 أو 381 أو 383 أو 386، وليس «{typeCode}».',
  ),
  'BR-KSA-06': error(
    'KSA',
    'The transaction code "{transactionCode}" must be 01 or 02 followed by five to seven digits 0 or 1.',
    'رمز المعاملة «{transactionCode}» يجب أن يبدأ بـ 01 أو 02 وتليه خمس إلى سبع خانات من 0 أو 1.',
  ),
  'BR-KSA-07': error(
    'KSA',
    'A self-billed invoice cannot be an export invoice.',
    'لا تجتمع الفوترة الذاتية مع التصدير في فاتورة واحدة.',
  ),
  'BR-KSA-31': error(
    'KSA',
    'A simplified invoice cannot be self-billed.',
    'لا تجوز الفوترة الذاتية في الفاتورة الضريبية المبسطة.',
  ),
  'BR-KSA-04': error(
    'KSA',
    'The issue date {issueDate} lies in the future.',
    'تاريخ إصدار الفاتورة {issueDate} لاحق لتاريخ اليوم.',
  ),
  'BR-KSA-F-01': error(
    'KSA',
    'The issue date "{issueDate}" must be written YYYY-MM-DD.',
    'يُكتب تاريخ الإصدار بالصيغة YYYY-MM-DD، والموجود «{issueDate}».',
  ),
  'BR-KSA-70': error(
    'KSA',
    'The issue time "{issueTime}" must be written HH:MM:SS.',
    'يُكتب وقت الإصدار بالصيغة HH:MM:SS، والموجود «{issueTime}».',
  ),
  'BR-KSA-98': warning(
    'KSA',
    'The simplified document is reported more than 24 hours after its issue.',
    'أُبلغ عن الفاتورة المبسطة بعد مضيّ أكثر من 24 ساعة على إصدارها.',
  ),
  'BR-KSA-15': warning(
    'KSA',
    'A standard tax invoice needs the supply date.',
    'تاريخ التوريد مطلوب في الفاتورة الضريبية.',
  ),
  'BR-KSA-17': error(
    'KSA',
    'A credit or debit note needs the reason for its issue.',
    'يجب ذكر سبب إصدار الإشعار الدائن أو المدين.',
  ),
  'BR-KSA-56': warning(
    'KSA',
    'A credit or debit note needs the number of the invoice it corrects.',
    'يجب أن يشير الإشعار الدائن أو المدين إلى رقم الفاتورة الأصلية.',
  ),
  'BR-KSA-33': error('KSA', 'The invoice counter value (ICV) is missing.', 'عدّاد الفواتير (ICV) غير موجود.'),
  'BR-KSA-34': error(
    'KSA',
    'The invoice counter value "{icv}" may hold digits only.',
    'عدّاد الفواتير يتكوّن من أرقام فقط، والموجود «{icv}».',
  ),
  'BR-KSA-61': warning(
    'KSA',
    'The hash of the previous document (PIH) is missing.',
    'بصمة المستند السابق (PIH) غير موجودة.',
  ),
  'BR-KSA-39': error('KSA', "The seller's VAT number is missing.", 'الرقم الضريبي للبائع غير موجود.'),
  'BR-KSA-40': error(
    'KSA',
    'The seller\'s VAT number "{sellerVatNumber}" must have 15 digits and begin and end with 3.',
    'الرقم الضريبي للبائع «{sellerVatNumber}» يجب أن يكون من 15 رقمًا يبدأ بالرقم 3 وينتهي به.',
  ),
  'BR-KSA-42': warning('KSA', "A standard document needs the buyer's name.", 'اسم المشتري مطلوب في الفاتورة الضريبية.'),
  'BR-KSA-44': error(
    'KSA',
    'The buyer\'s VAT number "{buyerVatNumber}" must have 15 digits and begin and end with 3.',
    'الرقم الضريبي للمشتري «{buyerVatNumber}» يجب أن يكون من 15 رقمًا يبدأ بالرقم 3 وينتهي به.',
  ),
  'BR-CUSTOM-VALIDATION-01': error(
    'KSA',
    'Seller and buyer have the same VAT number.',
    'الرقم الضريبي للبائع مطابق للرقم الضريبي للمشتري.',
  ),
  'BR-KSA-68': error('KSA', 'The VAT accounting currency is missing.', 'عملة ضريبة القيمة المضافة غير موجودة.'),
  'BR-KSA-EN16931-02': error(
    'KSA',
    'The VAT accounting currency must be SAR, not "{taxCurrency}".',
    'عملة ضريبة القيمة المضافة يجب أن تكون الريال السعودي SAR، وليس «{taxCurrency}».',
  ),
  'BR-KSA-EN16931-08': warning(
    'KSA',
    'Exactly one tax total must carry the VAT breakdown.',
    'يجب أن يرد تفصيل الضريبة في إجمالي ضريبي واحد فقط.',
  ),
  'BR-KSA-EN16931-09': warning(
    'KSA',
    'Exactly one tax total must give the VAT in SAR without breakdown.',
    'يجب أن يرد إجمالي الضريبة بالريال مرة واحدة دون تفصيل.',
  ),
  'BR-KSA-18': error('KSA', 'A VAT category is none of S, Z, E and O.', 'فئة الضريبة يجب أن تكون S أو Z أو E أو O.'),
  'BR-KSA-52': error(
    'KSA',
    'Every line of a standard document needs its VAT amount.',
    'مبلغ الضريبة مطلوب في كل بند من بنود الفاتورة الضريبية.',
  ),
  'BR-KSA-53': error(
    'KSA',
    'Every line of a standard document needs its amount with VAT.',
    'المبلغ شامل الضريبة مطلوب في كل بند من بنود الفاتورة الضريبية.',
  ),
  'BR-KSA-F-04': error('KSA', 'Amounts may not be negative.', 'لا تُقبل المبالغ السالبة.'),
  'BR-CL-KSA-14': error(
    'KSA',
    'The QR code is longer than 1000 characters.',
    'طول رمز الاستجابة السريعة يتجاوز 1000 خانة.',
  ),

  'BR-16': error('EN_16931', 'The document has no line.', 'لا تحتوي الفاتورة على أي بند.'),
  'BR-CO-10': warning(
    'EN_16931',
    'The sum of line net amounts {lineExtensionAmount} is not the sum of the lines.',
    'مجموع صافي البنود {lineExtensionAmount} لا يطابق حاصل جمع البنود.',
  ),
  'BR-CO-11': error(
    'EN_16931',
    'The sum of allowances "{allowanceTotalAmount}" is not the sum of the document allowances.',
    'مجموع الخصومات «{allowanceTotalAmount}» لا يطابق حاصل جمع خصومات الفاتورة.',
  ),
  'BR-CO-12': error(
    'EN_16931',
    'The sum of charges "{chargeTotalAmount}" is not the sum of the document charges.',
    'مجموع الرسوم «{chargeTotalAmount}» لا يطابق حاصل جمع رسوم الفاتورة.',
  ),
  'BR-CO-13': warning(
    'EN_16931',
    'The total without VAT {taxExclusiveAmount} is not lines less allowances plus charges.',
    'الإجمالي غير شامل الضريبة {taxExclusiveAmount} لا يساوي البنود ناقص الخصومات زائد الرسوم.',
  ),
  'BR-CO-14': error(
    'EN_16931',
    'The VAT total {taxAmount} is not the sum of the VAT categories.',
    'إجمالي الضريبة {taxAmount} لا يطابق مجموع ضريبة الفئات.',
  ),
  'BR-CO-15': error(
    'EN_16931',
    'The total with VAT {taxInclusiveAmount} is not the total without VAT plus the VAT.',
    'الإجمالي شامل الضريبة {taxInclusiveAmount} لا يساوي الإجمالي غير شامل الضريبة مضافًا إليه الضريبة.',
  ),
  'BR-CO-16': warning(
    'EN_16931',
    'The amount due {payableAmount} is not total with VAT less prepayment plus rounding.',
    'المبلغ المستحق {payableAmount} لا يساوي الإجمالي شامل الضريبة ناقص المدفوع مقدمًا زائد التقريب.',
  ),
  'BR-CO-17': warning(
    'EN_16931',
    'The VAT of a category is not its taxable amount times its rate.',
    'ضريبة إحدى الفئات لا تساوي مبلغها الخاضع مضروبًا في نسبتها.',
  ),

  'invalid-invoice-hash': error(
    'INVOICE_HASHING_ERRORS',
    'The invoice hash of the request is not the hash of the XML, which is {hash}.',
    'بصمة الفاتورة المرسلة لا تطابق بصمة ملف XML وهي {hash}.',
  ),
  'invalid-uuid': error(
    'Invoice-Errors',
    'The UUID of the request is not the UUID of the XML, which is {uuid}.',
    'المعرّف الفريد المرسل لا يطابق الموجود في ملف XML وهو {uuid}.',
  ),
  'not-simplified': error(
    'Invoice-Errors',
    'Only simplified documents are reported; send standard documents to clearance.',
    'الإبلاغ للفواتير المبسطة فقط، أما الفاتورة الضريبية فتُرسل للاعتماد.',
  ),
  'not-standard': error(
    'Invoice-Errors',
    'Only standard documents are cleared; send simplified documents to reporting.',
    'الاعتماد للفواتير الضريبية فقط، أما الفاتورة المبسطة فتُرسل للإبلاغ.',
  ),

  'signature-missing': error(
    'CERTIFICATE_ERRORS',
    'The document carries no complete cryptographic stamp.',
    'لا تحمل الفاتورة ختمًا تشفيريًا مكتملًا.',
  ),
  'signed-invoice-hashing': error(
    'CERTIFICATE_ERRORS',
    'The stamp belongs to another content: its first digest is not the invoice hash.',
    'الختم يخصّ محتوى آخر: البصمة الأولى فيه لا تطابق بصمة الفاتورة.',
  ),
  'invalid-signature': error(
    'CERTIFICATE_ERRORS',
    'The signature was not made over this document with the key of its certificate.',
    'التوقيع لا يخصّ هذه الفاتورة أو لا يوافق مفتاح الشهادة المرفقة.',
  ),
  'signed-properties-hashing': error(
    'CERTIFICATE_ERRORS',
    'The digest of the signed properties does not match them.',
    'بصمة الخصائص الموقّعة لا تطابق محتواها.',
  ),
  'certificate-hashing': error(
    'CERTIFICATE_ERRORS',
    'The digest of the certificate does not match it.',
    'بصمة الشهادة لا تطابق الشهادة.',
  ),
  'certificate-issuer-name': error(
    'CERTIFICATE_ERRORS',
    'The issuer name or serial number in the stamp is not that of the certificate.',
    'اسم مُصدِر الشهادة أو رقمها التسلسلي في الختم لا يطابق الشهادة.',
  ),
  'invalid-certificate': error(
    'CERTIFICATE_ERRORS',
    'The signing certificate cannot be read, has expired or is not valid yet.',
    'شهادة التوقيع غير مقروءة أو منتهية أو لم تبدأ صلاحيتها بعد.',
  ),
  'invalid-signing-certificate': error(
    'CERTIFICATE_ERRORS',
    'The signing certificate was not issued by this gateway.',
    'شهادة التوقيع غير صادرة عن هذه المنصة.',
  ),
  'other-signing-certificate': warning(
    'CERTIFICATE_ERRORS',
    'The document is signed with another certificate than the one it is sent with.',
    'الفاتورة موقّعة بشهادة غير الشهادة المستخدمة في الإرسال.',
  ),
  'certificate-permissions': error(
    'CERTIFICATE_ERRORS',
    'The certificate does not belong to this VAT number or is not issued for this kind of document.',
    'الشهادة لا تخصّ هذا الرقم الضريبي أو لا تشمل هذا النوع من الفواتير.',
  ),

  QRCODE_INVALID: error('QRCODE_VALIDATION', 'Invalid QR code: {reason}', 'رمز الاستجابة السريعة غير صالح: {reason}'),
  invoiceHash_QRCODE_INVALID: error(
    'QRCODE_VALIDATION',
    'The invoice hash in the QR code is not that of the document.',
    'بصمة الفاتورة في رمز الاستجابة السريعة لا تطابق الفاتورة.',
  ),
  invoiceTimeStamp_QRCODE_INVALID: error(
    'QRCODE_VALIDATION',
    'The time in the QR code is not the issue date and time of the document.',
    'الوقت في رمز الاستجابة السريعة لا يطابق تاريخ الفاتورة ووقتها.',
  ),

  'icv-repeated': warning(
    'INVOICE_CHAIN',
    'Another document of this CSID already carries the counter value {icv}.',
    'عدّاد الفواتير {icv} مستخدم في مستند آخر لهذه الشهادة.',
  ),
  'pih-mismatch': warning(
    'INVOICE_CHAIN',
    'The previous invoice hash is not the hash of the document with the preceding counter value.',
    'بصمة المستند السابق لا تطابق بصمة المستند ذي العدّاد السابق.',
  ),
} as const satisfies Record<string, FindingKind>

export type FindingCode = keyof typeof FINDINGS

/** Refusals that concern the call and not a document. */
export const REFUSALS = {
  'Missing-OTP': { en: 'OTP is required.', ar: 'رمز التحقق OTP مطلوب.' },
  'Invalid-OTP': {
    en: 'The OTP is wrong, used, expired or belongs to another taxpayer.',
    ar: 'رمز التحقق OTP خاطئ أو مستخدم أو منتهٍ أو يخصّ مكلفًا آخر.',
  },
  'Invalid-Request': {
    en: 'The body is not the JSON object that this call expects.',
    ar: 'محتوى الطلب ليس بصيغة JSON المطلوبة لهذه الخدمة.',
  },
  'Invalid-Compliance-Request': {
    en: 'The compliance request id does not belong to this compliance CSID.',
    ar: 'رقم طلب التحقق لا يخصّ شهادة الامتثال المستخدمة.',
  },
  'Missing-ComplianceSteps': {
    en: 'Compliance steps for this CSID are not yet complete. Missing: {documents}.',
    ar: 'لم تكتمل خطوات التحقق لهذه الشهادة. المتبقي: {documents}.',
  },
  'Clearance-Off': {
    en: 'Clearance is switched off. Send the document to reporting.',
    ar: 'خدمة الاعتماد متوقفة حاليًا. أرسل الفاتورة عبر خدمة الإبلاغ.',
  },
  'Already-Reported': {
    en: 'The invoice has already been reported successfully earlier.',
    ar: 'سبق الإبلاغ عن هذه الفاتورة بنجاح.',
  },
  'CSR-Unreadable': {
    en: 'The csr must be the base64 form of a whole PEM text with template name and subject alternative name.',
    ar: 'يجب أن يكون طلب الشهادة نص PEM كاملًا بترميز base64 ويشمل اسم القالب والاسم البديل.',
  },
  'CSR-Template': {
    en: 'The certificate template name is not that of this environment.',
    ar: 'اسم قالب الشهادة لا يوافق هذه البيئة.',
  },
  'CSR-Curve': { en: 'The key must lie on the curve secp256k1.', ar: 'يجب أن يكون المفتاح على المنحنى secp256k1.' },
  'CSR-Signature': { en: 'The request is not signed with its own key.', ar: 'طلب الشهادة غير موقّع بمفتاحه.' },
  'CSR-Country': { en: 'The country must be SA.', ar: 'رمز الدولة يجب أن يكون SA.' },
  'CSR-CommonName': {
    en: 'The common name is missing, too long or holds a forbidden character.',
    ar: 'الاسم الشائع غير موجود أو طويل أو فيه رمز غير مسموح.',
  },
  'CSR-Organization': {
    en: 'The organization name is missing, too long or holds a forbidden character.',
    ar: 'اسم المنشأة غير موجود أو طويل أو فيه رمز غير مسموح.',
  },
  'CSR-OrganizationUnit': {
    en: 'The organization unit is missing, too long or holds a forbidden character.',
    ar: 'اسم الفرع غير موجود أو طويل أو فيه رمز غير مسموح.',
  },
  'CSR-VatGroup': {
    en: 'For a VAT group the organization unit must be the 10-digit TIN of the member.',
    ar: 'في المجموعة الضريبية يجب أن يكون الفرع هو الرقم المميز للعضو من 10 أرقام.',
  },
  'CSR-VatNumber': {
    en: 'The VAT number must have 15 digits and begin and end with 3.',
    ar: 'الرقم الضريبي يجب أن يكون من 15 رقمًا يبدأ بالرقم 3 وينتهي به.',
  },
  'CSR-SerialNumber': {
    en: 'The serial number must be written 1-…|2-…|3-….',
    ar: 'الرقم التسلسلي للوحدة يُكتب بالصيغة 1-…|2-…|3-….',
  },
  'CSR-InvoiceType': {
    en: 'The invoice type must be four digits 0 or 1, not all 0.',
    ar: 'نوع الفواتير أربع خانات من 0 أو 1 وليست كلها أصفارًا.',
  },
  'CSR-Location': {
    en: 'The location is missing, too long or holds a forbidden character.',
    ar: 'العنوان غير موجود أو طويل أو فيه رمز غير مسموح.',
  },
  'CSR-Industry': {
    en: 'The industry is missing, too long or holds a forbidden character.',
    ar: 'النشاط غير موجود أو طويل أو فيه رمز غير مسموح.',
  },
  'CSR-Other-Taxpayer': {
    en: 'A renewal must be for the VAT number of the CSID that is renewed.',
    ar: 'يجب أن يكون التجديد للرقم الضريبي نفسه في الشهادة الحالية.',
  },
} as const satisfies Record<string, Text>

export type RefusalCode = keyof typeof REFUSALS

/** The text with each `{name}` replaced; a name without a value stays visible. */
export const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder)

export const refusalText = (
  code: RefusalCode,
  language: Language,
  values: Readonly<Record<string, string>> = {},
): string => fill(REFUSALS[code][language], values)

/** Accept-Language: Arabic when asked for first, English otherwise (spec A3). */
export const languageOf = (acceptLanguage: string): Language => (/^\s*ar\b/i.test(acceptLanguage) ? 'ar' : 'en')
