/** The QR code: nine tag-length-value fields in base64 (spec E1). */

import { Failure } from '#core/errors.ts'
import { fromBase64, joinBytes, toBase64 } from './hash.ts'
import { utf8 } from './xml.ts'

export interface QrFields {
  readonly sellerName: string
  readonly vatNumber: string
  /** IssueDate, `T`, IssueTime as in the document. */
  readonly timestamp: string
  /** BT-115, literally. */
  readonly total: string
  /** BT-111, literally. */
  readonly vatTotal: string
  /** The invoice hash as base64 text. */
  readonly hash: string
  /** `ds:SignatureValue` as base64 text. */
  readonly signature: string
  readonly publicKey: Uint8Array
  /** Only on simplified documents. */
  readonly caSignature?: Uint8Array
}

/** Tags 1 to 7 are texts, 8 and 9 bytes. */
const textTags = ['sellerName', 'vatNumber', 'timestamp', 'total', 'vatTotal', 'hash', 'signature'] as const
const [publicKeyTag, caSignatureTag] = [8, 9]

export const encodeQr = (fields: QrFields): string => {
  const pieces = textTags.flatMap((name, index) => entry(index + 1, utf8(fields[name])))
  pieces.push(...entry(publicKeyTag, fields.publicKey))
  if (fields.caSignature !== undefined) pieces.push(...entry(caSignatureTag, fields.caSignature))
  return toBase64(joinBytes(pieces))
}

const entry = (tag: number, value: Uint8Array): readonly Uint8Array[] => [
  Uint8Array.of(tag, ...berLength(value.length)),
  value,
]

/** One byte up to 127, from there on BER's long form, as the official signer writes it. */
const berLength = (length: number): readonly number[] => {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}

/** A decoded code; a phase-1 code ends behind tag 5. */
export type DecodedQr = Partial<QrFields>

/** Throws `qr/malformed`. */
export const decodeQr = (base64: string): DecodedQr => {
  const bytes = fromBase64(base64)
  if (bytes === undefined) throw malformed('not base64')
  const values = readEntries(bytes)
  const texts = textTags.flatMap((name, index) => {
    const value = values.get(index + 1)
    return value === undefined ? [] : [[name, decodeText(value)] as const]
  })
  const publicKey = values.get(publicKeyTag)
  const caSignature = values.get(caSignatureTag)
  return {
    ...Object.fromEntries(texts),
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(caSignature === undefined ? {} : { caSignature }),
  }
}

/** Undefined where `decodeQr` throws: for whoever judges a code instead of needing it. */
export const tryDecodeQr = (base64: string): DecodedQr | undefined => {
  try {
    return decodeQr(base64)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

const readEntries = (bytes: Uint8Array): ReadonlyMap<number, Uint8Array> => {
  const values = new Map<number, Uint8Array>()
  let at = 0
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0
    const { length, start } = readLength(bytes, at + 1)
    if (start + length > bytes.length) throw malformed(`tag ${tag} is longer than the code`)
    if (values.has(tag)) throw malformed(`tag ${tag} stands twice`)
    values.set(tag, bytes.slice(start, start + length))
    at = start + length
  }
  return values
}

/** Some writers put a plain byte even above 127; only 0x81 and 0x82 are read as BER (spec E1). */
const readLength = (bytes: Uint8Array, at: number): { readonly length: number; readonly start: number } => {
  const [first, second = 0, third = 0] = bytes.subarray(at)
  if (first === undefined) throw malformed('a tag without a length')
  if (first === 0x81) return { length: second, start: at + 2 }
  if (first === 0x82) return { length: second * 256 + third, start: at + 3 }
  return { length: first, start: at + 1 }
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const decodeText = (value: Uint8Array): string => {
  try {
    return strictDecoder.decode(value)
  } catch (cause) {
    throw new Failure('qr/malformed', { reason: 'text that is not UTF-8', cause })
  }
}

const malformed = (reason: string): Failure => new Failure('qr/malformed', { reason })
