/** `khatm check`: judges invoices and drafts by all rules, each file on its own. */
import { asFailure, type Failure } from '#core/errors.ts'
import { completeDraft } from '#core/invoice/complete.ts'
import { parseDraft } from '#core/invoice/parse-draft.ts'
import { type DuplicateWatch, duplicateWatch } from '#core/invoice/rules/duplicates.ts'
import type { FindingId } from '#core/invoice/rules/findings.ts'
import { judge, type RuleContext, type Violation } from '#core/invoice/rules/index.ts'
import { judgeStrictly } from '#core/invoice/rules/strict.ts'
import { violationView } from '#core/messages/index.ts'
import { GENESIS_PIH } from '#core/zatca/chain.ts'
import { type CheckOptions, checkXml } from '#core/zatca/check.ts'
import { assertSize } from '#core/zatca/hostile.ts'
import type { StructureFinding } from '#core/zatca/read.ts'
import type { Run } from '../command.ts'
import { type ExitCode, exitCodeOf } from '../exit-code.ts'
import { failureText, failureTexts, failureViews } from '../failure-text.ts'
import { parseJson, readBounded } from '../files.ts'
import { riyadhMoment } from '../moment.ts'
import type { Bilingual, Terminal } from '../terminal.ts'
import { violationLines } from '../violations.ts'

interface Judged {
  readonly file: string
  readonly violations: readonly Violation<FindingId>[]
  /** What the format allows and no rule looks at */
  readonly unjudged: readonly StructureFinding[]
  /** Set when the file could not be judged at all */
  readonly failure?: Failure
}

export const run: Run = async (invocation, terminal) => {
  const now = riyadhMoment('--now', invocation.text('now'))
  const pih = invocation.text('pih')
  const options = {
    now,
    strict: invocation.flag('strict'),
    ...(pih === undefined ? {} : { pih: pih === 'genesis' ? GENESIS_PIH : pih }),
  }
  const watch = duplicateWatch()
  let worst: ExitCode = 0
  for (const file of invocation.operands) {
    const judged = await judgeFile(file, options, watch)
    if (invocation.flag('json')) terminal.out(jsonLine(judged))
    else showPlain(judged, terminal)
    worst = worse(worst, exitCode(judged, options.strict))
  }
  return worst
}

const judgeFile = async (file: string, options: CheckOptions, watch: DuplicateWatch): Promise<Judged> => {
  try {
    const bytes = await readBounded(file, assertSize)
    const { invoice, violations, unjudged } = isDraft(file, bytes)
      ? judgeDraft(parseJson(file, bytes), options)
      : await checkXml(bytes, options)
    const duplicates = options.strict ? watch(invoice, file) : []
    return { file, violations: [...violations, ...duplicates], unjudged }
  } catch (error) {
    return { file, violations: [], unjudged: [], failure: asFailure(error) }
  }
}

const isDraft = (file: string, bytes: Uint8Array): boolean =>
  file.toLowerCase().endsWith('.json') || bytes[0] === '{'.charCodeAt(0)

/** As if it were issued at that moment: date and time come from the clock where the draft has none. */
const judgeDraft = (json: unknown, { now, strict }: CheckOptions) => {
  const [issueDate = '', issueTime = ''] = now.split('T')
  const invoice = completeDraft({ issueDate, issueTime, ...parseDraft(json) })
  const context: RuleContext = { now, stage: 'draft' }
  const violations = [...judge(invoice, context), ...(strict ? judgeStrictly(invoice, context) : [])]
  return { invoice, violations, unjudged: [] }
}

/** A file that cannot be judged is never an empty list: who reads only `violations` must not take it for clean. */
const jsonLine = ({ file, violations, failure }: Judged): string =>
  JSON.stringify(
    failure === undefined
      ? { file, violations: violations.map(violationView) }
      : { file, violations: failureViews(failure), failure: failureTexts(failure) },
  )

const clean: Bilingual = { en: 'clean', ar: 'سليم' }
const unread: Bilingual = { en: 'allowed, but no rule looks at it', ar: 'مسموح به ولا تفحصه أي قاعدة' }

const showPlain = ({ file, violations, unjudged, failure }: Judged, { language, out }: Terminal): void => {
  if (failure !== undefined) {
    out(`${file}: ${failureText(failure, language)}`)
    return
  }
  out(`${file}: ${violations.length === 0 ? clean[language] : violations.length}`)
  for (const line of violationLines(violations, language)) out(line)
  for (const { path } of unjudged) out(`  - ${unread[language]}: ${path}`)
}

const exitCode = ({ violations, failure }: Judged, strict: boolean): ExitCode => {
  if (failure !== undefined) return exitCodeOf(failure)
  const counted = violations.some(({ severity }) => strict || severity === 'error')
  return counted ? 1 : 0
}

const worse = (one: ExitCode, other: ExitCode): ExitCode => (one > other ? one : other)
