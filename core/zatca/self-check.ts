/**
 * Judges the final bytes before anybody stores them. It finds its way by searching bytes and shares no code with the writer, so
 * that a fault there cannot hide itself; design section 5.
 */

import { verify } from '#core/ecdsa.ts'
import { Failure } from '#core/errors.ts'
import type { Certificate } from './certificate.ts'
import { digestToSign, equalBytes, fromBase64, invoiceHash } from './hash.ts'
import { type DecodedQr, tryDecodeQr } from './qr.ts'
import { signedPropertiesDigest } from './signature.ts'

/** What the maker of the bytes claims about them. */
export interface Claimed {
  readonly bytes: Uint8Array
  readonly hash: string
  readonly qr: string
}

/** Throws `document/self-check` with the names of everything that disagrees. */
export const selfCheck = (sealed: Claimed, certificate: Certificate): void => {
  const bytes = Buffer.from(sealed.bytes.buffer, sealed.bytes.byteOffset, sealed.bytes.length)
  const head = headOf(bytes)
  const stamp = contentOf(head, '<ext:UBLExtensions>', '</ext:UBLExtensions>')
  const hash = invoiceHash(...strip(bytes, head))
  const signature = contentOf(stamp, '<ds:SignatureValue>', '</ds:SignatureValue>')
  const qr = tryDecodeQr(sealed.qr) ?? {}
  const checks = {
    hash: hash === sealed.hash,
    invoiceDigest: hash === contentOf(stamp, '<ds:DigestValue>', '</ds:DigestValue>'),
    signature: verify(digestToSign(hash), fromBase64(signature) ?? new Uint8Array(), certificate.publicKey),
    certificate: certificate.text === contentOf(stamp, '<ds:X509Certificate>', '</ds:X509Certificate>'),
    signedProperties: signedPropertiesAgree(stamp),
    qrInDocument: sealed.qr === qrInDocument(head),
    ...qrChecks(qr, { head, hash, signature, certificate }),
  }
  const disagreeing = Object.entries(checks).flatMap(([name, agrees]) => (agrees ? [] : [name]))
  if (disagreeing.length > 0) {
    throw new Failure('document/self-check', { reason: disagreeing.join(', '), details: { disagreeing } })
  }
}

/** Everything before the first line, with one character for each byte, so that places in it are places in the bytes. */
const headOf = (bytes: Buffer): string => {
  const end = bytes.indexOf('<cac:InvoiceLine>')
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end)
}

/** The text that a piece of the head stands for. */
const decoded = (piece: string): string => Buffer.from(piece, 'latin1').toString()

/** The document as the hash sees it, in pieces: without declaration, extensions, QR reference and `cac:Signature`. */
const strip = (bytes: Buffer, head: string): readonly Buffer[] =>
  without(bytes, [
    [0, head.indexOf('<Invoice ')],
    spanOf(head, '<ext:UBLExtensions>', '</ext:UBLExtensions>'),
    qrReference(head),
    spanOf(head, '<cac:Signature>', '</cac:Signature>'),
  ])

type Span = readonly [start: number, end: number]

/** What lies between the spans, which are given in their order. */
const without = (bytes: Buffer, spans: readonly Span[]): readonly Buffer[] => {
  const starts = [0, ...spans.map(([, end]) => end)]
  const ends = [...spans.map(([start]) => start), bytes.length]
  return starts.map((start, index) => bytes.subarray(start, ends[index]))
}

/** From the opening tag to behind the closing one; canonical text never contains `<`, so a tag found is a tag. */
const spanOf = (text: string, open: string, close: string, from = 0): Span => {
  const start = text.indexOf(open, from)
  const end = start < 0 ? -1 : text.indexOf(close, start)
  if (end < 0)
    throw new Failure('document/self-check', { reason: `${open} is missing`, details: { disagreeing: [open] } })
  return [start, end + close.length]
}

const contentOf = (text: string, open: string, close: string, from = 0): string => {
  const [start, end] = spanOf(text, open, close, from)
  return text.slice(start + open.length, end - close.length)
}

const qrStart = '<cac:AdditionalDocumentReference><cbc:ID>QR</cbc:ID>'

const qrReference = (head: string): Span => spanOf(head, qrStart, '</cac:AdditionalDocumentReference>')

const qrInDocument = (head: string): string =>
  contentOf(head, '<cbc:EmbeddedDocumentBinaryObject mimeCode="text/plain">', '</', qrReference(head)[0])

const signedPropertiesAgree = (stamp: string): boolean => {
  const [start, end] = spanOf(stamp, '<xades:SignedProperties ', '</xades:SignedProperties>')
  const secondReference = stamp.indexOf('URI="#xadesSignedProperties"')
  const stated = contentOf(stamp, '<ds:DigestValue>', '</ds:DigestValue>', secondReference)
  return stated === signedPropertiesDigest(decoded(stamp.slice(start, end)))
}

/** Tags 6 to 9 against stamp and certificate, tags 1 to 5 against the text of the document. */
const qrChecks = (
  qr: DecodedQr,
  document: {
    readonly head: string
    readonly hash: string
    readonly signature: string
    readonly certificate: Certificate
  },
): Readonly<Record<string, boolean>> => {
  const { head, hash, signature, certificate } = document
  const seller = head.indexOf('<cac:AccountingSupplierParty>')
  const element = (name: string, from: number): string => firstText(head, name, from)
  return {
    qrSellerName: qr.sellerName === element('cbc:RegistrationName', seller),
    qrVatNumber: qr.vatNumber === element('cbc:CompanyID', head.indexOf('<cac:PartyTaxScheme>', seller)),
    qrTimestamp: qr.timestamp === `${element('cbc:IssueDate', 0)}T${element('cbc:IssueTime', 0)}`,
    qrTotal: qr.total === element('cbc:PayableAmount', head.indexOf('<cac:LegalMonetaryTotal>')),
    qrVatTotal: qr.vatTotal === element('cbc:TaxAmount', head.indexOf('<cac:TaxTotal>')),
    qrHash: qr.hash === hash,
    qrSignature: qr.signature === signature,
    qrPublicKey: qr.publicKey !== undefined && equalBytes(qr.publicKey, certificate.publicKey),
    qrCaSignature: qr.caSignature === undefined || equalBytes(qr.caSignature, certificate.caSignature),
  }
}

const unescaped: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&#xD;': '\r' }

/** The text of the first element of that name behind `from`. */
const firstText = (head: string, name: string, from: number): string => {
  const start = head.indexOf('>', head.indexOf(`<${name}`, from)) + 1
  const text = decoded(head.slice(start, head.indexOf('<', start)))
  return text.replaceAll(/&[^;]+;/g, (reference) => unescaped[reference] ?? reference)
}
