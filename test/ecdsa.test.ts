/** secp256k1 against two other implementations (noble and OpenSSL), and every form in which a private key arrives. */

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  verify as verifyWithOpenssl,
} from 'node:crypto'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { describe, expect, it } from 'vitest'
import {
  compactToDer,
  decodePublicKey,
  derToCompact,
  encodePublicKey,
  generatePrivateKey,
  parsePrivateKey,
  publicKeyOf,
  sign,
  verify,
} from '#core/ecdsa.ts'
import { Failure } from '#core/errors.ts'
import { sha256 } from '#core/zatca/hash.ts'
import { fixtureText, testKey } from './zatca/fixtures.ts'

const order = secp256k1.Point.CURVE().n

/** The other valid signature of the same digest: s replaced by n - s. */
const withOtherS = (signature: Uint8Array): Uint8Array => {
  const { r, s } = secp256k1.Signature.fromBytes(signature, 'der')
  return compactToDer(new secp256k1.Signature(r, order - s).toBytes('compact'))
}

describe('sign and verify', () => {
  it('gives noble’s bytes for 300 random messages, and both verify them', () => {
    for (let round = 0; round < 300; round += 1) {
      const key = generatePrivateKey()
      const digest = new Uint8Array(randomBytes(32))
      const signature = sign(digest, key)
      expect(signature).toEqual(secp256k1.sign(digest, key, { prehash: false, format: 'der' }))
      expect(verify(digest, signature, publicKeyOf(key))).toBe(true)
      expect(derToCompact(signature)).toEqual(secp256k1.Signature.fromBytes(signature, 'der').toBytes('compact'))
    }
  })

  it('is accepted by OpenSSL', () => {
    const message = new Uint8Array(randomBytes(32))
    const key = createPublicKey({ key: Buffer.from(publicKeyOf(testKey)), format: 'der', type: 'spki' })
    expect(verifyWithOpenssl('sha256', message, key, sign(sha256(message), testKey))).toBe(true)
  })

  it('accepts a high S, as the official samples have it', () => {
    const digest = sha256('high')
    expect(verify(digest, withOtherS(sign(digest, testKey)), publicKeyOf(testKey))).toBe(true)
  })

  it('refuses another message, another key and anything that is no DER signature', () => {
    const digest = sha256('message')
    const signature = sign(digest, testKey)
    const key = publicKeyOf(testKey)
    expect(verify(sha256('messages'), signature, key)).toBe(false)
    expect(verify(digest, signature, publicKeyOf(generatePrivateKey()))).toBe(false)
    expect(verify(digest, signature.slice(0, -1), key)).toBe(false)
    expect(verify(digest, Uint8Array.of(...signature, 0), key)).toBe(false)
    expect(verify(digest, new Uint8Array(), key)).toBe(false)
    expect(verify(digest, compactToDer(new Uint8Array(64)), key)).toBe(false)
    expect(verify(digest, signature, key.slice(1))).toBe(false)
    expect(verify(digest, signature, encodePublicKey(Uint8Array.of(4, ...new Uint8Array(64).fill(7))))).toBe(false)
  })
})

describe('keys', () => {
  it('encodes and decodes the public key', () => {
    const encoded = publicKeyOf(testKey)
    expect(encoded).toHaveLength(88)
    expect(encodePublicKey(decodePublicKey(encoded))).toEqual(encoded)
    expect(() => decodePublicKey(encoded.slice(0, 87))).toThrow(expect.objectContaining({ code: 'key/malformed' }))
  })

  it('reads SEC1 and PKCS#8 as PEM, bare base64 and DER', () => {
    const bare = fixtureText('sdk/ec-secp256k1-priv-key.pem').trim()
    const key = createPrivateKey({ key: Buffer.from(bare, 'base64'), format: 'der', type: 'sec1' })
    for (const type of ['sec1', 'pkcs8'] as const) {
      const der = new Uint8Array(key.export({ format: 'der', type }))
      const pem = key.export({ format: 'pem', type }).toString()
      for (const source of [der, pem, Buffer.from(pem), Buffer.from(der).toString('base64')]) {
        expect(parsePrivateKey(source)).toEqual(testKey)
      }
    }
    const parameters = '-----BEGIN EC PARAMETERS-----\nBgUrgQQACg==\n-----END EC PARAMETERS-----\n'
    expect(parsePrivateKey(parameters + key.export({ format: 'pem', type: 'sec1' }).toString())).toEqual(testKey)
  })

  it('refuses other curves and garbage without showing the key', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const sec1 = privateKey.export({ format: 'pem', type: 'sec1' }).toString()
    const pkcs8 = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    for (const source of [sec1, pkcs8, '', 'secret!', 'c2VjcmV0', new Uint8Array([0x30, 0x02, 0x02])]) {
      let thrown: unknown
      try {
        parsePrivateKey(source)
      } catch (error) {
        thrown = error
      }
      expect(thrown).toBeInstanceOf(Failure)
      expect(thrown).toMatchObject({ code: 'key/malformed', details: {} })
      expect(String(thrown)).not.toContain('ecret')
    }
  })
})
