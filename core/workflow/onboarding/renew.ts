/**
 * Renews the certificate of a unit: new key and CSR -> OTP -> production CSID at once, or (428) a compliance CSID, the compliance
 * documents and then the production CSID (spec A5). The unit goes on issuing under the old certificate until the new one is in use;
 * then a new chain begins, in the same commit. Resumable like the onboarding, from the same records.
 */
import { Failure } from '#core/errors.ts'
import type { Ports } from '#core/ports.ts'
import { openCredentials } from '../signing.ts'
import {
  audit,
  checkedOtp,
  csidOf,
  csrOf,
  fittingSigner,
  type Issued,
  issuedOr,
  type RequestKey,
  requestKey,
} from './certificate-request.ts'
import { assertCsrFields, csrFieldsOf } from './csr-fields.ts'
import { allSteps, type CsidRequest } from './onboard.ts'
import { type Onboarding, onboardingOf, type Round, roundOf, standing } from './onboarding-state.ts'
import { putIntoUse } from './put-into-use.ts'
import { oneAtATime } from './unit-claim.ts'

export interface RenewalRequest extends CsidRequest {
  /**
   * The certificate that is renewed: the production CSID in use, or the compliance CSID of a renewal that got stuck. Naming it makes the
   * call safe to repeat: once it is replaced, nothing is asked again.
   */
  readonly giveUp: string
}

/** All remaining steps in a row, without an OTP once it is spent; `onStep` hears where it stands after each. */
export const renew = (
  ports: Ports,
  request: Omit<RenewalRequest, 'otp'> & { readonly otp?: string },
  onStep?: (state: Onboarding) => void,
): Promise<Onboarding> => allSteps(ports, request, () => requestRenewal(ports, { otp: '', ...request }), onStep)

/**
 * Spends the OTP on the renewal. Throws `unit/not-ready` for a unit that was never in use and `onboarding/sign-in-refused` when ZATCA no
 * longer accepts the certificate (expired, revoked, or replaced by an answer that was lost): then `onboard` with `giveUp` registers the
 * unit anew; otherwise what `requestComplianceCsid` throws.
 */
export const requestRenewal = (ports: Ports, request: RenewalRequest): Promise<Onboarding> =>
  oneAtATime(ports, request.unitId, async () => {
    const round = await roundOf(ports.storage.read, request.unitId)
    const { inUse, unit } = round
    if (inUse === undefined) throw new Failure('unit/not-ready')
    const state = await standing(ports.storage.read, round, request.giveUp)
    if (state.next !== 'otp') return state
    assertCsrFields(csrFieldsOf(round))
    const otp = checkedOtp(request.otp)
    const key = await requestKey(ports, round, request.actor)
    const credentials = await openCredentials(ports, unit, inUse)
    const csr = await csrOf(ports, round, key)
    const issued = issuedOr(await ports.gateway(unit.environment).renewCsid(credentials, csr, otp), otp)
    await (issued.complianceNeeded ? begin : finish)(ports, request, round, key, issued)
    return onboardingOf(ports.storage.read, unit.id)
  })

type Taking = (ports: Ports, request: RenewalRequest, round: Round, key: RequestKey, issued: Issued) => Promise<void>

/** 428: the compliance documents come next. */
const begin: Taking = async (ports, request, { unit, epoch }, { keyId }, issued) => {
  const csid = await csidOf(ports, unit, { purpose: 'compliance', epoch, keyId }, issued)
  const details = { requestId: csid.requestId, epoch, givenUp: request.giveUp }
  await ports.storage.write(async (tx) => {
    await tx.addCsid(csid)
    await tx.addAudit(audit(ports, request, 'renewal/compliance-csid', details))
  })
}

/** 200: the new certificate is there, the old one revoked. */
const finish: Taking = async (ports, request, round, { keyId }, issued) => {
  const csid = await csidOf(ports, round.unit, { purpose: 'production', epoch: round.epoch, keyId }, issued)
  await fittingSigner(ports, round, csid)
  await ports.storage.write((tx) => putIntoUse(ports, tx, request, csid))
}
