/** EGS units of a company: each gets its own key, CSID and chain in exactly one environment. */
import { Failure } from '#core/errors.ts'
import type { Company, Ports, Unit } from '#core/ports.ts'
import { environments, functionalities } from '#core/vocabulary.ts'
import { type Actor, auditEntry } from './audit-entry.ts'
import { csrFindings, type Finding } from './company-findings.ts'

export interface UnitInput extends Pick<Unit, 'companyId' | 'environment' | 'name' | 'branch' | 'functionality'> {}

/** Throws `company/not-found`, `request/invalid` with all findings, `unit/duplicate` on a second of the same name and environment. */
export const createUnit = async (
  ports: Pick<Ports, 'storage' | 'clock' | 'ids'>,
  input: UnitInput & Actor,
): Promise<Unit> => {
  const company = await ports.storage.read.company(input.companyId)
  if (company === undefined) throw new Failure('company/not-found', { details: { id: input.companyId } })
  const findings = unitFindings(company, input)
  if (findings.length > 0) throw new Failure('request/invalid', { details: { findings } })
  const entry = auditEntry(ports, input, 'unit/created')
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
    createdAt: entry.at,
  }
  await ports.storage.write(async (tx) => {
    await tx.addUnit(unit)
    await tx.addAudit({ ...entry, subject: unit.id, details: { companyId, environment, functionality } })
  })
  return unit
}

/** Name and branch become CN and OU of the CSR; the eleventh digit of the VAT number tells a VAT group, whose OU is a TIN (B3). */
const unitFindings = ({ vatNumber }: Company, input: UnitInput): readonly Finding[] => [
  ...oneOf('environment', input.environment, environments),
  ...oneOf('functionality', input.functionality, functionalities),
  ...csrFindings({ organizationIdentifier: vatNumber, commonName: input.name, organizationUnit: input.branch }),
]

const oneOf = (path: string, value: string, known: readonly string[]): readonly Finding[] =>
  known.includes(value) ? [] : [{ path, code: 'unknown-value' }]
