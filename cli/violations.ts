/** Broken rules as lines for people, errors before warnings. */
import type { FindingId } from '#core/invoice/rules/findings.ts'
import type { Violation } from '#core/invoice/rules/index.ts'
import { ruleMessage } from '#core/messages/index.ts'
import type { Bilingual, Language } from './terminal.ts'

const severities: Readonly<Record<Violation['severity'], Bilingual>> = {
  error: { en: 'error', ar: 'خطأ' },
  warning: { en: 'warning', ar: 'تنبيه' },
}

export const violationLines = (violations: readonly Violation<FindingId>[], language: Language): readonly string[] =>
  violations
    .toSorted((one, other) => one.severity.localeCompare(other.severity))
    .flatMap((violation) => [
      `  ${severities[violation.severity][language]} ${violation.rule}: ${ruleMessage(violation, language)}`,
      `    ${violation.path}`,
    ])
