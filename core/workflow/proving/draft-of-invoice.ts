/**
 * The draft behind an issued document, read back from its XML when the record was lost: who, what, how much, and what a correction needs.
 * Allowances and charges keep their amounts; how they were once typed in (a percentage, a price with VAT) is not in the XML.
 */
import { documentKindOf } from '#core/invoice/codes/document-kinds.ts'
import type {
  AllowanceCharge,
  Invoice,
  InvoiceLine,
  LocalText,
  PartyRole,
  TaxCategory,
} from '#core/invoice/document.ts'
import {
  type Draft,
  type DraftAdjustment,
  type DraftLine,
  type DraftParty,
  type DraftPrepayment,
  type DraftVat,
  vatCategories,
} from '#core/invoice/draft.ts'
import { filled, given } from '#core/invoice/given.ts'
import { parseTransactionCode, transactionFlags } from '#core/invoice/transaction-type.ts'

export const draftOfInvoice = (invoice: Invoice): Draft => {
  const type = parseTransactionCode(invoice.invoiceTypeCode?.name ?? '')
  const [means] = invoice.paymentMeans ?? []
  const [delivery] = invoice.delivery ?? []
  const set = transactionFlags.filter((flag) => type?.[flag])
  const lines = invoice.invoiceLine ?? []
  const treatment = treatmentsOf(invoice)
  return given({
    kind: documentKindOf(invoice.invoiceTypeCode?.value ?? '') ?? 'invoice',
    profile: type?.profile ?? 'standard',
    flags: set.length === 0 ? undefined : Object.fromEntries(set.map((flag) => [flag, true])),
    number: invoice.id ?? '',
    uuid: invoice.uuid,
    issueDate: invoice.issueDate,
    issueTime: invoice.issueTime,
    supplyDate: delivery?.actualDeliveryDate,
    supplyEndDate: delivery?.latestDeliveryDate,
    currency: invoice.documentCurrencyCode,
    exchangeRate: invoice.taxExchangeRate?.calculationRate,
    note: textOf(invoice.note),
    purchaseOrder: invoice.orderReference?.id,
    contract: invoice.contractDocumentReference?.[0]?.id,
    originals: originalsOf(invoice),
    reason: textOf(means?.instructionNote),
    payment:
      means?.paymentMeansCode === undefined
        ? undefined
        : given({
            means: means.paymentMeansCode,
            terms: textOf(means.payeeFinancialAccount?.paymentNote),
            account: means.payeeFinancialAccount?.id,
          }),
    seller: partyOf(invoice.accountingSupplierParty),
    buyer: partyOf(invoice.accountingCustomerParty),
    lines: lines.filter((line) => line.documentReference === undefined).map((line) => lineOf(line, treatment)),
    prepayments: mutable(lines.filter((line) => line.documentReference !== undefined).map(prepaymentOf)),
    allowances: adjustmentsOf(invoice.allowanceCharge, 'false', treatment),
    charges: adjustmentsOf(invoice.allowanceCharge, 'true', treatment),
    rounding: invoice.legalMonetaryTotal?.payableRoundingAmount?.value,
  })
}

const textOf = (texts: readonly LocalText[] | undefined): string | undefined => texts?.[0]?.value

/** The draft's lists are made by zod, which knows no read-only ones. */
const mutable = <T>(list: readonly T[]): T[] | undefined => (list.length === 0 ? undefined : [...list])

const originalsOf = ({ billingReference = [] }: Invoice) =>
  mutable(
    billingReference.map(({ invoiceDocumentReference: { id = '', uuid, issueDate } = {} }) =>
      given({ number: id, uuid, issueDate }),
    ),
  )

const partyOf = (role: PartyRole | undefined): DraftParty | undefined => {
  const party = role?.party
  if (party === undefined) return undefined
  const [identification] = party.partyIdentification ?? []
  const { value, schemeID } = identification?.id ?? {}
  return given({
    name: party.partyLegalEntity?.[0]?.registrationName,
    vatNumber: party.partyTaxScheme?.[0]?.companyID?.value,
    id: value === undefined || schemeID === undefined ? undefined : { scheme: schemeID, value },
    address: party.postalAddress && addressOf(party.postalAddress),
    contact:
      party.contact &&
      given({ name: party.contact.name, phone: party.contact.telephone, note: textOf(party.contact.note) }),
  })
}

