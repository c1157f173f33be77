/**
 * ECDSA on secp256k1: signing, verifying, key pairs and their encodings; the only file that imports the curve libraries.
 * Signing and verifying run in libsecp256k1 (WASM), because the BoringSSL of Electron and bun does not know this curve.
 */

import { secp256k1 } from '@noble/curves/secp256k1.js'
import { pointFromScalar, sign as signCompact, verify as verifyCompact } from 'tiny-secp256k1'
import { Failure } from './errors.ts'

/** Signs a 32-byte digest as it is; deterministic (RFC 6979), low S, DER. */
export const sign = (digest: Uint8Array, privateKey: Uint8Array): Uint8Array =>
  compactToDer(signCompact(digest, privateKey))

/** True when the DER signature over the 32-byte digest belongs to the key (SPKI); high S is valid, malformed input is not. */
export const verify = (digest: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean => {
  const compact = derToCompact(signature)
  const point = pointOf(publicKey)
  if (compact === undefined || point === undefined || digest.length !== 32) return false
  try {
    return verifyCompact(digest, point, compact)
  } catch {
    // A point off the curve or a number out of range: nothing that a signature could be valid for.
    return false
  }
}

/** A new private key, 32 bytes from the system's secure randomness. */
export const generatePrivateKey = (): Uint8Array => secp256k1.utils.randomSecretKey()

/** SubjectPublicKeyInfo in DER, 88 bytes. */
export const publicKeyOf = (privateKey: Uint8Array): Uint8Array => {
  const point = pointFromScalar(privateKey, false)
  if (point === null) throw malformedKey('not a number between 1 and the order of the curve')
  return encodePublicKey(point)
}

/** id-ecPublicKey with the named curve secp256k1 and an uncompressed point follows. */
const spkiPrefix = Uint8Array.of(
  ...[0x30, 0x56, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01],
  ...[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a, 0x03, 0x42, 0x00],
)

/** From the 65 bytes of an uncompressed point. */
export const encodePublicKey = (point: Uint8Array): Uint8Array => Uint8Array.of(...spkiPrefix, ...point)

/** The 65 bytes of the point; throws `key/malformed` on anything but a secp256k1 key in DER. */
export const decodePublicKey = (publicKey: Uint8Array): Uint8Array => {
  const point = pointOf(publicKey)
  if (point === undefined) throw malformedKey('not a public key on secp256k1')
  return point
}

const pointOf = (publicKey: Uint8Array): Uint8Array | undefined => {
  if (publicKey.length !== spkiPrefix.length + 65 || publicKey[spkiPrefix.length] !== 0x04) return undefined
  return spkiPrefix.every((byte, index) => publicKey[index] === byte)
    ? publicKey.subarray(spkiPrefix.length)
    : undefined
}

/** `SEQUENCE { INTEGER r, INTEGER s }` from the 64 bytes r‖s. */
export const compactToDer = (compact: Uint8Array): Uint8Array => {
  const body = [...derInteger(compact.subarray(0, 32)), ...derInteger(compact.subarray(32, 64))]
  return Uint8Array.of(tags.sequence, body.length, ...body)
}

/** Shortest form, with a zero in front where the number would look negative. */
const derInteger = (number: Uint8Array): readonly number[] => {
  const first = number.findIndex((byte) => byte !== 0)
  const digits = [...number.subarray(first < 0 ? number.length - 1 : first)]
  const padded = (digits[0] ?? 0) >= 0x80 ? [0, ...digits] : digits
  return [tags.integer, padded.length, ...padded]
}

/** The 64 bytes r‖s; undefined when this is no DER signature. */
export const derToCompact = (der: Uint8Array): Uint8Array | undefined => {
  const sequence = readDer(der, 0)
  if (sequence?.tag !== tags.sequence || sequence.end !== der.length) return undefined
  const r = readDer(sequence.content, 0)
  const s = r && readDer(sequence.content, r.end)
  if (r?.tag !== tags.integer || s?.tag !== tags.integer || s.end !== sequence.content.length) return undefined
  const numbers = [fixedWidth(r.content), fixedWidth(s.content)]
  const [left, right] = numbers
  return left && right ? Uint8Array.of(...left, ...right) : undefined
}

/** The number in 32 bytes; undefined when it is negative, empty, padded too much or too long. */
const fixedWidth = (integer: Uint8Array): Uint8Array | undefined => {
  const [first, second = 0] = integer
  if (first === undefined || first >= 0x80 || (first === 0 && integer.length > 1 && second < 0x80)) return undefined
  return leftPadded(first === 0 ? integer.subarray(1) : integer)
}

const leftPadded = (number: Uint8Array): Uint8Array | undefined => {
  if (number.length > 32) return undefined
  const padded = new Uint8Array(32)
  padded.set(number, 32 - number.length)
  return padded
}

/** The 32 bytes from PEM, bare base64 or DER, SEC1 or PKCS#8. Throws `key/malformed`, whose text never shows the key. */
export const parsePrivateKey = (source: Uint8Array | string): Uint8Array => {
  const der =
    typeof source === 'string' ? decodeArmour(source) : source[0] === tags.sequence ? source : textBytes(source)
  const key = leftPadded(sec1Secret(der) ?? pkcs8Secret(der) ?? new Uint8Array(33))
  if (key === undefined) throw malformedKey('neither SEC1 nor PKCS#8 on secp256k1')
  if (pointFromScalar(key, false) === null) throw malformedKey('not a number between 1 and the order of the curve')
  return key
}

const textBytes = (source: Uint8Array): Uint8Array => decodeArmour(new TextDecoder().decode(source))

const decodeArmour = (text: string): Uint8Array => {
  const parameters = /-----BEGIN EC PARAMETERS-----[^-]*-----END EC PARAMETERS-----/g
  const base64 = text.replaceAll(parameters, '').replaceAll(/-----[A-Z ]+-----|\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw malformedKey('neither PEM nor base64 nor DER')
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

const tags = { integer: 0x02, octetString: 0x04, objectId: 0x06, sequence: 0x30, parameters: 0xa0 } as const
const curveId = '2b8104000a'

/** RFC 5915: version 1, the secret, optionally the curve. */
const sec1Secret = (der: Uint8Array): Uint8Array | undefined => {
  const [version, secret, parameters] = derList(readDer(der, 0))
  if (version?.tag !== tags.integer || secret?.tag !== tags.octetString) return undefined
  const curve = parameters?.tag === tags.parameters ? readDer(parameters.content, 0) : undefined
  return curve === undefined || hex(curve.content) === curveId ? secret.content : undefined
}

/** RFC 5208: version 0, the algorithm with its curve, the SEC1 structure. */
const pkcs8Secret = (der: Uint8Array): Uint8Array | undefined => {
  const [version, algorithm, secret] = derList(readDer(der, 0))
  const curve = derList(algorithm)[1]
  if (version?.tag !== tags.integer || secret?.tag !== tags.octetString) return undefined
  return curve !== undefined && hex(curve.content) === curveId ? sec1Secret(secret.content) : undefined
}

interface DerValue {
  readonly tag: number
  readonly content: Uint8Array
  /** Offset behind the value. */
  readonly end: number
}

/** One value with a length of at most two bytes, which is enough for keys and signatures. */
const readDer = (bytes: Uint8Array, offset: number): DerValue | undefined => {
  const [tag, first, second = 0] = bytes.subarray(offset)
  if (tag === undefined || first === undefined) return undefined
  const long = first === 0x81 && second >= 0x80
  if (first >= 0x80 && !long) return undefined
  const start = offset + (long ? 3 : 2)
  const end = start + (long ? second : first)
  return end > bytes.length ? undefined : { tag, content: bytes.subarray(start, end), end }
}

const derList = (sequence: DerValue | undefined): readonly DerValue[] => {
  const values: DerValue[] = []
  if (sequence?.tag !== tags.sequence) return values
  for (let value = readDer(sequence.content, 0); value; value = readDer(sequence.content, value.end)) values.push(value)
  return values
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const malformedKey = (reason: string): Failure => new Failure('key/malformed', { reason })
