/** Why a document is held or its unit waits, and what to do about it. */
import { text } from './text.ts'

export const heldTexts = {
  'sign-in-refused': text(
    'ZATCA refused the sign-in of this unit. Check whether its certificate was revoked or has expired; the documents wait and are sent afterwards.',
    'رفضت الهيئة دخول هذه الوحدة. تحقق من إلغاء شهادتها أو انتهائها؛ المستندات تنتظر وتُرسل بعد ذلك.',
  ),
  misconfigured: text(
    "ZATCA's address does not answer as expected. Check environment and address; the documents wait.",
    'عنوان الهيئة لا يرد كما هو متوقع. تحقق من البيئة والعنوان؛ المستندات تنتظر.',
  ),
  'renewal-needed': text(
    'ZATCA asks for compliance checks before it goes on. Run the renewal with a new OTP.',
    'تطلب الهيئة فحص الامتثال قبل المتابعة. نفّذ التجديد برمز تحقق جديد.',
  ),
  'too-large': text(
    'The document is too large for ZATCA. Combine lines of equal VAT treatment and issue it again.',
    'حجم المستند أكبر من المسموح لدى الهيئة. اجمع البنود ذات المعاملة الضريبية الواحدة وأصدره مجددًا.',
  ),
  unsettled: text(
    'ZATCA gave no clear answer for almost a day. Look the document up in the Fatoora portal and decide.',
    'لم يصل رد واضح من الهيئة قرابة يوم. ابحث عن المستند في منصة فاتورة واتخذ القرار.',
  ),
  quarantined: text(
    'Sending failed in the same way again and again. Call support; other documents go on.',
    'تكرر فشل الإرسال بالطريقة نفسها. تواصل مع الدعم الفني؛ وتستمر المستندات الأخرى.',
  ),
  'cleared-mismatch': text(
    'What ZATCA returned is not the document that was sent. The chain is frozen; call support.',
    'ما أعادته الهيئة ليس المستند المرسل. السلسلة مجمّدة؛ تواصل مع الدعم الفني.',
  ),
} as const

export type HeldReason = keyof typeof heldTexts
