/** The amounts of a document that are worth a look by the rules that treat all amounts alike: notation, sign, currency. */
import { currencies } from '../codes/currencies.ts'
import type { Amount, Invoice, MonetaryTotal } from '../document.ts'
import { located, type Place, root } from './place.ts'
import { halalasOf, isPlain } from './plain.ts'
import type { Adjustment, AmountPart, Line, Subject, TaxTotalPart } from './subject.ts'

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
const totalsPlace = located(undefined, root, 'cac:LegalMonetaryTotal')
const totalNames = Object.keys(totalElements).filter(isTotalName)

/** Notes the amount `step` of a part, which is an `element` of the document; `price`: any number of decimals is usual. */
type Look = (amount: Amount | undefined, parent: Place, element: string, step: string, kind?: 'price') => void

const adjustments = (look: Look, parts: readonly Adjustment[], element: string, kind?: 'price'): void => {
  for (const part of parts) {
    look(part.node.amount, part, element, 'cbc:Amount', kind)
    look(part.node.baseAmount, part, element, 'cbc:BaseAmount', kind)
  }
}

const taxTotals = (look: Look, parts: readonly TaxTotalPart[], element: string): void => {
  for (const part of parts) {
    look(part.node.taxAmount, part, element, 'cbc:TaxAmount')
    look(part.node.roundingAmount, part, element, 'cbc:RoundingAmount')
    for (const row of part.subtotals) {
      look(row.node.taxableAmount, row, `${element}/cac:TaxSubtotal`, 'cbc:TaxableAmount')
      look(row.node.taxAmount, row, `${element}/cac:TaxSubtotal`, 'cbc:TaxAmount')
    }
  }
}

const lineAmounts = (look: Look, line: Line): void => {
  look(line.node.lineExtensionAmount, line, 'cac:InvoiceLine', 'cbc:LineExtensionAmount')
  adjustments(look, line.adjustments, 'cac:InvoiceLine/cac:AllowanceCharge')
  taxTotals(look, line.taxTotals, 'cac:InvoiceLine/cac:TaxTotal')
  look(line.node.price?.priceAmount, line, 'cac:InvoiceLine', 'cac:Price/cbc:PriceAmount', 'price')
  adjustments(look, line.priceAdjustments, 'cac:InvoiceLine/cac:Price/cac:AllowanceCharge', 'price')
}

/**
 * Every amount except those that no rule on notation, sign or currency can object to: plain digits with at most two decimals, in the
 * document's own currency, which is a listed one. Most documents have none, so those rules have nothing to do.
 */
export const unusualAmounts = (
  invoice: Invoice,
  parts: Pick<Subject, 'adjustments' | 'taxTotals' | 'lines'>,
): readonly AmountPart[] => {
  const found: AmountPart[] = []
  const currency = invoice.documentCurrencyCode ?? ''
  const isListed = currencies.has(currency)
  const look: Look = (amount, parent, element, step, kind) => {
    if (amount === undefined) return
    const isPlainAmount = kind === 'price' ? isPlain(amount.value) : !Number.isNaN(halalasOf(amount))
    if (isPlainAmount && isListed && amount.currencyID === currency) return
    found.push({ parent, step, position: 0, element: `${element}/${step}`, amount })
  }
  adjustments(look, parts.adjustments, 'cac:AllowanceCharge')
  taxTotals(look, parts.taxTotals, 'cac:TaxTotal')
  const totals = invoice.legalMonetaryTotal ?? {}
  for (const name of totalNames) look(totals[name], totalsPlace, 'cac:LegalMonetaryTotal', totalElements[name])
  for (const line of parts.lines) lineAmounts(look, line)
  return found
}
