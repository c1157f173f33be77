/** ECDSA on secp256k1 over SHA-256, with signatures in DER: all that certificates and stamps need of the curve. */
import { createHash } from 'node:crypto'
import { secp256k1 } from '@noble/curves/secp256k1.js'

export const newSecretKey = (): Uint8Array => secp256k1.utils.randomSecretKey()

/** The uncompressed point, 65 bytes, as certificates carry it. */
export const publicKeyOf = (secretKey: Uint8Array): Uint8Array => secp256k1.getPublicKey(secretKey, false)

/** Signs SHA-256(message); the same message and key always give the same signature (RFC 6979). */
export const sign = (message: Uint8Array, secretKey: Uint8Array): Uint8Array =>
  secp256k1.sign(message, secretKey, { format: 'der' })

/** Whether `signature` (DER) is a signature of SHA-256(message). A high S is as good as a low one; malformed input is not. */
export function verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return secp256k1.verify(signature, message, publicKey, { format: 'der', lowS: false })
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}

export const sha256Base64 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('base64')

export const sha256Hex = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex')

/** The form of the certificate and SignedProperties digests: base64 of the hexadecimal text (spec D4, D5). */
export const sha256HexAsBase64 = (text: string): string => Buffer.from(sha256Hex(text)).toString('base64')
