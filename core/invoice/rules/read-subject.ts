/** Reads an invoice once for all rules. */
import type { Decimal } from '../amount.ts'
import type {
  AllowanceCharge,
  Amount,
  Invoice,
  InvoiceLine,
  MonetaryTotal,
  Party,
  TaxCategory,
  TaxSubtotal,
  TaxTotal,
} from '../document.ts'
import { unusualAmounts } from './amounts.ts'
import { categoriesOf } from './categories.ts'
import { type Build, collect, joined, located, noParts, placed, placedAs, root } from './place.ts'
import { count, decimalOf, emptySum, type RunningSum, totalOf } from './plain.ts'
import { rateOf } from './rate.ts'
import type {
  Adjustment,
  Category,
  Line,
  PartyPart,
  RuleContext,
  Subject,
  Subtotal,
  TaxTotalPart,
  TransactionFacts,
} from './subject.ts'
import { normalized } from './text.ts'

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
