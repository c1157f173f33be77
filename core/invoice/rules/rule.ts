/** What a rule is: an official id, a severity and a question asked of an invoice; the answer is the list of places that break it. */
import type { Invoice } from '../document.ts'

export type Severity = 'error' | 'warning'

/** What a rule may know besides the invoice itself. */
export interface RuleContext {
  /** Riyadh local time of judgement, `YYYY-MM-DDTHH:MM:SS` (BR-KSA-04, BR-KSA-98) */
  readonly now: string
  /** `draft`: before sealing, when ICV, PIH, QR and stamp are not there yet and their rules do not apply; `sealed`: all rules */
  readonly stage: 'draft' | 'sealed'
}

/** One place that breaks a rule: a UBL path with 1-based positions on repeating elements, and values the message shows. */
export interface Breach {
  readonly path: string
  readonly params?: Readonly<Record<string, string>>
}

export interface Violation<Id extends string = string> extends Breach {
  readonly rule: Id
  readonly severity: Severity
}

export interface Rule {
  readonly severity: Severity
  readonly check: (invoice: Invoice, context: RuleContext) => Iterable<Breach>
}
