/** Judges the document while it is written with the same rules that issuing will ask, and says where each finding belongs. */
import { completeDraft } from '#core/invoice/complete.ts'
import { type Draft, draftSchema } from '#core/invoice/draft.ts'
import { draftPathOf } from '#core/invoice/draft-path.ts'
import { type DraftFinding, schemaFindings } from '#core/invoice/parse-draft.ts'
import { judge, type RuleId, type Severity, type Violation } from '#core/invoice/rules/index.ts'
import type { Prepared } from './draft-state.ts'

/** Something to mend: a rule of ZATCA, or a value that is missing or cannot be read. */
export interface Finding {
  readonly key: string
  readonly severity: Severity
  /** Place in the form; undefined when the document as a whole is meant */
  readonly field: string | undefined
  readonly violation?: Violation<RuleId>
  readonly problem?: DraftFinding
}

export interface Judgement {
  /** What may be issued; undefined while values are missing or unreadable */
  readonly draft: Draft | undefined
  readonly findings: readonly Finding[]
}

/** Values first; the rules are asked of everything that can be read. `now` is Riyadh local time. */
export const judgeDraft = ({ json, rows }: Prepared, now: string): Judgement => {
  if (rows.length === 0)
    return { draft: undefined, findings: [valueFinding({ path: 'lines[0].name', code: 'required' })] }
  const { draft, problems } = read(json)
  if (draft !== undefined) return { draft, findings: errorsFirst(ruleFindings(draft, rows, now)) }
  const values = problems.map((problem) => valueFinding({ ...problem, path: inForm(problem.path, rows) }))
  return { draft: undefined, findings: errorsFirst([...values, ...findingsOfReadable({ json, rows }, problems, now)]) }
}

/** A line that is only half typed must not hide what is wrong elsewhere. */
const findingsOfReadable = ({ json, rows }: Prepared, problems: readonly DraftFinding[], now: string) => {
  const unreadable = new Set(problems.flatMap(({ path }) => /^lines\[(\d+)\]/.exec(path)?.[1] ?? []))
  const kept = rows.map((_, index) => index).filter((index) => !unreadable.has(String(index)))
  const { draft } = read({ ...json, lines: kept.map((index) => json.lines?.[index]) })
  const keptRows = kept.map((index) => rows[index] ?? 0)
  return draft === undefined ? [] : ruleFindings(draft, keptRows, now)
}

const errorsFirst = (findings: readonly Finding[]): readonly Finding[] => {
  const { error = [], warning = [] } = Object.groupBy(findings, ({ severity }) => severity)
  return [...error, ...warning]
}

const read = (json: unknown) => {
  const result = draftSchema.safeParse(json)
  return result.success
    ? { draft: result.data, problems: [] }
    : { draft: undefined, problems: schemaFindings(result.error.issues, json) }
}

const valueFinding = (problem: DraftFinding): Finding => ({
  key: `${problem.path} ${problem.code}`,
  severity: 'error',
  field: problem.path,
  problem,
})

/** Issuing gives the real ones; until then the rules ask for their form only. */
const asIfIssued = (draft: Draft, now: string): Draft => ({
  uuid: '00000000-0000-4000-8000-000000000000',
  issueDate: now.slice(0, 10),
  issueTime: now.slice(11),
  ...draft,
})

const ruleFindings = (draft: Draft, rows: readonly number[], now: string): readonly Finding[] =>
  judge(completeDraft(asIfIssued(draft, now)), { now, stage: 'draft' }).map((violation) => {
    const place = draftPathOf(violation.path, draft)
    return {
      key: `${violation.rule} ${violation.path}`,
      severity: violation.severity,
      field: place === undefined ? undefined : inForm(place, rows),
      violation: { ...violation, path: linePathInForm(violation.path, rows) },
    }
  })

/** Positions of lines as rows of the grid, between which blank rows may stand. */
const inForm = (place: string, rows: readonly number[]): string =>
  place.replace(/^lines\[(\d+)\]/, (whole, index: string) => {
    const row = rows[Number(index)]
    return row === undefined ? whole : `lines[${row}]`
  })

const linePathInForm = (path: string, rows: readonly number[]): string =>
  path.replace(/cac:InvoiceLine\[(\d+)\]/, (whole, position: string) => {
    const row = rows[Number(position) - 1]
    return row === undefined ? whole : `cac:InvoiceLine[${row + 1}]`
  })
