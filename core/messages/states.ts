/** Each state says what happens next: what happened, what the program does, what you do. The one source for screens, API and guide. */
import type { DocumentState, RoadReason, UnitState } from '#core/vocabulary.ts'
import { chainTexts, frozenTexts, isFrozenReason } from './chains.ts'
import { heldTexts, isHeldReason } from './held.ts'
import { closedRoadTexts, openRoadTexts } from './roads.ts'
import { nothing, type StateTexts } from './state-texts.ts'
import { text } from './text.ts'

export type { StateTexts } from './state-texts.ts'

/** What a list or a detail shows: the stored states, the draft before them, acceptance with warnings, and a rejection that was corrected. */
export type ShownState = DocumentState | 'draft' | 'cleared-with-warnings' | 'reported-with-warnings' | 'corrected'

/** What is shown of a unit: the stored states, and the renewal of its certificate while it goes on. */
export type ShownUnitState = UnitState | 'renewing'

export const documentStateTexts: Readonly<Record<ShownState, StateTexts>> = {
  draft: {
    name: text('Draft', 'مسودة'),
    happened: text('The document is not issued yet.', 'المستند لم يصدر بعد.'),
    program: text('It keeps what you enter and checks it while you type.', 'يحفظ ما تدخله ويفحصه أثناء الكتابة.'),
    you: text('Complete it and choose "issue and send".', 'أكمله ثم اختر «إصدار وإرسال».'),
  },
  waiting: {
    name: text('Issued, waiting', 'صادر بانتظار الإرسال'),
    happened: text('The document is numbered, stamped and stored.', 'المستند مرقّم ومختوم ومحفوظ.'),
    program: text('It sends it as soon as ZATCA can be reached.', 'يرسله حالما يتاح الاتصال بالهيئة.'),
    you: text(
      'Nothing. A standard invoice goes to the buyer only after clearance.',
      'لا شيء. لا تُسلَّم الفاتورة الضريبية للمشتري إلا بعد اعتمادها.',
    ),
  },
  sending: {
    name: text('Sending', 'قيد الإرسال'),
    happened: text('The document is on its way to ZATCA.', 'المستند في طريقه إلى الهيئة.'),
    program: text('It waits for the answer.', 'ينتظر الرد.'),
    you: text('Wait a moment.', 'انتظر لحظات.'),
  },
  unknown: {
    name: text('Outcome unknown', 'النتيجة غير معروفة'),
    happened: text('It was sent, but no clear answer came back.', 'أُرسل المستند ولم يصل رد واضح.'),
    program: text(
      'It sends exactly the same document again until ZATCA answers; it cannot be counted twice.',
      'يعيد إرسال المستند نفسه حتى ترد الهيئة، ولا يُحتسب مرتين.',
    ),
    you: text('Do not issue it again. Wait.', 'لا تصدره من جديد. انتظر.'),
  },
  cleared: {
    name: text('Cleared', 'معتمد'),
    happened: text('ZATCA has cleared the document and stamped it.', 'اعتمدت الهيئة المستند وختمته.'),
    program: text(
      "It keeps ZATCA's version and prints its QR code.",
      'يحفظ نسخة الهيئة ويطبع رمز الاستجابة السريعة منها.',
    ),
    you: text('Give it to the buyer.', 'سلّمه للمشتري.'),
  },
  reported: {
    name: text('Reported', 'مُبلَّغ عنه'),
    happened: text('ZATCA has received the document.', 'استلمت الهيئة المستند.'),
    program: text('It keeps document and answer.', 'يحفظ المستند والرد.'),
    you: nothing,
  },
  'cleared-with-warnings': {
    name: text('Cleared with warnings', 'معتمد مع تنبيهات'),
    happened: text('ZATCA has cleared the document and remarked on something.', 'اعتمدت الهيئة المستند مع ملاحظات.'),
    program: text(
      "It keeps ZATCA's version, prints its QR code and lists the remarks.",
      'يحفظ نسخة الهيئة ويطبع رمزها ويعرض الملاحظات.',
    ),
    you: text(
      'Give it to the buyer: it is valid. Correct customer or product data, so that the next one is clean.',
      'سلّمه للمشتري فهو صحيح، وصحّح بيانات العميل أو الصنف لتفادي التنبيه لاحقًا.',
    ),
  },
  'reported-with-warnings': {
    name: text('Reported with warnings', 'مُبلَّغ عنه مع تنبيهات'),
    happened: text('ZATCA has received the document and remarked on something.', 'استلمت الهيئة المستند مع ملاحظات.'),
    program: text('It keeps the document and lists the remarks.', 'يحفظ المستند ويعرض الملاحظات.'),
    you: text(
      'The document is valid. Correct customer or product data, so that the next one is clean.',
      'المستند صحيح. صحّح بيانات العميل أو الصنف لتفادي التنبيه لاحقًا.',
    ),
  },
  rejected: {
    name: text('Rejected', 'مرفوض'),
    happened: text('ZATCA has refused the document; it has no effect.', 'رفضت الهيئة المستند ولا أثر له.'),
    program: text('It keeps document and reasons; the number counts on.', 'يحفظ المستند وأسباب الرفض ويستمر الترقيم.'),
    you: text(
      'Correct the reasons shown and choose "fix and reissue".',
      'صحّح الأسباب المعروضة ثم اختر «تصحيح وإعادة إصدار».',
    ),
  },
  corrected: {
    name: text('Rejected, corrected', 'مرفوض وصُحّح'),
    happened: text(
      'ZATCA refused the document; another with the same number took its place.',
      'رفضت الهيئة المستند، وحلّ محله مستند مصحَّح بالرقم نفسه.',
    ),
    program: text('It keeps both: the counter shows no gap.', 'يحفظ المستندين فلا تنقطع سلسلة العداد.'),
    you: nothing,
  },
  held: {
    name: text('Held', 'موقوف'),
    happened: text('The document cannot go on without a decision.', 'لا يمكن متابعة المستند دون قرار.'),
    program: text('It keeps the document and sends nothing.', 'يحفظ المستند ولا يرسل شيئًا.'),
    you: text('Read the reason and decide.', 'اقرأ السبب واتخذ القرار.'),
  },
}

