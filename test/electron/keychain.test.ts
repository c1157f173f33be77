/** Data keys under the operating system's protection, as far as a stand-in for Electron can show it. */
import { glob, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { sealEnvelope, withEnvelope } from '#core/keys/envelope.ts'
import { keyStore } from '#core/keys/store.ts'
import { keychainEncryption } from '../../electron/keychain.ts'
import { safeStorage } from '../e2e/stand-in/electron.ts'

vi.mock('electron', () => import('../e2e/stand-in/electron.ts'))

const locked = expect.objectContaining({ name: 'Failure', code: 'key/locked' })
const system = process.platform
beforeEach(() => () => {
  vi.restoreAllMocks()
  Object.defineProperty(process, 'platform', { value: system })
})

describe('the keychain', () => {
  it('carries a key store', async () => {
    const store = keyStore(await keychainEncryption())
    const { envelope, publicKey } = await store.generate('company/unit/key')
    expect(envelope).toMatch(/^khatm1\.keychain\./)
    expect(await store.publicKey(envelope, 'company/unit/key')).toEqual(publicKey)
  })

  it('opens nothing for another binding, nor after a changed bit, nor on another machine', async () => {
    const encryption = await keychainEncryption()
    const wrapped = await encryption.wrap(new Uint8Array(32).fill(7), 'company/unit.a/key')
    expect(await encryption.unwrap(wrapped, 'company/unit.a/key')).toEqual(Buffer.alloc(32, 7))
    await expect(encryption.unwrap(wrapped, 'company/unit.b/key')).rejects.toMatchObject({ code: 'key/malformed' })
    await expect(encryption.unwrap(wrapped.with(20, (wrapped[20] ?? 0) ^ 1), 'company/unit.a/key')).rejects.toEqual(
      locked,
    )
  })

  it('shows no data key in what it stores', async () => {
    const dataKey = new Uint8Array(32).fill(7)
    const wrapped = Buffer.from(await (await keychainEncryption()).wrap(dataKey, 'b'))
    expect(wrapped.includes(Buffer.from(dataKey))).toBe(false)
    expect(wrapped.includes(Buffer.from(dataKey).toString('base64'))).toBe(false)
  })

  it('that refuses is locked, and nothing is stored', async () => {
    const encryption = await keychainEncryption()
    const envelope = await sealEnvelope(encryption, Buffer.from('secret'), 'b')
    vi.spyOn(safeStorage, 'encryptStringAsync').mockRejectedValue(new Error('access denied'))
    vi.spyOn(safeStorage, 'decryptStringAsync').mockRejectedValue(new Error('access denied'))
    await expect(sealEnvelope(encryption, Buffer.from('secret'), 'b')).rejects.toEqual(locked)
    await expect(withEnvelope(encryption, envelope, 'b', String)).rejects.toEqual(locked)
  })

  it('is refused where the system has none', async () => {
    vi.spyOn(safeStorage, 'isAsyncEncryptionAvailable').mockResolvedValue(false)
    await expect(keychainEncryption()).rejects.toEqual(locked)
  })

  it.each(['basic_text', 'unknown'])('is refused on Linux with %s, which keeps keys in plain text', async (backend) => {
    vi.spyOn(safeStorage, 'getSelectedStorageBackend').mockReturnValue(backend)
    Object.defineProperty(process, 'platform', { value: 'linux' })
    await expect(keychainEncryption()).rejects.toEqual(locked)
  })

  it('does not ask for a backend where there is none to choose', async () => {
    vi.spyOn(safeStorage, 'getSelectedStorageBackend').mockImplementation(() => {
      throw new Error('only on Linux')
    })
    Object.defineProperty(process, 'platform', { value: 'win32' })
    expect((await keychainEncryption()).provider).toBe('keychain')
  })
})

it('the desktop never asks for plain text nor uses the calls that block', async () => {
  const folder = resolve(import.meta.dirname, '..', '..', 'electron')
  const files = await Array.fromAsync(glob('**/*.ts', { cwd: folder }))
  const sources = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  expect(sources.some((source) => source.includes('encryptStringAsync'))).toBe(true)
  for (const source of sources)
    expect(source).not.toMatch(/setUsePlainTextEncryption|password-store|(?:en|de)cryptString\(|isEncryptionAvailable/)
})
