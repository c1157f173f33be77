/** One list of every amount in the document, for the rules that treat all amounts alike: sign, currency, notation. */
import type { Amount, Invoice, MonetaryTotal } from '../document.ts'
import type { Adjustment, Line, Subject, TaxTotalPart } from './subject.ts'

export interface AmountPart {
  /** The element's path below `/Invoice`, without positions */
  readonly element: string
  readonly path: string
  readonly amount: Amount
}

/** The elements of LegalMonetaryTotal by their key in the document. */
export const totalElements = {
  lineExtensionAmount: 'cbc:LineExtensionAmount',
  taxExclusiveAmount: 'cbc:TaxExclusiveAmount',
  taxInclusiveAmount: 'cbc:TaxInclusiveAmount',
  allowanceTotalAmount: 'cbc:AllowanceTotalAmount',
  chargeTotalAmount: 'cbc:ChargeTotalAmount',
  prepaidAmount: 'cbc:PrepaidAmount',
  payableRoundingAmount: 'cbc:PayableRoundingAmount',
  payableAmount: 'cbc:PayableAmount',
} as const satisfies Record<keyof MonetaryTotal, string>

const isTotalName = (name: string): name is keyof MonetaryTotal => Object.hasOwn(totalElements, name)
const totalNames = Object.keys(totalElements).filter(isTotalName)

type Add = (amount: Amount | undefined, parent: string, element: string, name: string) => void

const adjustments = (add: Add, parts: readonly Adjustment[], element: string): void => {
  for (const { node, path } of parts) {
    add(node.amount, path, element, 'cbc:Amount')
    add(node.baseAmount, path, element, 'cbc:BaseAmount')
  }
}

const taxTotals = (add: Add, parts: readonly TaxTotalPart[], element: string): void => {
  for (const { node, path, subtotals } of parts) {
    add(node.taxAmount, path, element, 'cbc:TaxAmount')
    add(node.roundingAmount, path, element, 'cbc:RoundingAmount')
    for (const row of subtotals) {
      add(row.node.taxableAmount, row.path, `${element}/cac:TaxSubtotal`, 'cbc:TaxableAmount')
      add(row.node.taxAmount, row.path, `${element}/cac:TaxSubtotal`, 'cbc:TaxAmount')
    }
  }
}

const lineAmounts = (add: Add, { node, path, ...line }: Line): void => {
  add(node.lineExtensionAmount, path, 'cac:InvoiceLine', 'cbc:LineExtensionAmount')
  adjustments(add, line.adjustments, 'cac:InvoiceLine/cac:AllowanceCharge')
  taxTotals(add, line.taxTotals, 'cac:InvoiceLine/cac:TaxTotal')
  add(node.price?.priceAmount, `${path}/cac:Price`, 'cac:InvoiceLine/cac:Price', 'cbc:PriceAmount')
  adjustments(add, line.priceAdjustments, 'cac:InvoiceLine/cac:Price/cac:AllowanceCharge')
}

export const amountsOf = (
  invoice: Invoice,
  parts: Pick<Subject, 'adjustments' | 'taxTotals' | 'lines'>,
): readonly AmountPart[] => {
  const found: AmountPart[] = []
  const add: Add = (amount, parent, element, name) => {
    if (amount !== undefined) found.push({ amount, path: `${parent}/${name}`, element: `${element}/${name}` })
  }
  adjustments(add, parts.adjustments, 'cac:AllowanceCharge')
  taxTotals(add, parts.taxTotals, 'cac:TaxTotal')
  const totals = invoice.legalMonetaryTotal ?? {}
  for (const name of totalNames) {
    add(totals[name], '/Invoice/cac:LegalMonetaryTotal', 'cac:LegalMonetaryTotal', totalElements[name])
  }
  for (const line of parts.lines) lineAmounts(add, line)
  return found
}
