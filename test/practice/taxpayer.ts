/** A taxpayer's side for the practice tests, made of OpenSSL and node:crypto only, so that it shares no code with the judge. */
import { execFileSync } from 'node:child_process'
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Entry } from '#practice/ledger.ts'

const VAT_NUMBER = '399999999900003'
export const REHEARSAL_OTP = '123456'

const vectors = new URL('../fixtures/vectors/', import.meta.url)

export const vector = (name: string): string => readFileSync(new URL(`${name}.xml`, vectors), 'utf8')

export function newKey(curve = 'secp256k1'): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: curve }).privateKey
}

export interface UnitFields {
  readonly country: string
  readonly organizationUnit: string
  readonly organization: string
  readonly commonName: string
  readonly template: string
  readonly serialNumber: string
  readonly vatNumber: string
  readonly functionalityMap: string
}

const UNIT: UnitFields = {
  country: 'SA',
  organizationUnit: 'فرع الرياض',
  organization: 'شركة المثال المحدودة',
  commonName: 'TST-886431145-399999999900003',
  template: 'PREZATCA-Code-Signing',
  serialNumber: '1-TST|2-TST|3-ed22f1d8-e6a2-1118-9b58-d9a8f11e445f',
  vatNumber: VAT_NUMBER,
  functionalityMap: '1100',
}

/** A signing request by OpenSSL, as the API wants it: base64 of the PEM text. */
export function signingRequest(key: KeyObject, changes: Partial<UnitFields> = {}): string {
  const unit = { ...UNIT, ...changes }
  return inFolder((folder) => {
    writeFileSync(join(folder, 'key.pem'), key.export({ type: 'sec1', format: 'pem' }))
    writeFileSync(join(folder, 'csr.cnf'), configuration(unit))
    const pem = execFileSync('openssl', ['req', '-new', '-sha256', '-key', 'key.pem', '-config', 'csr.cnf'], {
      cwd: folder,
    })
    return pem.toString('base64')
  })
}

