/** The key store makes keys and signs with them, and has no way of giving one away. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { generatePrivateKey, parsePrivateKey, publicKeyOf, verify } from '#core/ecdsa.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import type { KeyStore } from '#core/ports.ts'

const store = keyStore(memoryEncryption())
const digest = createHash('sha256').update('document').digest()
const binding = 'company/unit/signing'

/** Only the part of a certificate that the store looks at. */
const certificateFor = (publicKey: Uint8Array): Parameters<KeyStore['signer']>[2] => ({
  der: new Uint8Array(),
  text: '',
  digest: '',
  subject: '',
  issuer: '',
  serial: '1',
  notBefore: '',
  notAfter: '',
  publicKey,
  caSignature: new Uint8Array(),
})

describe('key store', () => {
  test('signs for the CSR and, through a signer, for documents', async () => {
    const { envelope, publicKey } = await store.generate(binding)
    expect(await store.publicKey(envelope, binding)).toEqual(publicKey)
    expect(verify(digest, await store.signDigest(envelope, binding, digest), publicKey)).toBe(true)
    const signer = await store.signer(envelope, binding, certificateFor(publicKey))
    const signatures = await signer.sign([digest, digest])
    expect(signatures).toHaveLength(2)
    expect(signatures.every((signature) => verify(digest, signature, signer.publicKey))).toBe(true)
  })

  test('refuses a certificate that was issued for another key', async () => {
    const { envelope } = await store.generate(binding)
    const other = certificateFor(publicKeyOf(generatePrivateKey()))
    await expect(store.signer(envelope, binding, other)).rejects.toMatchObject({ code: 'certificate/wrong-key' })
  })

  test('makes another key every time, under another id', async () => {
    const [first, second] = [await store.generate(binding), await store.generate(binding)]
    expect(first.keyId).not.toBe(second.keyId)
    expect(first.publicKey).not.toEqual(second.publicKey)
  })

  test('adopts the key that ZATCA publishes, and no other', async () => {
    const published = publicKeyOf(parsePrivateKey(readFileSync('test/fixtures/sdk/ec-secp256k1-priv-key.pem')))
    const { envelope, publicKey } = await store.adoptTestKey(binding)
    expect(publicKey).toEqual(published)
    expect(await store.publicKey(envelope, binding)).toEqual(published)
  })

  test('opens a secret only as a secret and a key only as a key', async () => {
    const sealed = await store.sealSecret('csid secret', binding)
    expect(await store.openSecret(sealed, binding)).toBe('csid secret')
    await expect(store.publicKey(sealed, binding)).rejects.toMatchObject({ code: 'key/malformed' })
    const { envelope } = await store.generate(binding)
    await expect(store.openSecret(envelope, binding)).rejects.toMatchObject({ code: 'key/malformed' })
  })

  test('has no operation that exports a key', () => {
    expect(Object.keys(store).sort()).toEqual(
      ['adoptTestKey', 'generate', 'openSecret', 'publicKey', 'sealSecret', 'signDigest', 'signer'].sort(),
    )
  })
})
