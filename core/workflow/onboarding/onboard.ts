/**
 * Brings a unit to its production CSID: key and CSR -> OTP -> compliance CSID -> compliance documents -> production CSID -> chain.
 *
 * Each step is committed before the next begins, and what is done is read from the records: after a crash the same call goes on where
 * it stopped. Only the OTP cannot be used twice, so a lost answer to that step asks for a new one.
 */
import { Failure, type FailureCode } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import { completeDraft } from '#core/invoice/complete.ts'
import type { Csid, Ports, Verdict } from '#core/ports.ts'
import { GENESIS_PIH, withChainFields } from '#core/zatca/chain.ts'
import { seal } from '#core/zatca/seal.ts'
import { riyadhText, riyadhTime } from '../riyadh-time.ts'
import { partyOf } from '../seller.ts'
import { assertValid, openCredentials, type UnitOfCompany } from '../signing.ts'
import {
  audit,
  checkedOtp,
  csidOf,
  csrOf,
  fittingSigner,
  issuedOr,
  type OnboardingRequest,
  requestKey,
} from './certificate-request.ts'
import { type ComplianceKind, complianceDraft } from './compliance-documents.ts'
import { assertCsrFields, csrFieldsOf } from './csr-fields.ts'
import { type Onboarding, onboardingOf, roundOf, standing } from './onboarding-state.ts'
import { putIntoUse } from './put-into-use.ts'
import { oneAtATime } from './unit-claim.ts'

export type { OnboardingRequest } from './certificate-request.ts'
export { type Onboarding, onboardingOf } from './onboarding-state.ts'

export interface CsidRequest extends OnboardingRequest {
  readonly otp: string
  /**
   * Starts over: the certificate that is given up (`Onboarding.csidId`), because it expired, was revoked or carries wrong data. Works at
   * any point, also for a unit in use whose certificate ZATCA no longer accepts for renewal; what was issued and signed stays.
   */
  readonly giveUp?: string
}

type Step = () => Promise<Onboarding>
type StepListener = (state: Onboarding) => void

/** All remaining steps in a row, without an OTP once it is spent; `onStep` hears where it stands after each. */
export const onboard = (
  ports: Ports,
  request: Omit<CsidRequest, 'otp'> & { readonly otp?: string },
  onStep?: StepListener,
): Promise<Onboarding> => allSteps(ports, request, () => requestComplianceCsid(ports, { otp: '', ...request }), onStep)

/** Onboarding and renewal differ in how the first certificate is asked for, and in nothing else. */
export const allSteps = async (
  ports: Ports,
  request: Omit<CsidRequest, 'otp'>,
  otp: Step,
  onStep: StepListener = () => undefined,
): Promise<Onboarding> => {
  const steps: Readonly<Record<Exclude<Onboarding['next'], 'done'>, Step>> = {
    otp,
    check: () => checkNextDocument(ports, request),
    activate: () => activate(ports, request),
  }
  let state = await onboardingOf(ports.storage.read, request.unitId, request.giveUp)
  while (state.next !== 'done') {
    state = await steps[state.next]()
    onStep(state)
  }
  return state
}

// ---- step 1: key, CSR and OTP -----------------------------------------------------------------------------------------

/**
 * Makes the key and the CSR and spends the OTP on a compliance CSID. Throws `csr/invalid` with all findings and
 * `onboarding/otp-format` before anything is sent; `onboarding/otp-refused` or `onboarding/csr-refused` when ZATCA says so.
 */
export const requestComplianceCsid = (ports: Ports, request: CsidRequest): Promise<Onboarding> =>
  oneAtATime(ports, request.unitId, async () => {
    const { read } = ports.storage
    const round = await roundOf(read, request.unitId)
    const state = await standing(read, round, request.giveUp)
    if (state.next !== 'otp') return state
    assertCsrFields(csrFieldsOf(round))
    const otp = checkedOtp(request.otp)
    const key = await requestKey(ports, round, request.actor)
    const { unit, epoch } = round
    const verdict = await ports.gateway(unit.environment).complianceCsid(await csrOf(ports, round, key), otp)
    const place = { purpose: 'compliance', epoch, keyId: key.keyId } as const
    const csid = await csidOf(ports, unit, place, issuedOr(verdict, otp))
    await ports.storage.write(async (tx) => {
      await tx.addCsid(csid)
      if (unit.state === 'new') await tx.updateUnit(unit.id, { state: 'compliance' })
      const { requestId } = csid
      const details = { requestId, epoch, ...(request.giveUp === undefined ? {} : { givenUp: request.giveUp }) }
      await tx.addAudit(audit(ports, request, 'onboarding/compliance-csid', details))
    })
    return onboardingOf(read, unit.id)
  })

