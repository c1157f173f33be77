/** The invoice as rules look at it: every part with its path, every amount parsed once, every code read once. */
import { add, type Decimal, parseDecimal, subtract, sum, zero } from '../amount.ts'
import type {
  AllowanceCharge,
  Amount,
  DocumentReference,
  Invoice,
  InvoiceLine,
  MonetaryTotal,
  TaxCategory,
  TaxSubtotal,
  TaxTotal,
} from '../document.ts'
import { type AmountPart, amountsOf } from './amounts.ts'
import type { RuleContext } from './rule.ts'
import { normalized } from './text.ts'

export interface Located<Node> {
  readonly node: Node
  readonly path: string
}

/** A VAT category with its rate, wherever it stands. */
export interface Category extends Located<TaxCategory> {
  /** `S`, `Z`, `E`, `O` or whatever was written, without blanks around */
  readonly code: string
  /** The tax scheme is VAT; most rules pass over a category that lacks it */
  readonly vat: boolean
  readonly rate: Decimal | undefined
}

/** An allowance or a charge. */
export interface Adjustment extends Located<AllowanceCharge> {
  readonly kind: 'allowance' | 'charge' | undefined
  readonly amount: Decimal | undefined
  readonly categories: readonly Category[]
}

/** A row of the VAT breakdown, or the prepaid part of a prepayment line. */
export interface Subtotal extends Located<TaxSubtotal> {
  readonly taxable: Decimal | undefined
  readonly tax: Decimal | undefined
  readonly category: Category | undefined
}

export interface TaxTotalPart extends Located<TaxTotal> {
  readonly tax: Decimal | undefined
  readonly subtotals: readonly Subtotal[]
}

export interface Line extends Located<InvoiceLine> {
  readonly net: Decimal | undefined
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
  readonly standard: boolean
  readonly simplified: boolean
  readonly simplifiedSummary: boolean
}

export interface Subject {
  readonly invoice: Invoice
  readonly context: RuleContext
  readonly transaction: TransactionFacts
  /** A credit or debit note */
  readonly note: boolean
  readonly lines: readonly Line[]
  readonly adjustments: readonly Adjustment[]
  readonly taxTotals: readonly TaxTotalPart[]
  /** BG-23 */
  readonly breakdown: readonly Subtotal[]
  readonly totals: Readonly<Record<TotalName, Decimal | undefined>>
  /** Every amount of the document, with its element */
  readonly amounts: readonly AmountPart[]
  /** The same by element */
  readonly amountsOf: ReadonlyMap<string, readonly AmountPart[]>
  /** Sum of line net amounts, before any rounding */
  readonly linesNet: Decimal
  /** Lines minus allowances plus charges of each VAT category (BR-S-08, BR-Z-08, BR-E-08, BR-O-08) */
  readonly netOf: ReadonlyMap<string, Decimal>
}

export const totalsPath = '/Invoice/cac:LegalMonetaryTotal'

/** The parts of a repeating element, each with its 1-based position. */
export const placed = <Node>(nodes: readonly Node[] | undefined, path: string): readonly Located<Node>[] =>
  nodes === undefined ? [] : nodes.map((node, index) => ({ node, path: `${path}[${index + 1}]` }))

export const decimalOf = (amount: Pick<Amount, 'value'> | undefined): Decimal | undefined =>
  amount === undefined ? undefined : parseDecimal(amount.value)

const category = ({ node, path }: Located<TaxCategory>): Category => ({
  node,
  path,
  code: normalized(node.id?.value),
  vat: normalized(node.taxScheme?.id?.value.toUpperCase()) === 'VAT',
  rate: node.percent === undefined ? undefined : parseDecimal(node.percent),
})

const kinds: Readonly<Record<string, 'allowance' | 'charge'>> = {
  true: 'charge',
  '1': 'charge',
  false: 'allowance',
  '0': 'allowance',
}

