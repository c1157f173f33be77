/** Judges a stamped document from its bytes alone: hash, signature, digests, certificate and QR code, each named. */

import { verify as verifySignature } from '#core/ecdsa.ts'
import { Failure } from '#core/errors.ts'
import type { Invoice } from '#core/invoice/document.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import { chainField } from './chain.ts'
import { digestToSign, fromBase64, hexDigest, toBase64 } from './hash.ts'
import { type DecodedQr, tryDecodeQr } from './qr.ts'
import { isSimplified, qrSource } from './qr-source.ts'
import { readInvoice } from './read.ts'
import { signedPropertiesDigest } from './signature.ts'
import type { SignatureBlock } from './signature-block.ts'

/** The first two families carry the codes of ZATCA's own validator (its stage and its code); CERTIFICATE is ours. */
export type CheckId =
  | 'SIGNATURE/certificate'
  | 'SIGNATURE/invoiceSignedDataDigestValue'
  | 'SIGNATURE/signatureValue'
  | 'SIGNATURE/xadesSignedPropertiesDigestValue'
  | 'SIGNATURE/signingCertificateDigestValue'
  | 'SIGNATURE/X509IssuerName'
  | 'SIGNATURE/X509SerialNumber'
  | 'QR/QR-Code'
  | 'QR/sellerName'
  | 'QR/vatRegistrationNumber'
  | 'QR/timeStamp'
  | 'QR/invoice_Total'
  | 'QR/Tag-5_VatTotal'
  | 'QR/hashedXml'
  | 'QR/digital_signature'
  | 'QR/publicKey'
  | 'QR/certificate_signature'
  | 'CERTIFICATE/validAtSigning'
  | 'CERTIFICATE/vatNumber'

export interface Check {
  readonly id: CheckId
  readonly ok: boolean
  readonly expected?: string
  readonly found?: string
}

export interface VerifyReport {
  readonly ok: boolean
  /** The hash computed from the bytes. */
  readonly hash: string
  readonly simplified: boolean
  readonly checks: readonly Check[]
}

/** Throws what reading throws, and `xml/not-signed` when there is no signature to judge. */
export const verify = async (bytes: Uint8Array): Promise<VerifyReport> => {
  const { invoice, stamp } = readInvoice(bytes)
  if (stamp?.signatureValue === undefined) throw new Failure('xml/not-signed')
  // Only a verifier pays for loading libxml2.
  const { hashOfXml } = await import('./judge.ts')
  const hash = hashOfXml(bytes)
  const checks = sealChecks(invoice, stamp, hash)
  return { ok: checks.every((check) => check.ok), hash, simplified: isSimplified(invoice), checks }
}

/** Everything that `verify` looks at; `hash` is the one computed from the document. */
export const sealChecks = (invoice: Invoice, stamp: SignatureBlock, hash: string): readonly Check[] => {
  const certificate = certificateOf(stamp)
  return [
    ...signatureChecks(stamp, hash, certificate),
    ...certificateChecks(stamp, invoice, certificate),
    ...qrChecks(stamp, hash, invoice, certificate),
  ]
}

/** Undefined when it cannot be read; every check that needs it then fails. */
export const certificateOf = (stamp: SignatureBlock): Certificate | undefined => {
  try {
    return parseCertificate(stamp.certificate ?? '')
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

/** Equal, and there is something to compare. */
const compare = (id: CheckId, expected: string | undefined, found: string | undefined): Check => ({
  id,
  ok: expected !== undefined && expected === found,
  ...(expected === undefined ? {} : { expected }),
  ...(found === undefined ? {} : { found }),
})

const signatureChecks = (
  stamp: SignatureBlock,
  hash: string,
  certificate: Certificate | undefined,
): readonly Check[] => [
  { id: 'SIGNATURE/certificate', ok: certificate !== undefined },
  compare('SIGNATURE/invoiceSignedDataDigestValue', hash, stamp.invoiceDigest),
  { id: 'SIGNATURE/signatureValue', ok: isSigned(stamp, hash, certificate) },
  compare(
    'SIGNATURE/xadesSignedPropertiesDigestValue',
    stamp.signedProperties && signedPropertiesDigest(stamp.signedProperties),
    stamp.signedPropertiesDigest,
  ),
  compare(
    'SIGNATURE/signingCertificateDigestValue',
    stamp.certificate && hexDigest(stamp.certificate),
    stamp.certificateDigest,
  ),
  compare('SIGNATURE/X509IssuerName', certificate?.issuer, stamp.issuerName),
  compare('SIGNATURE/X509SerialNumber', certificate?.serial, stamp.serialNumber),
]

const isSigned = (stamp: SignatureBlock, hash: string, certificate: Certificate | undefined): boolean => {
  const signature = fromBase64(stamp.signatureValue ?? '')
  if (signature === undefined || certificate === undefined) return false
  return verifySignature(digestToSign(hash), signature, certificate.publicKey)
}

/**
 * The certificate is judged at the time of signing, not of issue: a document that was rejected keeps its issue time and may
 * be signed again with a newer certificate (spec A11).
 */
const certificateChecks = (
  stamp: SignatureBlock,
  invoice: Invoice,
  certificate: Certificate | undefined,
): readonly Check[] => [
  {
    id: 'CERTIFICATE/validAtSigning',
    ok: certificate !== undefined && isValidAt(certificate, stamp.signingTime ?? ''),
    ...(certificate && { expected: `${certificate.notBefore}/${certificate.notAfter}` }),
    ...(stamp.signingTime !== undefined && { found: stamp.signingTime }),
  },
  compare('CERTIFICATE/vatNumber', certificate?.vatNumber, qrSource(invoice).vatNumber),
]

/** A signing time without a zone is Riyadh's, UTC+3 without daylight saving. */
const isValidAt = (certificate: Certificate, signingTime: string): boolean => {
  const signed = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(signingTime) ? signingTime : `${signingTime}+03:00`)
  return signed >= Date.parse(certificate.notBefore) && signed <= Date.parse(certificate.notAfter)
}

const qrChecks = (
  stamp: SignatureBlock,
  hash: string,
  invoice: Invoice,
  certificate: Certificate | undefined,
): readonly Check[] => {
  const qr = tryDecodeQr(chainField(invoice, 'QR') ?? '')
  if (qr === undefined) return [{ id: 'QR/QR-Code', ok: false }]
  const source = qrSource(invoice)
  return [
    { id: 'QR/QR-Code', ok: true },
    compare('QR/sellerName', source.sellerName, qr.sellerName),
    compare('QR/vatRegistrationNumber', source.vatNumber, qr.vatNumber),
    compare('QR/timeStamp', source.timestamp, qr.timestamp),
    compare('QR/invoice_Total', source.total, qr.total),
    compare('QR/Tag-5_VatTotal', source.vatTotal, qr.vatTotal),
    compare('QR/hashedXml', hash, qr.hash),
    compare('QR/digital_signature', stamp.signatureValue, qr.signature),
    compare('QR/publicKey', base64Of(certificate?.publicKey), base64Of(qr.publicKey)),
    ...caSignatureCheck(qr, invoice, certificate),
  ]
}

/** Tag 9 belongs to simplified documents only (spec E1); where it stands on another one it must be right too. */
const caSignatureCheck = (qr: DecodedQr, invoice: Invoice, certificate: Certificate | undefined): readonly Check[] =>
  isSimplified(invoice) || qr.caSignature !== undefined
    ? [compare('QR/certificate_signature', base64Of(certificate?.caSignature), base64Of(qr.caSignature))]
    : []

const base64Of = (bytes: Uint8Array | undefined): string | undefined => bytes && toBase64(bytes)
