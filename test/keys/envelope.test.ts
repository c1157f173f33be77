/** Envelopes open only with their own key-encryption key and for what they were sealed for. */
import { describe, expect, test } from 'vitest'
import { providerOf, rewrapEnvelope, sealEnvelope, withEnvelope } from '#core/keys/envelope.ts'
import { memoryEncryption } from '#core/keys/providers.ts'

const secret = () => new TextEncoder().encode('canary-51ea')
const open = (encryption: ReturnType<typeof memoryEncryption>, envelope: string, binding: string) =>
  withEnvelope(encryption, envelope, binding, (bytes) => new TextDecoder().decode(bytes))
const failing = (code: string) => expect.objectContaining({ name: 'Failure', code })

describe('envelope', () => {
  const encryption = memoryEncryption()

  test('gives the secret back to the same binding, differently sealed each time', async () => {
    const [first, second] = [
      await sealEnvelope(encryption, secret(), 'company/unit/signing'),
      await sealEnvelope(encryption, secret(), 'company/unit/signing'),
    ]
    expect(await open(encryption, first, 'company/unit/signing')).toBe('canary-51ea')
    expect(second.split('.').slice(2)).not.toEqual(first.split('.').slice(2))
    expect(Buffer.from(first).includes('canary')).toBe(false)
  })

  test('refuses another company, unit or purpose', async () => {
    const envelope = await sealEnvelope(encryption, secret(), 'company/unit/signing')
    for (const binding of ['other/unit/signing', 'company/other/signing', 'company/unit/other', ''])
      await expect(open(encryption, envelope, binding)).rejects.toEqual(failing('key/malformed'))
  })

  test('names the key that it needs, and does not open with another one that calls itself the same', async () => {
    const envelope = await sealEnvelope(encryption, secret(), 'b')
    await expect(open(memoryEncryption(), envelope, 'b')).rejects.toMatchObject({
      code: 'key/locked',
      details: { provider: encryption.provider },
    })
    const impostor = { ...memoryEncryption(), provider: encryption.provider }
    await expect(open(impostor, envelope, 'b')).rejects.toEqual(failing('key/malformed'))
  })

  test('opens with a key of before, and seals with the current one', async () => {
    const [current, before, stranger] = [memoryEncryption(), memoryEncryption(), memoryEncryption()]
    const ring = { ...current, previous: [stranger, before] }
    expect(await open(ring, await sealEnvelope(before, secret(), 'b'), 'b')).toBe('canary-51ea')
    expect(providerOf(await sealEnvelope(ring, secret(), 'b'))).toBe(current.provider)
  })

  test('opens what was sealed before envelopes named the very key', async () => {
    const envelope = (await sealEnvelope(encryption, secret(), 'b')).replace(/memory-\w+/, 'memory')
    expect(await open(encryption, envelope, 'b')).toBe('canary-51ea')
    await expect(open({ ...encryption, provider: 'memorystick-1' }, envelope, 'b')).rejects.toEqual(
      failing('key/locked'),
    )
  })

  test('refuses every single changed character', async () => {
    const envelope = await sealEnvelope(encryption, secret(), 'b')
    for (const index of envelope.split('').keys()) {
      const changed = `${envelope.slice(0, index)}${otherBits(envelope.charAt(index))}${envelope.slice(index + 1)}`
      await expect(open(encryption, changed, 'b'), `character ${index}`).rejects.toMatchObject({ name: 'Failure' })
    }
  })

  test('wipes what it lent', async () => {
    const envelope = await sealEnvelope(encryption, secret(), 'b')
    const kept = await withEnvelope(encryption, envelope, 'b', (bytes) => bytes)
    expect([...kept].every((byte) => byte === 0)).toBe(true)
  })
})

describe('an envelope wrapped anew', () => {
  const [from, to] = [memoryEncryption(), memoryEncryption()]

  test('opens with the new key only; what is sealed inside is the same to the last character', async () => {
    const envelope = await sealEnvelope(from, secret(), 'b')
    const renewed = await rewrapEnvelope(from, to, envelope, 'b')
    expect(await open(to, renewed, 'b')).toBe('canary-51ea')
    await expect(open(from, renewed, 'b')).rejects.toEqual(failing('key/locked'))
    expect(renewed.split('.').at(-1)).toBe(envelope.split('.').at(-1))
  })

  test('stays as it is the second time', async () => {
    const renewed = await rewrapEnvelope(from, to, await sealEnvelope(from, secret(), 'b'), 'b')
    expect(await rewrapEnvelope(from, to, renewed, 'b')).toBe(renewed)
  })

  test('is not given back for another binding, nor when the new key does not open what it wraps', async () => {
    const envelope = await sealEnvelope(from, secret(), 'b')
    await expect(rewrapEnvelope(from, to, envelope, 'c')).rejects.toEqual(failing('key/malformed'))
    const forgetful = { ...to, unwrap: async () => new Uint8Array(32) }
    await expect(rewrapEnvelope(from, forgetful, envelope, 'b')).rejects.toEqual(failing('key/locked'))
  })
})

/** Another character whose upper base64 bits differ too: the last one of a group carries bits that nobody reads. */
const otherBits = (character: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return alphabet[(alphabet.indexOf(character) + 32) % 64] ?? 'A'
}
