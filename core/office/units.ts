/** EGS units of a company: each gets its own key, CSID and chain in exactly one environment. */
import { type Actor, auditEntry } from '#core/audit-entry.ts'
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Company, Ports, Unit } from '#core/ports.ts'
import { environments, functionalities } from '#core/vocabulary.ts'
import { csrFindings, type Finding } from './company-findings.ts'

export interface UnitInput extends Pick<Unit, 'companyId' | 'environment' | 'name' | 'branch' | 'functionality'> {}

/** Throws `company/not-found`, `request/invalid` with all findings, `unit/duplicate` on a second of the same name and environment. */
export const createUnit = async (
  ports: Pick<Ports, 'storage' | 'clock' | 'ids'>,
  input: UnitInput & Actor,
): Promise<Unit> => {
  const company = await companyOf(ports, input.companyId)
  const findings = unitFindings(company, input)
  if (findings.length > 0) throw new Failure('request/invalid', { details: { findings } })
  const { companyId, environment, functionality } = input
  const unit: Unit = {
    id: ports.ids.uuid(),
    companyId,
    environment,
    functionality,
    name: input.name.trim(),
    branch: input.branch.trim(),
    state: 'new',
    keyId: undefined,
    createdAt: instant(ports.clock.now()),
  }
  await ports.storage.write(async (tx) => {
    await tx.addUnit(unit)
    const details = { companyId, environment, functionality }
    await tx.addAudit(auditEntry(ports, input.actor, 'unit/created', unit.id, details))
  })
  return unit
}

export interface UnitChange extends Pick<Unit, 'id' | 'name' | 'branch'> {}

/**
 * What the next certificate will say, by a new start or a renewal; those that were issued keep what they say. Throws `unit/not-found`,
 * `company/not-found`, `request/invalid` with all findings, `unit/duplicate`.
 */
export const updateUnit = async (ports: Pick<Ports, 'storage' | 'clock'>, input: UnitChange & Actor): Promise<Unit> => {
  const before = await ports.storage.read.unit(input.id)
  if (before === undefined) throw new Failure('unit/not-found', { details: { id: input.id } })
  const company = await companyOf(ports, before.companyId)
  const change = { name: input.name.trim(), branch: input.branch.trim() }
  const findings = unitFindings(company, { ...before, ...change })
  if (findings.length > 0) throw new Failure('request/invalid', { details: { findings } })
  const { name, branch } = before
  await ports.storage.write(async (tx) => {
    await tx.updateUnit(before.id, change)
    const details = { before: { name, branch }, after: change }
    await tx.addAudit(auditEntry(ports, input.actor, 'unit/updated', before.id, details))
  })
  return { ...before, ...change }
}

const companyOf = async ({ storage }: Pick<Ports, 'storage'>, id: string): Promise<Company> => {
  const company = await storage.read.company(id)
  if (company === undefined) throw new Failure('company/not-found', { details: { id } })
  return company
}

/** Name and branch become CN and OU of the CSR; the eleventh digit of the VAT number tells a VAT group, whose OU is a TIN (B3). */
const unitFindings = ({ vatNumber }: Company, input: UnitInput): readonly Finding[] => [
  ...oneOf('environment', input.environment, environments),
  ...oneOf('functionality', input.functionality, functionalities),
  ...csrFindings({ organizationIdentifier: vatNumber, commonName: input.name, organizationUnit: input.branch }),
]

const oneOf = (path: string, value: string, known: readonly string[]): readonly Finding[] =>
  known.includes(value) ? [] : [{ path, code: 'unknown-value' }]
