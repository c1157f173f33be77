/** The nine vectors and ZATCA's public test key and certificate, as tests use them. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePrivateKey, publicKeyOf, sign } from '#core/ecdsa.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import type { Signer } from '#core/zatca/seal.ts'

const folder = join(import.meta.dirname, '..', 'fixtures')

export const fixture = (path: string): string => join(folder, path)
export const fixtureText = (path: string): string => readFileSync(fixture(path), 'utf8')

/** `Uint8Array` and not `Buffer`, so that assertions compare bytes and nothing else. */
export const fixtureBytes = (path: string): Uint8Array => new Uint8Array(readFileSync(fixture(path)))

export const vectorNames: readonly string[] = readdirSync(fixture('vectors'))
  .filter((file) => file.endsWith('.canon'))
  .map((file) => file.slice(0, -'.canon'.length))

export const vectorXml = (name: string): Uint8Array => fixtureBytes(`vectors/${name}.xml`)
export const vectorCanon = (name: string): Uint8Array => fixtureBytes(`vectors/${name}.canon`)

export const testKey = parsePrivateKey(fixtureText('sdk/ec-secp256k1-priv-key.pem'))
export const testCertificate = parseCertificate(fixtureText('sdk/cert.pem'))

export const testSigner: Signer = {
  publicKey: publicKeyOf(testKey),
  certificate: testCertificate,
  sign: async (digests) => digests.map((digest) => sign(digest, testKey)),
}

/** The signing time of all nine vectors. */
export const signingTime = '2024-01-15T12:30:05'

export const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
export const encode = (text: string): Uint8Array => new Uint8Array(new TextEncoder().encode(text))
