/**
 * The one table of fields that a draft has: official number, place in the draft, place in UBL, kind, length limits (spec C13) and the
 * id of its label. Form, import, normalisation and messages read it; a test holds it equal to the schema in `draft.ts`.
 */
import type { FieldLabel } from './field-labels.ts'

export type { FieldLabel }

/** How a value is typed and cleaned: a `name` keeps its digits, everything else that can hold a number is brought to ASCII. */
export type FieldKind = 'decimal' | 'identifier' | 'code' | 'date' | 'time' | 'name' | 'flag'

export interface Field {
  /** BT- or KSA- number; absent where the draft only steers the computation */
  readonly id?: string
  /** `lines[].price`: `[]` stands for any index */
  readonly draft: string
  /** `/Invoice/cac:InvoiceLine/cac:Price/cbc:PriceAmount`: without positions */
  readonly ubl?: string
  readonly kind: FieldKind
  readonly min?: number
  readonly max?: number
  readonly label: FieldLabel
}

type Limits = Pick<Field, 'min' | 'max'>

const field = (
  kind: FieldKind,
  id: string | undefined,
  draft: string,
  label: FieldLabel,
  ubl?: string,
  limits: Limits = {},
): Field => ({
  kind,
  draft,
  label,
  ...(id && { id }),
  ...(ubl && { ubl: `/Invoice/${ubl}` }),
  ...limits,
})

const upTo = (max: number, min?: number): Limits => ({ max, ...(min && { min }) })

const header: readonly Field[] = [
  field('code', 'BT-3', 'kind', 'kind', 'cbc:InvoiceTypeCode'),
  field('code', 'KSA-2', 'profile', 'profile'),
  field('flag', 'KSA-2', 'flags.thirdParty', 'flags.thirdParty'),
  field('flag', 'KSA-2', 'flags.nominal', 'flags.nominal'),
  field('flag', 'KSA-2', 'flags.export', 'flags.export'),
  field('flag', 'KSA-2', 'flags.summary', 'flags.summary'),
  field('flag', 'KSA-2', 'flags.selfBilled', 'flags.selfBilled'),
  field('flag', 'KSA-2', 'flags.continuous', 'flags.continuous'),
  field('flag', 'KSA-2', 'flags.government', 'flags.government'),
  field('identifier', 'BT-1', 'number', 'number', 'cbc:ID', upTo(127, 1)),
  field('identifier', 'KSA-1', 'uuid', 'uuid', 'cbc:UUID', upTo(36)),
  field('date', 'BT-2', 'issueDate', 'issueDate', 'cbc:IssueDate'),
  field('time', 'KSA-25', 'issueTime', 'issueTime', 'cbc:IssueTime'),
  field('date', 'KSA-5', 'supplyDate', 'supplyDate', 'cac:Delivery/cbc:ActualDeliveryDate'),
  field('date', 'KSA-24', 'supplyEndDate', 'supplyEndDate', 'cac:Delivery/cbc:LatestDeliveryDate'),
  field('code', 'BT-5', 'currency', 'currency', 'cbc:DocumentCurrencyCode'),
  field('decimal', 'KSA-39', 'exchangeRate', 'exchangeRate', 'cac:TaxExchangeRate/cbc:CalculationRate', upTo(14)),
  field('name', 'BT-22', 'note', 'note', 'cbc:Note', upTo(1000)),
  field('identifier', 'BT-13', 'purchaseOrder', 'purchaseOrder', 'cac:OrderReference/cbc:ID', upTo(127)),
  field('identifier', 'BT-12', 'contract', 'contract', 'cac:ContractDocumentReference/cbc:ID', upTo(127)),
  field('name', 'KSA-10', 'reason', 'reason', 'cac:PaymentMeans/cbc:InstructionNote', upTo(1000, 1)),
  field('code', 'BT-81', 'payment.means', 'payment.means', 'cac:PaymentMeans/cbc:PaymentMeansCode'),
  field(
    'name',
    'KSA-22',
    'payment.terms',
    'payment.terms',
    'cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:PaymentNote',
    upTo(1000),
  ),
  field(
    'identifier',
    'BT-84',
    'payment.account',
    'payment.account',
    'cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID',
    upTo(127),
  ),
  field('flag', undefined, 'pricesIncludeVat', 'pricesIncludeVat'),
  field('decimal', 'BT-114', 'rounding', 'rounding', 'cac:LegalMonetaryTotal/cbc:PayableRoundingAmount'),
]

