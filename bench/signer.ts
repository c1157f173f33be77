/** A signer over the SDK's public test key, for measuring only. */
import { parsePrivateKey, sign } from '#core/ecdsa.ts'
import type { Certificate } from '#core/zatca/certificate.ts'
import type { Signer } from '#core/zatca/seal.ts'

export const localSigner = (keyText: string, certificate: Certificate): Signer => {
  const key = parsePrivateKey(keyText)
  return {
    publicKey: certificate.publicKey,
    certificate,
    sign: async (digests) => digests.map((digest) => sign(digest, key)),
  }
}
