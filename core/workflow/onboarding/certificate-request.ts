/** What asking ZATCA for a certificate takes, at onboarding and at renewal alike: OTP, key, CSR, and what the answer means. */
import { auditEntry } from '#core/audit-entry.ts'
import { Failure, type FailureCode } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { AuditEntry, Csid, CsidVerdict, KeptKey, Ports, Unit } from '#core/ports.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { buildCsr } from '#core/zatca/csr.ts'
import { environmentProfiles } from '../environments.ts'
import { assertVatNumber, keyBinding, openSigner, secretBinding, type UnitOfCompany } from '../signing.ts'
import { csrFieldsOf } from './csr-fields.ts'
import type { Round } from './onboarding-state.ts'

export interface OnboardingRequest {
  readonly unitId: string
  readonly actor: string
}

const arabicDigits = /[٠-٩۰-۹]/g

/** Six digits; a person may type them in Arabic. The value itself is never part of a message. */
export const checkedOtp = (typed: string): string => {
  const otp = typed.trim().replace(arabicDigits, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
  if (!/^\d{6}$/.test(otp)) throw new Failure('onboarding/otp-format')
  return otp
}

// ---- key and CSR --------------------------------------------------------------------------------------------------------

export type RequestKey = Pick<KeptKey, 'keyId' | 'envelope'>

/**
 * The key of the request. A key that ZATCA has certified is not asked about again: the next certificate gets a new one. A key whose
 * request failed, or whose answer was lost, is kept for the next attempt, so that no key is made in vain.
 */
export const requestKey = async (ports: Ports, round: Round, actor: string): Promise<RequestKey> => {
  const { unit } = round
  const keyId = reusableKey(round)
  const envelope = keyId && (await ports.storage.read.keyEnvelope(keyId))
  if (keyId !== undefined && envelope !== undefined) return { keyId, envelope }
  const made = await newKey(ports, unit)
  await ports.storage.write(async (tx) => {
    if ((await tx.unit(unit.id))?.keyId !== unit.keyId) throw new Failure('storage/conflict')
    await tx.addKeyEnvelope({ ...made, companyId: unit.companyId })
    await tx.updateUnit(unit.id, { keyId: made.keyId })
    await tx.addAudit(audit(ports, { unitId: unit.id, actor }, 'onboarding/key', { keyId: made.keyId }))
  })
  return made
}

const reusableKey = ({ unit, csids }: Round): string | undefined => {
  const shared = environmentProfiles[unit.environment].testVatNumber !== undefined
  return shared || csids.every(({ keyId }) => keyId !== unit.keyId) ? unit.keyId : undefined
}

const newKey = ({ keys }: Ports, unit: Unit): Promise<KeptKey> => {
  const { testVatNumber } = environmentProfiles[unit.environment]
  return testVatNumber === undefined ? keys.generate(keyBinding(unit)) : keys.adoptTestKey(keyBinding(unit))
}

export const csrOf = async ({ keys }: Ports, owner: UnitOfCompany, { envelope }: RequestKey): Promise<string> => {
  const binding = keyBinding(owner.unit)
  const publicKey = await keys.publicKey(envelope, binding)
  const sign = (digest: Uint8Array) => keys.signDigest(envelope, binding, digest)
  return (await buildCsr(csrFieldsOf(owner), owner.unit.environment, { publicKey, sign })).pem
}

// ---- the answer ---------------------------------------------------------------------------------------------------------

export type Issued = Extract<CsidVerdict, { kind: 'issued' }>

const csidFailures: Readonly<Record<Exclude<CsidVerdict['kind'], 'issued'>, FailureCode>> = {
  'otp-refused': 'onboarding/otp-refused',
  'csr-refused': 'onboarding/csr-refused',
  'steps-missing': 'onboarding/compliance-failed',
  refused: 'onboarding/refused',
  unknown: 'onboarding/unknown-outcome',
  unsent: 'onboarding/unreachable',
}

/** What ZATCA issued; throws what else it said, without the OTP even if ZATCA repeats it. */
export const issuedOr = (verdict: CsidVerdict, otp?: string): Issued => {
  if (verdict.kind === 'issued') return verdict
  const { kind, httpStatus } = verdict
  const said = 'message' in verdict ? { message: without(otp, verdict.message) } : { cause: verdict.cause }
  const signInRefused = kind === 'refused' && (httpStatus === 401 || httpStatus === 403)
  const code = signInRefused ? 'onboarding/sign-in-refused' : csidFailures[kind]
  throw new Failure(code, { details: { httpStatus, ...said } })
}

const without = (otp: string | undefined, message: string): string =>
  otp === undefined ? message : message.replaceAll(otp, '******')

/** The record of what was issued for a key. Whether the certificate fits, `fittingSigner` tells. */
export const csidOf = async (
  ports: Ports,
  unit: Unit,
  place: Pick<Csid, 'purpose' | 'epoch' | 'keyId'>,
  issued: Issued,
): Promise<Csid> => {
  const { notBefore, notAfter } = parseCertificate(issued.token)
  return {
    id: ports.ids.uuid(),
    unitId: unit.id,
    ...place,
    requestId: issued.requestId,
    token: issued.token,
    sealedSecret: await ports.keys.sealSecret(issued.secret, secretBinding(unit, place.purpose)),
    notBefore,
    notAfter,
    createdAt: instant(ports.clock.now()),
  }
}

/**
 * The signer under a CSID that may sign for this company; throws `certificate/wrong-key` or `certificate/wrong-vat-number`. A new
 * certificate may be valid only a moment later by our clock: that is asked when something is signed.
 */
export const fittingSigner = async (ports: Ports, { unit, company }: UnitOfCompany, csid: Csid) => {
  const signer = await openSigner(ports, unit, csid)
  assertVatNumber(signer.certificate, [company.vatNumber])
  return signer
}

export const audit = (
  ports: Pick<Ports, 'clock'>,
  { unitId, actor }: OnboardingRequest,
  action: string,
  details: Readonly<Record<string, unknown>>,
): AuditEntry => auditEntry(ports, actor, action, unitId, details)
