/**
 * SHA-256, the three texts that ZATCA makes of it, and the bytes and base64 around them. `node:crypto` and not a JavaScript library: six to ten times as fast
 * from 4 KB on, and unlike the curve every runtime that we ship on has it.
 */

import { createHash, hash as hashOf } from 'node:crypto'

export const sha256 = (bytes: Uint8Array | string): Uint8Array => new Uint8Array(hashOf('sha256', bytes, 'buffer'))

/** Base64 of the raw digest, 44 characters: invoice hash, first `ds:DigestValue`, QR tag 6, next PIH (D1). */
export const invoiceHash = (...canonical: readonly Uint8Array[]): string => {
  const hash = createHash('sha256')
  for (const piece of canonical) hash.update(piece)
  return hash.digest('base64')
}

/** Base64 of the lower-case hex text of the digest, 88 characters: ZATCA's way for certificate and SignedProperties (D4, D5). */
export const hexDigest = (text: string): string => btoa(hashOf('sha256', text, 'hex'))

/** What the curve operation gets: SHA-256 over the 32 raw bytes of the invoice hash (D2). */
export const digestToSign = (hash: string): Uint8Array => sha256(fromBase64(hash) ?? new Uint8Array())

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')

/** Undefined when the text is no base64; white space is allowed, as PEM and XML may fold lines. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  const bare = text.replaceAll(/[ \t\r\n]/g, '')
  return base64.test(bare) && bare.length % 4 === 0 ? new Uint8Array(Buffer.from(bare, 'base64')) : undefined
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/

export const equalBytes = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index])

export const joinBytes = (pieces: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
