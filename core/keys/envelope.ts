/** Envelopes: a secret under its own data key (AES-256-GCM), that key wrapped by the key-encryption key, both tied to a binding. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Failure } from '#core/errors.ts'
import type { KeyEncryption } from '#core/ports.ts'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

const VERSION = 'khatm1'
const layout = /^khatm1\.([a-z-]+)\.([\w-]+)\.([\w-]+)$/

export const randomKey = (): Uint8Array => randomBytes(KEY_BYTES)

/** Nonce, ciphertext and tag in one piece; opens only with the same key and the same binding. */
export const encrypt = (key: Uint8Array, plain: Uint8Array, binding: string): Uint8Array => {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(binding))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws `key/malformed` on another key, another binding or a changed bit: the cipher does not tell which. */
export const decrypt = (key: Uint8Array, sealed: Uint8Array, binding: string): Uint8Array => {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw malformed()
  const end = sealed.length - TAG_BYTES
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(binding)).setAuthTag(sealed.subarray(end))
  const start = decipher.update(sealed.subarray(NONCE_BYTES, end))
  try {
    return Buffer.concat([start, decipher.final()])
  } catch {
    throw malformed()
  } finally {
    start.fill(0)
  }
}

const malformed = (): Failure =>
  new Failure('key/malformed', { reason: 'does not open with this key-encryption key and this binding' })

/** `khatm1.<provider>.<wrapped data key>.<sealed secret>`, base64url. */
export const sealEnvelope = async (encryption: KeyEncryption, secret: Uint8Array, binding: string): Promise<string> => {
  const dataKey = randomKey()
  try {
    const wrapped = await encryption.wrap(dataKey, binding)
    const sealed = encrypt(dataKey, secret, binding)
    return [VERSION, encryption.provider, base64url(wrapped), base64url(sealed)].join('.')
  } finally {
    dataKey.fill(0)
  }
}

/** Lends the secret to `use` and wipes it afterwards. Throws `key/malformed`, or `key/locked` when another provider sealed it. */
export const withEnvelope = async <T>(
  encryption: KeyEncryption,
  envelope: string,
  binding: string,
  use: (secret: Uint8Array) => T,
): Promise<T> => {
  const [, provider, wrapped, sealed] = layout.exec(envelope) ?? []
  if (provider === undefined || wrapped === undefined || sealed === undefined)
    throw new Failure('key/malformed', { reason: 'not an envelope' })
  if (provider !== encryption.provider)
    throw new Failure('key/locked', { details: { provider }, reason: 'sealed by another key-encryption provider' })
  const dataKey = await encryption.unwrap(Buffer.from(wrapped, 'base64url'), binding)
  try {
    return lend(decrypt(dataKey, Buffer.from(sealed, 'base64url'), binding), use)
  } finally {
    dataKey.fill(0)
  }
}

const lend = <T>(secret: Uint8Array, use: (secret: Uint8Array) => T): T => {
  try {
    return use(secret)
  } finally {
    secret.fill(0)
  }
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
