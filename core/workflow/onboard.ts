/**
 * Brings a unit to its production CSID: key and CSR -> OTP -> compliance CSID -> compliance documents -> production CSID -> chain.
 *
 * Each step is committed before the next begins, and what is done is read from the records: after a crash the same call goes on where
 * it stopped. Only the OTP cannot be used twice, so a lost answer to that step asks for a new one.
 */
import { Failure, type FailureCode } from '#core/errors.ts'
import { completeDraft } from '#core/invoice/complete.ts'
import type { Csid, CsidVerdict, Ports, Unit, Verdict, Writer } from '#core/ports.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { GENESIS_PIH, withChainFields } from '#core/zatca/chain.ts'
import { buildCsr } from '#core/zatca/csr.ts'
import { seal } from '#core/zatca/seal.ts'
import { type ComplianceKind, complianceDraft } from './compliance-documents.ts'
import { assertCsrFields, csrFieldsOf } from './csr-fields.ts'
import { type Onboarding, onboardingOf } from './onboarding-state.ts'
import { instant, riyadhText, riyadhTime } from './riyadh-time.ts'
import { partyOf } from './seller.ts'
import {
  assertVatNumber,
  keyBinding,
  newestCsid,
  openCredentials,
  openSigner,
  secretBinding,
  type UnitOfCompany,
  unitOfCompany,
} from './signing.ts'

export { type Onboarding, onboardingOf } from './onboarding-state.ts'

export interface OnboardingRequest {
  readonly unitId: string
  readonly actor: string
}

/** All remaining steps in a row; `onStep` hears where it stands after each. */
export const onboard = async (
  ports: Ports,
  request: OnboardingRequest & { readonly otp?: string },
  onStep: (state: Onboarding) => void = () => undefined,
): Promise<Onboarding> => {
  let state = await onboardingOf(ports.storage.read, request.unitId)
  while (state.next !== 'done') {
    state = await steps[state.next](ports, request)
    onStep(state)
  }
  return state
}

type Step = (ports: Ports, request: OnboardingRequest & { readonly otp?: string }) => Promise<Onboarding>

const steps: Readonly<Record<Exclude<Onboarding['next'], 'done'>, Step>> = {
  otp: (ports, { otp = '', ...request }) => requestComplianceCsid(ports, { ...request, otp }),
  check: (ports, request) => checkNextDocument(ports, request),
  activate: (ports, request) => activate(ports, request),
}

// ---- step 1: key, CSR and OTP -----------------------------------------------------------------------------------------

/**
 * Makes the key and the CSR and spends the OTP on a compliance CSID. Throws `csr/invalid` with all findings and
 * `onboarding/otp-format` before anything is sent; `onboarding/otp-refused` or `onboarding/csr-refused` when ZATCA says so.
 */
export const requestComplianceCsid = async (
  ports: Ports,
  request: OnboardingRequest & { readonly otp: string },
): Promise<Onboarding> => {
  const state = await onboardingOf(ports.storage.read, request.unitId)
  if (state.next !== 'otp') return state
  const owner = await unitOfCompany(ports.storage.read, request.unitId)
  assertCsrFields(csrFieldsOf(owner))
  const otp = checkedOtp(request.otp)
  const { unit, envelope } = await withKey(ports, owner, request.actor)
  const csr = await csrOf(ports, { ...owner, unit }, envelope)
  const issued = issuedOr(await ports.gateway(unit.environment).complianceCsid(csr, otp))
  const csid = await csidOf(ports, unit, 'compliance', issued)
  await ports.storage.write(async (tx) => {
    await tx.addCsid(csid)
    await tx.updateUnit(unit.id, { state: 'compliance' })
    await tx.addAudit(audit(ports, request, 'onboarding/compliance-csid', { requestId: csid.requestId }))
  })
  return onboardingOf(ports.storage.read, unit.id)
}

const arabicDigits = /[٠-٩۰-۹]/g

