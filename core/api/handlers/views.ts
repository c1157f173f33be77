/** From stored records to what a caller sees: secrets, keys and internals stay behind. */
import type { z } from 'zod'
import { chainStateTexts, documentTexts, unitStateTexts } from '#core/messages/index.ts'
import type {
  Attempt,
  AuditEntry,
  Company,
  Csid,
  DocumentRecord,
  DocumentStatus,
  Ports,
  Result,
  Unit,
  User,
} from '#core/ports.ts'
import { unitStateAt } from '#core/workflow/onboarding/certificates.ts'
import type { Onboarding } from '#core/workflow/onboarding/onboarding-state.ts'
import type { Evidence } from '#core/workflow/proving/evidence.ts'
import { newestOf } from '#core/workflow/signing.ts'
import { chainField } from '#core/zatca/chain.ts'
import { readInvoice } from '#core/zatca/read.ts'
import type * as shapes from '../contract/shapes.ts'
import { type Actor, nameOf } from './actors.ts'
import type { Caller } from './doors.ts'
import { violationView } from './violation-view.ts'

type View<Shape extends z.ZodType> = z.input<Shape>

export const userView = ({
  id,
  username,
  name,
  role,
  mustChangePassword,
  companies,
  sealedTotpSecret,
}: Caller): View<typeof shapes.user> => ({
  id,
  username,
  name,
  role,
  mustChangePassword,
  totp: sealedTotpSecret !== undefined,
  companies: companies === undefined ? 'all' : [...companies],
})

export const memberView = (user: User) => ({
  ...userView(user),
  createdAt: user.createdAt,
  active: user.deactivatedAt === undefined,
  lockedUntil: user.lockedUntil,
  subject: user.oidcSubject?.slice(user.oidcSubject.indexOf(' ') + 1),
})

export const companyView = (company: Company): View<typeof shapes.company> => {
  const { name: _name, vatNumber: _vatNumber, ...party } = company.party
  const { id, name, vatNumber, industry, createdAt } = company
  return { id, name, vatNumber, party, industry, createdAt }
}

export const unitView = async (
  { storage: { read }, clock }: Pick<Ports, 'storage' | 'clock'>,
  unit: Unit,
): Promise<View<typeof shapes.unit>> => {
  const { keyId: _keyId, createdAt: _createdAt, ...known } = unit
  const [csids, chains] = await Promise.all([read.csids(unit.id), read.chains(unit.id)])
  const chain = chains.toSorted((a, b) => b.epoch - a.epoch)[0]
  const state = unitStateAt(unit, csids, clock.now())
  return {
    ...known,
    state,
    certificateNotAfter: certificateInUse(csids)?.notAfter,
    lastIcv: chain?.lastIcv,
    chainState: chain?.state,
    standing: unitStateTexts[isRenewing(csids) ? 'renewing' : state],
    chainStanding: chain && chainStateTexts(chain.state, chain.frozenReason),
  }
}

/** A certificate for the checks that is newer than the one in use. */
const isRenewing = (csids: readonly Csid[]): boolean => {
  const inUse = newestOf(csids, 'production')
  const begun = newestOf(csids, 'compliance')
  return inUse !== undefined && begun !== undefined && begun.epoch > inUse.epoch
}

/** The production certificate, or the compliance one while onboarding goes on. */
const certificateInUse = (csids: readonly Csid[]): Csid | undefined => {
  const newestFirst = csids.toSorted((a, b) => b.epoch - a.epoch || b.createdAt.localeCompare(a.createdAt))
  return newestFirst.find(({ purpose }) => purpose === 'production') ?? newestFirst[0]
}

export const onboardingView = async (
  ports: Pick<Ports, 'storage' | 'clock'>,
  { unit, next, compliance, csidId }: Onboarding,
): Promise<View<typeof shapes.onboarding>> => ({
  unit: await unitView(ports, unit),
  next,
  compliance: compliance.map((step) => ({ ...step, findings: [...step.findings] })),
  csidId,
})

export const documentSummary = ({
  document,
  state,
  outbox,
  result,
  supersededBy,
}: DocumentStatus): View<typeof shapes.documentSummary> => ({
  id: document.id,
  companyId: document.companyId,
  unitId: document.unitId,
  environment: document.environment,
  number: document.number,
  kind: document.kind,
  profile: document.profile,
  icv: document.icv,
  issueDate: document.issueDate,
  issueTime: document.issueTime,
  buyerName: document.buyerName,
  currency: document.currency,
  taxInclusiveAmount: document.taxInclusiveAmount,
  taxAmountSar: document.taxAmountSar,
  state,
  heldReason: outbox?.heldReason,
  warnings: warningCodes(document, result).size,
  reissueNo: document.reissueNo,
  supersedes: document.supersedes,
  supersededBy,
  sealedAt: document.sealedAt,
  deadlineAt: document.profile === 'simplified' ? outbox?.deadlineAt : undefined,
})

/** What we remarked on before issuing and what ZATCA remarked on afterwards, each once. */
const warningCodes = ({ warnings }: DocumentRecord, result: Result | undefined): ReadonlySet<string> => {
  const theirs = (result?.findings ?? []).filter(({ type }) => type === 'warning')
  return new Set([...warnings.map(({ rule }) => rule), ...theirs.map(({ code, message }) => code ?? message)])
}

/** Everything known about a document: how it stands, what was sent and answered, who did what. */
export const documentDetail = (evidence: Evidence, actors: readonly Actor[]): View<typeof shapes.documentDetail> => {
  const { document, outbox, result, clearedXml } = evidence
  const summary = documentSummary(evidence)
  return {
    ...summary,
    standing: documentTexts(summary),
    uuid: document.uuid,
    hash: document.hash,
    pih: document.pih,
    qr: (clearedXml && qrOf(clearedXml)) ?? document.qr,
    draft: document.draft,
    violations: document.warnings.map((violation) => violationView(violation, document.draft)),
    findings: [...(result?.findings ?? [])],
    attempts: evidence.attempts.map(attemptView),
    history: evidence.history.map((entry) => historyView(entry, actors)),
    nextAttemptAt: outbox?.nextAt,
    hasClearedXml: clearedXml !== undefined,
    fileName: evidence.fileName,
  }
}

/** After clearance the code to print is ZATCA's own. */
const qrOf = (clearedXml: Uint8Array): string | undefined => chainField(readInvoice(clearedXml).invoice, 'QR')

export const attemptView = ({ endpoint, startedAt, finishedAt, verdict, httpStatus, cause }: Attempt) => ({
  endpoint,
  startedAt,
  finishedAt,
  verdict,
  httpStatus,
  cause,
})

export const historyView = ({ at, actor, action }: AuditEntry, actors: readonly Actor[]) => ({
  at,
  actor: nameOf(actor, actors),
  action,
})
