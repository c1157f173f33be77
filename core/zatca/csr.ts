/** The certificate signing request that ZATCA expects, and the check of its fields before an OTP is spent (spec B2, B3). */

import { Failure } from '#core/errors.ts'
import type { Environment } from '#core/vocabulary.ts'
import {
  type Asn1,
  bitString,
  context,
  octetString,
  oid,
  printableString,
  readAsn1,
  sequence,
  set,
  utf8String,
  writeAsn1,
  zero,
} from './asn1.ts'
import { sha256, toBase64 } from './hash.ts'
import { oids } from './names.ts'
import { utf8 } from './xml.ts'

/** The nine inputs of ZATCA's CSR builder. */
export interface CsrFields {
  readonly commonName: string
  /** `1-<solution>|2-<version>|3-<serial>` */
  readonly serialNumber: string
  /** VAT registration number, 15 digits. */
  readonly organizationIdentifier: string
  /** Branch name; for a VAT group the member's ten-digit TIN. */
  readonly organizationUnit: string
  readonly organization: string
  readonly country: string
  /** Functionality map: `1000` standard, `0100` simplified, `1100` both. */
  readonly invoiceType: string
  readonly location: string
  readonly industry: string
}

/**
 * The template decides which of ZATCA's environments takes the request (spec A1). The practice gateway gets the sandbox's:
 * a request made for rehearsing must be worth nothing where it counts.
 */
const templates: Readonly<Record<Environment, string>> = {
  PRACTICE: 'TSTZATCA-Code-Signing',
  SANDBOX: 'TSTZATCA-Code-Signing',
  SIMULATION: 'PREZATCA-Code-Signing',
  PRODUCTION: 'ZATCA-Code-Signing',
}

export type { Environment as CsrEnvironment }

export type CsrProblem =
  | 'missing'
  | 'too-long'
  | 'too-many-bytes'
  | 'forbidden-character'
  | 'serial-format'
  | 'vat-format'
  | 'group-needs-tin'
  | 'country-format'
  | 'invoice-type-format'

export interface CsrFinding {
  readonly field: keyof CsrFields
  readonly problem: CsrProblem
}

/** One requirement (spec B3): which fields it concerns, and whether a trimmed value breaks it. */
interface Requirement {
  readonly problem: CsrProblem
  readonly fields: readonly (keyof CsrFields)[]
  readonly broken: (value: string, all: CsrFields) => boolean
}

const free = ['commonName', 'organizationUnit', 'organization', 'location', 'industry'] as const

