/** The README of an evidence folder: what each file is, and how somebody without this program checks it. */
import { filledIn, type Language } from './text.ts'

const lines: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'EVIDENCE OF DOCUMENT {number}',
    '',
    'Company {company}, VAT number {vatNumber}. Counter {icv} of its chain, UUID {uuid}.',
    'State: {state}. {happened}',
    'Made on {madeAt} by Khatm {version}. Proofs: {proofs}.',
    '',
    'evidence.json   everything in one file: document, every transmission with its answer, QR code, proofs, history',
    'signed/         the document as it was stamped; these bytes were sent, and no others',
    'cleared/        the document as ZATCA stamped it; only where a document was cleared',
    'answers/        what ZATCA answered, one file for each transmission',
    'SHA256SUMS      digests of all files: sha256sum -c SHA256SUMS',
    '',
    'Stamp, hash and QR code are checked with: khatm verify signed/{fileName}',
  ],
  ar: [
    'إثبات المستند {number}',
    '',
    'المنشأة {company}، الرقم الضريبي {vatNumber}. العداد {icv} في سلسلتها، والمعرّف الفريد {uuid}.',
    'الحالة: {state}. {happened}',
    'أُعدّ في {madeAt} ببرنامج ختم {version}. نتائج الفحص: {proofs}.',
    '',
    'evidence.json   كل شيء في ملف واحد: المستند، وكل عملية إرسال وردها، ورمز الاستجابة السريعة، ونتائج الفحص، والسجل',
    'signed/         المستند كما خُتم، وهو ما أُرسل بعينه دون غيره',
    'cleared/        المستند كما ختمته الهيئة، إذا كان معتمدًا',
    'answers/        ردود الهيئة، ملف لكل عملية إرسال',
    'SHA256SUMS      بصمات جميع الملفات: sha256sum -c SHA256SUMS',
    '',
    'يُفحص الختم والبصمة ورمز الاستجابة السريعة بالأمر: khatm verify signed/{fileName}',
  ],
}

export type EvidenceValue =
  | 'number'
  | 'company'
  | 'vatNumber'
  | 'icv'
  | 'uuid'
  | 'state'
  | 'happened'
  | 'madeAt'
  | 'version'
  | 'proofs'
  | 'fileName'

/** `values` are those of one language. */
export const evidenceReadme = (language: Language, values: Readonly<Record<EvidenceValue, string>>): string =>
  `${lines[language].map((line) => filledIn(line, values)).join('\n')}\n`

export const proofWords = {
  whole: { en: 'all {count} hold', ar: 'جميعها سليمة ({count})' },
  broken: { en: 'NOT ALL HOLD: {broken}', ar: 'بعضها غير سليم: {broken}' },
} as const
