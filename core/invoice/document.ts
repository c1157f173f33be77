/**
 * The invoice as UBL 2.1 has it: names and multiplicities of the standard as plain readonly data.
 *
 * It can hold an unfinished or wrong invoice. Absent differs from blank, literals stay as they were read (`285`, `00.0`),
 * and what sealing adds (ICV, PIH, QR, stamp ids) is part of it. A key is the UBL local name with a small first letter
 * (`ID` and `UUID` become `id` and `uuid`); where UBL repeats an element the value is an array under the same singular name.
 */

/** A money value: `value` is the literal text, `currencyID` the attribute (BR-KSA-CL-02). */
export interface Amount {
  readonly value: string
  readonly currencyID?: string
}

export interface Quantity {
  readonly value: string
  readonly unitCode?: string
}

/** An identifier or code with its optional list attributes. */
export interface Identifier {
  readonly value: string
  readonly schemeID?: string
  readonly schemeAgencyID?: string
}

export interface LocalText {
  readonly value: string
  readonly languageID?: string
}

/** BT-3 with the transaction code KSA-2 in `name`. */
export interface InvoiceTypeCode {
  readonly value: string
  readonly name?: string
}

/** Base64 content of an attachment: PIH (KSA-13), QR (KSA-14) or a file. */
export interface BinaryObject {
  readonly value: string
  readonly mimeCode?: string
  readonly filename?: string
}

export interface Invoice {
  /** The hidden half of the stamp (KSA-15): the ids inside `ext:UBLExtensions`, without its cryptographic content */
  readonly signatureInformation?: SignatureInformation
  /** BT-23 */
  readonly profileID?: string
  /** BT-1 */
  readonly id?: string
  /** KSA-1 */
  readonly uuid?: string
  /** BT-2, `YYYY-MM-DD` Riyadh local */
  readonly issueDate?: string
  /** KSA-25, `HH:MM:SS` Riyadh local */
  readonly issueTime?: string
  /** BT-9 */
  readonly dueDate?: string
  /** BT-3 and KSA-2 */
  readonly invoiceTypeCode?: InvoiceTypeCode
  /** BT-22 */
  readonly note?: readonly LocalText[]
  /** BT-7 */
  readonly taxPointDate?: string
  /** BT-5 */
  readonly documentCurrencyCode?: string
  /** BT-6 */
  readonly taxCurrencyCode?: string
  /** BG-14 */
  readonly invoicePeriod?: readonly Period[]
  /** BT-13 */
  readonly orderReference?: OrderReference
  /** BG-3 */
  readonly billingReference?: readonly BillingReference[]
  /** BT-12 */
  readonly contractDocumentReference?: readonly DocumentReference[]
  /** KSA-16 (ICV), KSA-13 (PIH), KSA-14 (QR) and other attachments, in the order read or written */
  readonly additionalDocumentReference?: readonly DocumentReference[]
  /** KSA-15, the visible half of the stamp */
  readonly signature?: readonly Signature[]
  /** BG-4 */
  readonly accountingSupplierParty?: PartyRole
  /** BG-7 */
  readonly accountingCustomerParty?: PartyRole
  readonly delivery?: readonly Delivery[]
  /** BG-16 */
  readonly paymentMeans?: readonly PaymentMeans[]
  /** BT-20 */
  readonly paymentTerms?: readonly PaymentTerms[]
  /** BG-20, BG-21 */
  readonly allowanceCharge?: readonly AllowanceCharge[]
  /** KSA-36..39 */
  readonly taxExchangeRate?: ExchangeRate
  /** BT-110, BT-111, BG-23 */
  readonly taxTotal?: readonly TaxTotal[]
  /** BG-22 */
  readonly legalMonetaryTotal?: MonetaryTotal
  /** BG-25 */
  readonly invoiceLine?: readonly InvoiceLine[]
}

export interface Period {
  readonly startDate?: string
  readonly endDate?: string
}

export interface OrderReference {
  readonly id?: string
  readonly salesOrderID?: string
}

export interface BillingReference {
  readonly invoiceDocumentReference?: DocumentReference
}

export interface DocumentReference {
  readonly id?: string
  /** KSA-16: the counter value sits in the UUID of the ICV reference */
  readonly uuid?: string
  readonly issueDate?: string
  readonly issueTime?: string
  readonly documentTypeCode?: string
  readonly documentDescription?: readonly LocalText[]
  readonly attachment?: Attachment
}

export interface Attachment {
  readonly embeddedDocumentBinaryObject?: BinaryObject
  readonly externalReference?: { readonly uri?: string }
}

/** BR-KSA-28, BR-KSA-29 */
export interface SignatureInformation {
  readonly id?: string
  readonly referencedSignatureID?: string
}

export interface Signature {
  readonly id?: string
  readonly signatureMethod?: string
}

/** `party` is absent in the empty customer element of an anonymous simplified invoice. */
export interface PartyRole {
  readonly party?: Party
}

export interface Party {
  /** BT-29, BT-46 */
  readonly partyIdentification?: readonly { readonly id?: Identifier }[]
  /** BT-28, BT-45 */
  readonly partyName?: readonly { readonly name?: string }[]
  readonly postalAddress?: Address
  /** BT-31, BT-48 */
  readonly partyTaxScheme?: readonly PartyTaxScheme[]
  /** BT-27, BT-44 */
  readonly partyLegalEntity?: readonly PartyLegalEntity[]
  readonly contact?: Contact
}