const reference = 'cac:BillingReference/cac:InvoiceDocumentReference'

const originals: readonly Field[] = [
  field('identifier', 'BT-25', 'originals[].number', 'originals.number', `${reference}/cbc:ID`, upTo(5000, 1)),
  field('identifier', undefined, 'originals[].uuid', 'originals.uuid', `${reference}/cbc:UUID`, upTo(36)),
  field('date', 'BT-26', 'originals[].issueDate', 'originals.issueDate', `${reference}/cbc:IssueDate`),
]

/** The official numbers of one party's fields. */
interface PartyNumbers {
  readonly name: string
  readonly vatNumber: string
  readonly id: string
  readonly street: string
  readonly additionalStreet: string
  readonly building: string
  readonly plot: string
  readonly district: string
  readonly city: string
  readonly postalCode: string
  readonly province: string
  readonly country: string
  readonly contactName?: string
  readonly contactPhone?: string
  readonly contactNote?: string
}

const partyFields = (draft: 'seller' | 'buyer', role: string, numbers: PartyNumbers): readonly Field[] => {
  const party = `cac:${role}/cac:Party`
  const address = `${party}/cac:PostalAddress`
  const contact = `${party}/cac:Contact`
  const name = `${party}/cac:PartyLegalEntity/cbc:RegistrationName`
  const vatNumber = `${party}/cac:PartyTaxScheme/cbc:CompanyID`
  const id = `${party}/cac:PartyIdentification/cbc:ID`
  const place = `${draft}.address`
  return [
    field('name', numbers.name, `${draft}.name`, 'party.name', name, upTo(1000, 1)),
    field('identifier', numbers.vatNumber, `${draft}.vatNumber`, 'party.vatNumber', vatNumber, upTo(15, 15)),
    field('code', numbers.id, `${draft}.id.scheme`, 'party.id.scheme', `${id}/@schemeID`),
    field('identifier', numbers.id, `${draft}.id.value`, 'party.id.value', id),
    field('name', numbers.street, `${place}.street`, 'address.street', `${address}/cbc:StreetName`, upTo(1000, 1)),
    field(
      'name',
      numbers.additionalStreet,
      `${place}.additionalStreet`,
      'address.additionalStreet',
      `${address}/cbc:AdditionalStreetName`,
      upTo(127),
    ),
    field('identifier', numbers.building, `${place}.building`, 'address.building', `${address}/cbc:BuildingNumber`),
    field('identifier', numbers.plot, `${place}.plot`, 'address.plot', `${address}/cbc:PlotIdentification`),
    field(
      'name',
      numbers.district,
      `${place}.district`,
      'address.district',
      `${address}/cbc:CitySubdivisionName`,
      upTo(127, 1),
    ),
    field('name', numbers.city, `${place}.city`, 'address.city', `${address}/cbc:CityName`, upTo(127, 1)),
    field('identifier', numbers.postalCode, `${place}.postalCode`, 'address.postalCode', `${address}/cbc:PostalZone`),
    field(
      'name',
      numbers.province,
      `${place}.province`,
      'address.province',
      `${address}/cbc:CountrySubentity`,
      upTo(127),
    ),
    field(
      'code',
      numbers.country,
      `${place}.country`,
      'address.country',
      `${address}/cac:Country/cbc:IdentificationCode`,
    ),
    field('name', numbers.contactName, `${draft}.contact.name`, 'contact.name', `${contact}/cbc:Name`, upTo(1000)),
    field(
      'identifier',
      numbers.contactPhone,
      `${draft}.contact.phone`,
      'contact.phone',
      `${contact}/cbc:Telephone`,
      upTo(16),
    ),
    field('name', numbers.contactNote, `${draft}.contact.note`, 'contact.note', `${contact}/cbc:Note`, upTo(1000)),
  ]
}

