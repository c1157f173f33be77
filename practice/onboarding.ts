/** The certificate calls: compliance CSID, production CSID and renewal (spec A4, A5, B5). */
import { randomBytes, randomInt } from 'node:crypto'
import { z } from 'zod'
import { type Answer, answer, refusal, refusedRequest } from './answer.ts'
import type { Call, Practice, SignedInCall } from './call.ts'
import { issueCompliance, issueProduction } from './certificates/authority.ts'
import { sha256Hex } from './certificates/ecdsa.ts'
import {
  breachesOf,
  functionalityMapOf,
  readSigningRequest,
  type SigningRequest,
  vatNumberOf,
} from './certificates/signing-request.ts'
import { ENVIRONMENTS, SANDBOX_CERTIFICATE } from './environments.ts'
import type { RefusalCode } from './messages.ts'
import type { Credential, State } from './state.ts'

const OTP_LIFE = 3600 * 1000
const TOKEN_TYPE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3'

const requestBody = z.object({ csr: z.string() })
const requestIdBody = z.object({ compliance_request_id: z.union([z.string(), z.number()]).transform(String) })

/** `POST /compliance`: an OTP and a signing request become a compliance CSID. */
export function issueComplianceCsid(call: Call): Answer {
  const request = readRequest(call)
  if (!request.ok) return request.refused
  burnOtp(call)
  return answer(200, newCredential(call, 'compliance', request))
}

/** `POST /production/csids`: a compliance CSID whose documents have all passed becomes a production CSID. */
export function issueProductionCsid(call: SignedInCall): Answer {
  const body = requestIdBody.safeParse(call.body)
  if (!body.success) return refusal(400, 'Invalid-Request', call.language)
  if (body.data.compliance_request_id !== call.caller.csid)
    return refusal(400, 'Invalid-Compliance-Request', call.language)
  const missing = ENVIRONMENTS[call.environment].isCanned ? [] : missingDocuments(call.caller)
  if (missing.length > 0)
    return refusal(400, 'Missing-ComplianceSteps', call.language, { documents: missing.join(', ') })
  const { signingRequest } = call.caller
  const parsed = readSigningRequest(signingRequest)
  if (!parsed) throw new Error('the stored signing request can no longer be read')
  revoke(call.practice.state, call.caller.renews)
  return answer(200, newCredential(call, 'production', { signingRequest, parsed }))
}

/** `PATCH /production/csids`: a new production CSID at once, or 428 with a compliance CSID to prove oneself again. */
export function renewProductionCsid(call: SignedInCall): Answer {
  const request = readRequest(call)
  if (!request.ok) return request.refused
  if (vatNumberOf(request.parsed) !== call.caller.vatNumber)
    return refusedRequest(['CSR-Other-Taxpayer'], call.language)
  burnOtp(call)
  const { renewal } = call.practice.state.settings
  if (renewal === 'issue') {
    revoke(call.practice.state, call.caller.csid)
    return answer(200, newCredential(call, 'production', request))
  }
  const body = newCredential(call, 'compliance', { ...request, renews: call.caller.csid })
  const value = { ...body, tokenType: null, dispositionMessage: 'NOT_COMPLIANT' }
  return answer(428, renewal === 'compliance' ? { value } : value)
}

interface CheckedRequest {
  readonly signingRequest: string
  readonly parsed: SigningRequest
  readonly renews?: string
}

/** OTP first, then the request; a refused request does not use the OTP up. */
function readRequest(
  call: Call,
): ({ readonly ok: true } & CheckedRequest) | { readonly ok: false; readonly refused: Answer } {
  const refused = (given: Answer) => ({ ok: false, refused: given }) as const
  const body = requestBody.safeParse(call.body)
  const parsed = body.success ? readSigningRequest(body.data.csr) : undefined
  const otpProblem = checkOtp(call, parsed && vatNumberOf(parsed))
  if (otpProblem) return refused(refusal(400, otpProblem, call.language))
  if (!body.success) return refused(refusal(400, 'Invalid-Request', call.language))
  if (!parsed) return refused(refusedRequest(['CSR-Unreadable'], call.language))
  const breaches = breachesOf(parsed, ENVIRONMENTS[call.environment].templates)
  if (breaches.length > 0) return refused(refusedRequest(breaches, call.language))
  return { ok: true, signingRequest: body.data.csr, parsed }
}

