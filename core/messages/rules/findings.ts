/** Texts of what is found by comparing a document with its stamp, its QR code and other documents, and of our own stricter checks. */
import type { SealFindingId, StrictFindingId } from '#core/invoice/rules/findings.ts'
import type { StrictId } from '#core/invoice/rules/strict.ts'
import { type Bilingual, text } from '../text.ts'

const changed = (en: string, ar: string): Bilingual =>
  text(
    `${en} The document was changed after stamping or stamped wrongly; have it issued again by the system that made it.`,
    `${ar} عُدّل المستند بعد ختمه أو خُتم خطأً؛ أعد إصداره من النظام الذي أنشأه.`,
  )
const inQr = (en: string, ar: string): Bilingual =>
  text(
    `${en} Have the document issued again by the system that made it.`,
    `${ar} أعد إصدار المستند من النظام الذي أنشأه.`,
  )

export const sealFindingTexts: Readonly<Record<SealFindingId, Bilingual>> = {
  'SIGNATURE/certificate': inQr(
    "The stamp's certificate is missing or cannot be read.",
    'شهادة الختم التشفيري غير موجودة أو غير مقروءة.',
  ),
  'SIGNATURE/invoiceSignedDataDigestValue': changed(
    "The hash in the stamp ({actual}) is not the document's ({expected}).",
    'البصمة في الختم ({actual}) لا تطابق بصمة المستند ({expected}).',
  ),
  'SIGNATURE/signatureValue': changed(
    'The signature does not fit the document and the certificate.',
    'التوقيع لا يطابق المستند والشهادة.',
  ),
  'SIGNATURE/xadesSignedPropertiesDigestValue': changed(
    'The digest of the signed properties is {actual}, computed: {expected}.',
    'بصمة الخصائص الموقعة {actual}، والمحسوبة {expected}.',
  ),
  'SIGNATURE/signingCertificateDigestValue': changed(
    'The digest of the certificate is {actual}, computed: {expected}.',
    'بصمة الشهادة {actual}، والمحسوبة {expected}.',
  ),
  'SIGNATURE/X509IssuerName': inQr(
    'The stamp names "{actual}" as issuer of the certificate, the certificate says "{expected}".',
    'جهة إصدار الشهادة في الختم «{actual}»، وفي الشهادة نفسها «{expected}».',
  ),
  'SIGNATURE/X509SerialNumber': inQr(
    "The stamp names {actual} as the certificate's serial number, the certificate says {expected}.",
    'الرقم التسلسلي للشهادة في الختم {actual}، وفي الشهادة نفسها {expected}.',
  ),
  'QR/QR-Code': inQr('The QR code is missing or cannot be read.', 'رمز الاستجابة السريعة غير موجود أو غير مقروء.'),
  'QR/sellerName': inQr(
    'The QR code names "{actual}" as seller, the invoice "{expected}".',
    'اسم البائع في رمز الاستجابة السريعة «{actual}»، وفي الفاتورة «{expected}».',
  ),
  'QR/vatRegistrationNumber': inQr(
    'The QR code states the VAT number {actual}, the invoice {expected}.',
    'الرقم الضريبي في رمز الاستجابة السريعة {actual}، وفي الفاتورة {expected}.',
  ),
  'QR/timeStamp': inQr(
    'The QR code states the time {actual}, the invoice {expected}; both are Riyadh time without "Z".',
    'الوقت في رمز الاستجابة السريعة {actual}، وفي الفاتورة {expected}؛ والمطلوب توقيت الرياض بلا حرف Z.',
  ),
  'QR/invoice_Total': inQr(
    'The QR code states the total {actual}; the amount due is {expected}, and both must be written alike.',
    'الإجمالي في رمز الاستجابة السريعة {actual}، والمبلغ المستحق {expected}، ويجب أن يُكتبا بالصورة نفسها.',
  ),
  'QR/Tag-5_VatTotal': inQr('The QR code lacks the VAT total.', 'رمز الاستجابة السريعة بلا إجمالي الضريبة.'),
  'QR/hashedXml': changed(
    "The hash in the QR code ({actual}) is not the document's ({expected}).",
    'البصمة في رمز الاستجابة السريعة ({actual}) لا تطابق بصمة المستند ({expected}).',
  ),
  'QR/digital_signature': inQr(
    'The signature in the QR code is not the one of the stamp.',
    'التوقيع في رمز الاستجابة السريعة لا يطابق توقيع الختم.',
  ),
  'QR/publicKey': inQr(
    'The key in the QR code is not the one of the certificate.',
    'المفتاح في رمز الاستجابة السريعة لا يطابق مفتاح الشهادة.',
  ),
  'QR/certificate_signature': inQr(
    "The QR code lacks the authority's signature on the certificate, or it is another one.",
    'توقيع الهيئة على الشهادة غير موجود في رمز الاستجابة السريعة أو لا يطابقها.',
  ),
  'PIH/KSA-13': text(
    'The hash of the previous invoice is {actual}, but {expected} was expected. Check which document came before this one.',
    'بصمة الفاتورة السابقة {actual}، والمتوقع {expected}. تحقق من المستند السابق لهذا المستند.',
  ),
}