const seller = partyFields('seller', 'AccountingSupplierParty', {
  name: 'BT-27',
  vatNumber: 'BT-31',
  id: 'BT-29',
  street: 'BT-35',
  additionalStreet: 'BT-36',
  building: 'KSA-17',
  plot: 'KSA-23',
  district: 'KSA-3',
  city: 'BT-37',
  postalCode: 'BT-38',
  province: 'BT-39',
  country: 'BT-40',
})

const buyer = partyFields('buyer', 'AccountingCustomerParty', {
  name: 'BT-44',
  vatNumber: 'BT-48',
  id: 'BT-46',
  street: 'BT-50',
  additionalStreet: 'BT-51',
  building: 'KSA-18',
  plot: 'KSA-19',
  district: 'KSA-4',
  city: 'BT-52',
  postalCode: 'BT-53',
  province: 'BT-54',
  country: 'BT-55',
  contactName: 'BT-56',
  contactPhone: 'BT-57',
  contactNote: 'KSA-35',
})

type VatNumbers = Readonly<Record<'category' | 'rate', string>> & Partial<Record<'exemption' | 'exemptionText', string>>

/** The VAT treatment of `owner`; category and rate below `ubl`, the reason where the document states it. */
const vatFields = (owner: string, ubl: string, reasonUbl: string, numbers: VatNumbers): readonly Field[] => [
  field('code', numbers.category, `${owner}.vat.category`, 'vat.category', `${ubl}/cbc:ID`),
  field('decimal', numbers.rate, `${owner}.vat.rate`, 'vat.rate', `${ubl}/cbc:Percent`),
  field(
    'code',
    numbers.exemption ?? 'BT-121',
    `${owner}.vat.exemption`,
    'vat.exemption',
    `${reasonUbl}/cbc:TaxExemptionReasonCode`,
  ),
  field(
    'name',
    numbers.exemptionText ?? 'BT-120',
    `${owner}.vat.exemptionText`,
    'vat.exemptionText',
    `${reasonUbl}/cbc:TaxExemptionReason`,
    upTo(1000, 1),
  ),
]

type AdjustmentNumbers = Readonly<Record<'amount' | 'base' | 'percent' | 'reason' | 'reasonCode', string>>

const adjustmentFields = (owner: string, ubl: string, numbers: AdjustmentNumbers): readonly Field[] => [
  field('decimal', numbers.amount, `${owner}.amount`, 'adjustment.amount', `${ubl}/cbc:Amount`),
  field('decimal', numbers.percent, `${owner}.percent`, 'adjustment.percent', `${ubl}/cbc:MultiplierFactorNumeric`),
  field('decimal', numbers.base, `${owner}.base`, 'adjustment.base', `${ubl}/cbc:BaseAmount`),
  field('name', numbers.reason, `${owner}.reason`, 'adjustment.reason', `${ubl}/cbc:AllowanceChargeReason`, upTo(1000)),
  field(
    'code',
    numbers.reasonCode,
    `${owner}.reasonCode`,
    'adjustment.reasonCode',
    `${ubl}/cbc:AllowanceChargeReasonCode`,
  ),
]

const breakdown = 'cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory'

const documentAdjustments: readonly Field[] = [
  ...adjustmentFields('allowances[]', 'cac:AllowanceCharge', {
    amount: 'BT-92',
    base: 'BT-93',
    percent: 'BT-94',
    reason: 'BT-97',
    reasonCode: 'BT-98',
  }),
  ...vatFields('allowances[]', 'cac:AllowanceCharge/cac:TaxCategory', breakdown, { category: 'BT-95', rate: 'BT-96' }),
  ...adjustmentFields('charges[]', 'cac:AllowanceCharge', {
    amount: 'BT-99',
    base: 'BT-100',
    percent: 'BT-101',
    reason: 'BT-104',
    reasonCode: 'BT-105',
  }),
  ...vatFields('charges[]', 'cac:AllowanceCharge/cac:TaxCategory', breakdown, { category: 'BT-102', rate: 'BT-103' }),
]

const line = 'cac:InvoiceLine'
const price = `${line}/cac:Price`
const item = `${line}/cac:Item`

