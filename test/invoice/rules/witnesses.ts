/** For every rule a smallest change that breaks it, where it must be reported, and a neighbouring change that it must let pass. */
import type { RuleId } from '#core/invoice/rules/index.ts'
import type { Base, Edits } from './bases.ts'

export interface Witness {
  readonly base: Base
  readonly edits: Edits
  /** Below `/Invoice/` */
  readonly at: string
  /** Near the boundary and clean as far as this rule goes; without it the base itself is the near miss */
  readonly clean?: Edits
}

/** Ids that the official stylesheets cannot report (see their reasons in the table of rules). */
export type Silent = 'BR-41' | 'BR-DEC-24' | 'BR-DEC-25'

const on =
  (base: Base) =>
  (edits: Edits, at: string, clean?: Edits): Witness => ({ base, edits, at, ...(clean && { clean }) })

const standard = on('standard')
const simplified = on('simplified')
const creditNote = on('creditNote')
const prepaid = on('prepaid')
const exported = on('exported')
const foreign = on('foreign')

export const long = (count: number): string => 'ن'.repeat(count)
const sar = (value: string) => ({ value, currencyID: 'SAR' })
const vat = { id: { value: 'VAT' } }

const seller = 'accountingSupplierParty.party'
const buyer = 'accountingCustomerParty.party'
const sellerAt = 'cac:AccountingSupplierParty/cac:Party'
const buyerAt = 'cac:AccountingCustomerParty/cac:Party'
const line = 'cac:InvoiceLine[1]'
const totalsAt = 'cac:LegalMonetaryTotal'
const breakdown = 'taxTotal.1.taxSubtotal'
const breakdownAt = 'cac:TaxTotal[2]/cac:TaxSubtotal'
const settled = 'invoiceLine.1'
const settledAt = 'cac:InvoiceLine[2]'
const settledRow = `${settled}.taxTotal.0.taxSubtotal.0`
const settledRowAt = `${settledAt}/cac:TaxTotal[1]/cac:TaxSubtotal[1]`
const rateBelow = 'cac:TaxCategory/cbc:Percent'

const allowance = (category: string, percent: string) => ({
  'allowanceCharge.0.taxCategory.0.id.value': category,
  'allowanceCharge.0.taxCategory.0.percent': percent,
})
const charge = (category: string, percent: string) => ({
  'allowanceCharge.1.taxCategory.0.id.value': category,
  'allowanceCharge.1.taxCategory.0.percent': percent,
})
const allowanceRateAt = 'cac:AllowanceCharge[1]/cac:TaxCategory[1]/cbc:Percent'
const chargeRateAt = 'cac:AllowanceCharge[2]/cac:TaxCategory[1]/cbc:Percent'

const lineCharge = (node: object) => ({
  'invoiceLine.0.allowanceCharge.0': { chargeIndicator: 'true', amount: sar('1.00'), ...node },
})
const goodCharge = lineCharge({ allowanceChargeReasonCode: 'FC', allowanceChargeReason: [{ value: 'شحن' }] })
const lineChargeAt = `${line}/cac:AllowanceCharge[1]`

const prepaidCategory = (category: string, percent: string, more: object = {}) => ({
  [`${settledRow}.taxCategory`]: { id: { value: category }, percent, taxScheme: vat, ...more },
})
const reasonText = { taxExemptionReason: [{ value: 'الخدمات المالية' }] }

const summary = { 'invoiceTypeCode.name': '0200010' }
const buyerWithId = (schemeID: string, value: string) => ({
  [`${buyer}.partyIdentification`]: [{ id: { value, schemeID } }],
})
const buyerIdAt = `${buyerAt}/cac:PartyIdentification[1]/cbc:ID`

