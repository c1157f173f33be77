/** Where the key-encryption key comes from: a mounted file, a passphrase, or memory (tests and rehearsal). */
import { createHmac, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { KeyEncryption } from '#core/ports.ts'
import { decrypt, encrypt, randomKey } from './envelope.ts'
import { createOnce, locked, readPrivate } from './private-file.ts'

/** Each envelope names the very key that wraps it, so that an old and a new key of one kind are told apart. */
const overKey = (kind: string, key: Uint8Array): KeyEncryption => ({
  provider: `${kind}-${fingerprint(key)}`,
  wrap: async (dataKey, binding) => encrypt(key, dataKey, binding),
  unwrap: async (wrapped, binding) => decrypt(key, wrapped, binding),
})

/** Tells keys apart and nothing about them. */
const fingerprint = (key: Uint8Array): string =>
  createHmac('sha256', key).update('khatm key-encryption key').digest('hex').slice(0, 16)

/** Lost with the process: for tests. */
export const memoryEncryption = (key: Uint8Array = randomKey()): KeyEncryption => overKey('memory', key)

/**
 * The key in a file that only its owner reads (a container secret, mode 0400 or 0600), base64 of 32 bytes. With `create` a missing file
 * is made; without it, and whenever others may read the file, `key/locked`.
 */
export const fileEncryption = async (file: string, options: { readonly create: boolean }): Promise<KeyEncryption> => {
  if (options.create) await createOnce(file, `${Buffer.from(randomKey()).toString('base64')}\n`)
  const key = Buffer.from((await readPrivate(file)).trim(), 'base64')
  if (key.length !== 32) throw locked('the key file does not hold 32 bytes in base64')
  return overKey('file', key)
}

/** OWASP's and ASVS' minimum for scrypt; about 128 MB for half a second, once at the start. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 192 * 1024 * 1024 } as const satisfies ScryptOptions

/** Sealed under every passphrase, so that a wrong one is told at the start and not at the first invoice. */
const PROBE = Buffer.from('khatm')
const PROBE_BINDING = 'passphrase-probe'

/** The key from a passphrase; `file` keeps salt and probe, made on first use. Throws `key/locked` on a wrong passphrase. */
export const passphraseEncryption = async (file: string, passphrase: string): Promise<KeyEncryption> => {
  if (!existsSync(file)) await createOnce(file, await newSaltAndProbe(passphrase))
  const opened = await openPassphrase(file, passphrase)
  if (opened === undefined) throw locked('wrong passphrase')
  return opened
}

/** The same from a file that is there; undefined when it was made with another passphrase. */
export const openPassphrase = async (file: string, passphrase: string): Promise<KeyEncryption | undefined> => {
  const [, salt, probe] = /^scrypt-17-8-1\.([\w-]+)\.([\w-]+)\n$/.exec(await readPrivate(file)) ?? []
  if (salt === undefined || probe === undefined) throw locked('the passphrase file is damaged')
  const key = await derive(passphrase, Buffer.from(salt, 'base64url'))
  return opens(key, Buffer.from(probe, 'base64url')) ? overKey('passphrase', key) : undefined
}

const opens = (key: Uint8Array, probe: Uint8Array): boolean => {
  try {
    decrypt(key, probe, PROBE_BINDING)
    return true
  } catch {
    return false
  }
}

const newSaltAndProbe = async (passphrase: string): Promise<string> => {
  const salt = randomBytes(16)
  const key = await derive(passphrase, salt)
  const probe = Buffer.from(encrypt(key, PROBE, PROBE_BINDING)).toString('base64url')
  key.fill(0)
  return `scrypt-17-8-1.${salt.toString('base64url')}.${probe}\n`
}

const derive = (passphrase: string, salt: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })
