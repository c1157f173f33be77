/** Envelopes open only with their own key-encryption key and for what they were sealed for. */
import { describe, expect, test } from 'vitest'
import { sealEnvelope, withEnvelope } from '#core/keys/envelope.ts'
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

  test('refuses another key-encryption key, and names another provider', async () => {
    const envelope = await sealEnvelope(encryption, secret(), 'b')
    await expect(open(memoryEncryption(), envelope, 'b')).rejects.toEqual(failing('key/malformed'))
    const elsewhere = { ...encryption, provider: 'keychain' }
    await expect(open(elsewhere, envelope, 'b')).rejects.toMatchObject({
      code: 'key/locked',
      details: { provider: 'memory' },
    })
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

/** Another character whose upper base64 bits differ too: the last one of a group carries bits that nobody reads. */
const otherBits = (character: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return alphabet[(alphabet.indexOf(character) + 32) % 64] ?? 'A'
}