const adjustment = ({ node, path }: Located<AllowanceCharge>): Adjustment => ({
  node,
  path,
  kind: kinds[normalized(node.chargeIndicator)],
  amount: decimalOf(node.amount),
  categories: placed(node.taxCategory, `${path}/cac:TaxCategory`).map(category),
})

const subtotal = ({ node, path }: Located<TaxSubtotal>): Subtotal => ({
  node,
  path,
  taxable: decimalOf(node.taxableAmount),
  tax: decimalOf(node.taxAmount),
  category: node.taxCategory && category({ node: node.taxCategory, path: `${path}/cac:TaxCategory` }),
})

const taxTotal = ({ node, path }: Located<TaxTotal>): TaxTotalPart => ({
  node,
  path,
  tax: decimalOf(node.taxAmount),
  subtotals: placed(node.taxSubtotal, `${path}/cac:TaxSubtotal`).map(subtotal),
})

const line = ({ node, path }: Located<InvoiceLine>): Line => ({
  node,
  path,
  net: decimalOf(node.lineExtensionAmount),
  categories: placed(node.item?.classifiedTaxCategory, `${path}/cac:Item/cac:ClassifiedTaxCategory`).map(category),
  adjustments: placed(node.allowanceCharge, `${path}/cac:AllowanceCharge`).map(adjustment),
  priceAdjustments: placed(node.price?.allowanceCharge, `${path}/cac:Price/cac:AllowanceCharge`).map(adjustment),
  taxTotals: placed(node.taxTotal, `${path}/cac:TaxTotal`).map(taxTotal),
  references: placed(node.documentReference, `${path}/cac:DocumentReference`),
})

const transaction = (code: string): TransactionFacts => ({
  code,
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

/** Adds up per category; a part with several different categories counts for each of them, as officially. */
const netPerCategory = (lines: readonly Line[], adjustments: readonly Adjustment[]): Map<string, Decimal> => {
  const net = new Map<string, Decimal>()
  const book = (parts: readonly Category[], change: (before: Decimal) => Decimal): void => {
    for (const code of new Set(parts.map((part) => part.code))) net.set(code, change(net.get(code) ?? zero))
  }
  for (const { categories, net: amount = zero } of lines) book(categories, (before) => add(before, amount))
  for (const { categories, kind, amount = zero } of adjustments) {
    if (kind !== undefined) book(categories, (before) => (kind === 'charge' ? add : subtract)(before, amount))
  }
  return net
}

/** Reads an invoice once for all rules. */
export const subjectOf = (invoice: Invoice, context: RuleContext): Subject => {
  const lines = placed(invoice.invoiceLine, '/Invoice/cac:InvoiceLine').map(line)
  const adjustments = placed(invoice.allowanceCharge, '/Invoice/cac:AllowanceCharge').map(adjustment)
  const taxTotals = placed(invoice.taxTotal, '/Invoice/cac:TaxTotal').map(taxTotal)
  const type = invoice.invoiceTypeCode?.value
  const amounts = amountsOf(invoice, { lines, adjustments, taxTotals })
  return {
    invoice,
    context,
    transaction: transaction(invoice.invoiceTypeCode?.name ?? ''),
    note: type === '381' || type === '383',
    lines,
    adjustments,
    taxTotals,
    breakdown: taxTotals.flatMap((total) => total.subtotals),
    totals: totals(invoice.legalMonetaryTotal),
    amounts,
    amountsOf: Map.groupBy(amounts, ({ element }) => element),
    linesNet: sum(lines.map((part) => part.net ?? zero)),
    netOf: netPerCategory(lines, adjustments),
  }
}

/** A selection that many rules share: made once for each judgement. */
export const perSubject = <Selection extends object>(
  select: (subject: Subject) => Selection,
): ((subject: Subject) => Selection) => {
  const known = new WeakMap<Subject, Selection>()
  return (subject) => {
    const before = known.get(subject)
    if (before !== undefined) return before
    const selection = select(subject)
    known.set(subject, selection)
    return selection
  }
}
