/** The little of ASN.1 that certificates and requests need, on node-forge's reader and writer. */

import forge from 'node-forge'

/** The published types do not know the options object. */
declare module 'node-forge' {
  namespace asn1 {
    function fromDer(
      bytes: Bytes,
      options: { readonly strict: boolean; readonly parseAllBytes: boolean; readonly decodeBitStrings: boolean },
    ): Asn1
  }
}

const { asn1 } = forge
export type Asn1 = forge.asn1.Asn1

const { Class, Type } = asn1

/** forge keeps bytes in binary strings, one character a byte. */
const toBinary = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
const fromBinary = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** Throws when the bytes are not exactly one DER value. */
export const readAsn1 = (der: Uint8Array): Asn1 =>
  asn1.fromDer(toBinary(der), { strict: true, parseAllBytes: true, decodeBitStrings: false })

export const writeAsn1 = (value: Asn1): Uint8Array => fromBinary(asn1.toDer(value).getBytes())

/** The parts of a constructed value; empty for a primitive one. */
export const partsOf = (value: Asn1 | undefined): readonly Asn1[] =>
  value === undefined || typeof value.value === 'string' ? [] : value.value

/** The content bytes of a primitive value. */
export const bytesOf = (value: Asn1 | undefined): Uint8Array =>
  typeof value?.value === 'string' ? fromBinary(value.value) : new Uint8Array()

/** The text of any string type; forge has already turned BMPString into characters. */
export const textOf = (value: Asn1 | undefined): string => {
  if (value?.type === Type.BMPSTRING && typeof value.value === 'string') return value.value
  return new TextDecoder().decode(bytesOf(value))
}

/** Dotted text of an OBJECT IDENTIFIER. */
export const oidOf = (value: Asn1 | undefined): string =>
  value?.type === Type.OID && typeof value.value === 'string' ? asn1.derToOid(value.value) : ''

/** The DER content of a BIT STRING without the octet that counts unused bits. */
export const bitsOf = (value: Asn1 | undefined): Uint8Array => bytesOf(value).subarray(1)

export const isContext = (value: Asn1, tag: number): boolean =>
  value.tagClass === Class.CONTEXT_SPECIFIC && Number(value.type) === tag

export const isBoolean = (value: Asn1 | undefined): boolean => value?.type === Type.BOOLEAN
export const isGeneralizedTime = (value: Asn1): boolean => value.type === Type.GENERALIZEDTIME

const primitive = (type: forge.asn1.Type, content: string): Asn1 => asn1.create(Class.UNIVERSAL, type, false, content)
const constructed = (type: forge.asn1.Type, parts: readonly Asn1[]): Asn1 =>
  asn1.create(Class.UNIVERSAL, type, true, [...parts])

export const sequence = (...parts: readonly Asn1[]): Asn1 => constructed(Type.SEQUENCE, parts)
export const set = (...parts: readonly Asn1[]): Asn1 => constructed(Type.SET, parts)
export const context = (tag: number, ...parts: readonly Asn1[]): Asn1 =>
  asn1.create(Class.CONTEXT_SPECIFIC, tag, true, [...parts])
export const oid = (dotted: string): Asn1 => primitive(Type.OID, asn1.oidToDer(dotted).getBytes())
/** Without `encodeUtf8` forge would cut every Arabic letter to one byte, silently. */
export const utf8String = (text: string): Asn1 => primitive(Type.UTF8, forge.util.encodeUtf8(text))
export const printableString = (text: string): Asn1 => primitive(Type.PRINTABLESTRING, text)
export const zero = (): Asn1 => primitive(Type.INTEGER, '\0')
export const octetString = (content: Asn1): Asn1 => primitive(Type.OCTETSTRING, toBinary(writeAsn1(content)))
export const bitString = (bytes: Uint8Array): Asn1 => primitive(Type.BITSTRING, `\0${toBinary(bytes)}`)
