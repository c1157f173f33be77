/** A failure as the command line shows it: what happened, its code, and the details that help. */
import type { Failure } from '#core/errors.ts'
import type { DraftFinding } from '#core/invoice/parse-draft.ts'
import { draftMessage, message } from '#core/messages/index.ts'
import type { Language } from './terminal.ts'

export const failureText = (failure: Failure, language: Language): string => {
  const sentence = message(failure.code, language)
  return [`${sentence} [${failure.code}]`, ...detailLines(failure, language)].join('\n')
}

/** The same for programs: both languages and the details as they are. */
export const failureTexts = ({ code, details }: Failure) => ({
  error: code,
  message: message(code, 'en'),
  message_ar: message(code, 'ar'),
  details,
})

/** The same as violations of our own: one for each finding of a draft, or one for the file as a whole. */
export const failureViews = (failure: Failure) => {
  const { findings } = failure.details
  const found = Array.isArray(findings) ? findings.filter(isDraftFinding) : []
  if (found.length > 0)
    return found.map((finding) => ownView('KHATM-DRAFT', finding.path, (to) => draftMessage(finding, to)))
  return [ownView('KHATM-INPUT', '/', (to) => message(failure.code, to))]
}

const ownView = (rule: string, path: string, text: (language: Language) => string) => ({
  rule,
  severity: 'error' as const,
  path,
  message: text('en'),
  message_ar: text('ar'),
})

const detailLines = ({ details, reason }: Failure, language: Language): readonly string[] => {
  const { findings, ...rest } = details
  const listed = Array.isArray(findings) ? findings.map((finding) => findingText(finding, language)) : []
  const named = Object.entries(rest).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${shown(value)}`],
  )
  const remark = reason === undefined || listed.length > 0 ? [] : [reason]
  return [...listed, ...named, ...remark].map((line) => `  ${line}`)
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const findingText = (finding: unknown, language: Language): string => {
  if (isDraftFinding(finding)) return draftMessage(finding, language)
  if (typeof finding !== 'object' || finding === null) return shown(finding)
  return Object.values(finding).map(shown).join(': ')
}

const isDraftFinding = (finding: unknown): finding is DraftFinding =>
  typeof finding === 'object' && finding !== null && 'path' in finding && 'code' in finding
