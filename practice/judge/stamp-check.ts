/** Judging of the cryptographic stamp inside a document: its digests, its signature and its certificate (spec D). */
import { type Certificate, isIssuedBy, readCertificate } from '../certificates/certificate.ts'
import { sha256HexAsBase64, verify } from '../certificates/ecdsa.ts'
import type { FindingCode } from '../messages.ts'
import { type Finding, finding } from './finding.ts'
import { type Invoice, NAMESPACES } from './invoice.ts'

export type Stamp = NonNullable<Invoice['stamp']>

/** The certificate of a stamp, or undefined when it cannot be read. */
export function certificateOf(stamp: Stamp): Certificate | undefined {
  try {
    return readCertificate(Buffer.from(stamp.certificate, 'base64'))
  } catch (error) {
    if (error instanceof Error) return undefined // node-forge and the DER reader throw on anything that is no certificate
    throw error
  }
}

/**
 * SignedProperties in the form that is digested: as it stands in the document, white space included, with the
 * namespaces of `xades` and `ds` declared on the elements themselves (spec D5).
 */
export function signedPropertiesOf(xml: string): string {
  const found =
    /<xades:SignedProperties[\s>][\s\S]*?<\/xades:SignedProperties>/.exec(xml.replaceAll('\r\n', '\n'))?.[0] ?? ''
  return found
    .replace(/^<xades:SignedProperties(?! xmlns:xades)/, `$& xmlns:xades="${NAMESPACES.xades}"`)
    .replace(/<ds:\w+(?! xmlns:ds|\w)/g, `$& xmlns:ds="${NAMESPACES.ds}"`)
}

type Breach = (stamp: Stamp, certificate: Certificate, invoice: Invoice) => boolean

const BREACHES: readonly (readonly [FindingCode, Breach])[] = [
  ['signed-invoice-hashing', (stamp, _, invoice) => stamp.invoiceDigest !== invoice.hash],
  ['invalid-signature', (stamp, certificate, invoice) => !isSigned(stamp, certificate, invoice)],
  [
    'signed-properties-hashing',
    (stamp, _, { text }) => stamp.propertiesDigest !== sha256HexAsBase64(signedPropertiesOf(text)),
  ],
  ['certificate-hashing', (stamp) => stamp.certificateDigest !== sha256HexAsBase64(stamp.certificate)],
  [
    'certificate-issuer-name',
    (stamp, { issuerName, serialNumber }) =>
      stamp.issuerName !== issuerName || stamp.serialNumber !== `${serialNumber}`,
  ],
]

/** The signed message is the raw hash itself, hashed once more by ECDSA (spec D2). */
const isSigned = (stamp: Stamp, certificate: Certificate, invoice: Invoice): boolean =>
  verify(Buffer.from(stamp.signatureValue, 'base64'), Buffer.from(invoice.hash, 'base64'), certificate.publicKey)

/** Whom the judge believes: the certificate of the sending CSID and everything that these roots have issued. */
export interface Trust {
  readonly own: Certificate
  readonly roots: readonly Certificate[]
}

/** Findings about the stamp; a document without one gets a single finding. */
export function stampFindings(invoice: Invoice, trust: Trust, now: number): readonly Finding[] {
  const { stamp } = invoice
  if (!stamp) return [finding('signature-missing')]
  const certificate = certificateOf(stamp)
  if (!certificate) return [finding('invalid-certificate')]
  const broken = BREACHES.filter(([, breaks]) => breaks(stamp, certificate, invoice)).map(([code]) => finding(code))
  return [...broken, ...certificateFindings(certificate, trust, now)]
}

function certificateFindings(certificate: Certificate, { own, roots }: Trust, now: number): readonly Finding[] {
  const isOwn = Buffer.compare(certificate.der, own.der) === 0
  if (now < certificate.notBefore || now > certificate.notAfter) return [finding('invalid-certificate')]
  if (isOwn) return []
  if (!roots.some((root) => isIssuedBy(certificate, root))) return [finding('invalid-signing-certificate')]
  return certificate.vatNumber === own.vatNumber
    ? [finding('other-signing-certificate')]
    : [finding('certificate-permissions')]
}
