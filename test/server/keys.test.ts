/** The keys a server opens with: the current one seals, those of before open, and a typing mistake makes no new key. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { fileEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import { readConfig } from '../../server/config.ts'
import { keyEncryption, openKeys } from '../../server/keys.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-keys-'))
  return () => rm(folder, { recursive: true, force: true })
})

const config = (settings: Record<string, string> = {}) => readConfig({ DATA_DIR: folder, ...settings })
const locked = expect.objectContaining({ name: 'Failure', code: 'key/locked' })
const [first, second] = ['the passphrase of last year', 'the passphrase of this year'] as const

describe('the keys of a server', () => {
  it('are its own, outside production, when none is named', async () => {
    const sealed = await (await openKeys(config())).sealSecret('s', 'b')
    expect(await (await openKeys(config())).openSecret(sealed, 'b')).toBe('s')
    expect(await readdir(folder)).toEqual(['key-encryption.key'])
  })

  it('open what a key of before sealed, and seal with the current one', async () => {
    const [old, current] = [join(folder, 'old'), join(folder, 'current')]
    const { provider } = await fileEncryption(old, { create: true })
    const sealed = await (await openKeys(config({ KEY_FILE: old }))).sealSecret('s', 'b')
    await fileEncryption(current, { create: true })
    const both = config({ KEY_FILE: current, PREVIOUS_KEY_FILE: old })
    expect(await (await openKeys(both)).openSecret(sealed, 'b')).toBe('s')
    expect(sealed).toContain(provider)
    expect(await (await openKeys(both)).sealSecret('s', 'b')).not.toContain(provider)
    await expect((await openKeys(config({ KEY_FILE: current }))).openSecret(sealed, 'b')).rejects.toEqual(locked)
  })
})

describe('a passphrase', { timeout: 30_000 }, () => {
  it('that is mistyped makes no new key', async () => {
    await keyEncryption(config({ KEY_PASSPHRASE: first }))
    await expect(keyEncryption(config({ KEY_PASSPHRASE: second }))).rejects.toEqual(locked)
    expect(await readdir(folder)).toEqual(['passphrase.salt'])
  })

  it('follows another one that is named beside it, and stays', async () => {
    const sealed = await (await openKeys(config({ KEY_PASSPHRASE: first }))).sealSecret('s', 'b')
    const made = await keyEncryption(config({ KEY_PASSPHRASE: second, PREVIOUS_KEY_PASSPHRASE: first }))
    expect(await keyStore(made).openSecret(sealed, 'b')).toBe('s')
    const again = await keyEncryption(config({ KEY_PASSPHRASE: second }))
    expect(again.provider).toBe(made.provider)
    expect((await readdir(folder)).toSorted()).toEqual(['passphrase-2.salt', 'passphrase.salt'])
  })

  it('of before has to be right', async () => {
    await keyEncryption(config({ KEY_PASSPHRASE: first }))
    const wrong = config({ KEY_PASSPHRASE: second, PREVIOUS_KEY_PASSPHRASE: 'not the one of last year' })
    await expect(keyEncryption(wrong)).rejects.toEqual(locked)
    expect(await readdir(folder)).toEqual(['passphrase.salt'])
  })
})
