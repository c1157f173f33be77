/** What the certificate signing request of a unit says, from its company and its own data (spec B2, B3). */
import { Failure } from '#core/errors.ts'
import { type CsrFields, checkCsrFields } from '#core/zatca/csr.ts'
import type { UnitOfCompany } from '../signing.ts'

/** Solution and version as the tax authority lists the unit (CSR serial number, spec B3). */
const solution = { name: 'Khatm', version: '1' }

/** What the CSR will say, for the preflight on the screen and for the request itself. */
export const csrFieldsOf = ({ unit, company }: UnitOfCompany): CsrFields => ({
  commonName: unit.name,
  serialNumber: `1-${solution.name}|2-${solution.version}|3-${unit.id}`,
  organizationIdentifier: company.vatNumber,
  organizationUnit: unit.branch,
  organization: company.name,
  country: 'SA',
  invoiceType: unit.functionality,
  location: [company.party.address?.city, company.party.address?.postalCode].filter(Boolean).join(' '),
  industry: company.industry,
})

/** Throws `csr/invalid` with all findings: an OTP is not spent on a request that ZATCA would refuse. */
export const assertCsrFields = (fields: CsrFields): void => {
  const findings = checkCsrFields(fields)
  if (findings.length > 0) throw new Failure('csr/invalid', { details: { findings } })
}
