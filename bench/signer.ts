/** The SDK's public test key and its certificate, for measuring only. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePrivateKey, sign } from '#core/ecdsa.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import type { Signer } from '#core/zatca/seal.ts'

const sdk = join(import.meta.dirname, '..', 'test', 'fixtures', 'sdk')

export const keyText = readFileSync(join(sdk, 'ec-secp256k1-priv-key.pem'), 'utf8').trim()
export const certificateText = readFileSync(join(sdk, 'cert.pem'), 'utf8').trim()
export const certificate = parseCertificate(certificateText)

const key = parsePrivateKey(keyText)

export const signer: Signer = {
  publicKey: certificate.publicKey,
  certificate,
  sign: async (digests) => digests.map((digest) => sign(digest, key)),
}
