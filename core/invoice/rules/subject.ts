/** The invoice as rules look at it: every part with its place, every code and rate read once, parts of all lines side by side. */
import { type Decimal, parseDecimal } from '../amount.ts'
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
import { type AmountPart, unusualAmounts } from './amounts.ts'
import { type Categories, categoriesOf } from './categories.ts'
import { type Build, collect, joined, type Located, located, noParts, placed, placedAs, root } from './place.ts'
import { count, emptySum, type RunningSum, totalOf } from './plain.ts'
import { type Rate, rateOf } from './rate.ts'
import type { RuleContext } from './rule.ts'
import { normalized } from './text.ts'

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

export const totalsPath = '/Invoice/cac:LegalMonetaryTotal'

export const decimalOf = (amount: Pick<Amount, 'value'> | undefined): Decimal | undefined =>
  amount === undefined ? undefined : parseDecimal(amount.value)

const isVat = ({ taxScheme }: TaxCategory): boolean => {
  const scheme = taxScheme?.id?.value
  return scheme === 'VAT' || normalized(scheme?.toUpperCase()) === 'VAT'
}

const category: Build<TaxCategory, Category> = (node, parent, step, position) => ({
  parent,
  step,
  position,
  node,
  code: normalized(node.id?.value),
  vat: isVat(node),
  rate: rateOf(node.percent),
})

const kinds: ReadonlyMap<string, 'allowance' | 'charge'> = new Map([
  ['true', 'charge'],
  ['1', 'charge'],
  ['false', 'allowance'],
  ['0', 'allowance'],
])

const adjustment: Build<AllowanceCharge, Adjustment> = (node, parent, step, position) => {
  const place = located(node, parent, step, position)
  const categories = placedAs(category, node.taxCategory, place, 'cac:TaxCategory')
  return { parent, step, position, node, kind: kinds.get(normalized(node.chargeIndicator)), categories }
}

const subtotal: Build<TaxSubtotal, Subtotal> = (node, parent, step, position) => {
  const place = located(node, parent, step, position)
  return {
    parent,
    step,
    position,
    node,
    taxable: decimalOf(node.taxableAmount),
    tax: decimalOf(node.taxAmount),
    category: node.taxCategory && category(node.taxCategory, place, 'cac:TaxCategory', 0),
  }
}

const taxTotal: Build<TaxTotal, TaxTotalPart> = (node, parent, step, position) => {
  if (node.taxSubtotal === undefined) return { parent, step, position, node, subtotals: noParts }
  const place = located(node, parent, step, position)
  return { parent, step, position, node, subtotals: placedAs(subtotal, node.taxSubtotal, place, 'cac:TaxSubtotal') }
}

const line: Build<InvoiceLine, Line> = (node, parent, step, position) => {
  const place = located(node, parent, step, position)
  return {
    parent,
    step,
    position,
    node,
    categories: placedAs(category, node.item?.classifiedTaxCategory, place, 'cac:Item/cac:ClassifiedTaxCategory'),
    adjustments: placedAs(adjustment, node.allowanceCharge, place, 'cac:AllowanceCharge'),
    priceAdjustments: placedAs(adjustment, node.price?.allowanceCharge, place, 'cac:Price/cac:AllowanceCharge'),
    taxTotals: placedAs(taxTotal, node.taxTotal, place, 'cac:TaxTotal'),
    references: placed(node.documentReference, place, 'cac:DocumentReference'),
  }
}

const transaction = (code: string): TransactionFacts => ({
  code,
  isKnown: /^0[12]/.test(code),
  standard: /01\d{5}/.test(code),
  simplified: /02\d{5}/.test(code),
  simplifiedSummary: /02\d{3}1\d/.test(code),
})

const totals = (total: MonetaryTotal = {}): Subject['totals'] => ({
  lineExtensionAmount: decimalOf(total.lineExtensionAmount),
  taxExclusiveAmount: decimalOf(total.taxExclusiveAmount),
  taxInclusiveAmount: decimalOf(total.taxInclusiveAmount),
  allowanceTotalAmount: decimalOf(total.allowanceTotalAmount),
  chargeTotalAmount: decimalOf(total.chargeTotalAmount),
  prepaidAmount: decimalOf(total.prepaidAmount),
  payableRoundingAmount: decimalOf(total.payableRoundingAmount),
  payableAmount: decimalOf(total.payableAmount),
})

