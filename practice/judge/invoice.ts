/** Reading of a submitted invoice: its hash and the fields that the judge looks at, all as the text that was sent. */
import { type NamespaceMap, XmlC14NMode, XmlDocument, XmlLibError, type XmlNode } from 'libxml2-wasm'
import { sha256Base64 } from '../certificates/ecdsa.ts'
import type { Text } from '../messages.ts'

export const NAMESPACES = {
  inv: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
  cac: 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  cbc: 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
  ext: 'urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2',
  sig: 'urn:oasis:names:specification:ubl:schema:xsd:CommonSignatureComponents-2',
  sac: 'urn:oasis:names:specification:ubl:schema:xsd:SignatureAggregateComponents-2',
  sbc: 'urn:oasis:names:specification:ubl:schema:xsd:SignatureBasicComponents-2',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xades: 'http://uri.etsi.org/01903/v1.3.2#',
} as const satisfies NamespaceMap

const STAMP_PARTS = ['ext:UBLExtensions', 'cac:Signature', "cac:AdditionalDocumentReference[cbc:ID='QR']"]

/** What the invoice hash leaves out (spec D1); of nested ones only the outermost, which takes the others with it. */
const UNHASHED = STAMP_PARTS.map(
  (part) => `//${part}[not(${STAMP_PARTS.map((outer) => `ancestor::${outer}`).join(' or ')})]`,
).join(' | ')

/** Every element of an amount type, by the name that UBL gives them. */
const AMOUNTS = "//cbc:*[substring(local-name(), string-length(local-name()) - 5) = 'Amount']"

export type Invoice = ReturnType<typeof readDocument>

/** The invoice, or the reason in both languages why the bytes are none. */
export function readInvoice(xml: Uint8Array): Invoice | { readonly problem: Text } {
  const text = decodeText(xml)
  if (text === undefined) return problem('it is not UTF-8.', 'الملف ليس بترميز UTF-8.')
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return problem('it has a DOCTYPE.', 'الملف يحتوي على DOCTYPE.')
  try {
    return readText(text)
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error
    return problem('it is not well-formed.', 'صياغة الملف غير سليمة.')
  }
}

const problem = (en: string, ar: string): { readonly problem: Text } => ({ problem: { en, ar } })

function decodeText(xml: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(xml)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function readText(text: string): Invoice | { readonly problem: Text } {
  using document = XmlDocument.fromString(text)
  const { root } = document
  return root.name === 'Invoice' && root.namespaceUri === NAMESPACES.inv
    ? readDocument(document, text)
    : problem('its root is not a UBL Invoice.', 'العنصر الجذري ليس فاتورة UBL.')
}

const textOf = (node: XmlNode, path: string): string => node.get(path, NAMESPACES)?.content ?? ''
const nodesOf = (node: XmlNode, path: string): readonly XmlNode[] => node.find(path, NAMESPACES)

/** Fields are read before the hash is taken, because hashing removes parts of the tree. */
function readDocument(document: XmlDocument, text: string) {
  const { root } = document
  const fields = { ...readHeader(root), ...readTotals(root) }
  const parts = { lines: readLines(root), ...readTax(root), allowances: readAllowances(root), stamp: readStamp(root) }
  const amounts = nodesOf(root, AMOUNTS).map((node) => ({
    value: node.content,
    mayBeNegative: node.get('self::cbc:PayableRoundingAmount', NAMESPACES) !== null,
  }))
  const canonical = canonicalForm(document)
  return { text, canonical, hash: sha256Base64(canonical), fields, ...parts, amounts }
}

function canonicalForm(document: XmlDocument): string {
  for (const node of nodesOf(document.root, UNHASHED)) node.remove()
  return document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_1_1 })
}

const readHeader = (root: XmlNode) => ({
  profile: textOf(root, 'cbc:ProfileID'),
  number: textOf(root, 'cbc:ID'),
  uuid: textOf(root, 'cbc:UUID'),
  issueDate: textOf(root, 'cbc:IssueDate'),
  issueTime: textOf(root, 'cbc:IssueTime'),
  typeCode: textOf(root, 'cbc:InvoiceTypeCode'),
  transactionCode: textOf(root, 'cbc:InvoiceTypeCode/@name'),
  taxCurrency: textOf(root, 'cbc:TaxCurrencyCode'),
  originalNumber: textOf(root, 'cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID'),
  icv: textOf(root, "cac:AdditionalDocumentReference[cbc:ID='ICV']/cbc:UUID"),
  pih: textOf(root, "cac:AdditionalDocumentReference[cbc:ID='PIH']/cac:Attachment/cbc:EmbeddedDocumentBinaryObject"),
  qr: textOf(root, "cac:AdditionalDocumentReference[cbc:ID='QR']/cac:Attachment/cbc:EmbeddedDocumentBinaryObject"),
  sellerName: textOf(root, 'cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName'),
  sellerVatNumber: textOf(root, 'cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme/cbc:CompanyID'),
  buyerName: textOf(root, 'cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName'),
  buyerVatNumber: textOf(root, 'cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme/cbc:CompanyID'),
  supplyDate: textOf(root, 'cac:Delivery/cbc:ActualDeliveryDate'),
  noteReason: textOf(root, 'cac:PaymentMeans/cbc:InstructionNote'),
})

