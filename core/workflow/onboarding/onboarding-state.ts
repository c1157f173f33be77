/** Where the onboarding or renewal of a unit stands, read from what is stored: nothing else remembers it. */
import type { ComplianceDocument, Csid, GatewayFinding, Reader, Unit } from '#core/ports.ts'
import { newestOf, type UnitOfCompany, unitOfCompany } from '../signing.ts'
import { type ComplianceKind, complianceKinds } from './compliance-documents.ts'

export interface ComplianceStep extends ComplianceKind {
  readonly state: 'open' | 'passed' | 'failed'
  readonly findings: readonly GatewayFinding[]
}

/** Where a unit stands and which step comes next. */
export interface Onboarding {
  readonly unit: Unit
  readonly next: 'otp' | 'check' | 'activate' | 'done'
  readonly compliance: readonly ComplianceStep[]
  /** The certificate that the next step rests on or, when all is done, the one in use: what a renewal or a new start gives up */
  readonly csidId: string | undefined
}

/**
 * From an OTP to a production CSID and the chain that it signs. The first round is the onboarding, each later one a renewal; all CSIDs
 * of a round carry the epoch of its chain.
 */
export interface Round extends UnitOfCompany {
  readonly epoch: number
  readonly csids: readonly Csid[]
  /** The production CSID of the round before */
  readonly inUse: Csid | undefined
  /** The compliance CSID of this round, once ZATCA has given one; of several the newest */
  readonly begun: Csid | undefined
}

export const roundOf = async (reader: Reader, unitId: string): Promise<Round> => {
  const owner = await unitOfCompany(reader, unitId)
  const csids = await reader.csids(unitId)
  const inUse = newestOf(csids, 'production')
  const epoch = (inUse?.epoch ?? 0) + 1
  const ofRound = csids.filter((csid) => csid.epoch === epoch)
  return { ...owner, epoch, csids, inUse, begun: newestOf(ofRound, 'compliance') }
}

/** `giveUp` names the certificate that shall be replaced: as long as the round still rests on it, an OTP comes next. */
export const onboardingOf = async (reader: Reader, unitId: string, giveUp?: string): Promise<Onboarding> =>
  standing(reader, await roundOf(reader, unitId), giveUp)

export const standing = async (reader: Reader, round: Round, giveUp?: string): Promise<Onboarding> => {
  const { unit, begun, inUse, csids } = round
  const shown = begun ?? newestOf(csids, 'compliance')
  const done = shown === undefined ? [] : await reader.complianceDocuments(shown.id)
  const compliance = complianceKinds(unit.functionality).map((kind) => stepOf(kind, done))
  const base = begun ?? inUse
  return { unit, compliance, csidId: base?.id, next: nextStep(round, compliance, giveUp) }
}

const nextStep = (
  { begun, inUse }: Round,
  compliance: readonly ComplianceStep[],
  giveUp: string | undefined,
): Onboarding['next'] => {
  const base = begun ?? inUse
  if (base === undefined || base.id === giveUp) return 'otp'
  if (begun === undefined) return 'done'
  return compliance.every(({ state }) => state === 'passed') ? 'activate' : 'check'
}

const stepOf = (kind: ComplianceKind, done: readonly ComplianceDocument[]): ComplianceStep => {
  const results = done.filter((result) => result.kind === kind.kind && result.profile === kind.profile)
  const best = results.find(({ passed }) => passed) ?? results.at(-1)
  if (best === undefined) return { ...kind, state: 'open', findings: [] }
  return { ...kind, state: best.passed ? 'passed' : 'failed', findings: best.findings }
}
