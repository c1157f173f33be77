/** Reads what a signing certificate says: names, serial number, validity, key, VAT number and what it may sign (spec B2, B6, D3). */

import { Failure } from '#core/errors.ts'
import {
  type Asn1,
  bitsOf,
  bytesOf,
  isBoolean,
  isContext,
  isGeneralizedTime,
  oidOf,
  partsOf,
  readAsn1,
  textOf,
  writeAsn1,
} from './asn1.ts'
import { fromBase64, hexDigest, toBase64 } from './hash.ts'
import { oids, shortNames } from './names.ts'

export interface Certificate {
  readonly der: Uint8Array
  /** Base64 of the DER on one line: the text of `ds:X509Certificate`. */
  readonly text: string
  /** ZATCA's digest of that text, 88 characters (D4). */
  readonly digest: string
  /** Most specific name first, `CN=..., OU=..., O=..., C=SA`. */
  readonly subject: string
  /** Most specific name first, `CN=..., DC=...` (D3). */
  readonly issuer: string
  /** Decimal, up to 45 digits. */
  readonly serial: string
  /** ISO 8601 in UTC, `2024-01-11T09:19:30Z`. */
  readonly notBefore: string
  readonly notAfter: string
  /** SubjectPublicKeyInfo in DER, 88 bytes (QR tag 8). */
  readonly publicKey: Uint8Array
  /** The CA's DER signature over the certificate (QR tag 9). */
  readonly caSignature: Uint8Array
  /** UID in the subject alternative name: the VAT number that it may sign for. */
  readonly vatNumber?: string
  /** `title` in the subject alternative name: `1000` standard, `0100` simplified, `1100` both (B4). */
  readonly functionality?: string
}

/** From DER, PEM, bare base64 or a `binarySecurityToken`; throws `certificate/malformed`. */
export const parseCertificate = (source: Uint8Array | string): Certificate => {
  const der = derOf(source)
  try {
    return describe(der)
  } catch (cause) {
    throw malformed('not an X.509 certificate', cause)
  }
}

/** A token is base64 of base64 (spec A4), so decoding goes on until a DER sequence shows itself. */
const derOf = (source: Uint8Array | string): Uint8Array => {
  if (typeof source !== 'string' && source[0] === 0x30) return source
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source)
  const decoded = fromBase64(text.replaceAll(/-----(?:BEGIN|END) CERTIFICATE-----/g, ''))
  if (decoded === undefined) throw malformed('neither DER nor PEM nor base64')
  return derOf(decoded)
}

const describe = (der: Uint8Array): Certificate => {
  const [body, , signature] = partsOf(readAsn1(der))
  // RFC 5280: the version stands in front only when it is not 1.
  const fields = partsOf(body).filter((field) => !isContext(field, 0))
  const [serial, , issuer, validity, subject, publicKey] = fields
  if (publicKey === undefined) throw malformed('a field is missing')
  const [notBefore, notAfter] = partsOf(validity)
  const alternative = alternativeName(fields.find((field) => isContext(field, 3)))
  const vatNumber = alternative.get(oids.userId)
  const functionality = alternative.get(oids.title)
  const text = toBase64(der)
  return {
    der,
    text,
    digest: hexDigest(text),
    subject: nameText(subject),
    issuer: nameText(issuer),
    serial: decimal(bytesOf(serial)),
    notBefore: instant(notBefore),
    notAfter: instant(notAfter),
    publicKey: writeAsn1(publicKey),
    caSignature: bitsOf(signature),
    ...(vatNumber === undefined ? {} : { vatNumber }),
    ...(functionality === undefined ? {} : { functionality }),
  }
}

/** Names stand from the root down in the certificate and from the specific one up in ZATCA's text. */
const nameText = (name: Asn1 | undefined): string =>
  attributesOf(name)
    .map(([type, value]) => `${shortNames[type] ?? type}=${value}`)
    .reverse()
    .join(', ')

const attributesOf = (name: Asn1 | undefined): readonly (readonly [string, string])[] =>
  partsOf(name)
    .flatMap(partsOf)
    .map((attribute) => {
      const [type, value] = partsOf(attribute)
      return [oidOf(type), textOf(value)] as const
    })

/** The attributes of the directory name that ZATCA keeps the unit's data in (B2). */
const alternativeName = (extensions: Asn1 | undefined): ReadonlyMap<string, string> => {
  const entries = partsOf(partsOf(extensions)[0]).map(partsOf)
  const found = entries.find(([type]) => oidOf(type) === oids.subjectAlternativeName)
  const content = isBoolean(found?.[1]) ? found?.[2] : found?.[1]
  if (content === undefined) return new Map()
  const directory = partsOf(readAsn1(bytesOf(content))).find((name) => isContext(name, 4))
  return new Map(attributesOf(partsOf(directory)[0]))
}

const decimal = (bytes: Uint8Array): string =>
  bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n).toString()

/** UTCTime has two digits for the year: 50 and above belong to the last century (RFC 5280, 4.1.2.5.1). */
const instant = (time: Asn1 | undefined): string => {
  if (time === undefined) throw malformed('the validity is missing')
  const text = textOf(time)
  const full = isGeneralizedTime(time) ? text : `${text.slice(0, 2) >= '50' ? '19' : '20'}${text}`
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full)
  if (parts === null) throw malformed('a date that RFC 5280 does not allow')
  const [, year, month, day, hour, minute, second] = parts
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
}

const malformed = (reason: string, cause?: unknown): Failure => new Failure('certificate/malformed', { reason, cause })
