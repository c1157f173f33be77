/**
 * The encrypted file of a backup. A random key of its own encrypts it in pieces (AES-256-GCM); each piece is bound to its place, to the
 * header and to being the last one or not, so that a changed, missing, exchanged or cut off piece does not open. That key stands in the
 * header, wrapped by a passphrase (scrypt) or by a key file.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  type ScryptOptions,
  scrypt,
} from 'node:crypto'
import { z } from 'zod'
import { Failure } from '#core/errors.ts'

export type BackupKey =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  /** 32 bytes */
  | { readonly kind: 'key-file'; readonly key: Uint8Array }

/** An open lid: what pieces are sealed with, and the key that wraps the office's keys inside. */
export interface Seal {
  readonly header: Uint8Array
  readonly streamKey: Uint8Array
  readonly wrappingKey: Uint8Array
}

type Bytes = AsyncIterable<Uint8Array>

const CIPHER = 'aes-256-gcm'
const MAGIC = Buffer.from('KHATMBK1')
const PIECE = 64 * 1024
const NONCE = 12
const TAG = 16
/** No header is longer; more is no backup of ours. */
const LONGEST_HEADER = 4096

const headerShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passphrase'), kdf: z.literal('scrypt-17-8-1'), salt: z.base64(), wrapped: z.base64() }),
  z.object({ kind: z.literal('key-file'), kdf: z.literal('hkdf-sha256'), salt: z.base64(), wrapped: z.base64() }),
])
type Header = z.infer<typeof headerShape>

// ---- the lid ----------------------------------------------------------------------------------------------------------

/** A new key for a new file. */
export const newSeal = async (key: BackupKey): Promise<Seal> => {
  const fileKey = randomBytes(32)
  const header = Buffer.from(JSON.stringify(await wrapped(fileKey, key)))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(header.length)
  return sealOf(Buffer.concat([MAGIC, length, header]), fileKey)
}

/** Reads the header. Throws `backup/damaged` when this is no backup, `backup/wrong-key` when the key does not fit. */
export const openSeal = async (read: Reading, key: BackupKey): Promise<Seal> => {
  const start = await read.take(MAGIC.length + 4)
  const length = start.length === MAGIC.length + 4 ? start.readUInt32BE(MAGIC.length) : 0
  if (!start.subarray(0, MAGIC.length).equals(MAGIC) || length > LONGEST_HEADER) throw damaged('not a backup')
  const text = await read.take(length)
  return sealOf(Buffer.concat([start, text]), await unwrapped(headerOf(text), key))
}

const sealOf = (header: Uint8Array, fileKey: Uint8Array): Seal => ({
  header,
  streamKey: derived(fileKey, new Uint8Array(), 'khatm backup stream'),
  wrappingKey: derived(fileKey, new Uint8Array(), 'khatm backup keys'),
})

const headerOf = (text: Buffer): Header => {
  try {
    return headerShape.parse(JSON.parse(text.toString()))
  } catch (cause) {
    throw new Failure('backup/damaged', { reason: 'the header cannot be read', cause })
  }
}

const wrapped = async (fileKey: Uint8Array, key: BackupKey): Promise<Header> => {
  const salt = randomBytes(16)
  const piece = sealPiece(await wrappingKeyOf(key, salt), 0, true, fileKey, MAGIC)
  return { ...methods[key.kind], salt: base64(salt), wrapped: base64(piece) }
}

const methods = {
  passphrase: { kind: 'passphrase', kdf: 'scrypt-17-8-1' },
  'key-file': { kind: 'key-file', kdf: 'hkdf-sha256' },
} as const

const unwrapped = async (header: Header, key: BackupKey): Promise<Uint8Array> => {
  if (header.kind !== key.kind) throw new Failure('backup/wrong-key', { details: { madeWith: header.kind } })
  const wrapping = await wrappingKeyOf(key, Buffer.from(header.salt, 'base64'))
  const fileKey = openPiece(wrapping, 0, true, Buffer.from(header.wrapped, 'base64'), MAGIC)
  if (fileKey === undefined) throw new Failure('backup/wrong-key')
  return fileKey
}

