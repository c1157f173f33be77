/** Envelopes: a secret under its own data key (AES-256-GCM), that key wrapped by the key-encryption key, both tied to a binding. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Failure } from '#core/errors.ts'
import type { KeyEncryption } from '#core/ports.ts'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
export const NONCE_BYTES = 12
export const TAG_BYTES = 16

const VERSION = 'khatm1'
const layout = /^khatm1\.([a-z0-9-]+)\.([\w-]+)\.([\w-]+)$/

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

/** Lends the secret to `use` and wipes it afterwards. Throws `key/malformed`, or `key/locked` when no key at hand wrapped it. */
export const withEnvelope = async <T>(
  encryption: KeyEncryption,
  envelope: string,
  binding: string,
  use: (secret: Uint8Array) => T,
): Promise<T> => withSecret(await openEnvelope(encryption, envelope, binding), binding, use)

/** An envelope whose data key is bare: worth as much as the secret, and never kept. */
export interface OpenedEnvelope {
  readonly dataKey: Uint8Array
  readonly sealed: Uint8Array
}

/** The part that needs the key-encryption key; whoever gets the data key lends it to `withSecret` or wipes it. */
export const openEnvelope = async (
  encryption: KeyEncryption,
  envelope: string,
  binding: string,
): Promise<OpenedEnvelope> => {
  const { provider, wrapped, sealed } = partsOf(envelope)
  const dataKey = await openerOf(encryption, provider).unwrap(bytesOf(wrapped), binding)
  return { dataKey, sealed: bytesOf(sealed) }
}

/** The part that needs nobody, in whatever thread: secret and data key are wiped behind it. */
export const withSecret = <T>(
  { dataKey, sealed }: OpenedEnvelope,
  binding: string,
  use: (secret: Uint8Array) => T,
): T => {
  try {
    return lend(decrypt(dataKey, sealed, binding), use)
  } finally {
    dataKey.fill(0)
  }
}

/**
 * The same sealed secret with its data key wrapped by `to`; the envelope itself when `to` wraps it already. The new wrapping is opened
 * once before it is given back: whoever stores it may forget the old one. The secret stays closed.
 */
export const rewrapEnvelope = async (
  from: KeyEncryption,
  to: KeyEncryption,
  envelope: string,
  binding: string,
): Promise<string> => {
  const { provider, wrapped, sealed } = partsOf(envelope)
  if (provider === to.provider) return envelope
  const dataKey = await openerOf(from, provider).unwrap(bytesOf(wrapped), binding)
  try {
    const rewrapped = await to.wrap(dataKey, binding)
    await assertOpens(to, rewrapped, binding, dataKey)
    return [VERSION, to.provider, base64url(rewrapped), sealed].join('.')
  } finally {
    dataKey.fill(0)
  }
}

const assertOpens = async (to: KeyEncryption, wrapped: Uint8Array, binding: string, dataKey: Uint8Array) => {
  const opened = await to.unwrap(wrapped, binding)
  const same = Buffer.from(opened).equals(dataKey)
  opened.fill(0)
  if (!same) throw new Failure('key/locked', { reason: 'the new key does not open what it wrapped' })
}

/** Which key-encryption key wraps it, the envelope or one that lies elsewhere; undefined for anything else. */
export const providerOf = (kept: string): string | undefined =>
  /^(?:khatm1|kept1)\.([a-z0-9-]+)\.[\w-]+\.[\w-]+$/.exec(kept)?.[1]

const partsOf = (envelope: string) => {
  const [, provider, wrapped, sealed] = layout.exec(envelope) ?? []
  if (provider === undefined || wrapped === undefined || sealed === undefined)
    throw new Failure('key/malformed', { reason: 'not an envelope' })
  return { provider, wrapped, sealed }
}

/** The current key or one of before. The first envelopes named only the kind, `file`, without the key's fingerprint. */
const openerOf = (encryption: KeyEncryption, provider: string): KeyEncryption => {
  const keys = [encryption, ...(encryption.previous ?? [])]
  const opener =
    keys.find((key) => key.provider === provider) ?? keys.find((key) => key.provider.startsWith(`${provider}-`))
  if (opener === undefined)
    throw new Failure('key/locked', { details: { provider }, reason: 'wrapped by another key-encryption key' })
  return opener
}

const lend = <T>(secret: Uint8Array, use: (secret: Uint8Array) => T): T => {
  try {
    return use(secret)
  } finally {
    secret.fill(0)
  }
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'base64url')