function checkOtp({ practice, environment, request }: Call, vatNumber: string | undefined): RefusalCode | undefined {
  const given = request.headers['otp'] ?? ''
  if (given === '') return 'Missing-OTP'
  if (ENVIRONMENTS[environment].isCanned || given === practice.state.settings.rehearsalOtp) return undefined
  const known = practice.state.otps[given]
  if (!known || practice.now() > known.expiresAt) return 'Invalid-OTP'
  const isForeign = known.vatNumber !== undefined && vatNumber !== undefined && known.vatNumber !== vatNumber
  return isForeign ? 'Invalid-OTP' : undefined
}

function burnOtp({ practice, request }: Call): void {
  delete practice.state.otps[request.headers['otp'] ?? '']
}

/** A new OTP of six digits, valid for an hour and once; never 000000. */
export function issueOtp(practice: Practice, vatNumber?: string): { otp: string; expiresAt: number } {
  const otp = `${randomInt(1, 1_000_000)}`.padStart(6, '0')
  const expiresAt = practice.now() + OTP_LIFE
  practice.state.otps[otp] = { expiresAt, ...(vatNumber === undefined ? {} : { vatNumber }) }
  practice.save()
  return { otp, expiresAt }
}

/** Issues the certificate, remembers the CSID and gives the body of the answer; the secret appears only there. */
function newCredential(call: Call, kind: Credential['kind'], { signingRequest, parsed, renews }: CheckedRequest) {
  const { practice, environment } = call
  const requestId = nextRequestId(practice)
  const certificate = certify(call, kind, parsed, requestId)
  const token = Buffer.from(Buffer.from(certificate).toString('base64')).toString('base64')
  const secret = randomBytes(32).toString('base64')
  practice.state.credentials.push({
    csid: `${requestId}`,
    kind,
    environment,
    vatNumber: vatNumberOf(parsed),
    functionalityMap: functionalityMapOf(parsed),
    certificate,
    signingRequest,
    authorization: sha256Hex(`${token}:${secret}`),
    passed: [],
    ...(renews === undefined ? {} : { renews }),
    isRevoked: false,
  })
  practice.save()
  return {
    requestID: requestId,
    tokenType: TOKEN_TYPE,
    dispositionMessage: 'ISSUED',
    binarySecurityToken: token,
    secret,
    errors: null,
  }
}

function certify(
  { practice, environment }: Call,
  kind: Credential['kind'],
  request: SigningRequest,
  requestId: number,
): Uint8Array {
  const { authority } = practice.state
  if (kind === 'compliance') return issueCompliance(authority.compliance, request, BigInt(requestId), practice.now())
  if (ENVIRONMENTS[environment].isCanned) return new Uint8Array(Buffer.from(SANDBOX_CERTIFICATE, 'base64'))
  return issueProduction(authority.production, request, practice.now())
}

/** 13 digits, the time in milliseconds, and never the same twice. */
function nextRequestId({ state, now }: Practice): number {
  state.lastRequestId = Math.max(now(), state.lastRequestId + 1)
  return state.lastRequestId
}

export function revoke(state: State, csid: string | undefined): void {
  for (const credential of state.credentials) if (credential.csid === csid) credential.isRevoked = true
}

/** The kinds that the functionality map asks for and that have not passed yet (spec B5). */
function missingDocuments({ functionalityMap, passed }: Credential): readonly string[] {
  const kinds = ['standard', 'simplified'].filter((_, position) => functionalityMap[position] === '1')
  const needed = kinds.flatMap((kind) => ['388', '381', '383'].map((code) => `${kind}-${code}`))
  return needed.filter((kind) => !passed.includes(kind))
}