const requirements: readonly Requirement[] = [
  // X.520 upper bounds, counted in characters.
  { problem: 'too-long', fields: free, broken: (value) => [...value].length > 64 },
  // The name goes into QR tag 1, where the live server refuses more (E4).
  { problem: 'too-many-bytes', fields: ['organization'], broken: (value) => utf8(value).length > 127 },
  { problem: 'forbidden-character', fields: free, broken: (value) => /[!@#$%&*_<]/.test(value) },
  {
    problem: 'serial-format',
    fields: ['serialNumber'],
    broken: (value) => !/^1-[^=|]+\|2-[^=|]+\|3-[^=|]+$/.test(value),
  },
  { problem: 'vat-format', fields: ['organizationIdentifier'], broken: (value) => !/^3\d{13}3$/.test(value) },
  {
    problem: 'group-needs-tin',
    fields: ['organizationUnit'],
    broken: (value, all) => all.organizationIdentifier.trim()[10] === '1' && !/^\d{10}$/.test(value),
  },
  { problem: 'country-format', fields: ['country'], broken: (value) => value !== 'SA' },
  { problem: 'invoice-type-format', fields: ['invoiceType'], broken: (value) => !/^(?!0000)[01]{4}$/.test(value) },
]

/** Everything that ZATCA would refuse, all at once; empty when the request may be built. */
export const checkCsrFields = (fields: CsrFields): readonly CsrFinding[] => {
  const missing = propertyNames.filter(([, field]) => fields[field].trim() === '')
  const blank = new Set(missing.map(([, field]) => field))
  const broken = requirements.flatMap(({ problem, fields: concerned, broken }) =>
    concerned
      .filter((field) => !blank.has(field) && broken(fields[field].trim(), fields))
      .map((field) => ({ field, problem })),
  )
  return [...missing.map(([, field]) => ({ field, problem: 'missing' as const })), ...broken]
}

export interface CsrKey {
  /** SubjectPublicKeyInfo in DER, 88 bytes. */
  readonly publicKey: Uint8Array
  /** DER ECDSA signature over a 32-byte SHA-256 digest. */
  sign(digest: Uint8Array): Promise<Uint8Array>
}

export interface Csr {
  readonly der: Uint8Array
  /** The API takes base64 of this whole text (spec A4). */
  readonly pem: string
}

/** Builds and signs the request. Throws `csr/invalid` with all findings in `details.findings`. */
export const buildCsr = async (fields: CsrFields, environment: Environment, key: CsrKey): Promise<Csr> => {
  const findings = checkCsrFields(fields)
  if (findings.length > 0) throw new Failure('csr/invalid', { details: { findings } })
  const request = requestInfo(fields, environment, key.publicKey)
  const signature = await key.sign(sha256(writeAsn1(request)))
  const der = writeAsn1(sequence(request, sequence(oid(oids.ecdsaWithSha256)), bitString(signature)))
  return { der, pem: pem(der) }
}

const pem = (der: Uint8Array): string => {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join('\n')
}

/** PKCS#10: version, subject, key and the one attribute that asks for extensions. */
const requestInfo = (fields: CsrFields, environment: Environment, publicKey: Uint8Array): Asn1 =>
  sequence(
    zero(),
    subject(fields),
    readAsn1(publicKey),
    context(
      0,
      sequence(
        oid(oids.extensionRequest),
        set(sequence(certificateTemplate(templates[environment]), alternativeName(fields))),
      ),
    ),
  )

const subject = (fields: CsrFields): Asn1 =>
  sequence(
    attribute(oids.country, printableString(fields.country.trim())),
    attribute(oids.organizationUnit, utf8String(fields.organizationUnit.trim())),
    attribute(oids.organization, utf8String(fields.organization.trim())),
    attribute(oids.commonName, utf8String(fields.commonName.trim())),
  )

const attribute = (type: string, value: Asn1): Asn1 => set(sequence(oid(type), value))

const certificateTemplate = (name: string): Asn1 =>
  sequence(oid(oids.certificateTemplate), octetString(utf8String(name)))

/** `SN` is surname here, not serialNumber: that is how the authority reads it. */
const alternativeName = (fields: CsrFields): Asn1 =>
  sequence(
    oid(oids.subjectAlternativeName),
    octetString(
      sequence(
        context(
          4,
          sequence(
            attribute(oids.surname, utf8String(fields.serialNumber.trim())),
            attribute(oids.userId, utf8String(fields.organizationIdentifier.trim())),
            attribute(oids.title, utf8String(fields.invoiceType.trim())),
            attribute(oids.registeredAddress, utf8String(fields.location.trim())),
            attribute(oids.businessCategory, utf8String(fields.industry.trim())),
          ),
        ),
      ),
    ),
  )

/** The keys of the SDK's property file. */
const propertyNames = [
  ['csr.common.name', 'commonName'],
  ['csr.serial.number', 'serialNumber'],
  ['csr.organization.identifier', 'organizationIdentifier'],
  ['csr.organization.unit.name', 'organizationUnit'],
  ['csr.organization.name', 'organization'],
  ['csr.country.name', 'country'],
  ['csr.invoice.type', 'invoiceType'],
  ['csr.location.address', 'location'],
  ['csr.industry.business.category', 'industry'],
] as const satisfies readonly (readonly [string, keyof CsrFields])[]

/** Reads the SDK's `.properties` file; a key that is missing becomes an empty field, which `checkCsrFields` reports. */
export const readCsrProperties = (text: string): CsrFields => {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/)
  const entries = lines.flatMap((line) => {
    const [, name, value] = /^\s*([^#!=:\s]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, unescapeUnicode(value)] as const]
  })
  const values = new Map(entries)
  const field = (wanted: keyof CsrFields): string =>
    values.get(propertyNames.find(([, name]) => name === wanted)?.[0] ?? '') ?? ''
  return {
    commonName: field('commonName'),
    serialNumber: field('serialNumber'),
    organizationIdentifier: field('organizationIdentifier'),
    organizationUnit: field('organizationUnit'),
    organization: field('organization'),
    country: field('country'),
    invoiceType: field('invoiceType'),
    location: field('location'),
    industry: field('industry'),
  }
}

/** Java tools write letters outside Latin-1 as `\u0641`. */
const unescapeUnicode = (value: string): string =>
  value.replaceAll(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