// ---- step 2: compliance documents, one a call ---------------------------------------------------------------------------

/** Signs and sends the next document that has not passed yet; throws `onboarding/compliance-failed` with what ZATCA found. */
export const checkNextDocument = (ports: Ports, request: OnboardingRequest): Promise<Onboarding> =>
  oneAtATime(ports, request.unitId, async () => {
    const round = await roundOf(ports.storage.read, request.unitId)
    const state = await standing(ports.storage.read, round)
    const open = state.compliance.find((step) => step.state !== 'passed')
    const csid = round.begun
    if (state.next !== 'check' || open === undefined || csid === undefined) return state
    const verdict = checkedOr(await sendForCheck(ports, round, csid, open))
    await recordCheck(ports, request, csid, open, verdict)
    return onboardingOf(ports.storage.read, request.unitId)
  })

const recordCheck = async (
  ports: Ports,
  request: OnboardingRequest,
  csid: Csid,
  { kind, profile }: ComplianceKind,
  { kind: outcome, findings }: Checked,
): Promise<void> => {
  const passed = outcome === 'accepted'
  const at = instant(ports.clock.now())
  await ports.storage.write(async (tx) => {
    await tx.addComplianceDocument({ unitId: csid.unitId, csidId: csid.id, kind, profile, passed, findings, at })
    await tx.addAudit(audit(ports, request, 'onboarding/compliance-document', { kind, profile, passed }))
  })
  if (!passed) throw new Failure('onboarding/compliance-failed', { details: { kind, profile, findings } })
}

/** They stand outside the chain: genesis PIH, counter 1, and no row among the issued documents (B5). */
const sendForCheck = async (ports: Ports, owner: UnitOfCompany, csid: Csid, kind: ComplianceKind): Promise<Verdict> => {
  const { unit, company } = owner
  const now = ports.clock.now()
  const { date, time } = riyadhTime(now)
  const draft = complianceDraft(kind, partyOf(company), date)
  const uuid = ports.ids.uuid()
  const invoice = withChainFields(completeDraft({ ...draft, issueDate: date, issueTime: time }), {
    icv: 1,
    pih: GENESIS_PIH,
    uuid,
  })
  const signer = await fittingSigner(ports, owner, csid)
  assertValid(signer.certificate, now)
  const sealed = await seal(invoice, { signer, signingTime: riyadhText(now) })
  const submission = { invoiceHash: sealed.hash, uuid, invoice: sealed.bytes }
  return ports.gateway(unit.environment).complianceCheck(await openCredentials(ports, unit, csid), submission)
}

type Checked = Extract<Verdict, { kind: 'accepted' | 'rejected' }>

const checkFailures: Readonly<Record<Exclude<Verdict['kind'], Checked['kind']>, FailureCode>> = {
  reroute: 'gateway/misconfigured',
  'sign-in-refused': 'onboarding/sign-in-refused',
  misconfigured: 'gateway/misconfigured',
  'too-large': 'onboarding/refused',
  'renewal-needed': 'onboarding/refused',
  throttled: 'onboarding/unreachable',
  unknown: 'onboarding/unknown-outcome',
  unsent: 'onboarding/unreachable',
}

const checkedOr = (verdict: Verdict): Checked => {
  if (verdict.kind === 'accepted' || verdict.kind === 'rejected') return verdict
  const details = { httpStatus: verdict.httpStatus, ...('cause' in verdict ? { cause: verdict.cause } : {}) }
  throw new Failure(checkFailures[verdict.kind], { details })
}

// ---- step 3: production CSID and chain ------------------------------------------------------------------------------------

/** Fetches the production CSID and puts it into use with a chain of its own. */
export const activate = (ports: Ports, request: OnboardingRequest): Promise<Onboarding> =>
  oneAtATime(ports, request.unitId, async () => {
    const round = await roundOf(ports.storage.read, request.unitId)
    const state = await standing(ports.storage.read, round)
    const { begun, unit, epoch } = round
    if (state.next !== 'activate' || begun === undefined) return state
    const credentials = await openCredentials(ports, unit, begun)
    const issued = issuedOr(await ports.gateway(unit.environment).productionCsid(credentials, begun.requestId))
    const csid = await csidOf(ports, unit, { purpose: 'production', epoch, keyId: begun.keyId }, issued)
    await fittingSigner(ports, round, csid)
    await ports.storage.write((tx) => putIntoUse(ports, tx, request, csid))
    return onboardingOf(ports.storage.read, unit.id)
  })
