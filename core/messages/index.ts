/** All texts that are not a screen's own, by code and in two languages. */
import type { FailureCode } from '#core/errors.ts'
import type { FindingId } from '#core/invoice/rules/findings.ts'
import { failureTexts } from './failures.ts'
import { ruleTexts } from './rules.ts'
import { type Bilingual, filledIn, type Language } from './text.ts'

export { draftMessage } from './draft.ts'
export { fieldName, fieldTexts } from './fields.ts'
export { historyTexts } from './history.ts'
export { ruleMessage, type ViolationView, violationView } from './rules.ts'
export {
  chainStateTexts,
  type DocumentStanding,
  documentStateTexts,
  documentTexts,
  roadTexts,
  type ShownState,
  type StateTexts,
  shownState,
  stateTable,
  unitStateTexts,
} from './states.ts'
export { type Bilingual, type Language, languages } from './text.ts'
export { unfinishedText, verdictTexts } from './verdicts.ts'

export type MessageCode = FindingId | FailureCode

const texts: Readonly<Record<MessageCode, Bilingual>> = { ...ruleTexts, ...failureTexts }

/** The text behind a code, with values put in; a rule at a known place reads better through `ruleMessage`. */
export const message = (
  code: MessageCode,
  language: Language,
  params: Readonly<Record<string, string | undefined>> = {},
): string => filledIn(texts[code][language], params)