export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'practice-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const configuration = (unit: UnitFields): string => `[req]
prompt = no
utf8 = yes
string_mask = utf8only
distinguished_name = subject
req_extensions = extensions
[subject]
C = ${unit.country}
OU = ${unit.organizationUnit}
O = ${unit.organization}
CN = ${unit.commonName}
[extensions]
1.3.6.1.4.1.311.20.2 = ASN1:UTF8String:${unit.template}
subjectAltName = dirName:unit
[unit]
SN = ${unit.serialNumber}
UID = ${unit.vatNumber}
title = ${unit.functionalityMap}
registeredAddress = RRRD2929
businessCategory = Supply activities
`

/** What the API gave: a CSID with the key it belongs to. */
export interface Csid {
  readonly requestID: number
  readonly token: string
  readonly secret: string
  readonly key: KeyObject
}

export const certificateOf = (csid: Csid): X509Certificate =>
  new X509Certificate(Buffer.from(Buffer.from(csid.token, 'base64').toString(), 'base64'))

interface Message {
  readonly code: string | null
  readonly message: string
}

/** All fields that the tests look at in any answer; which of them are there depends on the call. */
export interface Body {
  readonly requestID: number
  readonly binarySecurityToken: string
  readonly secret: string
  readonly dispositionMessage: string
  readonly value: Body
  readonly validationResults: {
    readonly warningMessages: readonly Message[]
    readonly errorMessages: readonly Message[]
    readonly status: string
  }
  readonly reportingStatus: string
  readonly clearanceStatus: string
  readonly clearedInvoice: string
  readonly errors: readonly [Message]
  readonly errorCode: string
  readonly errorCategory: string
  readonly message: string
  readonly otp: string
  readonly now: string
  readonly revoked: number
  readonly entries: readonly Entry[]
  readonly gaps: Readonly<Record<string, readonly string[]>>
  readonly faults: readonly object[]
  readonly answers: readonly object[]
  readonly csids: readonly object[]
  readonly basePaths: Readonly<Record<string, string>>
  readonly operations: readonly string[]
  readonly compliance: string
  readonly production: string
}

export interface Reply {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  /** The body as JSON; throws when it is not. */
  readonly json: Body
}

/** The codes of the errors or of the warnings in an answer about a document. */
export const codesOf = (reply: Reply, list: 'errorMessages' | 'warningMessages'): (string | null)[] =>
  reply.json.validationResults[list].map(({ code }) => code)

interface Sending {
  readonly csid?: Csid
  readonly headers?: Readonly<Record<string, string>>
  readonly method?: string
}

/** Sends a JSON body as a ZATCA client does. */
export async function send(
  url: string,
  body: unknown,
  { csid, headers = {}, method = 'POST' }: Sending = {},
): Promise<Reply> {
  const basic = csid && Buffer.from(`${csid.token}:${csid.secret}`).toString('base64')
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'accept-version': 'V2',
      ...(basic ? { authorization: `Basic ${basic}` } : {}),
      ...headers,
    },
    ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    text,
    headers: response.headers,
    get json(): Body {
      return JSON.parse(text)
    },
  }
}

export const csidOf = ({ json }: Reply, key: KeyObject): Csid => ({
  requestID: json.requestID,
  token: json.binarySecurityToken,
  secret: json.secret,
  key,
})

/** The first step of the onboarding: a compliance CSID. */
export async function complianceCsid(
  base: string,
  changes: Partial<UnitFields> = {},
  otp = REHEARSAL_OTP,
): Promise<Csid> {
  const key = newKey()
  return csidOf(await send(`${base}/compliance`, { csr: signingRequest(key, changes) }, { headers: { otp } }), key)
}

export const COMPLIANCE_DOCUMENTS = [
  ['standard388', '0100000'],
  ['credit381std', '0100000'],
  ['debit383std', '0100000'],
  ['simplified388', '0200000'],
  ['credit381simp', '0200000'],
  ['debit383simp', '0200000'],
] as const

const FILES: Readonly<Record<string, string>> = { debit383std: 'debit383simp', credit381simp: 'credit381std' }

/** A document of the set that the compliance steps ask for, signed with the CSID. */
export function complianceDocument(csid: Csid, name: string, transactionCode: string): Submission {
  const code = (xml: string): string => xml.replace(/(InvoiceTypeCode name=")\d+/, `$1${transactionCode}`)
  return signed(csid, FILES[name] ?? name, code)
}

/** The whole onboarding to a production CSID. */
export async function productionCsid(base: string, changes: Partial<UnitFields> = {}): Promise<Csid> {
  const compliance = await complianceCsid(base, changes)
  const map = changes.functionalityMap ?? UNIT.functionalityMap
  for (const [name, transactionCode] of COMPLIANCE_DOCUMENTS) {
    if (map[Number(transactionCode[1]) - 1] !== '1') continue
    await send(`${base}/compliance/invoices`, complianceDocument(compliance, name, transactionCode), {
      csid: compliance,
    })
  }
  const body = { compliance_request_id: `${compliance.requestID}` }
  return csidOf(await send(`${base}/production/csids`, body, { csid: compliance }), compliance.key)
}

export interface Submission {
  readonly invoiceHash: string
  readonly uuid: string
  readonly invoice: string
}

export type Change = (xml: string) => string

/** Replaces the text of the first element of that name. */
export const setText =
  (element: string, text: string): Change =>
  (xml) => {
    const changed = xml.replace(new RegExp(`(<cbc:${element}[^>]*>)[^<]*`), (_, tag: string) => tag + text)
    if (changed === xml) throw new Error(`nothing to change in ${element}`)
    return changed
  }

/** Gives the document another number (BT-1). */
export const numbered =
  (number: string): Change =>
  (xml) =>
    xml.replace(/(<\/cbc:ProfileID><cbc:ID>)[^<]*/, (_, head: string) => head + number)

/** Places the document in a chain. */
export const at =
  (icv: number, pih?: string): Change =>
  (xml) => {
    const counted = xml.replace(/(<cbc:ID>ICV<\/cbc:ID><cbc:UUID>)\d+/, `$1${icv}`)
    return pih
      ? counted.replace(/(<cbc:ID>PIH<\/cbc:ID>.*?mimeCode="text\/plain">)[^<]*/, (_, head: string) => head + pih)
      : counted
  }

/** A vector with changed content, hashed, signed and given a QR code anew for the CSID. */
export function signed(csid: Csid, name: string, ...changes: readonly Change[]): Submission {
  return submission(
    seal(
      changes.reduce((xml, change) => change(xml), vector(name)),
      csid,
    ),
  )
}

/** The request body for a document as it is. */
export const submission = (xml: string): Submission => ({
  invoiceHash: hashOf(xml),
  uuid: /<cbc:UUID>([^<]*)/.exec(xml)?.[1] ?? '',
  invoice: Buffer.from(xml).toString('base64'),
})

/** The vectors are canonical as they stand, so that cutting the three parts out is all there is to hashing them. */
export function hashOf(xml: string): string {
  const canonical = xml
    .replace(/^<\?xml[^>]*\?>\s*/, '')
    .replace(/<ext:UBLExtensions>.*<\/ext:UBLExtensions>/s, '')
    .replace(/<cac:AdditionalDocumentReference><cbc:ID>QR<\/cbc:ID>.*?<\/cac:AdditionalDocumentReference>/s, '')
    .replace(/<cac:Signature>.*?<\/cac:Signature>/s, '')
  return createHash('sha256').update(canonical.trim()).digest('base64')
}

const hexAsBase64 = (text: string): string =>
  Buffer.from(createHash('sha256').update(text).digest('hex')).toString('base64')

function seal(xml: string, csid: Csid): string {
  const hash = hashOf(xml)
  const certificate = certificateOf(csid)
  const base64 = certificate.raw.toString('base64')
  const signature = sign('sha256', Buffer.from(hash, 'base64'), csid.key).toString('base64')
  const issuer = certificate.issuer.split('\n').reverse().join(', ')
  const put = (text: string, pattern: RegExp, value: string): string =>
    text.replace(pattern, (_, head: string) => head + value)
  let sealed = put(xml, /(Id="invoiceSignedData".*?<ds:DigestValue>)[^<]*/s, hash)
  sealed = put(sealed, /(<ds:SignatureValue>)[^<]*/, signature)
  sealed = put(sealed, /(<ds:X509Certificate>)[^<]*/, base64)
  sealed = put(sealed, /(<xades:CertDigest>.*?<ds:DigestValue>)[^<]*/s, hexAsBase64(base64))
  sealed = put(sealed, /(<ds:X509IssuerName>)[^<]*/, issuer)
  sealed = put(sealed, /(<ds:X509SerialNumber>)[^<]*/, `${BigInt(`0x${certificate.serialNumber}`)}`)
  sealed = put(sealed, /(#xadesSignedProperties".*?<ds:DigestValue>)[^<]*/s, hexAsBase64(propertiesText(sealed)))
  return put(
    sealed,
    /(<cbc:ID>QR<\/cbc:ID>.*?mimeCode="text\/plain">)[^<]*/s,
    qrOf(sealed, hash, signature, certificate),
  )
}

function propertiesText(xml: string): string {
  const text = /<xades:SignedProperties .*<\/xades:SignedProperties>/s.exec(xml)?.[0] ?? ''
  return text
    .replace('<xades:SignedProperties', '<xades:SignedProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"')
    .replace(/<ds:[A-Za-z0-9]+/g, (tag) => `${tag} xmlns:ds="http://www.w3.org/2000/09/xmldsig#"`)
}

function qrOf(xml: string, hash: string, signature: string, certificate: X509Certificate): string {
  const text = (pattern: RegExp): string => pattern.exec(xml)?.[1] ?? ''
  const values = [
    text(/<cac:AccountingSupplierParty>.*?<cbc:RegistrationName>([^<]*)/s),
    text(/<cac:AccountingSupplierParty>.*?<cbc:CompanyID>([^<]*)/s),
    `${text(/<cbc:IssueDate>([^<]*)/)}T${text(/<cbc:IssueTime>([^<]*)/)}`,
    text(/<cbc:PayableAmount[^>]*>([^<]*)/),
    text(/<cac:TaxTotal><cbc:TaxAmount[^>]*>([^<]*)/),
    hash,
    signature,
    createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' })).export({
      type: 'spki',
      format: 'der',
    }),
    caSignature(certificate.raw),
  ]
  return tlv(values)
}

export const tlv = (values: readonly (string | Buffer)[]): string =>
  Buffer.concat(
    values.map((value, index) => {
      const bytes = Buffer.from(value)
      const length = bytes.length < 128 ? [bytes.length] : [0x81, bytes.length]
      return Buffer.concat([Buffer.from([index + 1, ...length]), bytes])
    }),
  ).toString('base64')

/** The certificate ends with the DER signature: 0x30, its length, and so on to the last byte. */
function caSignature(raw: Buffer): Buffer {
  const length = [72, 71, 70, 69, 68].find((size) => raw.at(-size) === 0x30 && raw.at(-size + 1) === size - 2)
  if (!length) throw new Error('no signature at the end of the certificate')
  return raw.subarray(-length)
}
