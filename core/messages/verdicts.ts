/** What an answer of the gateway means, in a sentence for the journal of a document. */
import type { VerdictKind } from '#core/vocabulary.ts'
import { type Bilingual, text } from './text.ts'

export const verdictTexts: Readonly<Record<VerdictKind, Bilingual>> = {
  accepted: text('ZATCA accepted the document.', 'قبلت الهيئة المستند.'),
  rejected: text('ZATCA rejected the document.', 'رفضت الهيئة المستند.'),
  reroute: text(
    'ZATCA clears nothing at present and wants the document reported.',
    'الاعتماد متوقف لدى الهيئة حاليًا وطلبت الإبلاغ عن المستند.',
  ),
  'sign-in-refused': text("ZATCA refused the unit's certificate.", 'رفضت الهيئة شهادة الوحدة.'),
  misconfigured: text('Something else than the service answered at the address.', 'ما ردّ على العنوان ليس خدمة الهيئة.'),
  'too-large': text('The document is too large for ZATCA.', 'حجم المستند أكبر مما تقبله الهيئة.'),
  'renewal-needed': text('ZATCA asks for compliance checks first.', 'طلبت الهيئة فحص الامتثال أولًا.'),
  throttled: text('ZATCA asked to send more slowly.', 'طلبت الهيئة تخفيف وتيرة الإرسال.'),
  unknown: text('No clear answer came; the document may have arrived.', 'لم يصل رد واضح، وقد يكون المستند وصل.'),
  unsent: text('Nothing was sent: there was no connection.', 'لم يُرسل شيء لتعذر الاتصال.'),
}

/** An attempt without an end: the program stopped before the answer was recorded. */
export const unfinishedText = text(
  'The answer was not recorded; the document may have arrived.',
  'لم يُسجَّل رد على هذه المحاولة، وقد يكون المستند وصل.',
)