export const witnesses: Readonly<Record<Exclude<RuleId, Silent>, Witness>> = {
  XSD: standard({ 'invoiceLine.0.price.priceAmount.value': '1e3' }, `${line}/cac:Price/cbc:PriceAmount`),

  'KHATM-ONCE': standard(
    { contractDocumentReference: [{ id: 'A' }, { id: 'B' }] },
    'cac:ContractDocumentReference[2]',
    { 'additionalDocumentReference.3': { id: 'A' } },
  ),

  'BR-02': standard({ id: undefined }, 'cbc:ID', { id: '1' }),
  'BR-03': standard({ issueDate: undefined }, 'cbc:IssueDate'),
  'BR-04': standard({ 'invoiceTypeCode.value': '' }, 'cbc:InvoiceTypeCode'),
  'BR-05': standard({ documentCurrencyCode: undefined }, 'cbc:DocumentCurrencyCode'),
  'BR-CL-01': standard({ 'invoiceTypeCode.value': '999' }, 'cbc:InvoiceTypeCode', { 'invoiceTypeCode.value': '380' }),
  'BR-CL-04': standard({ documentCurrencyCode: 'XYZ' }, 'cbc:DocumentCurrencyCode', { documentCurrencyCode: 'USD' }),
  'BR-KSA-EN16931-01': standard({ profileID: 'clearance:1.0' }, 'cbc:ProfileID', { profileID: ' reporting:1.0 ' }),
  'BR-KSA-03': standard({ uuid: '' }, 'cbc:UUID', { uuid: '-' }),
  'BR-KSA-04': standard({ issueDate: '2026-11-24' }, 'cbc:IssueDate', { issueDate: '2026-11-23' }),
  'BR-KSA-05': standard({ 'invoiceTypeCode.value': '380' }, 'cbc:InvoiceTypeCode', { 'invoiceTypeCode.value': '383' }),
  'BR-KSA-06': standard({ 'invoiceTypeCode.name': '0102000' }, 'cbc:InvoiceTypeCode/@name', {
    'invoiceTypeCode.name': '01000001',
  }),
  'BR-KSA-07': standard({ 'invoiceTypeCode.name': '0100101' }, 'cbc:InvoiceTypeCode/@name', {
    'invoiceTypeCode.name': '0100100',
  }),
  'BR-KSA-31': simplified({ 'invoiceTypeCode.name': '0200001' }, 'cbc:InvoiceTypeCode/@name', {
    'invoiceTypeCode.name': '0200100',
  }),
  'BR-KSA-F-06-C40': standard({ 'invoiceTypeCode.name': '010000' }, 'cbc:InvoiceTypeCode/@name', {
    'invoiceTypeCode.name': '010000000',
  }),
  'BR-KSA-70': standard({ issueTime: '12:30:00.5' }, 'cbc:IssueTime', { issueTime: '23:59:59Z' }),
  'BR-KSA-98': simplified({ issueDate: '2026-11-22', issueTime: '10:59:59' }, 'cbc:IssueDate', {
    issueDate: '2026-11-22',
    issueTime: '11:00:00',
  }),
  'BR-KSA-F-01': standard({ dueDate: '2024-02-30' }, 'cbc:DueDate', { dueDate: '2024-02-29' }),
  'BR-KSA-92': foreign({ contractDocumentReference: undefined }, 'cac:ContractDocumentReference[1]/cbc:ID', {
    contractDocumentReference: undefined,
    'invoiceTypeCode.name': '010000000',
  }),

  'BR-06': standard(
    { [`${seller}.partyLegalEntity`]: undefined },
    `${sellerAt}/cac:PartyLegalEntity[1]/cbc:RegistrationName`,
  ),
  'BR-08': standard({ [`${seller}.postalAddress`]: undefined }, `${sellerAt}/cac:PostalAddress`),
  'BR-09': standard(
    { [`${seller}.postalAddress.country`]: undefined },
    `${sellerAt}/cac:PostalAddress/cac:Country/cbc:IdentificationCode`,
  ),
  'BR-CL-14': standard(
    { [`${buyer}.postalAddress.country.identificationCode`]: 'XX' },
    `${buyerAt}/cac:PostalAddress/cac:Country/cbc:IdentificationCode`,
    { [`${buyer}.postalAddress.country.identificationCode`]: 'AE' },
  ),
  'BR-CUSTOM-VALIDATION-01': standard(
    { [`${buyer}.partyTaxScheme.0.companyID.value`]: '399999999900003' },
    `${buyerAt}/cac:PartyTaxScheme[1]/cbc:CompanyID`,
  ),
  'BR-KSA-08': standard(
    { [`${seller}.partyIdentification.0.id.schemeID`]: 'NAT' },
    `${sellerAt}/cac:PartyIdentification[1]/cbc:ID`,
    { [`${seller}.partyIdentification.0.id.schemeID`]: '700' },
  ),
  'BR-KSA-09': standard(
    { [`${seller}.postalAddress.citySubdivisionName`]: undefined },
    `${sellerAt}/cac:PostalAddress/cbc:CitySubdivisionName`,
  ),
  'BR-KSA-10': exported(
    { [`${buyer}.postalAddress.cityName`]: undefined },
    `${buyerAt}/cac:PostalAddress/cbc:CityName`,
    {
      [`${buyer}.postalAddress.postalZone`]: undefined,
    },
  ),
  'BR-KSA-14': exported({ [`${buyer}.partyIdentification.0.id.schemeID`]: 'XXX' }, `${buyerIdAt}/@schemeID`, {
    [`${buyer}.partyIdentification.0.id.schemeID`]: 'GCC',
  }),
  'BR-KSA-37': standard(
    { [`${seller}.postalAddress.buildingNumber`]: '232' },
    `${sellerAt}/cac:PostalAddress/cbc:BuildingNumber`,
    { [`${seller}.postalAddress.buildingNumber`]: '0001' },
  ),
  'BR-KSA-39': standard(
    { [`${seller}.partyTaxScheme.0.companyID.value`]: '' },
    `${sellerAt}/cac:PartyTaxScheme[1]/cbc:CompanyID`,
  ),
  'BR-KSA-40': standard(
    { [`${seller}.partyTaxScheme.0.companyID.value`]: '399999999900004' },
    `${sellerAt}/cac:PartyTaxScheme[1]/cbc:CompanyID`,
    { [`${seller}.partyTaxScheme.0.companyID.value`]: '310000000000003' },
  ),
  'BR-KSA-42': standard(
    { [`${buyer}.partyLegalEntity`]: undefined },
    `${buyerAt}/cac:PartyLegalEntity[1]/cbc:RegistrationName`,
  ),
  'BR-KSA-44': standard(
    { [`${buyer}.partyTaxScheme.0.companyID.value`]: '39999999980003' },
    `${buyerAt}/cac:PartyTaxScheme[1]/cbc:CompanyID`,
    { [`${buyer}.partyTaxScheme.0.companyID.value`]: '' },
  ),
  'BR-KSA-63': standard(
    { [`${buyer}.postalAddress.buildingNumber`]: ' ' },
    `${buyerAt}/cac:PostalAddress/cbc:BuildingNumber`,
    {
      [`${buyer}.postalAddress.buildingNumber`]: undefined,
      [`${buyer}.postalAddress.country.identificationCode`]: 'AE',
    },
  ),
  'BR-KSA-66': standard(
    { [`${seller}.postalAddress.postalZone`]: '1234' },
    `${sellerAt}/cac:PostalAddress/cbc:PostalZone`,
  ),
  'BR-KSA-67': standard(
    { [`${buyer}.postalAddress.postalZone`]: '123456' },
    `${buyerAt}/cac:PostalAddress/cbc:PostalZone`,
    {
      [`${buyer}.postalAddress.postalZone`]: '123456',
      [`${buyer}.postalAddress.country.identificationCode`]: 'AE',
    },
  ),
  'BR-KSA-71': simplified(summary, `${buyerAt}/cac:PartyLegalEntity[1]/cbc:RegistrationName`, {
    ...summary,
    [`${buyer}.partyLegalEntity.0.registrationName`]: 'عميل',
  }),
  'BR-KSA-81': standard({ [`${buyer}.partyTaxScheme`]: undefined }, buyerIdAt, {
    [`${buyer}.partyTaxScheme`]: undefined,
    ...buyerWithId('CRN', '1010010001'),
  }),
  'BR-KSA-85': standard({ [`${buyer}.contact.telephone`]: '966500000000' }, `${buyerAt}/cac:Contact/cbc:Telephone`, {
    [`${buyer}.contact.telephone`]: '+966500000000',
  }),
  'BR-KSA-99': standard(
    { [`${buyer}.partyTaxScheme.0.companyID.value`]: '' },
    `${buyerAt}/cac:PartyTaxScheme[1]/cbc:CompanyID`,
  ),
  'BR-KSA-F-07': standard(buyerWithId('TIN', '2000000001'), buyerIdAt, buyerWithId('TIN', '3000000001')),
  'BR-KSA-F-08': standard(buyerWithId('CRN', '101001000'), buyerIdAt, buyerWithId('CRN', '1010010002')),
  'BR-KSA-F-09': standard(buyerWithId('700', '1010010002'), buyerIdAt, buyerWithId('700', '7010010002')),
  'BR-KSA-F-10': standard(buyerWithId('NAT', '2010010002'), buyerIdAt, buyerWithId('NAT', '1010010002')),
  'BR-KSA-F-11': standard(buyerWithId('IQA', '1010010002'), buyerIdAt, buyerWithId('IQA', '2010010002')),
  'BR-KSA-F-12': standard(buyerWithId(' OTH', 'A'), `${buyerIdAt}/@schemeID`, buyerWithId('oth', 'A')),
  'BR-KSA-F-13': standard(buyerWithId('OTH', '0123456789'), buyerIdAt, buyerWithId('OTH', 'A0123456789')),

  'BR-49': standard({ 'paymentMeans.0': {} }, 'cac:PaymentMeans[1]/cbc:PaymentMeansCode'),
  'BR-52': standard(
    { 'additionalDocumentReference.3': { documentTypeCode: '130' } },
    'cac:AdditionalDocumentReference[4]/cbc:ID',
    { 'additionalDocumentReference.3': { id: 'A' } },
  ),
  'BR-55': standard(
    { billingReference: [{ invoiceDocumentReference: { id: '' } }] },
    'cac:BillingReference[1]/cac:InvoiceDocumentReference/cbc:ID',
    { billingReference: [{ invoiceDocumentReference: { id: 'A' } }] },
  ),
  'BR-CL-16': standard({ 'paymentMeans.0.paymentMeansCode': '71' }, 'cac:PaymentMeans[1]/cbc:PaymentMeansCode', {
    'paymentMeans.0.paymentMeansCode': '69',
  }),
  'BR-KSA-15': standard({ delivery: undefined }, 'cac:Delivery[1]/cbc:ActualDeliveryDate', {
    delivery: undefined,
    'invoiceTypeCode.value': '386',
  }),
  'BR-KSA-16': standard({ 'paymentMeans.0.paymentMeansCode': '69' }, 'cac:PaymentMeans[1]/cbc:PaymentMeansCode', {
    'paymentMeans.0.paymentMeansCode': 'ZZZ',
  }),
  'BR-KSA-17': creditNote(
    { 'paymentMeans.1': { paymentMeansCode: '10' } },
    'cac:PaymentMeans[2]/cbc:InstructionNote[1]',
    {
      'paymentMeans.0.instructionNote.0.value': 'إ',
    },
  ),
  'BR-KSA-35': standard(
    { 'delivery.0': { latestDeliveryDate: '2024-01-20' } },
    'cac:Delivery[1]/cbc:ActualDeliveryDate',
    { 'delivery.0.latestDeliveryDate': '2024-01-20' },
  ),
  'BR-KSA-36': standard({ 'delivery.0.latestDeliveryDate': '2024-01-14' }, 'cac:Delivery[1]/cbc:LatestDeliveryDate', {
    'delivery.0.latestDeliveryDate': '2024-01-15',
  }),
  'BR-KSA-56': creditNote(
    { billingReference: undefined },
    'cac:BillingReference[1]/cac:InvoiceDocumentReference/cbc:ID',
    { 'billingReference.0.invoiceDocumentReference.id': 'A' },
  ),
  'BR-KSA-72': simplified(
    { ...summary, [`${buyer}.postalAddress.country.identificationCode`]: 'SA' },
    'cac:Delivery[1]',
    summary,
  ),
  'BR-KSA-CL-03': standard(
    { 'additionalDocumentReference.2.attachment.embeddedDocumentBinaryObject.mimeCode': 'text/html' },
    'cac:AdditionalDocumentReference[3]/cac:Attachment/cbc:EmbeddedDocumentBinaryObject/@mimeCode',
    { 'additionalDocumentReference.2.attachment.embeddedDocumentBinaryObject.mimeCode': 'image/png' },
  ),

  'BR-53': foreign({ 'taxTotal.0.taxAmount.currencyID': 'USD' }, 'cac:TaxTotal[1]/cbc:TaxAmount'),
  'BR-CL-03': standard({ 'taxTotal.0.taxAmount.currencyID': 'XYZ' }, 'cac:TaxTotal[1]/cbc:TaxAmount/@currencyID', {
    'taxTotal.0.taxAmount.currencyID': 'USD',
  }),
  'BR-CL-05': standard({ taxCurrencyCode: 'XYZ' }, 'cbc:TaxCurrencyCode', { taxCurrencyCode: 'USD' }),
  'BR-KSA-68': standard({ taxCurrencyCode: undefined }, 'cbc:TaxCurrencyCode'),
  'BR-KSA-87': foreign({ 'taxExchangeRate.calculationRate': undefined }, 'cac:TaxExchangeRate/cbc:CalculationRate', {
    taxExchangeRate: undefined,
  }),
  'BR-KSA-88': foreign({ 'taxExchangeRate.sourceCurrencyCode': 'EUR' }, 'cac:TaxExchangeRate/cbc:SourceCurrencyCode'),
  'BR-KSA-89': foreign({ 'taxExchangeRate.targetCurrencyCode': 'USD' }, 'cac:TaxExchangeRate/cbc:TargetCurrencyCode'),
  'BR-KSA-90': foreign(
    { 'taxExchangeRate.calculationRate': '3.7500000000001' },
    'cac:TaxExchangeRate/cbc:CalculationRate',
    { 'taxExchangeRate.calculationRate': '3.750000000001' },
  ),
  'BR-KSA-97': foreign({ 'taxTotal.0.taxAmount.value': '15.004' }, 'cac:TaxTotal[1]/cbc:TaxAmount', {
    'taxTotal.0.taxAmount.value': '15.01',
  }),
  'BR-KSA-CL-01': standard({ documentCurrencyCode: 'RIY' }, 'cbc:DocumentCurrencyCode'),
  'BR-KSA-CL-02': standard(
    { 'invoiceLine.0.price.priceAmount.currencyID': 'USD' },
    `${line}/cac:Price/cbc:PriceAmount/@currencyID`,
    { 'taxTotal.0.taxAmount.currencyID': 'USD' },
  ),
  'BR-KSA-EN16931-02': standard({ taxCurrencyCode: 'USD' }, 'cbc:TaxCurrencyCode', { taxCurrencyCode: 'sar' }),
  'BR-KSA-EN16931-08': standard({ 'taxTotal.1': undefined }, 'cac:TaxTotal[2]'),
  'BR-KSA-EN16931-09': standard({ 'taxTotal.0': undefined }, 'cac:TaxTotal[2]'),

  'BR-16': standard({ invoiceLine: undefined }, 'cac:InvoiceLine[1]'),
  'BR-21': standard({ 'invoiceLine.0.id': undefined }, `${line}/cbc:ID`),
  'BR-22': standard({ 'invoiceLine.0.invoicedQuantity.value': '0' }, `${line}/cbc:InvoicedQuantity`, {
    'invoiceLine.0.invoicedQuantity.value': '0.0',
  }),
  'BR-24': standard({ 'invoiceLine.0.lineExtensionAmount': undefined }, `${line}/cbc:LineExtensionAmount`),
  'BR-25': standard({ 'invoiceLine.0.item.name': '' }, `${line}/cac:Item/cbc:Name`),
  'BR-26': standard({ 'invoiceLine.0.price': undefined }, `${line}/cac:Price/cbc:PriceAmount`),
  'BR-54': standard(
    { 'invoiceLine.0.item.additionalItemProperty': [{ name: 'لون', value: 'أحمر' }, { name: 'وزن' }] },
    `${line}/cac:Item/cac:AdditionalItemProperty[2]`,
    { 'invoiceLine.0.item.additionalItemProperty': [{ name: 'لون', value: 'أحمر' }] },
  ),
  'BR-CO-04': standard(
    { 'invoiceLine.0.item.classifiedTaxCategory.0.taxScheme.id.value': 'GST' },
    `${line}/cac:Item/cac:ClassifiedTaxCategory[1]/cbc:ID`,
    { 'invoiceLine.0.item.classifiedTaxCategory.0.taxScheme.id.value': ' vat ' },
  ),
  'BR-KSA-51': standard(
    { 'invoiceLine.0.taxTotal.0.roundingAmount.value': '103.51' },
    `${line}/cac:TaxTotal[1]/cbc:RoundingAmount`,
    { 'invoiceLine.0.taxTotal.0.roundingAmount.value': '103.5' },
  ),
  'BR-KSA-52': standard({ 'invoiceLine.0.taxTotal.0.taxAmount': undefined }, `${line}/cac:TaxTotal[1]/cbc:TaxAmount`, {
    'invoiceLine.0.taxTotal.0.taxAmount': undefined,
    'invoiceTypeCode.name': '0200000',
  }),
  'BR-KSA-53': standard(
    { 'invoiceLine.0.taxTotal.0.roundingAmount': undefined },
    `${line}/cac:TaxTotal[1]/cbc:RoundingAmount`,
    { 'invoiceLine.0.taxTotal.0.roundingAmount': undefined, 'invoiceTypeCode.name': '0200000' },
  ),
  'BR-KSA-EN16931-06': standard(
    { 'invoiceLine.0.price.allowanceCharge': [{ chargeIndicator: 'true', amount: sar('1.00') }] },
    `${line}/cac:Price/cac:AllowanceCharge[1]/cbc:ChargeIndicator`,
    { 'invoiceLine.0.price.allowanceCharge': [{ chargeIndicator: 'false', amount: sar('1.00') }] },
  ),
  'BR-KSA-EN16931-07': standard(
    {
      'invoiceLine.0.price.allowanceCharge': [
        { chargeIndicator: 'false', amount: sar('1.001'), baseAmount: sar('34.33') },
      ],
    },
    `${line}/cac:Price/cbc:PriceAmount`,
    {
      'invoiceLine.0.price.allowanceCharge': [
        { chargeIndicator: 'false', amount: sar('1.000'), baseAmount: sar('34.33') },
      ],
    },
  ),
  'BR-KSA-EN16931-11': standard(
    { 'invoiceLine.0.lineExtensionAmount.value': '90.02' },
    `${line}/cbc:LineExtensionAmount`,
    {
      'invoiceLine.0.lineExtensionAmount.value': '90.01',
    },
  ),
  'BR-KSA-EN16931-12': standard(
    { 'invoiceLine.0.price.baseQuantity.value': '-1' },
    `${line}/cac:Price/cbc:BaseQuantity`,
    {
      'invoiceLine.0.price.baseQuantity.value': '0.001',
    },
  ),
  'BR-KSA-F-C-01': standard({ 'invoiceLine.0.item.name': '٥٥٥٥' }, `${line}/cac:Item/cbc:Name`, {
    'invoiceLine.0.item.name': '5555 س',
  }),

  'BR-31': standard({ 'allowanceCharge.0.amount': undefined }, 'cac:AllowanceCharge[1]/cbc:Amount'),
  'BR-32': standard({ 'allowanceCharge.0.taxCategory': undefined }, 'cac:AllowanceCharge[1]/cac:TaxCategory[1]/cbc:ID'),
  'BR-36': standard({ 'allowanceCharge.1.amount': undefined }, 'cac:AllowanceCharge[2]/cbc:Amount'),
  'BR-37': standard({ 'allowanceCharge.1.taxCategory': undefined }, 'cac:AllowanceCharge[2]/cac:TaxCategory[1]/cbc:ID'),
  'BR-43': standard(lineCharge({ amount: undefined }), `${lineChargeAt}/cbc:Amount`, goodCharge),
  'BR-KSA-19': standard(
    { 'allowanceCharge.1.allowanceChargeReasonCode': ' ' },
    'cac:AllowanceCharge[2]/cbc:AllowanceChargeReasonCode',
    { 'allowanceCharge.0.allowanceChargeReasonCode': undefined },
  ),
  'BR-KSA-20': standard(
    lineCharge({ allowanceChargeReason: [{ value: 'شحن' }] }),
    `${lineChargeAt}/cbc:AllowanceChargeReasonCode`,
    goodCharge,
  ),
  'BR-KSA-21': standard(
    { 'allowanceCharge.1.allowanceChargeReason': undefined },
    'cac:AllowanceCharge[2]/cbc:AllowanceChargeReason[1]',
    { 'allowanceCharge.0.allowanceChargeReason': undefined },
  ),
  'BR-KSA-22': standard(
    lineCharge({ allowanceChargeReasonCode: 'FC' }),
    `${lineChargeAt}/cbc:AllowanceChargeReason[1]`,
    goodCharge,
  ),
  'BR-KSA-CL-06': standard(
    { 'allowanceCharge.1.allowanceChargeReasonCode': 'QQ' },
    'cac:AllowanceCharge[2]/cbc:AllowanceChargeReasonCode',
    { 'allowanceCharge.0.allowanceChargeReasonCode': 'QQ' },
  ),
  'BR-KSA-DEC-01': standard(
    { 'allowanceCharge.0.multiplierFactorNumeric': '100.01' },
    'cac:AllowanceCharge[1]/cbc:MultiplierFactorNumeric',
    { 'allowanceCharge.0.multiplierFactorNumeric': '100.00' },
  ),
  // In doubles 50 % of 1.15 is 0.57499: the validator wants 0.57 where exact arithmetic says 0.58.
  'BR-KSA-EN16931-03': standard(
    {
      'allowanceCharge.0.multiplierFactorNumeric': '50',
      'allowanceCharge.0.baseAmount': sar('20.02'),
    },
    'cac:AllowanceCharge[1]/cbc:Amount',
    {
      'allowanceCharge.0.multiplierFactorNumeric': '50',
      'allowanceCharge.0.baseAmount': sar('20.00'),
    },
  ),
  'BR-KSA-EN16931-04': standard(
    { 'allowanceCharge.0.multiplierFactorNumeric': '50' },
    'cac:AllowanceCharge[1]/cbc:BaseAmount',
  ),
  'BR-KSA-EN16931-05': standard(
    { 'allowanceCharge.0.baseAmount': sar('20.00') },
    'cac:AllowanceCharge[1]/cbc:MultiplierFactorNumeric',
  ),
  'BR-KSA-F-02': standard({ 'allowanceCharge.0.chargeIndicator': 'no' }, 'cac:AllowanceCharge[1]/cbc:ChargeIndicator', {
    'allowanceCharge.0.chargeIndicator': ' 0 ',
  }),

  'BR-KSA-73': prepaid(
    { [`${settled}.documentReference.0.issueTime`]: undefined },
    `${settledAt}/cac:DocumentReference[1]/cbc:IssueTime`,
    { [`${settled}.documentReference.0.uuid`]: undefined },
  ),
  'BR-KSA-74': prepaid(
    { [`${settled}.documentReference.0.documentTypeCode`]: '388' },
    `${settledAt}/cac:DocumentReference[1]/cbc:DocumentTypeCode`,
    { [`${settled}.documentReference.0.documentTypeCode`]: ' 386 ' },
  ),
  'BR-KSA-75': prepaid({ [`${settledRow}.taxCategory.percent`]: undefined }, `${settledRowAt}/${rateBelow}`),
  'BR-KSA-76': prepaid(prepaidCategory('Z', '5.00'), `${settledRowAt}/${rateBelow}`, prepaidCategory('Z', '0')),
  'BR-KSA-77': prepaid(prepaidCategory('E', '5.00'), `${settledRowAt}/${rateBelow}`, prepaidCategory('E', '0.0')),
  'BR-KSA-78': prepaid(prepaidCategory('O', '5.00'), `${settledRowAt}/${rateBelow}`, prepaidCategory('O', '0.00')),
  'BR-KSA-79': prepaid({ [`${settledRow}.taxAmount.value`]: '150.02' }, `${settledRowAt}/cbc:TaxAmount`, {
    [`${settledRow}.taxAmount.value`]: '150.01',
  }),
  'BR-KSA-80': prepaid({ 'legalMonetaryTotal.prepaidAmount.value': '1150.01' }, `${totalsAt}/cbc:PrepaidAmount`, {
    'legalMonetaryTotal.prepaidAmount.value': '1150.004',
  }),
  'BR-KSA-82': prepaid({ [`${settled}.price.priceAmount.value`]: '0.01' }, `${settledAt}/cac:Price/cbc:PriceAmount`, {
    [`${settled}.price.priceAmount.value`]: '0',
  }),
  'BR-KSA-DEC-06': prepaid({ [`${settledRow}.taxAmount.value`]: '150.000' }, settledRowAt, {
    [`${settledRow}.taxAmount.value`]: '150.0',
  }),
  'BR-KSA-F-05': prepaid(
    { [`${settled}.documentReference.0.issueTime`]: '25:00:00' },
    `${settledAt}/cac:DocumentReference[1]/cbc:IssueTime`,
    { [`${settled}.documentReference.0.issueTime`]: '23:59:59.5+03:00' },
  ),

  'BR-13': standard({ 'legalMonetaryTotal.taxExclusiveAmount': undefined }, `${totalsAt}/cbc:TaxExclusiveAmount`),
  'BR-14': standard({ 'legalMonetaryTotal.taxInclusiveAmount': undefined }, `${totalsAt}/cbc:TaxInclusiveAmount`),
  'BR-15': standard({ 'legalMonetaryTotal.payableAmount': undefined }, `${totalsAt}/cbc:PayableAmount`),
  'BR-CO-10': standard(
    { 'legalMonetaryTotal.lineExtensionAmount.value': '440.01' },
    `${totalsAt}/cbc:LineExtensionAmount`,
    { 'legalMonetaryTotal.lineExtensionAmount.value': '440' },
  ),
  'BR-CO-11': standard(
    { 'legalMonetaryTotal.allowanceTotalAmount': undefined },
    `${totalsAt}/cbc:AllowanceTotalAmount`,
    { 'legalMonetaryTotal.allowanceTotalAmount': undefined, 'allowanceCharge.0': undefined },
  ),
  'BR-CO-12': standard({ 'legalMonetaryTotal.chargeTotalAmount.value': '5.01' }, `${totalsAt}/cbc:ChargeTotalAmount`, {
    'legalMonetaryTotal.chargeTotalAmount.value': '5.000',
  }),
  'BR-CO-13': standard(
    { 'legalMonetaryTotal.taxExclusiveAmount.value': '435.01' },
    `${totalsAt}/cbc:TaxExclusiveAmount`,
    { 'legalMonetaryTotal.taxExclusiveAmount.value': '435.0' },
  ),
  'BR-CO-15': standard(
    { 'legalMonetaryTotal.taxInclusiveAmount.value': '447.76' },
    `${totalsAt}/cbc:TaxInclusiveAmount`,
    { 'legalMonetaryTotal.taxInclusiveAmount.value': '447.750' },
  ),
  'BR-CO-16': on('rounded')(
    { 'legalMonetaryTotal.payableRoundingAmount': undefined },
    `${totalsAt}/cbc:PayableAmount`,
    { 'legalMonetaryTotal.prepaidAmount': undefined },
  ),

  'BR-45': standard({ [`${breakdown}.0.taxableAmount`]: undefined }, `${breakdownAt}[1]/cbc:TaxableAmount`),
  'BR-46': standard({ [`${breakdown}.0.taxAmount`]: undefined }, `${breakdownAt}[1]/cbc:TaxAmount`),
  'BR-47': standard({ [`${breakdown}.0.taxCategory.id`]: undefined }, `${breakdownAt}[1]/cac:TaxCategory/cbc:ID`),
  'BR-48': standard({ [`${breakdown}.1.taxCategory.percent`]: undefined }, `${breakdownAt}[2]/${rateBelow}`, {
    [`${breakdown}.3.taxCategory.percent`]: undefined,
  }),
  'BR-CO-14': standard({ 'taxTotal.1.taxAmount.value': '12.76' }, 'cac:TaxTotal[2]/cbc:TaxAmount', {
    'taxTotal.0.taxAmount.value': '12.76',
  }),
  'BR-CO-17': standard({ [`${breakdown}.0.taxAmount.value`]: '12.80' }, `${breakdownAt}[1]/cbc:TaxAmount`, {
    [`${breakdown}.0.taxAmount.value`]: '12.79',
  }),
  'BR-CO-18': standard({ 'taxTotal.1.taxSubtotal': undefined }, 'cac:TaxTotal[1]/cac:TaxSubtotal[1]'),
  'BR-S-01': standard({ [`${breakdown}.0`]: undefined }, 'cac:TaxTotal[1]/cac:TaxSubtotal[1]'),
  'BR-Z-01': standard({ [`${breakdown}.1`]: undefined }, 'cac:TaxTotal[1]/cac:TaxSubtotal[1]'),
  'BR-E-01': standard({ [`${breakdown}.2`]: undefined }, 'cac:TaxTotal[1]/cac:TaxSubtotal[1]'),
  'BR-O-01': standard({ [`${breakdown}.3`]: undefined }, 'cac:TaxTotal[1]/cac:TaxSubtotal[1]'),
  'BR-S-08': standard({ [`${breakdown}.0.taxableAmount.value`]: '85.01' }, `${breakdownAt}[1]/cbc:TaxableAmount`, {
    [`${breakdown}.0.taxableAmount.value`]: '85',
  }),
  'BR-Z-08': standard({ [`${breakdown}.1.taxableAmount.value`]: '99.99' }, `${breakdownAt}[2]/cbc:TaxableAmount`, {
    [`${breakdown}.1.taxableAmount.value`]: '100',
  }),
  'BR-E-08': standard({ [`${breakdown}.2.taxableAmount.value`]: '199.99' }, `${breakdownAt}[3]/cbc:TaxableAmount`, {
    [`${breakdown}.2.taxableAmount.value`]: '200',
  }),
  'BR-O-08': standard({ [`${breakdown}.3.taxableAmount.value`]: '49.99' }, `${breakdownAt}[4]/cbc:TaxableAmount`, {
    [`${breakdown}.3.taxableAmount.value`]: '50',
  }),
  'BR-S-09': standard({ [`${breakdown}.0.taxAmount.value`]: '12.70' }, `${breakdownAt}[1]/cbc:TaxAmount`, {
    [`${breakdown}.0.taxAmount.value`]: '12.71',
  }),
  'BR-Z-09': standard({ [`${breakdown}.1.taxAmount.value`]: '0.01' }, `${breakdownAt}[2]/cbc:TaxAmount`, {
    [`${breakdown}.1.taxAmount.value`]: '0',
  }),
  'BR-E-09': standard({ [`${breakdown}.2.taxAmount.value`]: '0.01' }, `${breakdownAt}[3]/cbc:TaxAmount`, {
    [`${breakdown}.2.taxAmount.value`]: '0',
  }),
  'BR-O-09': standard({ [`${breakdown}.3.taxAmount.value`]: '0.01' }, `${breakdownAt}[4]/cbc:TaxAmount`, {
    [`${breakdown}.3.taxAmount.value`]: '0',
  }),

  'BR-CL-18': standard({ [`${breakdown}.0.taxCategory.id.value`]: 'X' }, `${breakdownAt}[1]/cac:TaxCategory/cbc:ID`, {
    [`${breakdown}.0.taxCategory.id.value`]: 'AE',
  }),
  'BR-KSA-18': standard({ [`${breakdown}.0.taxCategory.id.value`]: 'AE' }, `${breakdownAt}[1]/cac:TaxCategory/cbc:ID`, {
    [`${breakdown}.0.taxCategory.id.value`]: 'O',
  }),
  'BR-KSA-DEC-02': standard({ [`${breakdown}.0.taxCategory.percent`]: '15.000' }, `${breakdownAt}[1]/${rateBelow}`, {
    [`${breakdown}.0.taxCategory.percent`]: '100.00',
  }),
  'BR-KSA-84': standard({ [`${breakdown}.0.taxCategory.percent`]: '14.99' }, `${breakdownAt}[1]/${rateBelow}`, {
    [`${breakdown}.0.taxCategory.percent`]: '5.0',
  }),
  'BR-S-05': standard(
    { 'invoiceLine.0.item.classifiedTaxCategory.0.percent': '0' },
    `${line}/cac:Item/cac:ClassifiedTaxCategory[1]/cbc:Percent`,
    { 'invoiceLine.0.item.classifiedTaxCategory.0.percent': '0.01' },
  ),
  'BR-Z-05': standard(
    { 'invoiceLine.1.item.classifiedTaxCategory.0.percent': '5.00' },
    'cac:InvoiceLine[2]/cac:Item/cac:ClassifiedTaxCategory[1]/cbc:Percent',
    { 'invoiceLine.1.item.classifiedTaxCategory.0.percent': '0' },
  ),
  'BR-E-05': standard(
    { 'invoiceLine.2.item.classifiedTaxCategory.0.percent': '5.00' },
    'cac:InvoiceLine[3]/cac:Item/cac:ClassifiedTaxCategory[1]/cbc:Percent',
    { 'invoiceLine.2.item.classifiedTaxCategory.0.percent': '0' },
  ),
  'BR-S-06': standard(allowance('S', '0'), allowanceRateAt, allowance('S', '0.1')),
  'BR-Z-06': standard(allowance('Z', '5'), allowanceRateAt, allowance('Z', '0')),
  'BR-E-06': standard(allowance('E', '5'), allowanceRateAt, allowance('E', '0')),
  'BR-S-07': standard(charge('S', '0'), chargeRateAt, charge('S', '0.1')),
  'BR-Z-07': standard(charge('Z', '5'), chargeRateAt, { ...charge('Z', '5'), ...allowance('S', '0') }),
  'BR-E-07': standard(charge('E', '5'), chargeRateAt, { ...charge('E', '5'), ...allowance('S', '0') }),
  'BR-KSA-11': standard(
    { 'invoiceLine.3.item.classifiedTaxCategory.0.percent': '-0.00' },
    'cac:InvoiceLine[4]/cac:Item/cac:ClassifiedTaxCategory[1]/cbc:Percent',
    { 'invoiceLine.3.item.classifiedTaxCategory.0.percent': undefined },
  ),
  'BR-KSA-12': standard(allowance('O', '15'), allowanceRateAt, allowance('O', '0')),
  'BR-KSA-13': standard(charge('O', '15'), chargeRateAt, charge('O', '0')),

  'BR-S-10': standard(
    { [`${breakdown}.0.taxCategory.taxExemptionReasonCode`]: 'VATEX-SA-35' },
    `${breakdownAt}[1]/cac:TaxCategory/cbc:TaxExemptionReasonCode`,
  ),
  'BR-KSA-23': standard(
    { [`${breakdown}.2.taxCategory.taxExemptionReasonCode`]: undefined },
    `${breakdownAt}[3]/cac:TaxCategory/cbc:TaxExemptionReasonCode`,
  ),
  'BR-KSA-24': standard(
    { [`${breakdown}.3.taxCategory.taxExemptionReasonCode`]: ' ' },
    `${breakdownAt}[4]/cac:TaxCategory/cbc:TaxExemptionReasonCode`,
  ),
  'BR-KSA-69': standard(
    { [`${breakdown}.1.taxCategory.taxExemptionReasonCode`]: undefined },
    `${breakdownAt}[2]/cac:TaxCategory/cbc:TaxExemptionReasonCode`,
  ),
  'BR-KSA-83': standard(
    { [`${breakdown}.1.taxCategory.taxExemptionReason`]: [{ value: ' ' }] },
    `${breakdownAt}[2]/cac:TaxCategory/cbc:TaxExemptionReason[1]`,
    { [`${breakdown}.1.taxCategory.taxExemptionReason`]: [{ value: 'دواء' }] },
  ),
  'BR-KSA-CL-04': standard(
    { [`${breakdown}.1.taxCategory.taxExemptionReasonCode`]: 'VATEX-SA-30' },
    `${breakdownAt}[2]/cac:TaxCategory/cbc:TaxExemptionReasonCode`,
    { [`${breakdown}.1.taxCategory.taxExemptionReasonCode`]: 'VATEX-SA-32(bis)' },
  ),
  'BR-KSA-93': prepaid(
    prepaidCategory('Z', '0'),
    `${settledRowAt}/cac:TaxCategory/cbc:TaxExemptionReasonCode`,
    prepaidCategory('Z', '0', { taxExemptionReasonCode: 'VATEX-SA-32' }),
  ),
  'BR-KSA-94': prepaid(
    prepaidCategory('E', '0'),
    `${settledRowAt}/cac:TaxCategory/cbc:TaxExemptionReasonCode`,
    prepaidCategory('E', '0', { taxExemptionReasonCode: 'VATEX-SA-29' }),
  ),
  'BR-KSA-95': prepaid(
    prepaidCategory('O', '0'),
    `${settledRowAt}/cac:TaxCategory/cbc:TaxExemptionReasonCode`,
    prepaidCategory('O', '0', { taxExemptionReasonCode: 'VATEX-SA-OOS' }),
  ),
  'BR-KSA-96': prepaid(
    prepaidCategory('E', '0', { taxExemptionReasonCode: 'VATEX-SA-29' }),
    `${settledRowAt}/cac:TaxCategory/cbc:TaxExemptionReason[1]`,
    prepaidCategory('E', '0', { taxExemptionReasonCode: 'VATEX-SA-29', ...reasonText }),
  ),
  'BR-KSA-CL-07': prepaid(
    prepaidCategory('Z', '0', { taxExemptionReasonCode: 'VATEX-SA-32(bis)', ...reasonText }),
    `${settledRowAt}/cac:TaxCategory/cbc:TaxExemptionReasonCode`,
    prepaidCategory('Z', '0', { taxExemptionReasonCode: 'VATEX-SA-DUTYFREE', ...reasonText }),
  ),
  'BR-KSA-25': simplified(
    { [`${breakdown}.0.taxCategory.taxExemptionReasonCode`]: 'VATEX-SA-EDU' },
    `${buyerAt}/cac:PartyLegalEntity[1]/cbc:RegistrationName`,
    { [`${breakdown}.0.taxCategory.taxExemptionReasonCode`]: 'VATEX-SA-35' },
  ),
  'BR-KSA-49': standard({ [`${breakdown}.1.taxCategory.taxExemptionReasonCode`]: 'VATEX-SA-HEA' }, buyerIdAt, {
    [`${breakdown}.1.taxCategory.taxExemptionReasonCode`]: 'VATEX-SA-HEA',
    ...buyerWithId('NAT', '1010010002'),
  }),

  'BR-DEC-01': standard({ 'allowanceCharge.0.amount.value': '10.000' }, 'cac:AllowanceCharge[1]/cbc:Amount', {
    'allowanceCharge.0.amount.value': '10.0',
  }),
  'BR-DEC-02': standard({ 'allowanceCharge.0.baseAmount': sar('1.000') }, 'cac:AllowanceCharge[1]/cbc:BaseAmount', {
    'allowanceCharge.0.baseAmount': sar('1.00'),
  }),
  'BR-DEC-05': standard({ 'allowanceCharge.1.amount.value': '5.000' }, 'cac:AllowanceCharge[2]/cbc:Amount', {
    'allowanceCharge.0.amount.value': '5.000',
  }),
  'BR-DEC-06': standard({ 'allowanceCharge.1.baseAmount': sar('1.000') }, 'cac:AllowanceCharge[2]/cbc:BaseAmount', {
    'allowanceCharge.0.baseAmount': sar('1.000'),
  }),
  'BR-DEC-09': standard(
    { 'legalMonetaryTotal.lineExtensionAmount.value': '440.000' },
    `${totalsAt}/cbc:LineExtensionAmount`,
  ),
  'BR-DEC-10': standard(
    { 'legalMonetaryTotal.allowanceTotalAmount.value': '10.000' },
    `${totalsAt}/cbc:AllowanceTotalAmount`,
  ),
  'BR-DEC-11': standard({ 'legalMonetaryTotal.chargeTotalAmount.value': '5.000' }, `${totalsAt}/cbc:ChargeTotalAmount`),
  'BR-DEC-12': standard(
    { 'legalMonetaryTotal.taxExclusiveAmount.value': '435.000' },
    `${totalsAt}/cbc:TaxExclusiveAmount`,
  ),
  'BR-DEC-13': foreign({ 'taxTotal.1.taxAmount.value': '15.000' }, 'cac:TaxTotal[2]/cbc:TaxAmount', {
    'taxTotal.0.taxAmount.value': '56.250',
  }),
  'BR-DEC-14': standard(
    { 'legalMonetaryTotal.taxInclusiveAmount.value': '447.750' },
    `${totalsAt}/cbc:TaxInclusiveAmount`,
  ),
  'BR-DEC-15': foreign({ 'taxTotal.0.taxAmount.value': '56.250' }, 'cac:TaxTotal[1]/cbc:TaxAmount', {
    'taxTotal.1.taxAmount.value': '15.000',
  }),
  'BR-DEC-16': standard({ 'legalMonetaryTotal.prepaidAmount.value': '0.000' }, `${totalsAt}/cbc:PrepaidAmount`),
  'BR-DEC-17': on('rounded')(
    { 'legalMonetaryTotal.payableRoundingAmount.value': '-0.010' },
    `${totalsAt}/cbc:PayableRoundingAmount`,
  ),
  'BR-DEC-18': standard({ 'legalMonetaryTotal.payableAmount.value': '447.750' }, `${totalsAt}/cbc:PayableAmount`),
  'BR-DEC-19': standard({ [`${breakdown}.0.taxableAmount.value`]: '85.000' }, `${breakdownAt}[1]/cbc:TaxableAmount`),
  'BR-DEC-20': standard({ [`${breakdown}.0.taxAmount.value`]: '12.750' }, `${breakdownAt}[1]/cbc:TaxAmount`),
  'BR-DEC-23': standard({ 'invoiceLine.0.lineExtensionAmount.value': '90.000' }, `${line}/cbc:LineExtensionAmount`),
  'BR-DEC-27': standard(lineCharge({ amount: sar('1.000') }), `${lineChargeAt}/cbc:Amount`, goodCharge),
  'BR-DEC-28': standard(lineCharge({ baseAmount: sar('1.000') }), `${lineChargeAt}/cbc:BaseAmount`, goodCharge),
  'BR-KSA-DEC-03': standard(
    { 'invoiceLine.0.taxTotal.0.taxAmount.value': '13.500' },
    `${line}/cac:TaxTotal[1]/cbc:TaxAmount`,
  ),
  'BR-KSA-DEC-04': standard(
    { 'invoiceLine.0.taxTotal.0.roundingAmount.value': '103.500' },
    `${line}/cac:TaxTotal[1]/cbc:RoundingAmount`,
  ),
  'BR-KSA-F-04': standard({ 'invoiceLine.0.invoicedQuantity.value': '-3.00' }, `${line}/cbc:InvoicedQuantity`, {
    'legalMonetaryTotal.payableAmount.value': '-447.75',
  }),

  'BR-KSA-F-06-C1': standard({ id: long(128) }, 'cbc:ID', { id: long(127) }),
  'BR-KSA-F-06-C2': standard({ note: [{ value: 'أ' }, { value: long(1001) }] }, 'cbc:Note[2]', {
    note: [{ value: long(1000) }],
  }),
  'BR-KSA-F-06-C3': standard({ 'orderReference.id': long(128) }, 'cac:OrderReference/cbc:ID', {
    'orderReference.id': long(127),
  }),
  'BR-KSA-F-06-C4': standard(
    { [`${seller}.postalAddress.streetName`]: '' },
    `${sellerAt}/cac:PostalAddress/cbc:StreetName`,
    {
      [`${seller}.postalAddress.streetName`]: long(1000),
    },
  ),
  'BR-KSA-F-06-C5': foreign(
    { 'contractDocumentReference.0.id': long(128) },
    'cac:ContractDocumentReference[1]/cbc:ID',
    {
      'contractDocumentReference.0.id': long(127),
    },
  ),
  'BR-KSA-F-06-C6': standard(
    { [`${seller}.postalAddress.additionalStreetName`]: long(128) },
    `${sellerAt}/cac:PostalAddress/cbc:AdditionalStreetName`,
    { [`${seller}.postalAddress.additionalStreetName`]: long(127) },
  ),
  'BR-KSA-F-06-C7': standard(
    { [`${seller}.postalAddress.cityName`]: long(128) },
    `${sellerAt}/cac:PostalAddress/cbc:CityName`,
    {
      [`${seller}.postalAddress.cityName`]: long(127),
    },
  ),
  'BR-KSA-F-06-C8': standard(
    { [`${seller}.postalAddress.countrySubentity`]: long(128) },
    `${sellerAt}/cac:PostalAddress/cbc:CountrySubentity`,
    { [`${seller}.postalAddress.countrySubentity`]: long(127) },
  ),
  'BR-KSA-F-06-C9': standard(
    { [`${seller}.postalAddress.citySubdivisionName`]: long(128) },
    `${sellerAt}/cac:PostalAddress/cbc:CitySubdivisionName`,
    { [`${seller}.postalAddress.citySubdivisionName`]: long(127) },
  ),
  'BR-KSA-F-06-C10': standard(
    { [`${seller}.partyLegalEntity.0.registrationName`]: long(1001) },
    `${sellerAt}/cac:PartyLegalEntity[1]/cbc:RegistrationName`,
    { [`${seller}.partyLegalEntity.0.registrationName`]: long(1000) },
  ),
  'BR-KSA-F-06-C11': standard(
    { [`${buyer}.postalAddress.additionalStreetName`]: long(128) },
    `${buyerAt}/cac:PostalAddress/cbc:AdditionalStreetName`,
    { [`${buyer}.postalAddress.additionalStreetName`]: long(127) },
  ),
  'BR-KSA-F-06-C12': standard(
    { [`${buyer}.partyLegalEntity.0.registrationName`]: '' },
    `${buyerAt}/cac:PartyLegalEntity[1]/cbc:RegistrationName`,
    { [`${buyer}.partyLegalEntity.0.registrationName`]: '𝟙'.repeat(1000) },
  ),
  'BR-KSA-F-06-C13': creditNote(
    { 'paymentMeans.0.instructionNote.0.value': long(1001) },
    'cac:PaymentMeans[1]/cbc:InstructionNote[1]',
    { 'paymentMeans.0.instructionNote.0.value': long(1000) },
  ),
  'BR-KSA-F-06-C14': standard(
    { 'paymentMeans.0.payeeFinancialAccount.paymentNote.0.value': long(1001) },
    'cac:PaymentMeans[1]/cac:PayeeFinancialAccount/cbc:PaymentNote[1]',
    { 'paymentMeans.0.payeeFinancialAccount.paymentNote.0.value': long(1000) },
  ),
  'BR-KSA-F-06-C15': standard(
    { 'paymentMeans.0.payeeFinancialAccount.id': long(128) },
    'cac:PaymentMeans[1]/cac:PayeeFinancialAccount/cbc:ID',
    { 'paymentMeans.0.payeeFinancialAccount.id': long(127) },
  ),
  'BR-KSA-F-06-C16': standard(
    { [`${breakdown}.1.taxCategory.taxExemptionReason.0.value`]: long(1001) },
    `${breakdownAt}[2]/cac:TaxCategory/cbc:TaxExemptionReason[1]`,
    { [`${breakdown}.1.taxCategory.taxExemptionReason.0.value`]: long(1000) },
  ),
  'BR-KSA-F-06-C17': standard({ 'invoiceLine.0.id': '1234567' }, `${line}/cbc:ID`, { 'invoiceLine.0.id': '123456' }),
  'BR-KSA-F-06-C18': standard(
    { 'invoiceLine.0.invoicedQuantity.unitCode': long(128) },
    `${line}/cbc:InvoicedQuantity/@unitCode`,
    { 'invoiceLine.0.invoicedQuantity.unitCode': long(127) },
  ),
  'BR-KSA-F-06-C19': standard({ 'invoiceLine.0.item.name': 'ab' }, `${line}/cac:Item/cbc:Name`, {
    'invoiceLine.0.item.name': 'abc',
  }),
  'BR-KSA-F-06-C20': standard(
    { 'invoiceLine.0.item.standardItemIdentification.id.value': long(128) },
    `${line}/cac:Item/cac:StandardItemIdentification/cbc:ID`,
    { 'invoiceLine.0.item.standardItemIdentification.id.value': long(127) },
  ),
  'BR-KSA-F-06-C21': standard(
    { 'invoiceLine.0.price.baseQuantity': { value: '1', unitCode: long(128) } },
    `${line}/cac:Price/cbc:BaseQuantity/@unitCode`,
    { 'invoiceLine.0.price.baseQuantity': { value: '1', unitCode: long(127) } },
  ),
  'BR-KSA-F-06-C22': creditNote(
    { 'billingReference.0.invoiceDocumentReference.id': long(5001) },
    'cac:BillingReference[1]/cac:InvoiceDocumentReference/cbc:ID',
    { 'billingReference.0.invoiceDocumentReference.id': long(5000) },
  ),
  'BR-KSA-F-06-C23': standard(
    { [`${buyer}.postalAddress`]: undefined },
    `${buyerAt}/cac:PostalAddress/cbc:StreetName`,
    {
      [`${buyer}.postalAddress.streetName`]: long(1000),
    },
  ),
  'BR-KSA-F-06-C24': simplified(
    { [`${buyer}.postalAddress.streetName`]: long(1001) },
    `${buyerAt}/cac:PostalAddress/cbc:StreetName`,
    { [`${buyer}.postalAddress.streetName`]: '' },
  ),
  'BR-KSA-F-06-C25': standard({ [`${buyer}.postalAddress.cityName`]: '' }, `${buyerAt}/cac:PostalAddress/cbc:CityName`),
  'BR-KSA-F-06-C26': simplified(
    { [`${buyer}.postalAddress.cityName`]: long(128) },
    `${buyerAt}/cac:PostalAddress/cbc:CityName`,
    {
      [`${buyer}.postalAddress.cityName`]: long(127),
    },
  ),
  'BR-KSA-F-06-C27': standard(
    { [`${buyer}.postalAddress.countrySubentity`]: long(128) },
    `${buyerAt}/cac:PostalAddress/cbc:CountrySubentity`,
    { [`${buyer}.postalAddress.countrySubentity`]: long(127) },
  ),
  'BR-KSA-F-06-C28': standard(
    { [`${buyer}.postalAddress.citySubdivisionName`]: undefined },
    `${buyerAt}/cac:PostalAddress/cbc:CitySubdivisionName`,
    {
      [`${buyer}.postalAddress.citySubdivisionName`]: undefined,
      [`${buyer}.postalAddress.country.identificationCode`]: 'AE',
    },
  ),
  'BR-KSA-F-06-C29': standard(
    { [`${buyer}.postalAddress.citySubdivisionName`]: long(128) },
    `${buyerAt}/cac:PostalAddress/cbc:CitySubdivisionName`,
    { [`${buyer}.postalAddress.citySubdivisionName`]: long(127) },
  ),
  'BR-KSA-F-06-C30': standard(
    { 'invoiceLine.0.item.buyersItemIdentification.id.value': long(128) },
    `${line}/cac:Item/cac:BuyersItemIdentification/cbc:ID`,
    { 'invoiceLine.0.item.buyersItemIdentification.id.value': long(127) },
  ),
  'BR-KSA-F-06-C31': standard(
    { 'invoiceLine.0.item.sellersItemIdentification.id.value': long(128) },
    `${line}/cac:Item/cac:SellersItemIdentification/cbc:ID`,
    { 'invoiceLine.0.item.sellersItemIdentification.id.value': long(127) },
  ),
  'BR-KSA-F-06-C32': simplified(
    { [`${buyer}.partyLegalEntity.0.registrationName`]: long(1001) },
    `${buyerAt}/cac:PartyLegalEntity[1]/cbc:RegistrationName`,
    { [`${buyer}.partyLegalEntity.0.registrationName`]: long(1000) },
  ),
  'BR-KSA-F-06-C33': standard(
    { 'allowanceCharge.1.allowanceChargeReason.0.value': long(1001) },
    'cac:AllowanceCharge[2]/cbc:AllowanceChargeReason[1]',
    { 'allowanceCharge.1.allowanceChargeReason.0.value': long(1000) },
  ),
  'BR-KSA-F-06-C34': standard(
    lineCharge({ allowanceChargeReason: [{ value: long(1001) }] }),
    `${lineChargeAt}/cbc:AllowanceChargeReason[1]`,
    goodCharge,
  ),
  'BR-KSA-F-06-C35': standard(
    { 'allowanceCharge.0.allowanceChargeReason.0.value': '' },
    'cac:AllowanceCharge[1]/cbc:AllowanceChargeReason[1]',
    { 'allowanceCharge.0.allowanceChargeReason': undefined },
  ),
  'BR-KSA-F-06-C36': standard(
    { 'invoiceLine.0.allowanceCharge.0.allowanceChargeReason.0.value': long(1001) },
    `${lineChargeAt}/cbc:AllowanceChargeReason[1]`,
    { 'invoiceLine.0.allowanceCharge.0.allowanceChargeReason.0.value': long(1000) },
  ),
  'BR-KSA-F-06-C37': standard({ [`${buyer}.contact.name`]: long(1001) }, `${buyerAt}/cac:Contact/cbc:Name`, {
    [`${buyer}.contact.name`]: long(1000),
  }),
  'BR-KSA-F-06-C38': standard(
    { [`${buyer}.contact.note`]: [{ value: long(1001) }] },
    `${buyerAt}/cac:Contact/cbc:Note[1]`,
    {
      [`${buyer}.contact.note`]: [{ value: long(1000) }],
    },
  ),
  'BR-KSA-F-06-C39': prepaid(
    prepaidCategory('E', '0', { taxExemptionReason: [{ value: long(1001) }] }),
    `${settledRowAt}/cac:TaxCategory/cbc:TaxExemptionReason[1]`,
    prepaidCategory('E', '0', { taxExemptionReason: [{ value: long(1000) }] }),
  ),

  'BR-CL-KSA-14': standard(
    { 'additionalDocumentReference.2.attachment.embeddedDocumentBinaryObject.value': 'A'.repeat(1001) },
    'cac:AdditionalDocumentReference[3]/cac:Attachment/cbc:EmbeddedDocumentBinaryObject',
    { 'additionalDocumentReference.2.attachment.embeddedDocumentBinaryObject.value': 'A'.repeat(1000) },
  ),
  'BR-KSA-26': standard(
    { 'additionalDocumentReference.1.attachment.embeddedDocumentBinaryObject.mimeCode': 'image/png' },
    'cac:AdditionalDocumentReference[2]/cac:Attachment/cbc:EmbeddedDocumentBinaryObject',
    { 'additionalDocumentReference.1.attachment.embeddedDocumentBinaryObject.mimeCode': ' text/plain ' },
  ),
  'BR-KSA-27': simplified(
    { 'additionalDocumentReference.2': undefined },
    'cac:AdditionalDocumentReference[3]/cac:Attachment/cbc:EmbeddedDocumentBinaryObject',
    { 'additionalDocumentReference.2': undefined, 'invoiceTypeCode.name': '0100000' },
  ),
  'BR-KSA-28': simplified({ 'signatureInformation.id': 'urn:x' }, 'cac:AdditionalDocumentReference[3]', {
    'signatureInformation.id': 'urn:x',
    'invoiceTypeCode.name': '0100000',
  }),
  'BR-KSA-29': simplified({ 'signature.0.id': 'urn:x' }, 'cac:AdditionalDocumentReference[3]'),
  'BR-KSA-30': simplified({ 'signature.0.signatureMethod': 'urn:x' }, 'cac:AdditionalDocumentReference[3]'),
  'BR-KSA-33': standard({ 'additionalDocumentReference.0': undefined }, 'cac:AdditionalDocumentReference[3]/cbc:UUID', {
    'additionalDocumentReference.0.id': ' ICV ',
  }),
  'BR-KSA-34': standard({ 'additionalDocumentReference.0.uuid': '1a' }, 'cac:AdditionalDocumentReference[1]/cbc:UUID', {
    'additionalDocumentReference.0.uuid': '0001',
  }),
  'BR-KSA-60': simplified({ signature: undefined }, 'cac:Signature[1]', {
    signature: undefined,
    'invoiceTypeCode.name': '0100000',
  }),
  'BR-KSA-61': standard(
    { 'additionalDocumentReference.1.id': 'HIP' },
    'cac:AdditionalDocumentReference[4]/cac:Attachment/cbc:EmbeddedDocumentBinaryObject',
  ),
}
