/** Reading and checking of a certificate signing request as `POST /compliance` gets it (spec B2 and B3). */
import type { RefusalCode } from '../messages.ts'
import { directoryName } from './certificate.ts'
import { bitsOf, child, children, type Der, decode, encode, oidOf, textOf } from './der.ts'
import { verify } from './ecdsa.ts'
import { EXTENSIONS, extension } from './extensions.ts'
import { attribute, type NamePart, readName } from './names.ts'

const SECP256K1 = '1.3.132.0.10'
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'
const PEM = /^-----BEGIN CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE REQUEST-----\s*$/

export interface SigningRequest {
  readonly subject: readonly NamePart[]
  readonly publicKeyInfo: Der
  readonly publicKey: Uint8Array
  readonly curve: string
  readonly signature: Uint8Array
  readonly signedPart: Uint8Array
  readonly template: string
  /** The value of the subjectAltName extension, to be copied into the certificate as it is. */
  readonly alternativeName: Der
  readonly unit: readonly NamePart[]
}

/** The request in base64(PEM), or undefined when it is not one. */
export function readSigningRequest(csr: string): SigningRequest | undefined {
  const body = PEM.exec(Buffer.from(csr, 'base64').toString('latin1'))?.[1]
  if (!body) return undefined
  try {
    return readDer(decode(Buffer.from(body, 'base64')))
  } catch (error) {
    if (error instanceof Error) return undefined // node-forge and `child` throw on anything that is not a request
    throw error
  }
}

function readDer(request: Der): SigningRequest {
  const part = child(request, 0)
  const publicKeyInfo = child(part, 2)
  const extensions = requestedExtensions(child(part, 3))
  const template = extension(extensions, EXTENSIONS.template)
  const alternativeName = extension(extensions, EXTENSIONS.alternativeName)
  if (!template || !alternativeName) throw new RangeError('template name or subject alternative name is missing')
  return {
    subject: readName(child(part, 1)),
    publicKeyInfo,
    publicKey: bitsOf(child(publicKeyInfo, 1)),
    curve: oidOf(child(child(publicKeyInfo, 0), 1)),
    signature: bitsOf(child(request, 2)),
    signedPart: encode(part),
    template: textOf(template),
    alternativeName,
    unit: readName(directoryName(alternativeName)),
  }
}

function requestedExtensions(attributes: Der): readonly Der[] {
  const wanted = children(attributes).find((item) => oidOf(child(item, 0)) === EXTENSION_REQUEST)
  return wanted ? children(child(child(wanted, 1), 0)) : []
}

export const vatNumberOf = (request: SigningRequest): string => attribute(request.unit, 'UID')
export const functionalityMapOf = (request: SigningRequest): string => attribute(request.unit, 'title')

type Breach = (request: SigningRequest) => boolean

const isBlankOrOdd = (text: string): boolean => !/^.{1,64}$/su.test(text.trim()) || /[!@#$%&*_<]/.test(text)
const isVatGroup = (vatNumber: string): boolean => vatNumber[10] === '1'

/** Each way to be refused, in the order in which it is told. */
const BREACHES: readonly (readonly [RefusalCode, Breach])[] = [
  ['CSR-Curve', (csr) => csr.curve !== SECP256K1],
  ['CSR-Signature', (csr) => !verify(csr.signature, csr.signedPart, csr.publicKey)],
  ['CSR-Country', (csr) => attribute(csr.subject, 'C') !== 'SA'],
  ['CSR-CommonName', (csr) => isBlankOrOdd(attribute(csr.subject, 'CN'))],
  ['CSR-Organization', (csr) => isBlankOrOdd(attribute(csr.subject, 'O'))],
  ['CSR-OrganizationUnit', (csr) => isBlankOrOdd(attribute(csr.subject, 'OU'))],
  ['CSR-VatGroup', (csr) => isVatGroup(vatNumberOf(csr)) && !/^\d{10}$/.test(attribute(csr.subject, 'OU'))],
  ['CSR-VatNumber', (csr) => !/^3\d{13}3$/.test(vatNumberOf(csr))],
  ['CSR-SerialNumber', (csr) => !/^1-[^=|]+\|2-[^=|]+\|3-[^=|]+$/.test(attribute(csr.unit, 'SN'))],
  ['CSR-InvoiceType', (csr) => !/^(?!0000)[01]{4}$/.test(functionalityMapOf(csr))],
  ['CSR-Location', (csr) => isBlankOrOdd(attribute(csr.unit, 'registeredAddress'))],
  ['CSR-Industry', (csr) => isBlankOrOdd(attribute(csr.unit, 'businessCategory'))],
]

/** Everything that is wrong with a request; `templates` are the template names that the environment issues for. */
export function breachesOf(request: SigningRequest, templates: readonly string[]): readonly RefusalCode[] {
  const found = BREACHES.filter(([, breaks]) => breaks(request)).map(([code]) => code)
  return templates.includes(request.template) ? found : ['CSR-Template', ...found]
}
