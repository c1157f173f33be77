/** A finding: what the judge says about a document, with its texts in both languages. */
import { FINDINGS, type FindingCode, fill, type Text } from '../messages.ts'

export interface Finding {
  readonly severity: 'ERROR' | 'WARNING'
  readonly code: string | null
  readonly category: string | null
  readonly message: Text
}

type Values = Readonly<Record<string, string | Text>>

/** The finding of the catalogue with its placeholders filled; a value may itself differ by language. */
export function finding(code: FindingCode, values: Values = {}): Finding {
  const kind = FINDINGS[code]
  const message = { en: fill(kind.en, inLanguage(values, 'en')), ar: fill(kind.ar, inLanguage(values, 'ar')) }
  return { severity: kind.severity, code, category: kind.category, message }
}

const inLanguage = (values: Values, language: keyof Text): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : value[language]]),
  )

export const isError = (item: Finding): boolean => item.severity === 'ERROR'

/** The same findings as warnings: a standard document is stamped anew on clearance, so its own stamp only informs. */
export const asWarnings = (findings: readonly Finding[]): readonly Finding[] =>
  findings.map((item) => ({ ...item, severity: 'WARNING' }))
