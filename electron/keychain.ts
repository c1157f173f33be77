/** Wraps data keys with the operating system's own protection: DPAPI on Windows, the Keychain on macOS, a keyring on Linux. */
import { safeStorage } from 'electron'
import { Failure } from '#core/errors.ts'
import type { KeyEncryption } from '#core/ports.ts'

const locked = (reason: string, cause?: unknown): Failure => new Failure('key/locked', { reason, cause })

/** A keychain that is locked, or a person who refuses access to it, is told as such; nothing is lost. */
const asked = async <T>(reason: string, answer: Promise<T>): Promise<T> => {
  try {
    return await answer
  } catch (cause) {
    throw locked(reason, cause)
  }
}

/** The binding travels inside the ciphertext, so that a data key of one unit never opens for another. */
const wrap = (dataKey: Uint8Array, binding: string): Promise<Uint8Array> =>
  asked(
    'the operating system does not protect this key',
    safeStorage.encryptStringAsync(`${Buffer.from(dataKey).toString('base64')}.${binding}`),
  )

/** `shouldReEncrypt` needs no answer: what the system wrapped before goes on opening, and re-wrapping renews all of it. */
const unwrap = async (wrapped: Uint8Array, binding: string): Promise<Uint8Array> => {
  const { result } = await asked(
    'the operating system does not open this key: another user or another machine',
    safeStorage.decryptStringAsync(Buffer.from(wrapped)),
  )
  const [key = '', ...bound] = result.split('.')
  if (bound.join('.') !== binding) throw new Failure('key/malformed', { reason: 'the key belongs to something else' })
  return Buffer.from(key, 'base64')
}

/** Where Linux offers no keyring, or is asked before the app is ready, "encrypted" means a password that is in every copy of Chromium. */
const pretenders: ReadonlySet<string> = new Set(['basic_text', 'unknown'])

/** After `ready`. Throws `key/locked` where the system would only pretend to encrypt. */
export const keychainEncryption = async (): Promise<KeyEncryption> => {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) throw locked('the operating system offers no key protection')
  if (process.platform === 'linux' && pretenders.has(safeStorage.getSelectedStorageBackend())) {
    throw locked('no keyring: keys would lie on the disk in plain text')
  }
  return { provider: 'keychain', wrap, unwrap }
}
