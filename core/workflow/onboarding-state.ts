/** Where the onboarding of a unit stands, read from what is stored: nothing else remembers it. */
import type { ComplianceDocument, GatewayFinding, Reader, Unit } from '#core/ports.ts'
import { type ComplianceKind, complianceKinds } from './compliance-documents.ts'
import { newestCsid, unitOfCompany } from './signing.ts'

export interface ComplianceStep extends ComplianceKind {
  readonly state: 'open' | 'passed' | 'failed'
  readonly findings: readonly GatewayFinding[]
}

/** Where a unit stands and which step comes next. */
export interface Onboarding {
  readonly unit: Unit
  readonly next: 'otp' | 'check' | 'activate' | 'done'
  readonly compliance: readonly ComplianceStep[]
}

export const onboardingOf = async (reader: Reader, unitId: string): Promise<Onboarding> => {
  const { unit } = await unitOfCompany(reader, unitId)
  const ccsid = await newestCsid(reader, unitId, 'compliance')
  const done = ccsid === undefined ? [] : await reader.complianceDocuments(ccsid.id)
  const compliance = complianceKinds(unit.functionality).map((kind) => stepOf(kind, done))
  const checked = compliance.every(({ state }) => state === 'passed')
  if (unit.state === 'ready') return { unit, next: 'done', compliance }
  if (ccsid === undefined) return { unit, next: 'otp', compliance }
  return { unit, next: checked ? 'activate' : 'check', compliance }
}

const stepOf = (kind: ComplianceKind, done: readonly ComplianceDocument[]): ComplianceStep => {
  const results = done.filter((result) => result.kind === kind.kind && result.profile === kind.profile)
  const best = results.find(({ passed }) => passed) ?? results.at(-1)
  if (best === undefined) return { ...kind, state: 'open', findings: [] }
  return { ...kind, state: best.passed ? 'passed' : 'failed', findings: best.findings }
}
