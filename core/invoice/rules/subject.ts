/** The invoice as rules look at it: every part with its place, every code and rate read once, parts of all lines side by side. */
import type { Decimal } from '../amount.ts'
import type {
  AllowanceCharge,
  Amount,
  BillingReference,
  Delivery,
  DocumentReference,
  Identifier,
  Invoice,
  InvoiceLine,
  MonetaryTotal,
  Party,
  PaymentMeans,
  TaxCategory,
  TaxSubtotal,
  TaxTotal,
} from '../document.ts'
import type { Located, Place } from './place.ts'
import type { Rate } from './rate.ts'

/** A VAT category with its rate, wherever it stands. */
export interface Category extends Located<TaxCategory> {
  /** `S`, `Z`, `E`, `O` or whatever was written, without blanks around */
  readonly code: string
  /** The tax scheme is VAT; most rules pass over a category that lacks it */
  readonly vat: boolean
  readonly rate: Rate
}

/** An allowance or a charge. */
export interface Adjustment extends Located<AllowanceCharge> {
  readonly kind: 'allowance' | 'charge' | undefined
  readonly categories: readonly Category[]
}

/** A row of the VAT breakdown, or the prepaid part of a prepayment line. */
export interface Subtotal extends Located<TaxSubtotal> {
  readonly taxable: Decimal | undefined
  readonly tax: Decimal | undefined
  readonly category: Category | undefined
}

export interface TaxTotalPart extends Located<TaxTotal> {
  readonly subtotals: readonly Subtotal[]
}

export interface Line extends Located<InvoiceLine> {
  readonly categories: readonly Category[]
  readonly adjustments: readonly Adjustment[]
  readonly priceAdjustments: readonly Adjustment[]
  readonly taxTotals: readonly TaxTotalPart[]
  readonly references: readonly Located<DocumentReference>[]
}

export type TotalName = keyof MonetaryTotal

/** KSA-2 as the official tests read it. `standard` and `simplified` look for the digits anywhere in the code, as those do. */
export interface TransactionFacts {
  readonly code: string
  /** It begins with `01` or `02`. */
  readonly isKnown: boolean
  readonly standard: boolean
  readonly simplified: boolean
  readonly simplifiedSummary: boolean
}

/** An identifier of seller or buyer (BT-29, BT-46). */
export interface Identification extends Located<Identifier> {
  readonly side: 'seller' | 'buyer'
}

export interface PartyPart extends Located<Party | undefined> {
  readonly identifiers: readonly Identification[]
}

/** The categories of a document by where they stand. */
export interface Categories {
  readonly breakdown: readonly Category[]
  /** KSA-33: the categories that prepayments were taxed in */
  readonly prepayments: readonly Category[]
  readonly items: readonly Category[]
  readonly documentAdjustments: readonly Category[]
  readonly lineAdjustments: readonly Category[]
  /** Everywhere but on allowances and charges of lines */
  readonly everythingTaxed: readonly Category[]
  readonly everywhere: readonly Category[]
}

/** An amount and where it stands. */
export interface AmountPart extends Place {
  /** The element's path below `/Invoice`, without positions */
  readonly element: string
  readonly amount: Amount
}

/** What a rule may know besides the invoice itself. */
export interface RuleContext {
  /** Riyadh local time of judgement, `YYYY-MM-DDTHH:MM:SS` (BR-KSA-04, BR-KSA-98) */
  readonly now: string
  /** `draft`: before sealing, when ICV, PIH, QR and stamp are not there yet and their rules do not apply; `sealed`: all rules */
  readonly stage: 'draft' | 'sealed'
}

export interface Subject {
  readonly invoice: Invoice
  readonly context: RuleContext
  readonly transaction: TransactionFacts
  /** A credit or debit note */
  readonly note: boolean
  readonly seller: PartyPart
  readonly buyer: PartyPart
  readonly billingReferences: readonly Located<BillingReference>[]
  readonly contracts: readonly Located<DocumentReference>[]
  readonly attachments: readonly Located<DocumentReference>[]
  readonly deliveries: readonly Located<Delivery>[]
  readonly paymentMeans: readonly Located<PaymentMeans>[]
  readonly lines: readonly Line[]
  /** Allowances and charges of the document */
  readonly adjustments: readonly Adjustment[]
  readonly lineAdjustments: readonly Adjustment[]
  /** Those of the document, then those of lines */
  readonly allAdjustments: readonly Adjustment[]
  readonly priceAdjustments: readonly Adjustment[]
  /** Those of each line and its price, line by line */
  readonly adjustmentsBelowLines: readonly Adjustment[]
  /** VAT totals of the document */
  readonly taxTotals: readonly TaxTotalPart[]
  /** BG-23 */
  readonly breakdown: readonly Subtotal[]
  /** What prepayment lines say of the prepaid VAT (KSA-31..34) */
  readonly prepaidRows: readonly Subtotal[]
  readonly categories: Categories
  readonly totals: Readonly<Record<TotalName, Decimal | undefined>>
  /** Every amount that a rule on notation, sign or currency may object to */
  readonly unusualAmounts: readonly AmountPart[]
  /** Sum of line net amounts, before any rounding */
  readonly linesNet: Decimal
  /** Lines minus allowances plus charges of each VAT category (BR-S-08, BR-Z-08, BR-E-08, BR-O-08) */
  readonly netOf: ReadonlyMap<string, Decimal>
}
