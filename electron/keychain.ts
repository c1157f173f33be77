/** Wraps data keys with the operating system's own protection: DPAPI on Windows, the Keychain on macOS. */
import { safeStorage } from 'electron'
import { Failure } from '#core/errors.ts'
import type { KeyEncryption } from '#core/ports.ts'

const locked = (reason: string): Failure => new Failure('key/locked', { reason })

/** The binding travels inside the ciphertext, so that a data key of one unit never opens for another. */
const wrap = async (dataKey: Uint8Array, binding: string): Promise<Uint8Array> =>
  safeStorage.encryptStringAsync(`${Buffer.from(dataKey).toString('base64')}.${binding}`)

const unwrap = async (wrapped: Uint8Array, binding: string): Promise<Uint8Array> => {
  const { result } = await safeStorage.decryptStringAsync(Buffer.from(wrapped)).catch(() => {
    throw locked('the operating system does not open this key: another user or another machine')
  })
  const [key = '', ...bound] = result.split('.')
  if (bound.join('.') !== binding) throw new Failure('key/malformed', { reason: 'the key belongs to something else' })
  return Buffer.from(key, 'base64')
}

/** Throws `key/locked` where the system would only pretend to encrypt (Linux without a keyring: `basic_text`). */
export const keychainEncryption = async (): Promise<KeyEncryption> => {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) throw locked('the operating system offers no key protection')
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') {
    throw locked('no keyring: keys would lie on the disk in plain text')
  }
  return { provider: 'keychain', wrap, unwrap }
}
