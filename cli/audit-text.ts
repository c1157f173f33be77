/** The outcome of an audit as lines for people: each chain, and below it what does not agree. */
import type { ChainAudit, DatabaseAudit } from '#core/workflow/proving/audit-database.ts'
import type { RollForward } from '#core/workflow/proving/roll-forward.ts'
import type { LinkProof } from '#core/workflow/proving/verify-chain.ts'
import type { Bilingual, Language } from './terminal.ts'

const texts = {
  whole: { en: 'whole', ar: 'سليمة' },
  broken: { en: 'BROKEN', ar: 'مكسورة' },
  documents: { en: 'documents', ar: 'مستندات' },
  at: { en: 'at counter', ar: 'عند العداد' },
  expected: { en: 'expected', ar: 'المتوقع' },
  found: { en: 'found', ar: 'الموجود' },
  auditLog: { en: 'audit log', ar: 'سجل التدقيق' },
  entry: { en: 'first entry that does not fit', ar: 'أول قيد غير متطابق' },
  frozen: { en: 'frozen', ar: 'مجمّدة' },
  noChains: { en: 'There is no chain yet.', ar: 'لا توجد سلسلة بعد.' },
} as const satisfies Record<string, Bilingual>

/** What each kind of problem means, by the beginning of its name. */
const meanings: readonly (readonly [start: string, meaning: Bilingual])[] = [
  ['CHAIN/icvInXml', { en: 'the counter inside the document differs', ar: 'العداد داخل المستند مختلف' }],
  ['CHAIN/pihInXml', { en: 'the previous hash inside the document differs', ar: 'البصمة السابقة داخل المستند مختلفة' }],
  ['CHAIN/uuidInXml', { en: 'the UUID inside the document differs', ar: 'المعرّف الفريد داخل المستند مختلف' }],
  ['CHAIN/icv', { en: 'a counter is missing or stands twice', ar: 'عداد مفقود أو مكرر' }],
  ['CHAIN/pih', { en: 'it does not continue the document before', ar: 'لا يتصل بالمستند السابق' }],
  ['CHAIN/hash', { en: 'the document was changed', ar: 'تغيّر محتوى المستند' }],
  ['CHAIN/selfCheck', { en: 'the second judge disagrees', ar: 'الفحص الثاني غير متطابق' }],
  ['CHAIN/readable', { en: 'the document cannot be read', ar: 'تتعذر قراءة المستند' }],
  ['CHAIN/certificate', { en: 'signed with another certificate', ar: 'موقّع بشهادة أخرى' }],
  [
    'CHAIN/head',
    { en: 'the record of the chain does not agree with its last document', ar: 'سجل السلسلة لا يطابق آخر مستند' },
  ],
  ['CHAIN/count', { en: 'more or fewer documents than the counter says', ar: 'عدد المستندات لا يطابق العداد' }],
  ['OUTBOX/none', { en: 'neither on its way nor settled', ar: 'ليس في طابور الإرسال ولا نتيجة له' }],
  ['OUTBOX/both', { en: 'settled, and still on its way', ar: 'له نتيجة وما زال في طابور الإرسال' }],
  [
    'ANCHOR/behind',
    { en: 'older than its anchor outside the database', ar: 'أقدم من موضعها المحفوظ خارج قاعدة البيانات' },
  ],
  ['ANCHOR/differs', { en: 'another document than its anchor says', ar: 'مستند غير المحفوظ خارج قاعدة البيانات' }],
  ['MANIFEST/sha256', { en: 'the file is not the one in the manifest', ar: 'الملف لا يطابق البيان' }],
  ['MANIFEST/missing', { en: 'a file of the manifest is missing', ar: 'ملف مذكور في البيان غير موجود' }],
  ['CLEARED/hash', { en: 'what ZATCA stamped is not the signed document', ar: 'ما ختمته الهيئة ليس المستند الموقّع' }],
  ['FILE/readable', { en: 'the file cannot be read', ar: 'تتعذر قراءة الملف' }],
  ['SIGNATURE', { en: 'the stamp does not fit', ar: 'الختم غير صحيح' }],
  ['QR', { en: 'the QR code does not fit', ar: 'رمز الاستجابة السريعة غير صحيح' }],
  [
    'CERTIFICATE/issuer',
    { en: 'none of the given authorities issued the certificate', ar: 'لم تُصدر الشهادةَ أيٌّ من سلطات التصديق المحددة' },
  ],
  ['CERTIFICATE', { en: 'the certificate does not fit', ar: 'الشهادة غير صحيحة' }],
]

