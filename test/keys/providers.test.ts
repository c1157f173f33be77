/** Key-encryption keys from a file and from a passphrase. */
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { fileEncryption, passphraseEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-keys-'))
  file = join(folder, 'key')
  return () => rm(folder, { recursive: true, force: true })
})

const locked = expect.objectContaining({ name: 'Failure', code: 'key/locked' })

describe('key file', () => {
  test('is made once, for its owner only, and opens envelopes after a restart', async () => {
    const sealed = await keyStore(await fileEncryption(file, { create: true })).sealSecret('s', 'b')
    const key = await readFile(file, 'utf8')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await keyStore(await fileEncryption(file, { create: true })).openSecret(sealed, 'b')).toBe('s')
    expect(await readFile(file, 'utf8')).toBe(key)
  })

  test('is not made without permission', async () => {
    await expect(fileEncryption(file, { create: false })).rejects.toEqual(locked)
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })

  test('is refused when others may read it', async () => {
    await fileEncryption(file, { create: true })
    await chmod(file, 0o400)
    await fileEncryption(file, { create: false })
    await chmod(file, 0o604)
    await expect(fileEncryption(file, { create: false })).rejects.toEqual(locked)
  })

  test('may be read by a group only when it is the file of root, as a cluster mounts it', async () => {
    await fileEncryption(file, { create: true })
    await chmod(file, 0o440)
    const { uid } = await stat(file)
    const opened = fileEncryption(file, { create: false })
    if (uid === 0) await opened
    else await expect(opened).rejects.toEqual(locked)
    await chmod(file, 0o460)
    await expect(fileEncryption(file, { create: false })).rejects.toEqual(locked)
  })

  test('is refused when it holds anything but 32 bytes', async () => {
    await writeFile(file, 'c2hvcnQ=', { mode: 0o600 })
    await expect(fileEncryption(file, { create: true })).rejects.toEqual(locked)
  })
})

test('a key has a name of its own, which stays and tells nothing of it', async () => {
  const [one, other] = [join(folder, 'one'), join(folder, 'other')]
  const { provider } = await fileEncryption(one, { create: true })
  expect(provider).toMatch(/^file-[0-9a-f]{16}$/)
  expect((await fileEncryption(one, { create: false })).provider).toBe(provider)
  expect((await fileEncryption(other, { create: true })).provider).not.toBe(provider)
  const key = Buffer.from(await readFile(one, 'utf8'), 'base64').toString('hex')
  expect(key).not.toContain(provider.slice('file-'.length))
})

describe('passphrase', () => {
  test('opens after a restart, also when typed with composed signs; a wrong one is told at once', async () => {
    const sealed = await keyStore(await passphraseEncryption(file, 'كلمة سر طويلة café')).sealSecret('s', 'b')
    const again = await passphraseEncryption(file, 'كلمة سر طويلة cafe\u0301')
    expect(await keyStore(again).openSecret(sealed, 'b')).toBe('s')
    await expect(passphraseEncryption(file, 'another passphrase')).rejects.toEqual(locked)
    expect(await readFile(file, 'utf8')).not.toContain('café')
  })

  test('does not go on with a damaged file', async () => {
    await writeFile(file, 'scrypt-17-8-1.x\n', { mode: 0o600 })
    await expect(passphraseEncryption(file, 'any')).rejects.toEqual(locked)
  })
})

test('two programs that start at once agree on one key', async () => {
  const [one, other] = await Promise.all([
    fileEncryption(file, { create: true }),
    fileEncryption(file, { create: true }),
  ])
  expect(await keyStore(other).openSecret(await keyStore(one).sealSecret('s', 'b'), 'b')).toBe('s')
})
