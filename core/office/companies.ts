/** The office's clients: adding and changing a company, checked before anything is asked of ZATCA. */
import { type Actor, auditEntry } from '#core/audit-entry.ts'
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Company, Ports, Writer } from '#core/ports.ts'
import { type CompanyInput, companyFindings } from './company-findings.ts'

type Needed = Pick<Ports, 'storage' | 'clock' | 'ids'>

/** Throws `request/invalid` with all findings, `company/duplicate` when the VAT number is known already. */
export const createCompany = async (ports: Needed, input: CompanyInput & Actor): Promise<Company> => {
  const data = checked(input)
  const company: Company = { ...data, id: ports.ids.uuid(), createdAt: instant(ports.clock.now()) }
  await ports.storage.write(async (tx) => {
    await tx.addCompany(company)
    const details = { vatNumber: company.vatNumber }
    await tx.addAudit(auditEntry(ports, input.actor, 'company/created', company.id, details))
  })
  return company
}

/**
 * Issued documents keep what they carry. The VAT number is fixed as soon as a unit has begun onboarding: its certificate names it.
 * Throws `request/invalid`, `company/not-found`, `company/duplicate`.
 */
export const updateCompany = async (
  ports: Needed,
  input: CompanyInput & Actor & { readonly id: string },
): Promise<Company> => {
  const data = checked(input)
  return ports.storage.write(async (tx) => {
    const before = await tx.company(input.id)
    if (before === undefined) throw new Failure('company/not-found', { details: { id: input.id } })
    if (before.vatNumber !== data.vatNumber) await refuseWhenCertified(tx, before.id)
    const company: Company = { ...before, ...data }
    await tx.updateCompany(company)
    const details = { changed: changedFields(before, company) }
    await tx.addAudit(auditEntry(ports, input.actor, 'company/updated', company.id, details))
    return company
  })
}

/** As stored: trimmed, and the party without the names that it does not carry here. */
const checked = ({ name, vatNumber, party, industry }: CompanyInput): CompanyInput => {
  const data = { name: name.trim(), vatNumber: vatNumber.trim(), party, industry: industry.trim() }
  const findings = companyFindings(data)
  if (findings.length > 0) throw new Failure('request/invalid', { details: { findings } })
  return data
}

const refuseWhenCertified = async (tx: Writer, companyId: string): Promise<void> => {
  const units = await tx.units(companyId)
  if (units.some((unit) => unit.state !== 'new'))
    throw new Failure('request/invalid', { details: { findings: [{ path: 'vatNumber', code: 'fixed' }] } })
}

const fields = ['name', 'vatNumber', 'party', 'industry'] as const

/** Names of what changed; the old and new contents are the client's business, not the log's. */
const changedFields = (before: Company, after: Company): readonly string[] =>
  fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
