/** A private key from a file, for the tools that work without the office's key store (`seal`, `csr`). */
import { generatePrivateKey, parsePrivateKey, publicKeyOf, sign } from '#core/ecdsa.ts'
import { readInput } from './files.ts'

export interface LocalKey {
  /** SubjectPublicKeyInfo in DER */
  readonly publicKey: Uint8Array
  sign(digest: Uint8Array): Promise<Uint8Array>
}

const localKey = (secret: Uint8Array): LocalKey => ({
  publicKey: publicKeyOf(secret),
  sign: async (digest) => sign(digest, secret),
})

/** Throws `usage/unreadable-file` or `key/malformed`. */
export const readKey = async (file: string): Promise<LocalKey> => localKey(parsePrivateKey(await readInput(file)))

/** A new key and its file's content: SEC1 in PEM, which every tool reads. */
export const newKey = (): { readonly key: LocalKey; readonly pem: string } => {
  const secret = generatePrivateKey()
  const key = localKey(secret)
  return { key, pem: sec1Pem(secret, key.publicKey) }
}

/** RFC 5915 with the curve's name and the point; all lengths are fixed on this curve. */
const sec1Pem = (secret: Uint8Array, publicKey: Uint8Array): string => {
  const point = publicKey.subarray(publicKey.length - 65)
  const der = Buffer.concat([
    Buffer.from('30740201010420', 'hex'),
    secret,
    Buffer.from('a00706052b8104000aa144034200', 'hex'),
    point,
  ])
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN EC PRIVATE KEY-----', ...lines, '-----END EC PRIVATE KEY-----', ''].join('\n')
}
