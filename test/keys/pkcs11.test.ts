/** Data keys under a key that never leaves a security module, told by a real one in software. */
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { providerOf, rewrapEnvelope, sealEnvelope, withEnvelope } from '#core/keys/envelope.ts'
import { makePkcs11Key, type Pkcs11Options, pkcs11Encryption } from '#core/keys/pkcs11.ts'
import { tokenOf } from '#core/keys/pkcs11-token.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import type { KeyEncryption } from '#core/ports.ts'
import { PIN, startSoftHsm } from './softhsm.ts'

const module = await startSoftHsm(['office', 'other', 'loose'])
const locked = expect.objectContaining({ name: 'Failure', code: 'key/locked' })
const malformed = expect.objectContaining({ name: 'Failure', code: 'key/malformed' })
const binding = 'company/unit/PRACTICE/signing-key'
const secret = () => Buffer.from('canary-51ea')
const open = (encryption: KeyEncryption, envelope: string, bound = binding) =>
  withEnvelope(encryption, envelope, bound, (bytes) => Buffer.from(bytes).toString())

describe.skipIf(module === undefined)('a key in a security module', () => {
  let office: Pkcs11Options
  let encryption: KeyEncryption

  beforeAll(async () => {
    if (module === undefined) return
    office = module.options('office')
    await makePkcs11Key(office)
    encryption = await pkcs11Encryption(office)
  })
  afterAll(() => module?.stop())

  test('seals and opens, for the same binding only', async () => {
    const envelope = await sealEnvelope(encryption, secret(), binding)
    expect(await open(encryption, envelope)).toBe('canary-51ea')
    await expect(encryption.unwrap(wrappedOf(envelope), 'company/other')).rejects.toEqual(malformed)
    expect(await open(encryption, envelope)).toBe('canary-51ea')
  })

  test('goes on after nonsense of any length', async () => {
    const wrapped = wrappedOf(await sealEnvelope(encryption, secret(), binding))
    for (const length of [0, 3, 12, 27, 28, 59])
      await expect(encryption.unwrap(wrapped.subarray(0, length), binding), String(length)).rejects.toEqual(malformed)
    expect((await encryption.unwrap(wrapped, binding)).length).toBe(32)
  })

  test('carries a whole key store, many calls at once', async () => {
    const store = keyStore(encryption)
    const { envelope, publicKey } = await store.generate(binding)
    const found = await Promise.all(Array.from({ length: 20 }, () => store.publicKey(envelope, binding)))
    expect(found).toEqual(Array(20).fill(publicKey))
  })

  test('is found again by another start, under the name that stands in the envelopes', async () => {
    const again = await pkcs11Encryption(office)
    expect(again.provider).toMatch(/^pkcs11-[0-9a-f]{16}$/)
    expect(again.provider).toBe(encryption.provider)
    const envelope = await sealEnvelope(encryption, secret(), binding)
    expect(providerOf(envelope)).toBe(again.provider)
    expect(await open(again, envelope)).toBe('canary-51ea')
  })

  test('never comes out of the token', async () => {
    const { pkcs11, library } = await tokenOf(office)
    const slot = library.C_GetSlotList(true).find((one) => library.C_GetTokenInfo(one).label.trim() === 'office')
    if (slot === undefined) throw new Error('no token')
    const session = library.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION)
    library.C_FindObjectsInit(session, [{ type: pkcs11.CKA_LABEL, value: 'khatm' }])
    const key = library.C_FindObjects(session)
    library.C_FindObjectsFinal(session)
    if (key === null) throw new Error('no key')
    expect(() => library.C_GetAttributeValue(session, key, [{ type: pkcs11.CKA_VALUE }])).toThrow('SENSITIVE')
  })

  test('is not made twice', async () => {
    await expect(makePkcs11Key(office)).rejects.toEqual(locked)
  })

  test('is signed in to again after the token was pulled out or reset', async () => {
    const envelope = await sealEnvelope(encryption, secret(), binding)
    const { library } = await tokenOf(office)
    for (const slot of library.C_GetSlotList(true)) library.C_CloseAllSessions(slot)
    expect(await open(encryption, envelope)).toBe('canary-51ea')
    expect(await open(encryption, await sealEnvelope(encryption, secret(), binding))).toBe('canary-51ea')
  })

  test('hands over to another key, and takes over from one', async () => {
    const file = memoryEncryption()
    const envelope = await sealEnvelope(file, secret(), binding)
    const inside = await rewrapEnvelope(file, encryption, envelope, binding)
    expect(await open(encryption, inside)).toBe('canary-51ea')
    expect(await open(file, await rewrapEnvelope(encryption, file, inside, binding))).toBe('canary-51ea')
  })

  describe('is refused as locked', () => {
    const refusal = (options: Pkcs11Options) =>
      pkcs11Encryption(options).then(
        () => 'opened',
        (thrown) => String(thrown),
      )

    test.each([
      ['an unknown token', { token: 'nowhere' }, 'no token of this label'],
      ['an unknown key', { key: 'nothing' }, 'no AES key of this label'],
      ['a token without keys', { token: 'other' }, 'no AES key of this label'],
      ['a missing module', { module: '/nowhere/module.so' }, 'module cannot be loaded'],
      ['a missing PIN', { pinFile: '/nowhere/pin' }, 'cannot be read'],
    ])('%s', async (_title, change, reason) => {
      const said = await refusal({ ...office, ...change })
      expect(said).toContain('key/locked')
      expect(said).toContain(reason)
    })

    test('a PIN file that others may read', async () => {
      const pinFile = join(module?.folder ?? '', 'open-pin')
      await writeFile(pinFile, PIN, { mode: 0o600 })
      await chmod(pinFile, 0o644)
      expect(await refusal({ ...office, pinFile })).toContain('others may read')
    })

    test('a wrong PIN, which is repeated neither in the message nor to the token', async () => {
      const { library } = await tokenOf(office)
      for (const slot of library.C_GetSlotList(true)) library.C_CloseAllSessions(slot)
      const pinFile = join(module?.folder ?? '', 'wrong-pin')
      await writeFile(pinFile, 'canary-wrong-pin', { mode: 0o600 })
      const said = await refusal({ ...office, pinFile })
      expect(said).toContain('CKR_PIN_INCORRECT')
      expect(said).not.toContain('canary')
      // Tokens lock themselves after a few: the same one is not tried again, another one is.
      for (let attempt = 0; attempt < 20; attempt++)
        expect(await refusal({ ...office, pinFile })).toContain('not tried again')
      expect(await refusal(office)).toBe('opened')
    })

    test('a key that the token would give away', async () => {
      const loose = module?.options('loose') ?? office
      await makeLooseKey(loose)
      expect(await refusal(loose)).toContain('could be taken out')
    })
  })
})

const wrappedOf = (envelope: string): Uint8Array => Buffer.from(envelope.split('.')[2] ?? '', 'base64url')

/** An AES key as a careless administrator makes it. */
const makeLooseKey = async (options: Pkcs11Options): Promise<void> => {
  const { pkcs11, library } = await tokenOf(options)
  const slot = library.C_GetSlotList(true).find((one) => library.C_GetTokenInfo(one).label.trim() === options.token)
  if (slot === undefined) throw new Error('no token')
  const session = library.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION)
  library.C_Login(session, pkcs11.CKU_USER, PIN)
  library.C_GenerateKey(session, { mechanism: pkcs11.CKM_AES_KEY_GEN }, [
    { type: pkcs11.CKA_VALUE_LEN, value: 32 },
    { type: pkcs11.CKA_LABEL, value: options.key },
    { type: pkcs11.CKA_ID, value: Buffer.from('01', 'hex') },
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_EXTRACTABLE, value: true },
  ])
  library.C_CloseSession(session)
}
