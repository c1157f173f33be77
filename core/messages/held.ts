/** Why a document is held, or waits for something before it can go on: what happened, what the program does, what you do. */
import type { StateTexts } from './state-texts.ts'
import { text } from './text.ts'

const keepsAndWaits = text(
  'It keeps the document and sends it once the cause is gone.',
  'يحفظ المستند ويرسله فور زوال السبب.',
)
const keepsOthersGoOn = text(
  'It keeps the document and sends it no more by itself; all others go on.',
  'يحفظ المستند ولا يعيد إرساله من تلقاء نفسه، وتستمر بقية المستندات.',
)

export const heldTexts = {
  'sign-in-refused': {
    name: text('Waiting: sign-in refused', 'بالانتظار: رُفض دخول الوحدة'),
    happened: text('ZATCA refused the sign-in of this unit.', 'رفضت الهيئة دخول هذه الوحدة.'),
    program: keepsAndWaits,
    you: text(
      'The certificate has expired or was revoked: register the unit anew on the certificates page.',
      'الشهادة منتهية أو ملغاة: أعد ربط الوحدة من صفحة الشهادات.',
    ),
  },
  misconfigured: {
    name: text('Waiting: wrong address', 'بالانتظار: عنوان الهيئة غير صحيح'),
    happened: text("ZATCA's address does not answer as it should.", 'عنوان الهيئة لا يرد كما هو متوقع.'),
    program: keepsAndWaits,
    you: text('Check environment and network; call support.', 'راجع البيئة والشبكة، وتواصل مع الدعم الفني.'),
  },
  'renewal-needed': {
    name: text('Waiting: renewal needed', 'بالانتظار: تجديد الشهادة'),
    happened: text(
      'ZATCA asks for compliance checks before it accepts more documents of this unit.',
      'تطلب الهيئة فحص الامتثال قبل قبول مستندات أخرى من هذه الوحدة.',
    ),
    program: keepsAndWaits,
    you: text('Renew the certificate with a new OTP.', 'جدّد الشهادة برمز تحقق جديد.'),
  },
  'too-large': {
    name: text('Held: too large', 'موقوف: الحجم أكبر من المسموح'),
    happened: text('The document is larger than ZATCA accepts.', 'حجم المستند أكبر مما تقبله الهيئة.'),
    program: keepsOthersGoOn,
    you: text(
      'Issue the sale again with fewer lines: combine those of equal VAT treatment. Call support about this one.',
      'أصدر البيع من جديد ببنود أقل بجمع البنود ذات المعاملة الضريبية الواحدة، وتواصل مع الدعم بشأن هذا المستند.',
    ),
  },
  unsettled: {
    name: text('Held: no answer for a day', 'موقوف: لم تُحسم نتيجته'),
    happened: text(
      'ZATCA gave no clear answer for almost a day, although the same document was sent again and again.',
      'لم يصل رد واضح من الهيئة قرابة يوم مع تكرار إرسال المستند نفسه.',
    ),
    program: keepsOthersGoOn,
    you: text(
      'Look the document up in the Fatoora portal. If it is not there, choose "send after all"; never issue it again.',
      'ابحث عن المستند في منصة فاتورة. إن لم تجده فاختر «إرسال رغم ذلك»، ولا تُصدره من جديد.',
    ),
  },
  quarantined: {
    name: text('Held: sending breaks off', 'موقوف: يتعثر إرساله'),
    happened: text(
      'Sending this document broke off again and again before an answer was recorded.',
      'تكرر تعثر إرسال هذا المستند قبل تسجيل أي رد.',
    ),
    program: keepsOthersGoOn,
    you: text(
      'Call support with the evidence of the document; then choose "send after all".',
      'أرسل ملف إثبات المستند إلى الدعم الفني، ثم اختر «إرسال رغم ذلك».',
    ),
  },
  'cleared-mismatch': {
    name: text('Held: another document came back', 'موقوف: عاد مستند مختلف'),
    happened: text('What ZATCA returned is not the document that was sent.', 'ما أعادته الهيئة ليس المستند الذي أُرسل.'),
    program: text(
      'It keeps both answers, and the chain takes no new document until a person has looked.',
      'يحفظ المستند والرد، ولا تقبل السلسلة مستندًا جديدًا حتى يُراجع الأمر.',
    ),
    you: text(
      'Hand nothing to the buyer. Call support with the evidence of the document.',
      'لا تسلّم المستند للمشتري. أرسل ملف إثباته إلى الدعم الفني.',
    ),
  },
} as const satisfies Readonly<Record<string, StateTexts>>

export type HeldReason = keyof typeof heldTexts

export const isHeldReason = (reason: string | undefined): reason is HeldReason =>
  reason !== undefined && Object.hasOwn(heldTexts, reason)