/** Another one for each file, by its salt: no key ever wraps twice. */
const wrappingKeyOf = async (key: BackupKey, salt: Uint8Array): Promise<Uint8Array> =>
  key.kind === 'passphrase' ? stretched(key.passphrase, salt) : derived(key.key, salt, 'khatm backup key file')

const derived = (key: Uint8Array, salt: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, salt, purpose, 32))

/** OWASP's and ASVS' minimum for scrypt. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 192 * 1024 * 1024 } as const satisfies ScryptOptions

const stretched = (passphrase: string, salt: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

// ---- the pieces -------------------------------------------------------------------------------------------------------

/** Header and pieces, as they are written to the disk. */
export async function* encrypted({ header, streamKey }: Seal, plain: Bytes): AsyncGenerator<Uint8Array> {
  yield header
  const context = sha256(header)
  const read = reading(plain)
  let piece = await read.take(PIECE)
  for (let place = 0; ; place += 1) {
    const next = piece.length === PIECE ? await read.take(PIECE) : Buffer.alloc(0)
    const last = next.length === 0
    yield sealPiece(streamKey, place, last, piece, context)
    if (last) return
    piece = next
  }
}

/** What was encrypted; a piece is given out only after it has proved itself. Throws `backup/damaged`. */
export async function* decrypted({ header, streamKey }: Seal, read: Reading): AsyncGenerator<Uint8Array> {
  const context = sha256(header)
  let piece = await read.take(PIECE + TAG)
  for (let place = 0; ; place += 1) {
    const next = piece.length === PIECE + TAG ? await read.take(PIECE + TAG) : Buffer.alloc(0)
    const last = next.length === 0
    const plain = openPiece(streamKey, place, last, piece, context)
    if (plain === undefined) throw damaged(`piece ${place + 1} does not open: changed, missing or cut off`)
    yield plain
    if (last) return
    piece = next
  }
}

/** A nonce is used once: every key here belongs to one file, the place counts, and the last piece says so. */
const nonceOf = (place: number, last: boolean): Uint8Array => {
  const nonce = Buffer.alloc(NONCE)
  nonce.writeUIntBE(place, 0, 6)
  nonce[NONCE - 1] = last ? 1 : 0
  return nonce
}

const sealPiece = (key: Uint8Array, place: number, last: boolean, plain: Uint8Array, context: Uint8Array): Buffer => {
  const cipher = createCipheriv(CIPHER, key, nonceOf(place, last), { authTagLength: TAG }).setAAD(context)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

const openPiece = (
  key: Uint8Array,
  place: number,
  last: boolean,
  sealed: Uint8Array,
  context: Uint8Array,
): Buffer | undefined => {
  if (sealed.length < TAG) return undefined
  const end = sealed.length - TAG
  const decipher = createDecipheriv(CIPHER, key, nonceOf(place, last), { authTagLength: TAG })
  decipher.setAAD(context).setAuthTag(sealed.subarray(end))
  const plain = decipher.update(sealed.subarray(0, end))
  try {
    return Buffer.concat([plain, decipher.final()])
  } catch {
    return undefined
  }
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

const damaged = (reason: string): Failure => new Failure('backup/damaged', { reason })

// ---- reading in wanted lengths ----------------------------------------------------------------------------------------

export interface Reading {
  /** So many bytes, or fewer at the end */
  take(length: number): Promise<Buffer>
}

export const reading = (source: Bytes): Reading => {
  const pieces = source[Symbol.asyncIterator]()
  let held: Uint8Array[] = []
  let size = 0
  return {
    take: async (length) => {
      while (size < length) {
        const { done, value } = await pieces.next()
        if (done) break
        held.push(value)
        size += value.length
      }
      const all = Buffer.concat(held)
      const rest = all.subarray(length)
      held = rest.length > 0 ? [rest] : []
      size = rest.length
      return all.subarray(0, length)
    },
  }
}
