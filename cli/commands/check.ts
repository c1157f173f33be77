/** `khatm check`: judges invoices and drafts by all rules, each file on its own. */
import { asFailure, type Failure } from '#core/errors.ts'
import { completeDraft } from '#core/invoice/complete.ts'
import { parseDraft } from '#core/invoice/parse-draft.ts'
import { judge, type RuleId, type Violation } from '#core/invoice/rules/index.ts'
import { violationView } from '#core/messages/index.ts'
import { readInvoice, type StructureFinding } from '#core/zatca/read.ts'
import type { Run } from '../commands.ts'
import { type ExitCode, exitCodeOf } from '../exit-code.ts'
import { failureText, failureTexts, failureViews } from '../failure-text.ts'
import { parseJson, readInput } from '../files.ts'
import { riyadhMoment } from '../moment.ts'
import type { Bilingual, Terminal } from '../terminal.ts'
import { violationLines } from '../violations.ts'

interface Judged {
  readonly file: string
  readonly violations: readonly Violation<RuleId>[]
  /** Elements that no rule looks at, because the invoice of this law does not know them */
  readonly unknown: readonly StructureFinding[]
  /** Set when the file could not be judged at all */
  readonly failure?: Failure
}

export const run: Run = async (invocation, terminal) => {
  const now = riyadhMoment('--now', invocation.text('now'))
  let worst: ExitCode = 0
  for (const file of invocation.operands) {
    const judged = await judgeFile(file, now)
    if (invocation.flag('json')) terminal.out(jsonLine(judged))
    else showPlain(judged, terminal)
    worst = worse(worst, exitCode(judged, invocation.flag('strict')))
  }
  return worst
}

const judgeFile = async (file: string, now: string): Promise<Judged> => {
  try {
    const bytes = await readInput(file)
    return { file, ...(isDraft(file, bytes) ? judgeDraft(parseJson(file, bytes), now) : judgeXml(bytes, now)) }
  } catch (error) {
    return { file, violations: [], unknown: [], failure: asFailure(error) }
  }
}

const isDraft = (file: string, bytes: Uint8Array): boolean =>
  file.toLowerCase().endsWith('.json') || bytes[0] === '{'.charCodeAt(0)

const judgeXml = (bytes: Uint8Array, now: string) => {
  const { invoice, findings } = readInvoice(bytes)
  return { violations: judge(invoice, { now, stage: 'sealed' }), unknown: findings }
}

/** As if it were issued at that moment: date and time come from the clock where the draft has none. */
const judgeDraft = (json: unknown, now: string) => {
  const [issueDate = '', issueTime = ''] = now.split('T')
  const invoice = completeDraft({ issueDate, issueTime, ...parseDraft(json) })
  return { violations: judge(invoice, { now, stage: 'draft' }), unknown: [] }
}

/** A file that cannot be judged is never an empty list: who reads only `violations` must not take it for clean. */
const jsonLine = ({ file, violations, failure }: Judged): string =>
  JSON.stringify(
    failure === undefined
      ? { file, violations: violations.map(violationView) }
      : { file, violations: failureViews(failure), failure: failureTexts(failure) },
  )

const clean: Bilingual = { en: 'clean', ar: 'سليم' }
const unread: Bilingual = { en: 'not judged, unknown here', ar: 'لم يُفحص لأنه غير معروف هنا' }

const showPlain = ({ file, violations, unknown, failure }: Judged, { language, out }: Terminal): void => {
  if (failure !== undefined) {
    out(`${file}: ${failureText(failure, language)}`)
    return
  }
  out(`${file}: ${violations.length === 0 ? clean[language] : violations.length}`)
  for (const line of violationLines(violations, language)) out(line)
  for (const { path } of unknown) out(`  - ${unread[language]}: ${path}`)
}

const exitCode = ({ violations, failure }: Judged, strict: boolean): ExitCode => {
  if (failure !== undefined) return exitCodeOf(failure)
  const counted = violations.some(({ severity }) => strict || severity === 'error')
  return counted ? 1 : 0
}

const worse = (one: ExitCode, other: ExitCode): ExitCode => (one > other ? one : other)
