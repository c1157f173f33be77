/** The chain of a unit's documents: whether it takes new ones, and why not. */
import { nothing, type StateTexts } from './state-texts.ts'
import { text } from './text.ts'

const takesNothing = text(
  'It keeps every document as it is, sends what waits and issues nothing new on this unit.',
  'يُبقي كل مستند كما هو ويرسل ما ينتظر، ولا يصدر جديدًا من هذه الوحدة.',
)

export const chainTexts: Readonly<Record<'active' | 'draining' | 'closed' | 'frozen', StateTexts>> = {
  active: {
    name: text('Chain in use', 'السلسلة قيد الاستخدام'),
    happened: text('New documents continue this chain.', 'تتابع المستندات الجديدة هذه السلسلة.'),
    program: text(
      'It gives each the next counter and the hash of the one before.',
      'يعطي كل مستند العداد التالي وبصمة المستند الذي قبله.',
    ),
    you: nothing,
  },
  draining: {
    name: text('Chain running out', 'السلسلة في طور الإغلاق'),
    happened: text(
      'A new certificate has opened a new chain; documents of this one are still on their way.',
      'فتحت الشهادة الجديدة سلسلة جديدة، وما زالت مستندات من هذه السلسلة في الطريق.',
    ),
    program: text(
      'It sends them as they were signed; new ones continue the new chain.',
      'يرسلها كما وُقّعت، وتتابع المستندات الجديدة السلسلة الجديدة.',
    ),
    you: nothing,
  },
  closed: {
    name: text('Chain closed', 'السلسلة مغلقة'),
    happened: text('The chain has ended with its certificate.', 'انتهت السلسلة بانتهاء العمل بشهادتها.'),
    program: text('It keeps the documents and can prove them at any time.', 'يحفظ مستنداتها ويمكنه إثباتها في أي وقت.'),
    you: nothing,
  },
  frozen: {
    name: text('Chain frozen', 'السلسلة مجمّدة'),
    happened: text('The chain was stopped because something did not agree.', 'أُوقفت السلسلة لوجود اختلاف.'),
    program: takesNothing,
    you: text('Read the reason and call support.', 'اقرأ السبب وتواصل مع الدعم الفني.'),
  },
}

/** Why a chain was frozen; a reason of another release is shown as frozen without more. */
export const frozenTexts = {
  'cleared-mismatch': {
    name: text('Frozen: another document came back', 'مجمّدة: عاد مستند مختلف'),
    happened: text('ZATCA returned another document than the one that was sent.', 'أعادت الهيئة مستندًا غير الذي أُرسل.'),
    program: takesNothing,
    you: text(
      'Call support with the evidence of the held document; the chain is opened again after that.',
      'أرسل ملف إثبات المستند الموقوف إلى الدعم الفني، ثم تُفتح السلسلة من جديد.',
    ),
  },
  'behind-anchor': {
    name: text('Frozen: older than it should be', 'مجمّدة: أقدم من المتوقع'),
    happened: text(
      'The database knows fewer documents of this chain than were issued: it was restored or copied.',
      'تحتوي قاعدة البيانات على مستندات أقل مما صدر في هذه السلسلة: فهي مستعادة أو منسوخة.',
    ),
    program: takesNothing,
    you: text(
      'Bring the missing documents back from the archive with "khatm reconcile". If files are missing there, onboard the unit anew.',
      'استرجع المستندات الناقصة من الأرشيف بالأمر khatm reconcile. وإن نقصت ملفات من الأرشيف فأعد ربط الوحدة.',
    ),
  },
  restored: {
    name: text('Frozen: restored from a backup', 'مجمّدة: مستعادة من نسخة احتياطية'),
    happened: text(
      'The chain comes from a backup, and nothing says yet that it is the newest one.',
      'السلسلة مستعادة من نسخة احتياطية ولم يثبت بعد أنها الأحدث.',
    ),
    program: takesNothing,
    you: text(
      'Compare it with anchors and archive: "khatm reconcile".',
      'قارنها بسجل المواضع والأرشيف بالأمر khatm reconcile.',
    ),
  },
  moved: {
    name: text('Frozen: moved', 'مجمّدة: منقولة'),
    happened: text('The chain goes on in another database.', 'السلسلة مستمرة في قاعدة بيانات أخرى.'),
    program: text('It keeps the documents for reading and issues nothing.', 'يحفظ المستندات للاطلاع ولا يصدر شيئًا.'),
    you: text('Open the new database.', 'افتح قاعدة البيانات الجديدة.'),
  },
} as const satisfies Readonly<Record<string, StateTexts>>

export type FrozenReason = keyof typeof frozenTexts

export const isFrozenReason = (reason: string | undefined): reason is FrozenReason =>
  reason !== undefined && Object.hasOwn(frozenTexts, reason)
