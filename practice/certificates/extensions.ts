/** X.509 extensions: identifiers, reading one out of a list, writing those that issued certificates carry. */

import {
  bits,
  boolean,
  child,
  children,
  contents,
  type Der,
  decode,
  encode,
  octets,
  oid,
  oidOf,
  sequence,
} from './der.ts'
import { sha256Hex } from './ecdsa.ts'

export const EXTENSIONS = {
  template: '1.3.6.1.4.1.311.20.2',
  alternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectKeyIdentifier: '2.5.29.14',
} as const

const CODE_SIGNING = '1.3.6.1.5.5.7.3.3'
const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2'

/** The decoded value of an extension in a list of Extension, or undefined when it is not there. */
export function extension(list: readonly Der[], identifier: string): Der | undefined {
  const found = list.find((item) => oidOf(child(item, 0)) === identifier)
  const value = found && children(found).at(-1)
  return value && decode(contents(value))
}

function write(identifier: string, value: Der, critical = false): Der {
  const flag = critical ? [boolean(true)] : []
  return sequence(oid(identifier), ...flag, octets(encode(value)))
}

export const alternativeName = (value: Der): Der => write(EXTENSIONS.alternativeName, value)

export const notAnAuthority = (): Der => write(EXTENSIONS.basicConstraints, sequence())

export const isAnAuthority = (): Der => write(EXTENSIONS.basicConstraints, sequence(boolean(true)), true)

/** digitalSignature is bit 0, keyCertSign bit 5 and cRLSign bit 6. */
export const maySignDocuments = (): Der => write(EXTENSIONS.keyUsage, bits(Uint8Array.of(0x80), 7), true)
export const maySignCertificates = (): Der => write(EXTENSIONS.keyUsage, bits(Uint8Array.of(0x06), 1), true)

export const extendedUsage = (): Der =>
  write(EXTENSIONS.extendedKeyUsage, sequence(oid(CODE_SIGNING), oid(CLIENT_AUTHENTICATION)))

export const subjectKeyIdentifier = (publicKey: Uint8Array): Der =>
  write(EXTENSIONS.subjectKeyIdentifier, octets(Buffer.from(sha256Hex(publicKey).slice(0, 40), 'hex')))
