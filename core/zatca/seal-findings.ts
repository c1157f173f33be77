/** What the stamp and the QR code of a document get wrong, as ZATCA's validator reports it: by its codes, each with a place. */

import type { Invoice } from '#core/invoice/document.ts'
import { hoursBetween } from '#core/invoice/rules/dates.ts'
import { type SealFindingId, type StrictFindingId, sealFindings, strictFindings } from '#core/invoice/rules/findings.ts'
import type { Severity, Violation } from '#core/invoice/rules/rule.ts'
import { chainField } from './chain.ts'
import { tryDecodeQr } from './qr.ts'
import { isSimplified, qrSource } from './qr-source.ts'
import type { ReadInvoice } from './read.ts'
import { type Check, type CheckId, certificateOf, sealChecks } from './verify.ts'

const signature =
  '/Invoice/ext:UBLExtensions/ext:UBLExtension[1]/ext:ExtensionContent/sig:UBLDocumentSignatures/sac:SignatureInformation[1]/ds:Signature'
const signedInfo = `${signature}/ds:SignedInfo`
const certificate = `${signature}/ds:KeyInfo/ds:X509Data/ds:X509Certificate`
const properties = `${signature}/ds:Object[1]/xades:QualifyingProperties/xades:SignedProperties/xades:SignedSignatureProperties`
const signingCertificate = `${properties}/xades:SigningCertificate/xades:Cert[1]`

/** Where the parts of the stamp stand (spec D3); everything of the QR code stands in its reference. */
const stampPlaces: Readonly<Partial<Record<SealFindingId, string>>> = {
  'SIGNATURE/certificate': certificate,
  'SIGNATURE/invoiceSignedDataDigestValue': `${signedInfo}/ds:Reference[1]/ds:DigestValue`,
  'SIGNATURE/signatureValue': `${signature}/ds:SignatureValue`,
  'SIGNATURE/xadesSignedPropertiesDigestValue': `${signedInfo}/ds:Reference[2]/ds:DigestValue`,
  'SIGNATURE/signingCertificateDigestValue': `${signingCertificate}/xades:CertDigest/ds:DigestValue`,
  'SIGNATURE/X509IssuerName': `${signingCertificate}/xades:IssuerSerial/ds:X509IssuerName`,
  'SIGNATURE/X509SerialNumber': `${signingCertificate}/xades:IssuerSerial/ds:X509SerialNumber`,
}

/** The value inside the reference of that name, or where it would stand. */
const referencePath = ({ additionalDocumentReference: references = [] }: Invoice, name: 'PIH' | 'QR'): string => {
  const found = references.findIndex(({ id }) => id?.trim() === name)
  const position = found < 0 ? references.length + 1 : found + 1
  return `/Invoice/cac:AdditionalDocumentReference[${position}]/cac:Attachment/cbc:EmbeddedDocumentBinaryObject`
}

const isSealFinding = (id: CheckId): id is CheckId & SealFindingId => Object.hasOwn(sealFindings, id)

/** Where the validator's verdict on a failed check is another than "wrong"; undefined when it has none. */
const verdicts: Readonly<Partial<Record<CheckId, (check: Check, invoice: Invoice) => Severity | undefined>>> = {
  // Only asked for, never compared.
  'QR/Tag-5_VatTotal': ({ found }) => (found === undefined ? 'error' : undefined),
  'QR/invoice_Total': ({ found }, { legalMonetaryTotal }) =>
    found !== undefined && found === legalMonetaryTotal?.taxInclusiveAmount?.value ? 'warning' : 'error',
  'QR/timeStamp': ({ found = '' }, { issueDate, issueTime }) =>
    isTimeOf(found, `${issueDate}T${issueTime}`) ? undefined : 'warning',
}

/** A moment that ends in Z is expected in Riyadh's time and without a zone, so that a code with a Z is always warned about. */
const isTimeOf = (found: string, moment: string): boolean =>
  moment.endsWith('Z')
    ? /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(found) && hoursBetween(found, moment) === 0
    : found === moment

const severityOf = (check: Check & { readonly id: SealFindingId }, invoice: Invoice): Severity | undefined => {
  const verdict = verdicts[check.id]
  if (verdict !== undefined && (!check.ok || check.id === 'QR/timeStamp')) return verdict(check, invoice)
  return check.ok ? undefined : sealFindings[check.id]
}

/** The findings on a simplified document; standard ones get their stamp from ZATCA and are not judged. `hash` is the computed one. */
export const sealViolations = (
  { invoice, stamp = {} }: ReadInvoice,
  hash: string,
): readonly Violation<SealFindingId>[] => {
  if (!isSimplified(invoice)) return []
  const checks = sealChecks(invoice, stamp, hash)
  const readable = certificateOf(stamp) !== undefined
  return checks.flatMap((check) => {
    const { id, expected = '', found = '' } = check
    if (!isSealFinding(id) || !(readable || !id.startsWith('SIGNATURE/') || id === 'SIGNATURE/certificate')) return []
    const severity = severityOf({ ...check, id }, invoice)
    const path = stampPlaces[id] ?? referencePath(invoice, 'QR')
    return severity === undefined ? [] : [{ rule: id, severity, path, params: { expected, actual: found } }]
  })
}

/** PIH/KSA-13: the document does not follow the one with this hash. */
export const pihViolations = (invoice: Invoice, pih: string): readonly Violation<SealFindingId>[] => {
  const actual = chainField(invoice, 'PIH')?.trim() ?? ''
  if (actual === pih) return []
  const path = referencePath(invoice, 'PIH')
  return [{ rule: 'PIH/KSA-13', severity: sealFindings['PIH/KSA-13'], path, params: { expected: pih, actual } }]
}

const strictViolation = (
  rule: StrictFindingId,
  path: string,
  actual: string,
  expected: string,
): Violation<StrictFindingId> => ({ rule, severity: strictFindings[rule], path, params: { actual, expected } })

/** QR tag 5 against the VAT total, and the dates against the validity of the certificate: our own checks. */
export const strictSealViolations = ({ invoice, stamp = {} }: ReadInvoice): readonly Violation<StrictFindingId>[] => {
  const { vatTotal: actual } = tryDecodeQr(chainField(invoice, 'QR') ?? '') ?? {}
  const { vatTotal: expected } = qrSource(invoice)
  const differs = actual !== undefined && expected !== undefined && actual !== expected
  return [
    ...(differs ? [strictViolation('KHATM-QR-VAT', referencePath(invoice, 'QR'), actual, expected)] : []),
    ...datesOutside({ invoice, stamp }),
  ]
}

/** A rejected document may be stamped again with a newer certificate and keeps its date (spec A11): hence a warning only. */
const datesOutside = ({ invoice, stamp = {} }: Pick<ReadInvoice, 'invoice' | 'stamp'>) => {
  const signer = certificateOf(stamp)
  if (signer === undefined) return []
  const { notBefore, notAfter } = signer
  const isOutside = (moment: string): boolean =>
    (hoursBetween(notBefore, moment) ?? 0) < 0 || (hoursBetween(moment, notAfter) ?? 0) < 0
  const moments = [
    ['/Invoice/cbc:IssueDate', `${invoice.issueDate}T${invoice.issueTime}`],
    [`${properties}/xades:SigningTime`, stamp.signingTime ?? ''],
  ] as const
  return moments
    .filter(([, moment]) => isOutside(moment))
    .map(([path, moment]) => strictViolation('KHATM-CERTIFICATE-DATES', path, moment, `${notBefore} – ${notAfter}`))
}