export const problemText = ({ id, expected, found }: LinkProof, language: Language): string => {
  const meaning = meanings.find(([start]) => id.startsWith(start))?.[1][language]
  const values = [
    expected === undefined ? undefined : `${texts.expected[language]}: ${expected}`,
    found === undefined ? undefined : `${texts.found[language]}: ${found}`,
  ].filter((value) => value !== undefined)
  return [meaning === undefined ? id : `${meaning} [${id}]`, ...values].join('; ')
}

export const auditLines = ({ chains, brokenAuditEntry }: DatabaseAudit, language: Language): readonly string[] => [
  ...(chains.length === 0 ? [texts.noChains[language]] : []),
  ...chains.flatMap((chain) => chainLines(chain, language)),
  ...(brokenAuditEntry === undefined
    ? [`${texts.auditLog[language]}: ${texts.whole[language]}`]
    : [`${texts.auditLog[language]}: ${texts.broken[language]}; ${texts.entry[language]}: ${brokenAuditEntry}`]),
]

const chainLines = (audit: ChainAudit, language: Language): readonly string[] => {
  const { company, unit, chain, documents, ok, problems } = audit
  const name = `${company.vatNumber} ${company.name} / ${unit.name} (${unit.environment}) #${chain.epoch}`
  const state = chain.state === 'frozen' ? `, ${texts.frozen[language]} (${chain.frozenReason})` : ''
  const verdict = ok ? texts.whole[language] : texts.broken[language]
  return [
    `${name}: ${documents} ${texts.documents[language]}, ${verdict}${state}`,
    ...problems.map((problem) => {
      const number = problem.number === undefined ? '' : ` (${problem.number})`
      return `  ${texts.at[language]} ${problem.icv}${number}: ${problemText(problem, language)}`
    }),
  ]
}

const outcomes: Readonly<Record<RollForward['outcome'], Bilingual>> = {
  thawed: { en: 'goes on behind the last counter', ar: 'تتابع بعد آخر عداد' },
  'close-and-reonboard': {
    en: 'stays frozen: close it and onboard the unit anew; keep the documents that were found',
    ar: 'تبقى مجمّدة: أغلقها وأعد ربط الوحدة، واحتفظ بالمستندات الموجودة',
  },
  'head-unknown': {
    en: 'stays frozen: nothing says which document was the last; with --accept-head you say that it is this one',
    ar: 'تبقى مجمّدة: لا يُعرف آخر مستند صدر؛ باستخدام ‎--accept-head تقرّ بأنه هذا المستند',
  },
  untouched: { en: 'frozen for another reason, left alone', ar: 'مجمّدة لسبب آخر ولم تتغير' },
}

const missingText: Bilingual = { en: 'counters without a file', ar: 'عدادات بلا ملفات' }

/** One chain that was compared with anchors and archive. */
export const reconciledLines = (report: RollForward, language: Language): readonly string[] => {
  const { chainId, from, to, settled, missing, obstacle, outcome } = report
  return [
    `${chainId}: ${from} -> ${to} (${settled}), ${outcomes[outcome][language]}`,
    ...(missing.length === 0 ? [] : [`  ${missingText[language]}: ${ranges(missing)}`]),
    ...(obstacle === undefined ? [] : [`  ${problemText(obstacle, language)}`]),
  ]
}

/** `5-9, 12` */
const ranges = (numbers: readonly number[]): string => {
  const found: [number, number][] = []
  for (const number of numbers) {
    const last = found.at(-1)
    if (last !== undefined && last[1] + 1 === number) last[1] = number
    else found.push([number, number])
  }
  return found.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ')
}
