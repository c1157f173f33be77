/** The authority's stamp on a cleared invoice: its own signature block and QR code around the unchanged content. */
import { create } from 'xmlbuilder2'
import type { KeyPair } from './certificates/authority.ts'
import { type Certificate, readCertificate } from './certificates/certificate.ts'
import { sha256HexAsBase64, sign } from './certificates/ecdsa.ts'
import { type Invoice, NAMESPACES } from './judge/invoice.ts'
import { writeQr } from './judge/qr.ts'
import { signedPropertiesOf } from './judge/stamp-check.ts'

const C14N = 'http://www.w3.org/2006/12/xml-c14n11'
const XPATH = 'http://www.w3.org/TR/1999/REC-xpath-19991116'
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const ENVELOPED = 'urn:oasis:names:specification:ubl:dsig:enveloped:xades'
const SIGNATURE_ID = 'urn:oasis:names:specification:ubl:signature:Invoice'
const RIYADH = 3 * 3600 * 1000
const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'

/**
 * The submitted document in canonical form with signature block, QR reference and cac:Signature of `stamp`; its
 * invoice hash stays what it was. `at` is the time of clearance: the same time gives the same bytes.
 */
export function stampInvoice(invoice: Invoice, stamp: KeyPair, at: number): string {
  const certificate = readCertificate(stamp.certificate)
  const signature = Buffer.from(sign(Buffer.from(invoice.hash, 'base64'), stamp.secretKey)).toString('base64')
  const undeclared = missingNamespaces(invoice.canonical)
  const block = serialize({ 'ext:UBLExtensions': { ...undeclared, ...extension(invoice, certificate, signature, at) } })
  const references = [qrReference(qrOf(invoice, certificate, signature)), SIGNATURE_REFERENCE].map((reference) =>
    serialize(
      Object.fromEntries(Object.entries(reference).map(([name, value]) => [name, { ...undeclared, ...value }])),
    ),
  )
  return PROLOG + insert(invoice.canonical, block, references.join(''))
}

const serialize = (tree: object): string => create(tree).end({ headless: true })

/** The block goes directly behind the root's start tag, the references before the seller: no white space between. */
function insert(canonical: string, block: string, references: string): string {
  const root = /<(?:[\w.-]+:)?Invoice[\s>]/.exec(canonical)?.index ?? 0
  const body = canonical.indexOf('>', root) + 1
  const seller = /<(?:[\w.-]+:)?AccountingSupplierParty[\s>]/.exec(canonical)?.index ?? canonical.lastIndexOf('</')
  return canonical.slice(0, body) + block + canonical.slice(body, seller) + references + canonical.slice(seller)
}

/** Declarations for those UBL prefixes that the root binds otherwise or not at all. */
function missingNamespaces(canonical: string): Readonly<Record<string, string>> {
  const rootTag = canonical.slice(0, canonical.indexOf('>', canonical.search(/<(?:[\w.-]+:)?Invoice[\s>]/)))
  const missing = (['cac', 'cbc', 'ext'] as const).filter(
    (prefix) => !rootTag.includes(` xmlns:${prefix}="${NAMESPACES[prefix]}"`),
  )
  return Object.fromEntries(missing.map((prefix) => [`@xmlns:${prefix}`, NAMESPACES[prefix]]))
}

const qrOf = ({ fields, hash }: Invoice, certificate: Certificate, signature: string): string =>
  writeQr([
    fields.sellerName,
    fields.sellerVatNumber,
    `${fields.issueDate}T${fields.issueTime}`,
    fields.payableAmount,
    fields.firstTaxAmount,
    hash,
    signature,
    certificate.publicKeyInfo,
    certificate.signature,
  ])

const qrReference = (qr: string) => ({
  'cac:AdditionalDocumentReference': {
    'cbc:ID': 'QR',
    'cac:Attachment': { 'cbc:EmbeddedDocumentBinaryObject': { '@mimeCode': 'text/plain', '#': qr } },
  },
})

const SIGNATURE_REFERENCE = { 'cac:Signature': { 'cbc:ID': SIGNATURE_ID, 'cbc:SignatureMethod': ENVELOPED } }

/** The content of ext:UBLExtensions (spec D3). */
const extension = (invoice: Invoice, certificate: Certificate, signature: string, at: number) => ({
  'ext:UBLExtension': {
    'ext:ExtensionURI': ENVELOPED,
    'ext:ExtensionContent': {
      'sig:UBLDocumentSignatures': {
        '@xmlns:sig': NAMESPACES.sig,
        '@xmlns:sac': NAMESPACES.sac,
        '@xmlns:sbc': NAMESPACES.sbc,
        'sac:SignatureInformation': {
          'cbc:ID': 'urn:oasis:names:specification:ubl:signature:1',
          'sbc:ReferencedSignatureID': SIGNATURE_ID,
          'ds:Signature': dsSignature(invoice.hash, certificate, signature, at),
        },
      },
    },
  },
})

function dsSignature(hash: string, certificate: Certificate, signature: string, at: number) {
  const properties = signedProperties(certificate, at)
  const propertiesDigest = sha256HexAsBase64(signedPropertiesOf(serialize(properties)))
  return {
    '@xmlns:ds': NAMESPACES.ds,
    '@Id': 'signature',
    'ds:SignedInfo': signedInfo(hash, propertiesDigest),
    'ds:SignatureValue': signature,
    'ds:KeyInfo': { 'ds:X509Data': { 'ds:X509Certificate': base64(certificate) } },
    'ds:Object': {
      'xades:QualifyingProperties': { '@xmlns:xades': NAMESPACES.xades, '@Target': 'signature', ...properties },
    },
  }
}

const signedInfo = (hash: string, propertiesDigest: string) => ({
  'ds:CanonicalizationMethod': { '@Algorithm': C14N },
  'ds:SignatureMethod': { '@Algorithm': 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256' },
  'ds:Reference': [
    {
      '@Id': 'invoiceSignedData',
      '@URI': '',
      'ds:Transforms': { 'ds:Transform': [...EXCLUSIONS, { '@Algorithm': C14N }] },
      ...digest(hash),
    },
    {
      '@Type': 'http://www.w3.org/2000/09/xmldsig#SignatureProperties',
      '@URI': '#xadesSignedProperties',
      ...digest(propertiesDigest),
    },
  ],
})

const EXCLUSIONS = ['ext:UBLExtensions', 'cac:Signature', "cac:AdditionalDocumentReference[cbc:ID='QR']"].map(
  (part) => ({
    '@Algorithm': XPATH,
    'ds:XPath': `not(//ancestor-or-self::${part})`,
  }),
)

const signedProperties = (certificate: Certificate, at: number) => ({
  'xades:SignedProperties': {
    '@Id': 'xadesSignedProperties',
    'xades:SignedSignatureProperties': {
      'xades:SigningTime': new Date(at + RIYADH).toISOString().slice(0, 19),
      'xades:SigningCertificate': {
        'xades:Cert': {
          'xades:CertDigest': digest(sha256HexAsBase64(base64(certificate))),
          'xades:IssuerSerial': {
            'ds:X509IssuerName': certificate.issuerName,
            'ds:X509SerialNumber': `${certificate.serialNumber}`,
          },
        },
      },
    },
  },
})

const digest = (value: string) => ({ 'ds:DigestMethod': { '@Algorithm': SHA256 }, 'ds:DigestValue': value })

const base64 = (certificate: Certificate): string => Buffer.from(certificate.der).toString('base64')