const addressOf = (address: NonNullable<NonNullable<PartyRole['party']>['postalAddress']>) =>
  given({
    street: address.streetName,
    additionalStreet: address.additionalStreetName,
    building: address.buildingNumber,
    plot: address.plotIdentification,
    district: address.citySubdivisionName,
    city: address.cityName,
    postalCode: address.postalZone,
    province: address.countrySubentity,
    country: address.country?.identificationCode,
  })

/** A discount on the price leaves the price before it (BT-148) and itself (BT-147). */
const lineOf = (line: InvoiceLine, treatment: Treatment): DraftLine => {
  const { item, price, invoicedQuantity: quantity } = line
  const [discount] = price?.allowanceCharge ?? []
  return given({
    name: item?.name ?? '',
    quantity: quantity?.value ?? '0',
    unit: quantity?.unitCode,
    price: discount?.baseAmount?.value ?? price?.priceAmount?.value ?? '0',
    priceDiscount: discount?.amount?.value,
    priceQuantity: price?.baseQuantity?.value,
    vat: treatment(item?.classifiedTaxCategory?.[0]),
    allowances: adjustmentsOf(line.allowanceCharge, 'false', treatment),
    charges: adjustmentsOf(line.allowanceCharge, 'true', treatment),
    note: textOf(line.note),
    sellerItemId: item?.sellersItemIdentification?.id?.value,
    buyerItemId: item?.buyersItemIdentification?.id?.value,
    standardItemId: item?.standardItemIdentification?.id?.value,
  })
}

type Treatment = (category: TaxCategory | undefined) => DraftVat | undefined

/** Why there is no VAT stands in the breakdown alone (BT-120, BT-121); lines and allowances name category and rate. */
const treatmentsOf = ({ taxTotal = [] }: Invoice): Treatment => {
  const stated = taxTotal.flatMap(({ taxSubtotal = [] }) => taxSubtotal.map((subtotal) => subtotal.taxCategory))
  return (category) => {
    const same = stated.find(
      (entry) => entry?.id?.value === category?.id?.value && entry?.percent === category?.percent,
    )
    return vatOf(category?.taxExemptionReasonCode === undefined ? (same ?? category) : category)
  }
}

const vatOf: Treatment = (category) => {
  const known = vatCategories.find((code) => code === category?.id?.value)
  if (category === undefined || known === undefined) return undefined
  return given({
    category: known,
    rate: category.percent,
    exemption: category.taxExemptionReasonCode,
    exemptionText: textOf(category.taxExemptionReason),
  })
}

const adjustmentsOf = (
  all: readonly AllowanceCharge[] | undefined,
  indicator: 'true' | 'false',
  treatment: Treatment,
) => {
  const wanted = filled(all?.filter(({ chargeIndicator }) => chargeIndicator === indicator))
  return wanted?.map((entry): DraftAdjustment & { vat?: DraftVat } =>
    given({
      amount: entry.amount?.value,
      reason: textOf(entry.allowanceChargeReason),
      reasonCode: entry.allowanceChargeReasonCode,
      vat: treatment(entry.taxCategory?.[0]),
    }),
  )
}

/** KSA-26..34 */
const prepaymentOf = ({ documentReference = [], taxTotal = [], item }: InvoiceLine): DraftPrepayment => {
  const [reference] = documentReference
  const [subtotal] = taxTotal[0]?.taxSubtotal ?? []
  return given({
    number: reference?.id ?? '',
    uuid: reference?.uuid,
    issueDate: reference?.issueDate ?? '',
    issueTime: reference?.issueTime ?? '',
    name: item?.name,
    taxable: subtotal?.taxableAmount?.value ?? '0.00',
    tax: subtotal?.taxAmount?.value,
    vat: vatOf(subtotal?.taxCategory),
  })
}
