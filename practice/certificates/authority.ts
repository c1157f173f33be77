/** The practice authority: its own roots on secp256k1 and the certificates that it issues (spec B6). */
import { randomBytes } from 'node:crypto'
import { bits, child, type Der, decode, encode, integer, oid, sequence, tagged, time } from './der.ts'
import { newSecretKey, publicKeyOf, sign } from './ecdsa.ts'
import {
  alternativeName,
  extendedUsage,
  isAnAuthority,
  maySignCertificates,
  maySignDocuments,
  notAnAuthority,
  subjectKeyIdentifier,
} from './extensions.ts'
import { type AttributeName, readName, reorder, writeName } from './names.ts'
import type { SigningRequest } from './signing-request.ts'

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'
const EC_PUBLIC_KEY = '1.2.840.10045.2.1'
const SECP256K1 = '1.3.132.0.10'
const YEAR = 365.25 * 24 * 3600 * 1000
const CERTIFICATE_LIFE = 5 * YEAR
const AUTHORITY_LIFE = 20 * YEAR

/** A key with its certificate: a root of the authority, or the key that stamps cleared invoices. */
export interface KeyPair {
  readonly secretKey: Uint8Array
  readonly certificate: Uint8Array
}

export interface Authority {
  /** Issues compliance certificates. */
  readonly compliance: KeyPair
  /** Issues production certificates and the stamp's. */
  readonly production: KeyPair
  readonly stamp: KeyPair
}

interface Contents {
  readonly serialNumber: bigint
  readonly issuer: Der
  readonly subject: Der
  readonly publicKeyInfo: Der
  readonly from: number
  readonly until: number
  readonly extensions: readonly Der[]
}

const DOMAIN: readonly (readonly [AttributeName, string])[] = [
  ['DC', 'local'],
  ['DC', 'khatm'],
  ['DC', 'practice'],
]

export function createAuthority(now: number): Authority {
  const production = createRoot(writeName([...DOMAIN, ['CN', 'PRACTICE-INVOICES-CA']]), now)
  return {
    compliance: createRoot(writeName([['CN', 'eInvoicing']]), now),
    production,
    stamp: createStamp(production, now),
  }
}

/** A compliance certificate: subject as requested, serial number in milliseconds. */
export const issueCompliance = (
  root: KeyPair,
  request: SigningRequest,
  serialNumber: bigint,
  now: number,
): Uint8Array =>
  issue(root, {
    serialNumber,
    subject: reorder(request.subject, []),
    publicKeyInfo: request.publicKeyInfo,
    from: now,
    until: now + CERTIFICATE_LIFE,
    extensions: [notAnAuthority(), alternativeName(request.alternativeName)],
  })

/** A production certificate: subject in the order C, O, OU, CN, a serial number of 19 bytes, key usages. */
export const issueProduction = (root: KeyPair, request: SigningRequest, now: number): Uint8Array =>
  issue(root, {
    serialNumber: longSerialNumber(),
    subject: reorder(request.subject, ['C', 'O', 'OU', 'CN']),
    publicKeyInfo: request.publicKeyInfo,
    from: now,
    until: now + CERTIFICATE_LIFE,
    extensions: [
      alternativeName(request.alternativeName),
      subjectKeyIdentifier(request.publicKey),
      maySignDocuments(),
      extendedUsage(),
    ],
  })

function createRoot(name: Der, now: number): KeyPair {
  const secretKey = newSecretKey()
  const publicKey = publicKeyOf(secretKey)
  const certificate = writeCertificate(secretKey, {
    serialNumber: longSerialNumber(),
    issuer: name,
    subject: name,
    publicKeyInfo: publicKeyInfo(publicKey),
    from: now,
    until: now + AUTHORITY_LIFE,
    extensions: [isAnAuthority(), maySignCertificates(), subjectKeyIdentifier(publicKey)],
  })
  return { secretKey, certificate }
}

function createStamp(root: KeyPair, now: number): KeyPair {
  const secretKey = newSecretKey()
  const certificate = issue(root, {
    serialNumber: longSerialNumber(),
    subject: writeName([...DOMAIN, ['CN', 'PRACTICE-CLEARANCE-STAMP']]),
    publicKeyInfo: publicKeyInfo(publicKeyOf(secretKey)),
    from: now,
    until: now + AUTHORITY_LIFE,
    extensions: [maySignDocuments()],
  })
  return { secretKey, certificate }
}

function issue(root: KeyPair, contents: Omit<Contents, 'issuer'>): Uint8Array {
  const issuer = child(child(decode(root.certificate), 0), 5)
  return writeCertificate(root.secretKey, { ...contents, issuer: reorder(readName(issuer), []) })
}

/** Certificate of RFC 5280, 4.1, version 3. */
function writeCertificate(issuerKey: Uint8Array, contents: Contents): Uint8Array {
  const algorithm = sequence(oid(ECDSA_WITH_SHA256))
  const signedPart = sequence(
    tagged(0, integer(2n)),
    integer(contents.serialNumber),
    algorithm,
    contents.issuer,
    sequence(time(contents.from), time(contents.until)),
    contents.subject,
    contents.publicKeyInfo,
    tagged(3, sequence(...contents.extensions)),
  )
  return encode(sequence(signedPart, algorithm, bits(sign(encode(signedPart), issuerKey))))
}

const publicKeyInfo = (publicKey: Uint8Array): Der =>
  sequence(sequence(oid(EC_PUBLIC_KEY), oid(SECP256K1)), bits(publicKey))

/** 19 bytes, of which the first keeps the number positive and its length constant. */
const longSerialNumber = (): bigint => BigInt(`0x11${randomBytes(18).toString('hex')}`)