export const unitStateTexts: Readonly<Record<ShownUnitState, StateTexts>> = {
  new: {
    name: text('New', 'جديدة'),
    happened: text('The unit is not registered with ZATCA.', 'الوحدة غير مسجلة لدى الهيئة.'),
    program: text('It has prepared the details of the request.', 'جهّز بيانات الطلب.'),
    you: text('Take an OTP from the Fatoora portal and begin.', 'احصل على رمز التحقق من منصة فاتورة وابدأ.'),
  },
  compliance: {
    name: text('Compliance checks', 'فحص الامتثال'),
    happened: text('ZATCA has given a certificate for the checks.', 'أصدرت الهيئة شهادة لفحص الامتثال.'),
    program: text('It sends the test documents one by one.', 'يرسل مستندات الفحص واحدًا تلو الآخر.'),
    you: text('Continue; every step can be repeated.', 'تابع، ويمكن إعادة أي خطوة.'),
  },
  ready: {
    name: text('Ready', 'جاهزة'),
    happened: text('The unit has its production certificate.', 'حصلت الوحدة على شهادة الإنتاج.'),
    program: text('It issues, sends, and warns before the certificate ends.', 'يصدر ويرسل وينبّه قبل انتهاء الشهادة.'),
    you: nothing,
  },
  renewing: {
    name: text('Renewal under way', 'قيد التجديد'),
    happened: text(
      'A new certificate was asked for and is not in use yet.',
      'طُلبت شهادة جديدة ولم يبدأ العمل بها بعد.',
    ),
    program: text(
      'It goes on with the old certificate as long as that is valid, and opens a new chain with the new one.',
      'يواصل العمل بالشهادة الحالية ما دامت سارية، ويفتح سلسلة جديدة مع الشهادة الجديدة.',
    ),
    you: text('Finish the renewal; every step can be repeated.', 'أكمل التجديد، ويمكن إعادة أي خطوة.'),
  },
  expired: {
    name: text('Certificate expired', 'الشهادة منتهية'),
    happened: text('The certificate of the unit has ended.', 'انتهت شهادة الوحدة.'),
    program: text('It keeps all documents and issues no new ones.', 'يحفظ جميع المستندات ولا يصدر جديدًا.'),
    you: text('Renew with an OTP from the Fatoora portal.', 'جدّد الشهادة برمز من منصة فاتورة.'),
  },
  closed: {
    name: text('Closed', 'مغلقة'),
    happened: text('The unit was closed.', 'أُغلقت الوحدة.'),
    program: text('It keeps its documents for the legal time.', 'يحفظ مستنداتها للمدة النظامية.'),
    you: nothing,
  },
}

/** What of a document decides how it is shown. */
export interface DocumentStanding {
  readonly state: DocumentState | 'draft'
  readonly warnings?: number
  readonly supersededBy?: string | undefined
  readonly heldReason?: string | undefined
}

/** Accepted with warnings reads differently from accepted, and a corrected rejection wants nothing any more. */
export const shownState = ({ state, warnings = 0, supersededBy }: DocumentStanding): ShownState => {
  if (state === 'rejected' && supersededBy !== undefined) return 'corrected'
  if (warnings > 0 && (state === 'cleared' || state === 'reported')) return `${state}-with-warnings`
  return state
}

/** A reason says more than the state alone. */
export const documentTexts = (standing: DocumentStanding): StateTexts =>
  isHeldReason(standing.heldReason) ? heldTexts[standing.heldReason] : documentStateTexts[shownState(standing)]

interface RoadStanding {
  readonly state: 'open' | 'closed' | 'probing'
  readonly reason?: RoadReason | undefined
}

export const roadTexts = ({ state, reason }: RoadStanding): StateTexts =>
  state === 'closed' && reason !== undefined
    ? closedRoadTexts[reason]
    : openRoadTexts[state === 'probing' ? state : 'open']

export const chainStateTexts = (state: keyof typeof chainTexts, frozenReason: string | undefined): StateTexts =>
  state === 'frozen' && isFrozenReason(frozenReason) ? frozenTexts[frozenReason] : chainTexts[state]

const keyed = (prefix: string, texts: Readonly<Record<string, StateTexts>>): readonly StateRow[] =>
  Object.entries(texts).map(([id, row]) => ({ id: `${prefix}${id}`, ...row }))

/** A row of the published table; `id` is stable. */
export interface StateRow extends StateTexts {
  readonly id: string
}

/** The whole table by subject, in the order in which a reader meets it. */
export const stateTable = {
  document: [...keyed('', documentStateTexts), ...keyed('held/', heldTexts)],
  unit: keyed('', unitStateTexts),
  road: [...keyed('', openRoadTexts), ...keyed('closed/', closedRoadTexts)],
  chain: [...keyed('', chainTexts), ...keyed('frozen/', frozenTexts)],
} as const
