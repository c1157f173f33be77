/** What is wrong with a company's data, all at once: what ZATCA would refuse in a CSR or complain about in every invoice. */
import { identificationSchemes } from '#core/invoice/codes/identification-schemes.ts'
import type { DraftParty } from '#core/invoice/draft.ts'
import { type CsrFields, type CsrProblem, checkCsrFields } from '#core/zatca/csr.ts'

export interface CompanyInput {
  readonly name: string
  readonly vatNumber: string
  /** BT-29, BG-5 and contact; name and VAT number stand above */
  readonly party: Omit<DraftParty, 'name' | 'vatNumber'>
  /** CSR business category */
  readonly industry: string
}

/** `path` is dotted, from the input's root; the words for `code` stand in `core/messages`. */
export interface Finding {
  readonly path: string
  readonly code:
    | CsrProblem
    | 'fixed'
    | 'id-scheme'
    | 'id-format'
    | 'building-format'
    | 'postal-code-format'
    | 'unknown-value'
}

export const companyFindings = (input: CompanyInput): readonly Finding[] => [
  ...csrFindings({ organization: input.name, organizationIdentifier: input.vatNumber, industry: input.industry }),
  ...identifierFindings(input.party.id),
  ...addressFindings(input.party.address ?? {}),
]

/** Where each input of the CSR comes from. */
const pathOf: Readonly<Partial<Record<keyof CsrFields, string>>> = {
  organization: 'name',
  organizationIdentifier: 'vatNumber',
  industry: 'industry',
  commonName: 'name',
  organizationUnit: 'branch',
}

const placeholders: CsrFields = {
  commonName: 'x',
  serialNumber: '1-x|2-x|3-x',
  organizationIdentifier: '300000000000003',
  organizationUnit: '0000000000',
  organization: 'x',
  country: 'SA',
  invoiceType: '1100',
  location: 'x',
  industry: 'x',
}

/** Findings on the given CSR inputs alone (spec B3). */
export const csrFindings = (given: Partial<CsrFields>): readonly Finding[] =>
  checkCsrFields({ ...placeholders, ...given }).map(({ field, problem }) => ({
    path: pathOf[field] ?? field,
    code: problem,
  }))

/** BT-29: a scheme that a seller may have (BR-KSA-08) and, where ZATCA knows one, its format (BR-KSA-F-08, -09). */
const identifierFindings = (id: CompanyInput['party']['id']): readonly Finding[] => {
  if (id === undefined || id.value.trim() === '') return [{ path: 'party.id.value', code: 'missing' }]
  const scheme = sellerSchemes.get(id.scheme)
  if (scheme === undefined) return [{ path: 'party.id.scheme', code: 'id-scheme' }]
  return (scheme.format ?? /^[A-Za-z0-9]+$/).test(id.value) ? [] : [{ path: 'party.id.value', code: 'id-format' }]
}

interface Scheme {
  readonly seller: boolean
  readonly format?: RegExp
}

const sellerSchemes: ReadonlyMap<string, Scheme> = new Map(
  Object.entries<Scheme>(identificationSchemes).filter(([, { seller }]) => seller),
)

type Address = NonNullable<CompanyInput['party']['address']>

interface AddressField {
  readonly field: keyof Address
  readonly required: boolean
  /** In characters */
  readonly longest: number
  readonly format?: readonly [RegExp, Finding['code']]
}

/** BG-5 (BR-KSA-09, -37, -66). City and postal code are the location in the CSR, which takes 64 characters. */
const addressFields: readonly AddressField[] = [
  { field: 'street', required: true, longest: 1000 },
  { field: 'additionalStreet', required: false, longest: 127 },
  { field: 'building', required: true, longest: 4, format: [/^\d{4}$/, 'building-format'] },
  { field: 'plot', required: false, longest: 127 },
  { field: 'district', required: true, longest: 127 },
  { field: 'city', required: true, longest: 58, format: [/^[^!@#$%&*_<]+$/, 'forbidden-character'] },
  { field: 'postalCode', required: true, longest: 5, format: [/^\d{5}$/, 'postal-code-format'] },
  { field: 'province', required: false, longest: 127 },
  { field: 'country', required: false, longest: 2, format: [/^SA$/, 'country-format'] },
]

const addressFindings = (address: Address): readonly Finding[] =>
  addressFields.flatMap((rule) => {
    const code = addressProblem(rule, address[rule.field]?.trim() ?? '')
    return code === undefined ? [] : [{ path: `party.address.${rule.field}`, code }]
  })

const addressProblem = ({ required, longest, format }: AddressField, value: string): Finding['code'] | undefined => {
  if (value === '') return required ? 'missing' : undefined
  if (format !== undefined && !format[0].test(value)) return format[1]
  return [...value].length > longest ? 'too-long' : undefined
}