const lines: readonly Field[] = [
  field('name', 'BT-153', 'lines[].name', 'line.name', `${item}/cbc:Name`, upTo(1000, 3)),
  field('decimal', 'BT-129', 'lines[].quantity', 'line.quantity', `${line}/cbc:InvoicedQuantity`),
  field('code', 'BT-130', 'lines[].unit', 'line.unit', `${line}/cbc:InvoicedQuantity/@unitCode`, upTo(127)),
  field('decimal', 'BT-146', 'lines[].price', 'line.price', `${price}/cbc:PriceAmount`),
  field('decimal', 'BT-147', 'lines[].priceDiscount', 'line.priceDiscount', `${price}/cac:AllowanceCharge/cbc:Amount`),
  field('decimal', 'BT-149', 'lines[].priceQuantity', 'line.priceQuantity', `${price}/cbc:BaseQuantity`),
  ...vatFields('lines[]', `${item}/cac:ClassifiedTaxCategory`, breakdown, { category: 'BT-151', rate: 'BT-152' }),
  ...adjustmentFields('lines[].allowances[]', `${line}/cac:AllowanceCharge`, {
    amount: 'BT-136',
    base: 'BT-137',
    percent: 'BT-138',
    reason: 'BT-139',
    reasonCode: 'BT-140',
  }),
  ...adjustmentFields('lines[].charges[]', `${line}/cac:AllowanceCharge`, {
    amount: 'BT-141',
    base: 'BT-142',
    percent: 'BT-143',
    reason: 'BT-144',
    reasonCode: 'BT-145',
  }),
  field('name', 'BT-127', 'lines[].note', 'line.note', `${line}/cbc:Note`, upTo(1000)),
  field(
    'identifier',
    'BT-155',
    'lines[].sellerItemId',
    'line.sellerItemId',
    `${item}/cac:SellersItemIdentification/cbc:ID`,
    upTo(127),
  ),
  field(
    'identifier',
    'BT-156',
    'lines[].buyerItemId',
    'line.buyerItemId',
    `${item}/cac:BuyersItemIdentification/cbc:ID`,
    upTo(127),
  ),
  field(
    'identifier',
    'BT-157',
    'lines[].standardItemId',
    'line.standardItemId',
    `${item}/cac:StandardItemIdentification/cbc:ID`,
    upTo(127),
  ),
]

const settled = `${line}/cac:DocumentReference`
const settledVat = `${line}/cac:TaxTotal/cac:TaxSubtotal`

const prepayments: readonly Field[] = [
  field('identifier', 'KSA-26', 'prepayments[].number', 'prepayment.number', `${settled}/cbc:ID`),
  field('identifier', 'KSA-27', 'prepayments[].uuid', 'prepayment.uuid', `${settled}/cbc:UUID`, upTo(36)),
  field('date', 'KSA-28', 'prepayments[].issueDate', 'prepayment.issueDate', `${settled}/cbc:IssueDate`),
  field('time', 'KSA-29', 'prepayments[].issueTime', 'prepayment.issueTime', `${settled}/cbc:IssueTime`),
  field('name', 'BT-153', 'prepayments[].name', 'prepayment.name', `${item}/cbc:Name`, upTo(1000, 3)),
  field('decimal', 'KSA-31', 'prepayments[].taxable', 'prepayment.taxable', `${settledVat}/cbc:TaxableAmount`),
  field('decimal', 'KSA-32', 'prepayments[].tax', 'prepayment.tax', `${settledVat}/cbc:TaxAmount`),
  ...vatFields('prepayments[]', `${settledVat}/cac:TaxCategory`, `${settledVat}/cac:TaxCategory`, {
    category: 'KSA-33',
    rate: 'KSA-34',
    exemption: 'KSA-41',
    exemptionText: 'KSA-42',
  }),
]

export const fields: readonly Field[] = [
  ...header,
  ...originals,
  ...seller,
  ...buyer,
  ...lines,
  ...documentAdjustments,
  ...prepayments,
]

const byDraftPath: ReadonlyMap<string, Field> = new Map(fields.map((entry) => [entry.draft, entry]))

/** The field at a place in a draft, with or without indices: `lines[3].price`. */
export const fieldAt = (draftPath: string): Field | undefined => byDraftPath.get(draftPath.replace(/\[\d+\]/g, '[]'))

/** The label id of a field, undefined for a place that holds no field of its own, such as a whole line. */
export const labelOf = (draftPath: string): FieldLabel | undefined => fieldAt(draftPath)?.label
