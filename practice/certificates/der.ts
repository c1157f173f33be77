/** DER in the few constructs that certificates and signing requests use, over node-forge's asn1. */
import forge from 'node-forge'

const { asn1 } = forge
const { Class, Type } = asn1

export type Der = forge.asn1.Asn1

const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const universal = (type: forge.asn1.Type, value: string | Der[]): Der =>
  asn1.create(Class.UNIVERSAL, type, Array.isArray(value), value)

export const sequence = (...items: Der[]): Der => universal(Type.SEQUENCE, items)
export const set = (...items: Der[]): Der => universal(Type.SET, items)
export const oid = (dotted: string): Der => universal(Type.OID, asn1.oidToDer(dotted).getBytes())
export const boolean = (value: boolean): Der => universal(Type.BOOLEAN, value ? '\xff' : '\x00')
export const utf8 = (text: string): Der => universal(Type.UTF8, forge.util.encodeUtf8(text))
export const printable = (text: string): Der => universal(Type.PRINTABLESTRING, text)
export const ia5 = (text: string): Der => universal(Type.IA5STRING, text)
export const octets = (bytes: Uint8Array): Der => universal(Type.OCTETSTRING, binary(bytes))
export const tagged = (tag: number, ...items: Der[]): Der => asn1.create(Class.CONTEXT_SPECIFIC, tag, true, items)

/** A BIT STRING; `unusedBits` counts the bits of the last byte that do not belong to it. */
export const bits = (bytes: Uint8Array, unusedBits = 0): Der =>
  universal(Type.BITSTRING, binary(Uint8Array.of(unusedBits, ...bytes)))

/** A non-negative INTEGER of any length. */
export function integer(value: bigint): Der {
  const hex = value.toString(16)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  const bytes = Buffer.from(even, 'hex')
  return universal(Type.INTEGER, binary((bytes[0] ?? 0) > 0x7f ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes))
}

/** UTCTime up to 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
export function time(milliseconds: number): Der {
  const date = new Date(milliseconds)
  return date.getUTCFullYear() < 2050
    ? universal(Type.UTCTIME, asn1.dateToUtcTime(date))
    : universal(Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date))
}

export const encode = (der: Der): Uint8Array => Buffer.from(asn1.toDer(der).getBytes(), 'latin1')

/** Throws when the bytes are not DER or when something follows the outermost element. */
export const decode = (bytes: Uint8Array): Der => asn1.fromDer(forge.util.createBuffer(binary(bytes)), true)

export const children = (der: Der): readonly Der[] => (Array.isArray(der.value) ? der.value : [])

/** The nth element of a constructed value; throws when there is none. */
export function child(der: Der, index: number): Der {
  const found = children(der)[index]
  if (!found) throw new RangeError(`DER element has no item ${index}`)
  return found
}

/**
 * The content bytes without tag and length. Cut from the encoding, because node-forge may replace the value of
 * a BIT STRING by what happens to parse inside it.
 */
export function contents(der: Der): Uint8Array {
  const encoded = encode(der)
  const length = encoded[1] ?? 0
  return encoded.subarray(length < 0x80 ? 2 : 2 + (length & 0x7f))
}

export const bitsOf = (der: Der): Uint8Array => contents(der).subarray(1)
export const textOf = (der: Der): string => Buffer.from(contents(der)).toString('utf8')
export const oidOf = (der: Der): string => asn1.derToOid(forge.util.createBuffer(binary(contents(der))))
export const integerOf = (der: Der): bigint => BigInt(`0x${Buffer.from(contents(der)).toString('hex') || '0'}`)
export const isTagged = (der: Der, tag: number): boolean =>
  der.tagClass === Class.CONTEXT_SPECIFIC && Number(der.type) === tag

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime. */
export const timeOf = (der: Der): number =>
  (der.type === Type.UTCTIME ? asn1.utcTimeToDate(textOf(der)) : asn1.generalizedTimeToDate(textOf(der))).getTime()

/** PEM text of DER bytes under a label such as `CERTIFICATE`. */
export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