/** Six digits; a person may type them in Arabic. The value itself is never part of a message. */
const checkedOtp = (typed: string): string => {
  const otp = typed.trim().replace(arabicDigits, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
  if (!/^\d{6}$/.test(otp)) throw new Failure('onboarding/otp-format')
  return otp
}

/** The unit's key, made at the first attempt and kept for the following ones; of two attempts at once the first one's. */
const withKey = async (ports: Ports, { unit }: UnitOfCompany, actor: string) => {
  const made = unit.keyId === undefined ? await ports.keys.generate(keyBinding(unit)) : undefined
  return ports.storage.write(async (tx) => {
    const current = (await tx.unit(unit.id)) ?? unit
    const known = current.keyId === undefined ? undefined : await tx.keyEnvelope(current.keyId)
    if (known !== undefined) return { unit: current, envelope: known }
    if (made === undefined) throw new Failure('unit/not-ready', { reason: 'the unit has lost its key' })
    const { keyId, envelope } = made
    await tx.addKeyEnvelope(keyId, envelope)
    await tx.updateUnit(unit.id, { keyId })
    await tx.addAudit(audit(ports, { unitId: unit.id, actor }, 'onboarding/key', { keyId }))
    return { unit: { ...current, keyId }, envelope }
  })
}

const csrOf = async ({ keys }: Ports, owner: UnitOfCompany, envelope: string): Promise<string> => {
  const binding = keyBinding(owner.unit)
  const publicKey = await keys.publicKey(envelope, binding)
  const sign = (digest: Uint8Array) => keys.signDigest(envelope, binding, digest)
  return (await buildCsr(csrFieldsOf(owner), owner.unit.environment, { publicKey, sign })).pem
}

// ---- step 2: compliance documents, one a call ---------------------------------------------------------------------------

/** Signs and sends the next document that has not passed yet; throws `onboarding/compliance-failed` with what ZATCA found. */
export const checkNextDocument = async (ports: Ports, request: OnboardingRequest): Promise<Onboarding> => {
  const state = await onboardingOf(ports.storage.read, request.unitId)
  const open = state.compliance.find((step) => step.state !== 'passed')
  const csid = await newestCsid(ports.storage.read, request.unitId, 'compliance')
  if (state.next !== 'check' || open === undefined || csid === undefined) return state
  const owner = await unitOfCompany(ports.storage.read, request.unitId)
  const verdict = checkedOr(await sendForCheck(ports, owner, csid, open))
  const { kind, profile } = open
  const passed = verdict.kind === 'accepted'
  const at = instant(ports.clock.now())
  await ports.storage.write(async (tx) => {
    await tx.addComplianceDocument({
      unitId: request.unitId,
      csidId: csid.id,
      kind,
      profile,
      passed,
      findings: verdict.findings,
      at,
    })
    await tx.addAudit(audit(ports, request, 'onboarding/compliance-document', { kind, profile, passed }))
  })
  if (!passed) {
    throw new Failure('onboarding/compliance-failed', { details: { kind, profile, findings: verdict.findings } })
  }
  return onboardingOf(ports.storage.read, request.unitId)
}

/** They stand outside the chain: genesis PIH, counter 1, and no row among the issued documents (B5). */
const sendForCheck = async (
  ports: Ports,
  { unit, company }: UnitOfCompany,
  csid: Csid,
  kind: ComplianceKind,
): Promise<Verdict> => {
  const now = ports.clock.now()
  const { date, time } = riyadhTime(now)
  const draft = complianceDraft(kind, partyOf(company), date)
  const uuid = ports.ids.uuid()
  const invoice = withChainFields(completeDraft({ ...draft, issueDate: date, issueTime: time }), {
    icv: 1,
    pih: GENESIS_PIH,
    uuid,
  })
  const signer = await openSigner(ports, unit, csid)
  const sealed = await seal(invoice, { signer, signingTime: riyadhText(now) })
  const submission = { invoiceHash: sealed.hash, uuid, invoice: sealed.bytes }
  return ports.gateway(unit.environment).complianceCheck(await openCredentials(ports, unit, csid), submission)
}

// ---- step 3: production CSID and chain ------------------------------------------------------------------------------------

/** Fetches the production CSID and opens the chain: counter 0, genesis PIH. All of it in one commit. */
export const activate = async (ports: Ports, request: OnboardingRequest): Promise<Onboarding> => {
  const state = await onboardingOf(ports.storage.read, request.unitId)
  const ccsid = await newestCsid(ports.storage.read, request.unitId, 'compliance')
  if (state.next !== 'activate' || ccsid === undefined) return state
  const { unit, company } = await unitOfCompany(ports.storage.read, request.unitId)
  const credentials = await openCredentials(ports, unit, ccsid)
  const issued = issuedOr(await ports.gateway(unit.environment).productionCsid(credentials, ccsid.requestId))
  const csid = await csidOf(ports, unit, 'production', issued)
  const { certificate } = await openSigner(ports, unit, csid)
  assertVatNumber(certificate, [company.vatNumber])
  await ports.storage.write((tx) => openChain(ports, tx, request, csid))
  return onboardingOf(ports.storage.read, unit.id)
}

/** A new CSID starts a new chain; the one before, if any, takes no more documents (spec F). */
const openChain = async (ports: Ports, tx: Writer, request: OnboardingRequest, csid: Csid): Promise<void> => {
  // Two calls at once may both have been answered; one chain is enough.
  if ((await tx.unit(csid.unitId))?.state === 'ready') return
  await tx.addCsid(csid)
  await tx.closeChains(csid.unitId)
  await tx.addChain({
    id: ports.ids.uuid(),
    unitId: csid.unitId,
    epoch: csid.epoch,
    state: 'active',
    lastIcv: 0,
    lastHash: GENESIS_PIH,
    lastSealedAt: undefined,
  })
  await tx.updateUnit(csid.unitId, { state: 'ready' })
  await tx.addAudit(
    audit(ports, request, 'onboarding/production-csid', { requestId: csid.requestId, epoch: csid.epoch }),
  )
}

// ---- shared --------------------------------------------------------------------------------------------------------------

type Issued = Extract<CsidVerdict, { kind: 'issued' }>

const csidOf = async (ports: Ports, unit: Unit, purpose: Csid['purpose'], issued: Issued): Promise<Csid> => {
  const { notBefore, notAfter } = parseCertificate(issued.token)
  const before = (await ports.storage.read.csids(unit.id)).filter((csid) => csid.purpose === purpose).length
  return {
    id: ports.ids.uuid(),
    unitId: unit.id,
    purpose,
    requestId: issued.requestId,
    token: issued.token,
    sealedSecret: await ports.keys.sealSecret(issued.secret, secretBinding(unit, purpose)),
    notBefore,
    notAfter,
    epoch: before + 1,
    createdAt: instant(ports.clock.now()),
    keyId: unit.keyId,
  }
}

const csidFailures: Readonly<Record<Exclude<CsidVerdict['kind'], 'issued'>, FailureCode>> = {
  'otp-refused': 'onboarding/otp-refused',
  'csr-refused': 'onboarding/csr-refused',
  'steps-missing': 'onboarding/compliance-failed',
  refused: 'onboarding/refused',
  unknown: 'gateway/unknown-outcome',
  unsent: 'gateway/unreachable',
}

const issuedOr = (verdict: CsidVerdict): Issued => {
  if (verdict.kind === 'issued') return verdict
  const said = 'message' in verdict ? { message: verdict.message } : { cause: verdict.cause }
  throw new Failure(csidFailures[verdict.kind], { details: { httpStatus: verdict.httpStatus, ...said } })
}

type Checked = Extract<Verdict, { kind: 'accepted' | 'rejected' }>

const checkFailures: Readonly<Record<Exclude<Verdict['kind'], Checked['kind']>, FailureCode>> = {
  reroute: 'gateway/misconfigured',
  'sign-in-refused': 'gateway/refused-sign-in',
  misconfigured: 'gateway/misconfigured',
  'too-large': 'onboarding/refused',
  'renewal-needed': 'onboarding/refused',
  throttled: 'gateway/unreachable',
  unknown: 'gateway/unknown-outcome',
  unsent: 'gateway/unreachable',
}

const checkedOr = (verdict: Verdict): Checked => {
  if (verdict.kind === 'accepted' || verdict.kind === 'rejected') return verdict
  const details = { httpStatus: verdict.httpStatus, ...('cause' in verdict ? { cause: verdict.cause } : {}) }
  throw new Failure(checkFailures[verdict.kind], { details })
}

const audit = (
  { clock }: Ports,
  { unitId, actor }: OnboardingRequest,
  action: string,
  details: Readonly<Record<string, unknown>>,
) => ({ at: instant(clock.now()), actor, action, subject: unitId, details })
