/** The lines of a draft as UBL lines: ordinary ones, then one for each prepayment that the invoice settles (BG-25, KSA-26..34). */
import { type Decimal, format, money, zero } from './amount.ts'
import { documentTypeCodes } from './codes/document-kinds.ts'
import { defaultUnit } from './codes/units.ts'
import type { AllowanceCharge, Amount, InvoiceLine, Item, Price, TaxCategory } from './document.ts'
import type { Draft, DraftLine, DraftPrepayment } from './draft.ts'
import { filled, given } from './given.ts'
import type { Adjustment, LineTotals } from './line-totals.ts'
import type { PrepaymentTotals, Totals } from './totals.ts'
import type { Treatment } from './treatment.ts'

export const amountIn = (currencyID: string, value: Decimal): Amount => ({ value: money(value), currencyID })

const vatScheme = { id: { value: 'VAT' } }

/** Only breakdown and prepayment state why there is no VAT; a line and an allowance name category and rate alone. */
export const taxCategory = (treatment: Treatment, reason: 'with-reason' | 'without-reason'): TaxCategory =>
  given({
    id: { value: treatment.category },
    percent: format(treatment.rate),
    ...(reason === 'with-reason' && {
      taxExemptionReasonCode: treatment.exemption,
      taxExemptionReason: treatment.exemptionText === undefined ? undefined : [{ value: treatment.exemptionText }],
    }),
    taxScheme: vatScheme,
  })

const plainCategories = new WeakMap<Treatment, readonly [TaxCategory]>()

/** Without a reason, as the list that UBL has; the lines of one treatment share it, because a long document has thousands of them. */
const plainCategory = (treatment: Treatment): readonly [TaxCategory] => {
  const known = plainCategories.get(treatment)
  if (known !== undefined) return known
  const category = [taxCategory(treatment, 'without-reason')] as const
  plainCategories.set(treatment, category)
  return category
}

/** An allowance or charge of a line or, when it has a treatment, of the document. */
export const allowanceCharge = (
  adjustment: Adjustment & { readonly treatment?: Treatment },
  currency: string,
): AllowanceCharge =>
  given({
    chargeIndicator: String(adjustment.charge),
    allowanceChargeReasonCode: adjustment.reasonCode,
    allowanceChargeReason: adjustment.reason === undefined ? undefined : [{ value: adjustment.reason }],
    multiplierFactorNumeric: adjustment.percent && format(adjustment.percent),
    amount: adjustment.amount && amountIn(currency, adjustment.amount),
    baseAmount: adjustment.base && amountIn(currency, adjustment.base),
    taxCategory: adjustment.treatment && plainCategory(adjustment.treatment),
  })

/** Lines are numbered from 1 without a gap, prepayments after the ordinary ones. */
export const completeLines = (draft: Draft, totals: Totals, currency: string): readonly InvoiceLine[] => [
  ...draft.lines.map((line, index) => ordinaryLine(String(index + 1), line, totals.lines[index], currency)),
  ...(draft.prepayments ?? []).map((prepayment, index) =>
    prepaymentLine(String(draft.lines.length + index + 1), prepayment, totals.prepayments[index], currency),
  ),
]

const ordinaryLine = (id: string, line: DraftLine, totals: LineTotals | undefined, currency: string): InvoiceLine =>
  given({
    id,
    note: line.note === undefined ? undefined : [{ value: line.note }],
    invoicedQuantity: totals && { value: format(totals.quantity), unitCode: line.unit ?? defaultUnit },
    lineExtensionAmount: totals && amountIn(currency, totals.net),
    allowanceCharge: filled(totals?.adjustments.map((adjustment) => allowanceCharge(adjustment, currency))),
    taxTotal: totals && [
      { taxAmount: amountIn(currency, totals.vat), roundingAmount: amountIn(currency, totals.total) },
    ],
    item: item(line, totals),
    price: totals && price(line, totals, currency),
  })

const item = (line: DraftLine, totals: LineTotals | undefined): Item =>
  given({
    name: line.name,
    buyersItemIdentification: identification(line.buyerItemId),
    sellersItemIdentification: identification(line.sellerItemId),
    standardItemIdentification: identification(line.standardItemId),
    classifiedTaxCategory: totals && plainCategory(totals.treatment),
  })

const identification = (value: string | undefined) => (value === undefined ? undefined : { id: { value } })

/** BT-146 with as many decimals as it has; BT-149 in the unit of the quantity; BT-147 and BT-148 when a discount is stated. */
const price = (line: DraftLine, { price: { net, gross, discount, per } }: LineTotals, currency: string): Price => {
  const exact = (value: Decimal): Amount => ({ value: format(value), currencyID: currency })
  return given({
    priceAmount: exact(net),
    baseQuantity: per && { value: format(per), unitCode: line.unit ?? defaultUnit },
    allowanceCharge: gross &&
      discount && [{ chargeIndicator: 'false', amount: exact(discount), baseAmount: exact(gross) }],
  })
}

/** The item name of a prepayment line when the draft gives none. */
const prepaymentName = 'دفعة مقدمة'

/** Spec C11: quantity, net, VAT and price are zero (BR-KSA-82); what was prepaid stands in the subtotal. `0.00` because BR-22 refuses `0`. */
const prepaymentLine = (
  id: string,
  prepayment: DraftPrepayment,
  totals: PrepaymentTotals | undefined,
  currency: string,
): InvoiceLine => {
  const nothing = amountIn(currency, zero)
  return given({
    id,
    invoicedQuantity: { value: format(zero), unitCode: defaultUnit },
    lineExtensionAmount: nothing,
    documentReference: [prepaymentReference(prepayment)],
    taxTotal: totals && [
      { taxAmount: nothing, roundingAmount: nothing, taxSubtotal: [prepaymentSubtotal(totals, currency)] },
    ],
    item: given({
      name: prepayment.name ?? prepaymentName,
      classifiedTaxCategory: totals && plainCategory(totals.treatment),
    }),
    price: { priceAmount: nothing },
  })
}

/** KSA-26..30 */
const prepaymentReference = ({ number, uuid, issueDate, issueTime }: DraftPrepayment) =>
  given({ id: number, uuid, issueDate, issueTime, documentTypeCode: documentTypeCodes.prepayment })

/** KSA-31..34, KSA-41, KSA-42 */
const prepaymentSubtotal = ({ treatment, taxable, vat }: PrepaymentTotals, currency: string) => ({
  taxableAmount: amountIn(currency, taxable),
  taxAmount: amountIn(currency, vat),
  taxCategory: taxCategory(treatment, 'with-reason'),
})
