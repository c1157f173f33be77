/** The text of every rule, put together from the files beside the rules' own; a rule without a text does not compile. */
import type { FindingId } from '#core/invoice/rules/findings.ts'
import type { Violation } from '#core/invoice/rules/index.ts'
import { atLine, fieldName, lineOf } from './fields.ts'
import { allowanceTexts } from './rules/allowances.ts'
import { currencyTexts } from './rules/currency.ts'
import { documentTexts } from './rules/document.ts'
import { sealFindingTexts, strictTexts } from './rules/findings.ts'
import { lineTexts } from './rules/lines.ts'
import { lengthTexts, notationTexts, structureTexts } from './rules/notation.ts'
import { partyTexts } from './rules/parties.ts'
import { prepaymentTexts } from './rules/prepayments.ts'
import { referenceTexts } from './rules/references.ts'
import { sealTexts } from './rules/seal.ts'
import { isStructureKind, structureKindTexts } from './rules/structure.ts'
import { totalTexts } from './rules/totals.ts'
import { breakdownTexts, exemptionTexts, rateTexts } from './rules/vat.ts'
import { type Bilingual, filledIn, type Language } from './text.ts'

export const ruleTexts: Readonly<Record<FindingId, Bilingual>> = {
  ...structureTexts,
  ...documentTexts,
  ...partyTexts,
  ...referenceTexts,
  ...currencyTexts,
  ...lineTexts,
  ...allowanceTexts,
  ...prepaymentTexts,
  ...totalTexts,
  ...breakdownTexts,
  ...rateTexts,
  ...exemptionTexts,
  ...notationTexts,
  ...lengthTexts,
  ...sealTexts,
  ...sealFindingTexts,
  ...strictTexts,
}

/** What is wrong, where, and what to do, in one language. */
export const ruleMessage = ({ rule, path, params }: Violation<FindingId>, language: Language): string => {
  const sentence = filledIn(textOf(rule, params?.['kind'])[language], { field: fieldName(path, language), ...params })
  const line = lineOf(path)
  return line === undefined ? capitalised(sentence) : atLine(line, sentence, language)
}

/** What breaks the schema has a text for each kind of break. */
const textOf = (rule: FindingId, kind = ''): Bilingual =>
  rule === 'XSD' && isStructureKind(kind) ? structureKindTexts[kind] : ruleTexts[rule]

const capitalised = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1)

export interface ViolationView {
  readonly rule: FindingId
  readonly severity: 'error' | 'warning'
  readonly path: string
  readonly message: string
  readonly message_ar: string
}

/** A violation as every door shows it. */
export const violationView = (violation: Violation<FindingId>): ViolationView => ({
  rule: violation.rule,
  severity: violation.severity,
  path: violation.path,
  message: ruleMessage(violation, 'en'),
  message_ar: ruleMessage(violation, 'ar'),
})
