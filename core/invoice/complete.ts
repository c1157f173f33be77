/** From a draft to a full invoice: everything but what sealing adds (ICV, PIH, QR, stamp). */
import type { Decimal } from './amount.ts'
import { taxCurrency } from './codes/currencies.ts'
import { documentTypeCodes, isNote } from './codes/document-kinds.ts'
import type { PaymentMeansCode } from './codes/payment-means.ts'
import { allowanceCharge, amountIn, completeLines, taxCategory } from './complete-line.ts'
import { completeParty } from './complete-party.ts'
import type {
  Amount,
  BillingReference,
  Delivery,
  ExchangeRate,
  Invoice,
  LocalText,
  MonetaryTotal,
  PaymentMeans,
  TaxTotal,
} from './document.ts'
import type { Draft } from './draft.ts'
import { filled, given } from './given.ts'
import { type Totals, totalsOf } from './totals.ts'
import { formatTransactionCode, type TransactionCodeLength, transactionType } from './transaction-type.ts'

export interface CompletionOptions {
  /** KSA-2: write at least so many digits (spec J9); default 7 */
  readonly transactionCodeDigits?: TransactionCodeLength
}

/**
 * The invoice that a draft describes, in the formats of spec C: amounts with two decimals, quantities and prices with at least two,
 * `reporting:1.0`, VAT in SAR. It never fails: what the draft lacks is absent in the invoice, and the rules say so.
 *
 * Defaults: currency SAR, supply date of a standard invoice = issue date (BR-KSA-15), payment means of a note = 1, not defined (UBL wants
 * one beside the reason), exemption text = the official one in both languages.
 */
export const completeDraft = (draft: Draft, options: CompletionOptions = {}): Invoice => {
  const totals = totalsOf(draft)
  const currency = draft.currency ?? taxCurrency
  return given({
    profileID: 'reporting:1.0',
    id: draft.number,
    uuid: draft.uuid,
    issueDate: draft.issueDate,
    issueTime: draft.issueTime,
    invoiceTypeCode: { value: documentTypeCodes[draft.kind], name: transactionCode(draft, options) },
    note: localText(draft.note),
    documentCurrencyCode: currency,
    taxCurrencyCode: taxCurrency,
    orderReference: draft.purchaseOrder === undefined ? undefined : { id: draft.purchaseOrder },
    billingReference: billingReferences(draft),
    contractDocumentReference: draft.contract === undefined ? undefined : [{ id: draft.contract }],
    accountingSupplierParty: completeParty(draft.seller),
    accountingCustomerParty: completeParty(draft.buyer),
    delivery: delivery(draft),
    paymentMeans: paymentMeans(draft),
    allowanceCharge: filled(totals.adjustments.map((adjustment) => allowanceCharge(adjustment, currency))),
    taxExchangeRate: exchangeRate(draft, currency),
    taxTotal: taxTotals(totals, currency),
    legalMonetaryTotal: monetaryTotal(totals, currency),
    invoiceLine: completeLines(draft, totals, currency),
  })
}

const transactionCode = (draft: Draft, { transactionCodeDigits }: CompletionOptions): string =>
  formatTransactionCode(transactionType(draft.profile, draft.flags), given({ digits: transactionCodeDigits }))

const localText = (value: string | undefined): readonly LocalText[] | undefined =>
  value === undefined ? undefined : [{ value }]

/** BG-3 */
const billingReferences = ({ originals }: Draft): readonly BillingReference[] | undefined =>
  filled(
    originals?.map(({ number, uuid, issueDate }) => ({
      invoiceDocumentReference: given({ id: number, uuid, issueDate }),
    })),
  )

/** KSA-5, KSA-24: a standard invoice states its supply date; where the draft does not, it was the day of issue. */
const delivery = (draft: Draft): readonly Delivery[] | undefined => {
  const isStandardInvoice = draft.kind === 'invoice' && draft.profile === 'standard'
  const start = draft.supplyDate ?? (isStandardInvoice ? draft.issueDate : undefined)
  if (start === undefined && draft.supplyEndDate === undefined) return undefined
  return [given({ actualDeliveryDate: start, latestDeliveryDate: draft.supplyEndDate })]
}

const notDefined: PaymentMeansCode = '1'

/** BG-16; a note carries its reason here, and UBL demands a code beside it. */
const paymentMeans = ({ kind, payment, reason }: Draft): readonly PaymentMeans[] | undefined => {
  if (payment === undefined && reason === undefined && !isNote(kind)) return undefined
  const account = given({ id: payment?.account, paymentNote: localText(payment?.terms) })
  return [
    given({
      paymentMeansCode: payment?.means ?? notDefined,
      instructionNote: localText(reason),
      payeeFinancialAccount: payment?.account || payment?.terms ? account : undefined,
    }),
  ]
}

/** KSA-36..39; a document in SAR has nothing to convert. */
const exchangeRate = (draft: Draft, currency: string): ExchangeRate | undefined =>
  draft.exchangeRate === undefined || currency === taxCurrency
    ? undefined
    : { sourceCurrencyCode: currency, targetCurrencyCode: taxCurrency, calculationRate: draft.exchangeRate }

/** BT-111 first, as ZATCA's samples have it, then BT-110 with the breakdown (BG-23). */
const taxTotals = (totals: Totals, currency: string): readonly TaxTotal[] => [
  ...(totals.vatInTaxCurrency ? [{ taxAmount: amountIn(taxCurrency, totals.vatInTaxCurrency) }] : []),
  {
    taxAmount: amountIn(currency, totals.vat),
    taxSubtotal: totals.breakdown.map(({ treatment, taxable, vat }) => ({
      taxableAmount: amountIn(currency, taxable),
      taxAmount: amountIn(currency, vat),
      taxCategory: taxCategory(treatment, 'with-reason'),
    })),
  },
]

/** BG-22; BT-107 and BT-113 are always written, BT-108 only where charges exist. */
const monetaryTotal = (totals: Totals, currency: string): MonetaryTotal => {
  const write = (value: Decimal): Amount => amountIn(currency, value)
  const hasCharges = totals.adjustments.some(({ charge }) => charge)
  return given({
    lineExtensionAmount: write(totals.lineNet),
    taxExclusiveAmount: write(totals.taxExclusive),
    taxInclusiveAmount: write(totals.taxInclusive),
    allowanceTotalAmount: write(totals.allowances),
    chargeTotalAmount: hasCharges ? write(totals.charges) : undefined,
    prepaidAmount: write(totals.prepaid),
    payableRoundingAmount: totals.rounding && write(totals.rounding),
    payableAmount: write(totals.payable),
  })
}
