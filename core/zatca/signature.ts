/** The XAdES block in `ext:UBLExtensions`, character by character as ZATCA's own signer lays it out (spec D3 to D5). */

import type { Certificate } from './certificate.ts'
import { hexDigest } from './hash.ts'
import { declare } from './namespaces.ts'

const xades = declare('xades')
const ds = declare('ds')
const sha256Method = '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
const c14n11 = 'Algorithm="http://www.w3.org/2006/12/xml-c14n11"'

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/**
 * `xades:SignedProperties` as it stands in the document. ZATCA recomputes its digest from the white space that was sent,
 * so the blanks are part of the format.
 */
export const signedProperties = (certificate: Certificate, signingTime: string): string =>
  [
    '<xades:SignedProperties Id="xadesSignedProperties">',
    line(36, '<xades:SignedSignatureProperties>'),
    line(40, `<xades:SigningTime>${escapeText(signingTime)}</xades:SigningTime>`),
    line(40, '<xades:SigningCertificate>'),
    line(44, '<xades:Cert>'),
    line(48, '<xades:CertDigest>'),
    line(52, sha256Method),
    line(52, `<ds:DigestValue>${certificate.digest}</ds:DigestValue>`),
    line(48, '</xades:CertDigest>'),
    line(48, '<xades:IssuerSerial>'),
    line(52, `<ds:X509IssuerName>${escapeText(certificate.issuer)}</ds:X509IssuerName>`),
    line(52, `<ds:X509SerialNumber>${certificate.serial}</ds:X509SerialNumber>`),
    line(48, '</xades:IssuerSerial>'),
    line(44, '</xades:Cert>'),
    line(40, '</xades:SigningCertificate>'),
    line(36, '</xades:SignedSignatureProperties>'),
    line(32, '</xades:SignedProperties>'),
  ].join('\n')

const line = (blanks: number, markup: string): string => ' '.repeat(blanks) + markup

/**
 * ZATCA's digest of the element, 88 characters: over its text with the namespaces declared where they are used, `xmlns:xades`
 * on the root and `xmlns:ds` on each ds element. No canonicalisation gives this text (D5).
 */
export const signedPropertiesDigest = (element: string): string => hexDigest(withNamespaces(element))

const withNamespaces = (element: string): string =>
  element
    .replace(/^<xades:SignedProperties(?![^>]*\sxmlns:xades=)/, `<xades:SignedProperties ${xades}`)
    .replaceAll(/<(ds:\w+)(?![^>]*\sxmlns:ds=)/g, `<$1 ${ds}`)

export interface SignatureParts {
  readonly certificate: Certificate
  readonly signingTime: string
  /** The invoice hash. */
  readonly hash: string
  /** Base64 of the DER signature. */
  readonly signature: string
}

/** The element that goes directly behind the root's start tag. */
export const extensionsBlock = ({ certificate, signingTime, hash, signature }: SignatureParts): string => {
  const properties = signedProperties(certificate, signingTime)
  return [
    blockStart,
    hash,
    betweenDigests,
    signedPropertiesDigest(properties),
    `</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>${signature}</ds:SignatureValue>`,
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.text}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
    `<ds:Object><xades:QualifyingProperties ${xades} Target="signature">`,
    properties,
    blockEnd,
  ].join('')
}

/** What the authority leaves out before hashing, as its samples state it; no XPath processor would select the same (D2). */
const transform = (xpath: string): string =>
  `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>${xpath}</ds:XPath></ds:Transform>`

const blockStart = [
  '<ext:UBLExtensions><ext:UBLExtension>',
  '<ext:ExtensionURI>urn:oasis:names:specification:ubl:dsig:enveloped:xades</ext:ExtensionURI>',
  '<ext:ExtensionContent>',
  `<sig:UBLDocumentSignatures ${declare('sig')} ${declare('sac')} ${declare('sbc')}>`,
  '<sac:SignatureInformation>',
  '<cbc:ID>urn:oasis:names:specification:ubl:signature:1</cbc:ID>',
  '<sbc:ReferencedSignatureID>urn:oasis:names:specification:ubl:signature:Invoice</sbc:ReferencedSignatureID>',
  `<ds:Signature ${ds} Id="signature"><ds:SignedInfo>`,
  `<ds:CanonicalizationMethod ${c14n11}/>`,
  '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/>',
  '<ds:Reference Id="invoiceSignedData" URI=""><ds:Transforms>',
  transform('not(//ancestor-or-self::ext:UBLExtensions)'),
  transform('not(//ancestor-or-self::cac:Signature)'),
  transform("not(//ancestor-or-self::cac:AdditionalDocumentReference[cbc:ID='QR'])"),
  `<ds:Transform ${c14n11}/></ds:Transforms>${sha256Method}<ds:DigestValue>`,
].join('')

const betweenDigests = [
  '</ds:DigestValue></ds:Reference>',
  '<ds:Reference Type="http://www.w3.org/2000/09/xmldsig#SignatureProperties" URI="#xadesSignedProperties">',
  `${sha256Method}<ds:DigestValue>`,
].join('')

const blockEnd = [
  '</xades:QualifyingProperties></ds:Object></ds:Signature></sac:SignatureInformation></sig:UBLDocumentSignatures>',
  '</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>',
].join('')

/** The QR reference and the visible half of the stamp, directly behind the last reference of the document. */
export const stampReferences = (qr: string): string =>
  [
    '<cac:AdditionalDocumentReference><cbc:ID>QR</cbc:ID><cac:Attachment>',
    `<cbc:EmbeddedDocumentBinaryObject mimeCode="text/plain">${qr}</cbc:EmbeddedDocumentBinaryObject>`,
    '</cac:Attachment></cac:AdditionalDocumentReference>',
    '<cac:Signature><cbc:ID>urn:oasis:names:specification:ubl:signature:Invoice</cbc:ID>',
    '<cbc:SignatureMethod>urn:oasis:names:specification:ubl:dsig:enveloped:xades</cbc:SignatureMethod></cac:Signature>',
  ].join('')