const partySteps = {
  seller: 'cac:AccountingSupplierParty/cac:Party',
  buyer: 'cac:AccountingCustomerParty/cac:Party',
} as const

const partyPart = (node: Party | undefined, side: 'seller' | 'buyer'): PartyPart => {
  const place = located(node, root, partySteps[side])
  const identifications = placed(node?.partyIdentification, place, 'cac:PartyIdentification')
  const identifiers = collect(identifications, (part) =>
    part.node.id === undefined ? noParts : [{ ...located(part.node.id, part, 'cbc:ID'), side }],
  )
  return { ...place, identifiers }
}

const sumOfLines = (lines: readonly Line[]): Decimal => {
  const sum = emptySum()
  for (const { node } of lines) count(sum, node.lineExtensionAmount)
  return totalOf(sum)
}

/** One category of each code. */
const distinct = (categories: readonly Category[]): readonly Category[] =>
  categories.length < 2 ? categories : [...new Map(categories.map((category) => [category.code, category])).values()]

/** Adds up per category; a part with several different categories counts for each of them, as officially. */
const netPerCategory = (lines: readonly Line[], adjustments: readonly Adjustment[]): Subject['netOf'] => {
  const sums = new Map<string, RunningSum>()
  const book = (categories: readonly Category[], amount: Amount | undefined, sign: 1 | -1): void => {
    for (const { code } of distinct(categories)) {
      const sum = sums.get(code) ?? emptySum()
      sums.set(code, sum)
      count(sum, amount, sign)
    }
  }
  for (const { categories, node } of lines) book(categories, node.lineExtensionAmount, 1)
  for (const { categories, node, kind } of adjustments) {
    if (kind !== undefined) book(categories, node.amount, kind === 'charge' ? 1 : -1)
  }
  return new Map([...sums].map(([code, sum]) => [code, totalOf(sum)]))
}

/** The parts that lines hold, of all lines together. */
const partsOfLines = (lines: readonly Line[]) => {
  const lineAdjustments = collect(lines, ({ adjustments }) => adjustments)
  const priceAdjustments = collect(lines, ({ priceAdjustments }) => priceAdjustments)
  return {
    lineAdjustments,
    priceAdjustments,
    adjustmentsBelowLines:
      priceAdjustments.length === 0
        ? lineAdjustments
        : collect(lines, (line) => joined(line.adjustments, line.priceAdjustments)),
    prepaidRows: collect(lines, ({ taxTotals }) => collect(taxTotals, ({ subtotals }) => subtotals)),
  }
}

/** Reads an invoice once for all rules. */
export const subjectOf = (invoice: Invoice, context: RuleContext): Subject => {
  const lines = placedAs(line, invoice.invoiceLine, root, 'cac:InvoiceLine')
  const adjustments = placedAs(adjustment, invoice.allowanceCharge, root, 'cac:AllowanceCharge')
  const taxTotals = placedAs(taxTotal, invoice.taxTotal, root, 'cac:TaxTotal')
  const breakdown = collect(taxTotals, ({ subtotals }) => subtotals)
  const ofLines = partsOfLines(lines)
  const type = invoice.invoiceTypeCode?.value
  return {
    invoice,
    context,
    transaction: transaction(invoice.invoiceTypeCode?.name ?? ''),
    note: type === '381' || type === '383',
    seller: partyPart(invoice.accountingSupplierParty?.party, 'seller'),
    buyer: partyPart(invoice.accountingCustomerParty?.party, 'buyer'),
    billingReferences: placed(invoice.billingReference, root, 'cac:BillingReference'),
    contracts: placed(invoice.contractDocumentReference, root, 'cac:ContractDocumentReference'),
    attachments: placed(invoice.additionalDocumentReference, root, 'cac:AdditionalDocumentReference'),
    deliveries: placed(invoice.delivery, root, 'cac:Delivery'),
    paymentMeans: placed(invoice.paymentMeans, root, 'cac:PaymentMeans'),
    lines,
    adjustments,
    taxTotals,
    breakdown,
    ...ofLines,
    allAdjustments: joined(adjustments, ofLines.lineAdjustments),
    categories: categoriesOf({ lines, adjustments, breakdown, ...ofLines }),
    totals: totals(invoice.legalMonetaryTotal),
    unusualAmounts: unusualAmounts(invoice, { lines, adjustments, taxTotals }),
    linesNet: sumOfLines(lines),
    netOf: netPerCategory(lines, adjustments),
  }
}
