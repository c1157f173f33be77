/** A violation as a caller sees it: in both languages, with the place in the draft that it belongs to. */
import type { Draft } from '#core/invoice/draft.ts'
import { draftPathOf } from '#core/invoice/draft-path.ts'
import { isFindingId } from '#core/invoice/rules/findings.ts'
import type { Violation } from '#core/invoice/rules/rule.ts'
import { ruleMessage } from '#core/messages/index.ts'

/** `draft` is what was judged; without it the place is less exact. */
export const violationView = (violation: Violation, draft: Draft | undefined) => {
  const { rule, severity, path } = violation
  return { rule, severity, path, field: draftPathOf(path, draft), ...wordsOf(violation) }
}

/** A rule that this release no longer has is shown by its id. */
const wordsOf = ({ rule, ...breach }: Violation) => {
  if (!isFindingId(rule)) return { message: rule, message_ar: rule }
  const known = { ...breach, rule }
  return { message: ruleMessage(known, 'en'), message_ar: ruleMessage(known, 'ar') }
}