export interface Address {
  readonly streetName?: string
  readonly additionalStreetName?: string
  /** KSA-17, KSA-18 */
  readonly buildingNumber?: string
  /** KSA-23, KSA-19 */
  readonly plotIdentification?: string
  /** KSA-3, KSA-4: the district */
  readonly citySubdivisionName?: string
  readonly cityName?: string
  readonly postalZone?: string
  readonly countrySubentity?: string
  readonly country?: { readonly identificationCode?: string }
}

export interface PartyTaxScheme {
  readonly companyID?: Identifier
  readonly taxScheme?: TaxScheme
}

export interface PartyLegalEntity {
  readonly registrationName?: string
  readonly companyID?: Identifier
}

export interface Contact {
  readonly name?: string
  readonly telephone?: string
  readonly electronicMail?: string
  readonly note?: readonly LocalText[]
}

export interface Delivery {
  /** KSA-5 */
  readonly actualDeliveryDate?: string
  /** KSA-24 */
  readonly latestDeliveryDate?: string
}

export interface PaymentMeans {
  /** BT-81 */
  readonly paymentMeansCode?: string
  readonly paymentDueDate?: string
  /** KSA-10: the reason of a note */
  readonly instructionNote?: readonly LocalText[]
  readonly paymentID?: readonly string[]
  readonly payeeFinancialAccount?: FinancialAccount
}

export interface FinancialAccount {
  /** BT-84 */
  readonly id?: string
  readonly name?: string
  /** KSA-22 */
  readonly paymentNote?: readonly LocalText[]
}

export interface PaymentTerms {
  readonly note?: readonly LocalText[]
}

export interface AllowanceCharge {
  /** `true` charge, `false` allowance; kept as text because anything can be read */
  readonly chargeIndicator?: string
  readonly allowanceChargeReasonCode?: string
  readonly allowanceChargeReason?: readonly LocalText[]
  readonly multiplierFactorNumeric?: string
  readonly amount?: Amount
  readonly baseAmount?: Amount
  readonly taxCategory?: readonly TaxCategory[]
}

export interface TaxCategory {
  readonly id?: Identifier
  readonly percent?: string
  /** BT-121 */
  readonly taxExemptionReasonCode?: string
  /** BT-120 */
  readonly taxExemptionReason?: readonly LocalText[]
  readonly taxScheme?: TaxScheme
}

export interface TaxScheme {
  readonly id?: Identifier
}

export interface ExchangeRate {
  readonly sourceCurrencyCode?: string
  readonly targetCurrencyCode?: string
  readonly calculationRate?: string
}

export interface TaxTotal {
  readonly taxAmount?: Amount
  /** KSA-12 on a line: line total with VAT, despite the element's name */
  readonly roundingAmount?: Amount
  readonly taxSubtotal?: readonly TaxSubtotal[]
}

export interface TaxSubtotal {
  readonly taxableAmount?: Amount
  readonly taxAmount?: Amount
  readonly taxCategory?: TaxCategory
}

export interface MonetaryTotal {
  /** BT-106 */
  readonly lineExtensionAmount?: Amount
  /** BT-109 */
  readonly taxExclusiveAmount?: Amount
  /** BT-112 */
  readonly taxInclusiveAmount?: Amount
  /** BT-107 */
  readonly allowanceTotalAmount?: Amount
  /** BT-108 */
  readonly chargeTotalAmount?: Amount
  /** BT-113 */
  readonly prepaidAmount?: Amount
  /** BT-114, the only amount that may be negative */
  readonly payableRoundingAmount?: Amount
  /** BT-115 */
  readonly payableAmount?: Amount
}

export interface InvoiceLine {
  /** BT-126 */
  readonly id?: string
  readonly note?: readonly LocalText[]
  /** BT-129, BT-130 */
  readonly invoicedQuantity?: Quantity
  /** BT-131 */
  readonly lineExtensionAmount?: Amount
  /** KSA-26..30: the prepayment invoice that this line settles */
  readonly documentReference?: readonly DocumentReference[]
  readonly allowanceCharge?: readonly AllowanceCharge[]
  /** KSA-11, KSA-12; subtotals only on prepayment lines (KSA-31..34) */
  readonly taxTotal?: readonly TaxTotal[]
  readonly item?: Item
  readonly price?: Price
}

export interface Item {
  readonly description?: readonly LocalText[]
  /** BT-153 */
  readonly name?: string
  /** BT-156 */
  readonly buyersItemIdentification?: { readonly id?: Identifier }
  /** BT-155 */
  readonly sellersItemIdentification?: { readonly id?: Identifier }
  /** BT-157 */
  readonly standardItemIdentification?: { readonly id?: Identifier }
  readonly classifiedTaxCategory?: readonly TaxCategory[]
  readonly additionalItemProperty?: readonly { readonly name?: string; readonly value?: string }[]
}

export interface Price {
  /** BT-146 */
  readonly priceAmount?: Amount
  /** BT-149, BT-150 */
  readonly baseQuantity?: Quantity
  /** BT-147, BT-148 */
  readonly allowanceCharge?: readonly AllowanceCharge[]
}
