/** The door for drafts from outside: normalises, checks against the schema and reports everything that is wrong at once. */
import { Failure } from '../errors.ts'
import { type Draft, draftSchema } from './draft.ts'
import { normaliseDraft } from './normalise.ts'

/** What is wrong at one place of a draft. */
export interface DraftFinding {
  /** `lines[1].price`; empty for the draft as a whole */
  readonly path: string
  readonly code:
    | 'required'
    | 'type'
    | 'choice'
    | 'decimal'
    | 'date'
    | 'time'
    | 'too-short'
    | 'too-long'
    | 'unknown-field'
    | 'invalid'
  /** What was expected: a type, the choices, a limit */
  readonly expected?: string
}

/** Throws `draft/invalid` with `details.findings`, one DraftFinding for each problem. */
export const parseDraft = (json: unknown): Draft => {
  const normalised = normaliseDraft(json)
  const result = draftSchema.safeParse(normalised)
  if (result.success) return result.data
  const findings = schemaFindings(result.error.issues, normalised)
  throw new Failure('draft/invalid', { details: { findings }, reason: `${findings.length} findings` })
}

/** What a schema found in `input`, a finding for each problem: also for inputs that hold more than a draft. */
export const schemaFindings = (issues: readonly Issue[], input: unknown): readonly DraftFinding[] =>
  issues.flatMap((issue) => findingsOf(issue, input))

export type Issue = NonNullable<ReturnType<typeof draftSchema.safeParse>['error']>['issues'][number]

const findingsOf = (issue: Issue, draft: unknown): readonly DraftFinding[] => {
  const path = pathOf(issue.path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), code: 'unknown-field' }))
    case 'invalid_type':
    case 'invalid_value':
      return [valueAt(draft, issue.path) === undefined ? { path, code: 'required' } : wrongValue(issue, path)]
    case 'too_small':
      return [{ path, code: 'too-short', expected: String(issue.minimum) }]
    case 'too_big':
      return [{ path, code: 'too-long', expected: String(issue.maximum) }]
    case 'invalid_format':
      return [{ path, code: formatCode(issue.message) }]
    default:
      return [{ path, code: 'invalid' }]
  }
}

const wrongValue = (issue: Issue & { code: 'invalid_type' | 'invalid_value' }, path: string): DraftFinding =>
  issue.code === 'invalid_type'
    ? { path, code: 'type', expected: issue.expected }
    : { path, code: 'choice', expected: issue.values.join(' ') }

const formats = ['decimal', 'date', 'time'] as const

/** The schema names its formats by their messages. */
const formatCode = (message: string): DraftFinding['code'] => formats.find((format) => format === message) ?? 'invalid'

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    return text === '' ? String(key) : `${text}.${String(key)}`
  }, '')

const valueAt = (draft: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    draft,
  )
