/** Signed and cleared XML as stored: deflated, with length and SHA-256 of the raw bytes, both checked on the way out. */
import { createHash } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'
import { Failure } from '#core/errors.ts'
import type { PackedXml } from '#core/ports.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const pack = (xml: Uint8Array): PackedXml => ({
  bytes: deflateSync(xml, { level: 1 }),
  length: xml.length,
  sha256: sha256(xml),
})

/** The bytes exactly as packed; throws `storage/corrupt` when the disk gives back anything else. */
export const unpack = ({ bytes, length, sha256: expected }: PackedXml): Uint8Array => {
  const xml = inflate(bytes, length)
  if (xml.length !== length || sha256(xml) !== expected)
    throw new Failure('storage/corrupt', { reason: 'stored XML does not match its digest' })
  return xml
}

const inflate = (bytes: Uint8Array, length: number): Uint8Array => {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(length, 1) })
  } catch (cause) {
    throw new Failure('storage/corrupt', { reason: 'stored XML cannot be inflated', cause })
  }
}
