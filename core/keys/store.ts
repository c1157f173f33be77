/** The key store: makes private keys, keeps them in envelopes and signs with them. Nothing here returns one. */
import { randomUUID } from 'node:crypto'
import { generatePrivateKey, parsePrivateKey, publicKeyOf, sign } from '#core/ecdsa.ts'
import { Failure } from '#core/errors.ts'
import { memory } from '#core/memory.ts'
import type { KeyEncryption, KeyStore } from '#core/ports.ts'
import { openEnvelope, sealEnvelope, withEnvelope } from './envelope.ts'
import { type Envelopes, inDatabase } from './envelope-places.ts'
import { publishedTestKey } from './published-test-key.ts'
import type { SigningPool } from './signing-pool.ts'

/** The kind of secret is part of what it is bound to: a sealed CSID secret never opens as a key. */
export const forKey = (binding: string): string => `private-key:${binding}`
export const forSecret = (binding: string): string => `secret:${binding}`

/** With a pool, signers stamp many documents in its threads. `envelopes`: where those of private keys live. */
export const keyStore = (
  encryption: KeyEncryption,
  pool?: SigningPool,
  envelopes: Envelopes = inDatabase,
): KeyStore => {
  const withKey = async <T>(kept: string, binding: string, use: (key: Uint8Array) => T): Promise<T> =>
    withEnvelope(encryption, await envelopes.open(kept), forKey(binding), use)
  const publicKey = (envelope: string, binding: string) => withKey(envelope, binding, publicKeyOf)
  /** By envelope and binding, which together hold one key for ever; the halves that anybody may see. */
  const publicKeys = memory<Uint8Array>()
  const knownPublicKey = async (envelope: string, binding: string) => {
    const bound = `${binding} ${envelope}`
    return publicKeys.get(bound) ?? publicKeys.keep(bound, await publicKey(envelope, binding))
  }
  const keep = async (key: Uint8Array, binding: string) => {
    try {
      const envelope = await sealEnvelope(encryption, key, forKey(binding))
      return { keyId: randomUUID(), envelope: await envelopes.keep(envelope), publicKey: publicKeyOf(key) }
    } finally {
      key.fill(0)
    }
  }

  return {
    publicKey,
    generate: (binding) => keep(generatePrivateKey(), binding),
    adoptTestKey: (binding) => keep(parsePrivateKey(publishedTestKey), binding),
    /** Throws `certificate/wrong-key` when the certificate was issued for another key. The key is open only while it signs. */
    signer: async (envelope, binding, certificate) => {
      const own = await knownPublicKey(envelope, binding)
      if (!Buffer.from(own).equals(certificate.publicKey)) throw new Failure('certificate/wrong-key')
      return {
        publicKey: own,
        certificate,
        sign: (digests) => withKey(envelope, binding, (key) => digests.map((digest) => sign(digest, key))),
        ...(pool && {
          stampElsewhere: (prepared, signingTime) =>
            pool.stamp({
              lend: async () => openEnvelope(encryption, await envelopes.open(envelope), forKey(binding)),
              binding: forKey(binding),
              certificate: certificate.text,
              prepared,
              signingTime,
            }),
        }),
      }
    },
    signDigest: (envelope, binding, digest) => withKey(envelope, binding, (key) => sign(digest, key)),
    sealSecret: (secret, binding) => sealEnvelope(encryption, Buffer.from(secret), forSecret(binding)),
    openSecret: (sealed, binding) =>
      withEnvelope(encryption, sealed, forSecret(binding), (bytes) => Buffer.from(bytes).toString()),
  }
}
