/** Reading of X.509 certificates: what the judge, the stamp and the QR code need to know of one. */
import { bitsOf, child, children, type Der, decode, encode, integerOf, isTagged, timeOf } from './der.ts'
import { verify } from './ecdsa.ts'
import { EXTENSIONS, extension } from './extensions.ts'
import { attribute, printName, readName } from './names.ts'

export interface Certificate {
  readonly der: Uint8Array
  /** Most specific part first, as in ds:X509IssuerName. */
  readonly issuerName: string
  readonly serialNumber: bigint
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  /** DER of SubjectPublicKeyInfo: QR tag 8. */
  readonly publicKeyInfo: Uint8Array
  readonly publicKey: Uint8Array
  /** DER of the issuer's signature: QR tag 9. */
  readonly signature: Uint8Array
  readonly signedPart: Uint8Array
  /** UID of the subject alternative name; '' when there is none. */
  readonly vatNumber: string
  /** title of the subject alternative name: which kinds of document it may sign (spec B4). */
  readonly functionalityMap: string
}

/** The directory name inside a subject alternative name: GeneralNames with one directoryName, tag 4. */
export const directoryName = (generalNames: Der): Der => child(child(generalNames, 0), 0)

/** Throws when the bytes are not a certificate. */
export function readCertificate(der: Uint8Array): Certificate {
  const whole = decode(der)
  const signedPart = child(whole, 0)
  const [, serial, , issuer, validity, , keyInfo] = fieldsOf(signedPart)
  const list = children(signedPart).find((item) => isTagged(item, 3))
  const names = list && extension(children(child(list, 0)), EXTENSIONS.alternativeName)
  const alternative = names ? readName(directoryName(names)) : []
  return {
    der,
    issuerName: printName(readName(issuer)),
    serialNumber: integerOf(serial),
    notBefore: timeOf(child(validity, 0)),
    notAfter: timeOf(child(validity, 1)),
    publicKeyInfo: encode(keyInfo),
    publicKey: bitsOf(child(keyInfo, 1)),
    signature: bitsOf(child(whole, 2)),
    signedPart: encode(signedPart),
    vatNumber: attribute(alternative, 'UID'),
    functionalityMap: attribute(alternative, 'title'),
  }
}

/** version, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo (RFC 5280, 4.1). */
const fieldsOf = (part: Der): readonly [Der, Der, Der, Der, Der, Der, Der] => [
  child(part, 0),
  child(part, 1),
  child(part, 2),
  child(part, 3),
  child(part, 4),
  child(part, 5),
  child(part, 6),
]

export const isIssuedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  verify(certificate.signature, certificate.signedPart, issuer.publicKey)