const readTotals = (root: XmlNode) => ({
  /** BT-110, the VAT total beside its breakdown. */
  taxAmount: textOf(root, 'cac:TaxTotal[cac:TaxSubtotal]/cbc:TaxAmount'),
  /** QR tag 5: the first tax total of the document. */
  firstTaxAmount: textOf(root, 'cac:TaxTotal[1]/cbc:TaxAmount'),
  lineExtensionAmount: textOf(root, 'cac:LegalMonetaryTotal/cbc:LineExtensionAmount'),
  taxExclusiveAmount: textOf(root, 'cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount'),
  taxInclusiveAmount: textOf(root, 'cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount'),
  allowanceTotalAmount: textOf(root, 'cac:LegalMonetaryTotal/cbc:AllowanceTotalAmount'),
  chargeTotalAmount: textOf(root, 'cac:LegalMonetaryTotal/cbc:ChargeTotalAmount'),
  prepaidAmount: textOf(root, 'cac:LegalMonetaryTotal/cbc:PrepaidAmount'),
  payableRoundingAmount: textOf(root, 'cac:LegalMonetaryTotal/cbc:PayableRoundingAmount'),
  payableAmount: textOf(root, 'cac:LegalMonetaryTotal/cbc:PayableAmount'),
})

const readLines = (root: XmlNode) =>
  nodesOf(root, 'cac:InvoiceLine').map((line) => ({
    netAmount: textOf(line, 'cbc:LineExtensionAmount'),
    taxAmount: textOf(line, 'cac:TaxTotal/cbc:TaxAmount'),
    amountWithTax: textOf(line, 'cac:TaxTotal/cbc:RoundingAmount'),
    category: textOf(line, 'cac:Item/cac:ClassifiedTaxCategory/cbc:ID'),
  }))

const readTax = (root: XmlNode) => ({
  taxTotalsWithBreakdown: nodesOf(root, 'cac:TaxTotal[cac:TaxSubtotal]').length,
  taxTotalsWithoutBreakdown: nodesOf(root, 'cac:TaxTotal[not(cac:TaxSubtotal)]').length,
  subtotals: nodesOf(root, 'cac:TaxTotal/cac:TaxSubtotal').map((subtotal) => ({
    taxableAmount: textOf(subtotal, 'cbc:TaxableAmount'),
    taxAmount: textOf(subtotal, 'cbc:TaxAmount'),
    category: textOf(subtotal, 'cac:TaxCategory/cbc:ID'),
    percent: textOf(subtotal, 'cac:TaxCategory/cbc:Percent'),
  })),
})

const readAllowances = (root: XmlNode) =>
  nodesOf(root, 'cac:AllowanceCharge').map((item) => ({
    isCharge: textOf(item, 'cbc:ChargeIndicator') === 'true',
    amount: textOf(item, 'cbc:Amount'),
  }))

/** The signature block, or undefined when there is none (spec D3). */
function readStamp(root: XmlNode) {
  const signature = root.get('ext:UBLExtensions//ds:Signature', NAMESPACES)
  if (!signature) return undefined
  const certified = './/xades:SignedSignatureProperties/xades:SigningCertificate/xades:Cert'
  return {
    invoiceDigest: textOf(signature, "ds:SignedInfo/ds:Reference[@Id='invoiceSignedData']/ds:DigestValue"),
    propertiesDigest: textOf(signature, "ds:SignedInfo/ds:Reference[@URI='#xadesSignedProperties']/ds:DigestValue"),
    signatureValue: textOf(signature, 'ds:SignatureValue'),
    certificate: textOf(signature, 'ds:KeyInfo/ds:X509Data/ds:X509Certificate'),
    certificateDigest: textOf(signature, `${certified}/xades:CertDigest/ds:DigestValue`),
    issuerName: textOf(signature, `${certified}/xades:IssuerSerial/ds:X509IssuerName`),
    serialNumber: textOf(signature, `${certified}/xades:IssuerSerial/ds:X509SerialNumber`),
  }
}

export const isSimplified = (invoice: Invoice): boolean => invoice.fields.transactionCode.startsWith('02')
export const isSelfBilled = (invoice: Invoice): boolean => invoice.fields.transactionCode[6] === '1'

/** What compliance steps and permissions count by: `standard-388`, `simplified-381`, ... */
export const kindOf = (invoice: Invoice): string =>
  `${isSimplified(invoice) ? 'simplified' : 'standard'}-${invoice.fields.typeCode}`