const duplicate = (en: string, ar: string): Bilingual =>
  text(
    `${en} is also in {file}. Find out which of the two is right, and issue the other one anew.`,
    `${ar} مكرر في الملف {file}. حدّد المستند الصحيح وأصدر الآخر من جديد.`,
  )

export const strictTexts: Readonly<Record<StrictId | StrictFindingId, Bilingual>> = {
  'KHATM-SELLER-NAME': text(
    "The seller's name takes {length} bytes in the QR code; ZATCA reads at most {max}, which is about 63 Arabic letters. Use the registered short name.",
    'اسم البائع يشغل {length} بايت في رمز الاستجابة السريعة، والهيئة تقرأ {max} بايت فقط، أي نحو 63 حرفًا عربيًا. استخدم الاسم المختصر المسجل.',
  ),
  'KHATM-QR-LENGTH': text(
    "The QR code would have {length} characters, at most {max} are allowed. Shorten the seller's name.",
    'سيبلغ طول رمز الاستجابة السريعة {length} حرفًا، والحد الأقصى {max}. اختصر اسم البائع.',
  ),
  'KHATM-VAT-SAR': text(
    'The VAT total in riyals is {actual}, the invoice is in riyals and its VAT total is {expected}. Both must be equal; calculate the invoice again.',
    'إجمالي الضريبة بالريال {actual}، والفاتورة بالريال وإجمالي ضريبتها {expected}. يجب أن يتطابقا؛ أعد حساب الفاتورة.',
  ),
  'KHATM-EXEMPTION': text(
    'Category {category} has two reasons, {expected} and {actual}; an invoice carries one for each category. Issue a second invoice for the other reason.',
    'للفئة {category} سببان: {expected} و{actual}، والفاتورة تقبل سببًا واحدًا لكل فئة. أصدر فاتورة ثانية للسبب الآخر.',
  ),
  'KHATM-CITIZEN-ID': text(
    'Education and health are free of VAT for citizens only: "{actual}" is no national identity. Enter 10 digits that begin with 1.',
    'التعليم والصحة بلا ضريبة للمواطنين فقط: «{actual}» ليس رقم هوية وطنية. أدخل 10 أرقام تبدأ بالرقم 1.',
  ),
  'KHATM-QR-VAT': inQr(
    'The QR code states the VAT total {actual}, the invoice {expected}.',
    'إجمالي الضريبة في رمز الاستجابة السريعة {actual}، وفي الفاتورة {expected}.',
  ),
  'KHATM-CERTIFICATE-DATES': text(
    '{actual} is outside the validity of the certificate ({expected}). Check the date, and which certificate the unit stamps with.',
    'التاريخ {actual} خارج مدة صلاحية الشهادة ({expected}). تحقق من التاريخ ومن الشهادة التي تختم بها الوحدة.',
  ),
  'KHATM-DUPLICATE-NUMBER': duplicate('The number {actual}', 'رقم الفاتورة {actual}'),
  'KHATM-DUPLICATE-UUID': duplicate('The identifier {actual}', 'المعرّف الفريد {actual}'),
}
