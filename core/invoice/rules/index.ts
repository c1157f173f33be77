/** All rules of the pack and two checks around it in one table, and the one function that judges an invoice by them. */
import type { Invoice } from '../document.ts'
import { allowanceRules } from './allowances.ts'
import { currencyRules } from './currency.ts'
import { documentRules } from './document.ts'
import { exemptionRules } from './exemptions.ts'
import { lengthRules } from './lengths.ts'
import { lineRules } from './lines.ts'
import { notationRules } from './notation.ts'
import { onceRules } from './once.ts'
import { partyRules } from './parties.ts'
import { prepaymentRules } from './prepayments.ts'
import { subjectOf } from './read-subject.ts'
import { referenceRules } from './references.ts'
import type { Rule, Violation } from './rule.ts'
import { sealRules } from './seal.ts'
import { structureRules } from './structure.ts'
import type { RuleContext } from './subject.ts'
import { totalRules } from './totals.ts'
import { breakdownRules } from './vat-breakdown.ts'
import { rateRules } from './vat-rates.ts'

export type { Severity, Violation } from './rule.ts'
export type { RuleContext } from './subject.ts'

/** The SDK release whose rules these are; stored with every judgement. */
export const rulePack = '3.4.8'

const table = {
  ...structureRules,
  ...onceRules,
  ...documentRules,
  ...partyRules,
  ...referenceRules,
  ...currencyRules,
  ...lineRules,
  ...allowanceRules,
  ...prepaymentRules,
  ...totalRules,
  ...breakdownRules,
  ...rateRules,
  ...exemptionRules,
  ...notationRules,
  ...lengthRules,
  ...sealRules,
}

export type RuleId = keyof typeof table

export const rules: Readonly<Record<RuleId, Rule>> = table

/** An id may come from a document that another release judged. */
export const isRuleId = (id: string): id is RuleId => Object.hasOwn(table, id)
export const ruleIds: readonly RuleId[] = Object.keys(table).filter(isRuleId)

const allRules = ruleIds.map((id) => ({ id, ...rules[id] }))
const rulesOf = { draft: allRules.filter(({ sealedOnly }) => sealedOnly !== true), sealed: allRules } as const

/** Judges an invoice by every rule of the pack and reports all violations at once, in the order of the table. */
export const judge = (invoice: Invoice, context: RuleContext): readonly Violation<RuleId>[] => {
  const subject = subjectOf(invoice, context)
  const violations: Violation<RuleId>[] = []
  for (const { id, severity, check } of rulesOf[context.stage]) {
    for (const breach of check(subject)) violations.push({ rule: id, severity, ...breach })
  }
  return violations
}
