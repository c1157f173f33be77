/** Every way in which an operation can fail: one table from stable code to HTTP status and whether repeating may help. */

export interface FailureKind {
  readonly status: number
  readonly retryable: boolean
}

const kind = (status: number, retryable = false): FailureKind => ({ status, retryable })

/** Codes are never renamed and never reused; their texts stand in `core/messages`. */
export const failures = {
  'request/invalid': kind(400),
  'request/not-json': kind(400),
  'request/not-found': kind(404),
  'request/too-large': kind(413),
  'request/too-many': kind(429, true),
  'request/idempotency-mismatch': kind(422),

  'access/unauthenticated': kind(401),
  'access/forbidden': kind(403),
  'access/wrong-password': kind(401),
  'access/code-needed': kind(401),
  'access/wrong-code': kind(401),
  'access/no-enrolment': kind(409),
  'access/not-assigned': kind(403),
  'access/service-refused': kind(401),
  'access/service-unreachable': kind(503, true),
  'access/subject-taken': kind(409),
  'access/locked': kind(423, true),
  'access/weak-password': kind(422),
  'access/already-set-up': kind(409),
  'access/wrong-set-up-token': kind(403),
  'access/origin': kind(403),
  'access/duplicate-user': kind(409),
  'access/user-not-found': kind(404),
  'access/key-not-found': kind(404),
  'access/last-owner': kind(409),
  'access/password-change-needed': kind(403),
  'access/same-password': kind(422),

  'draft/invalid': kind(422),
  'document/invalid': kind(422),
  'document/not-rejected': kind(409),
  'document/duplicate-number': kind(409),
  'document/self-check': kind(500),
  'document/not-found': kind(404),
  'document/ambiguous': kind(409),
  'xml/hostile': kind(422),
  'xml/malformed': kind(422),
  'xml/not-an-invoice': kind(422),
  'xml/not-signed': kind(422),
  'qr/malformed': kind(422),

  'certificate/malformed': kind(422),
  'certificate/expired': kind(409),
  'certificate/not-yet-valid': kind(409),
  'certificate/wrong-key': kind(409),
  'certificate/wrong-vat-number': kind(409),
  'key/malformed': kind(422),
  'key/locked': kind(503, true),
  'csr/invalid': kind(422),

  'company/duplicate': kind(409),
  'company/not-found': kind(404),
  'unit/duplicate': kind(409),
  'unit/not-found': kind(404),
  'unit/not-ready': kind(409),
  'unit/functionality': kind(409),
  'unit/environment': kind(409),
  'unit/busy': kind(503, true),

  'chain/frozen': kind(409),
  'chain/busy': kind(503, true),
  'clock/stepped-back': kind(503, true),
  'clock/skewed': kind(503, true),

  'webhook/not-found': kind(404),
  'webhook/address': kind(422),

  'road/not-found': kind(404),
  'road/unconfirmed': kind(422),
  'setting/not-found': kind(404),
  'setting/fixed': kind(409),
  'setting/invalid': kind(422),

  'onboarding/otp-format': kind(422),
  'onboarding/otp-refused': kind(422),
  'onboarding/csr-refused': kind(422),
  'onboarding/compliance-failed': kind(422),
  'onboarding/refused': kind(502),
  'onboarding/sign-in-refused': kind(502),
  'onboarding/unreachable': kind(503, true),
  'onboarding/unknown-outcome': kind(503, true),

  'gateway/unreachable': kind(503, true),
  'gateway/unknown-outcome': kind(503, true),
  'gateway/refused-sign-in': kind(502),
  'gateway/misconfigured': kind(502),

  'storage/newer-schema': kind(503),
  'storage/unavailable': kind(503, true),
  'storage/immutable': kind(409),
  'storage/conflict': kind(409),
  'storage/corrupt': kind(500),
  'storage/not-empty': kind(409),
  'storage/moved': kind(409),
  'storage/unwalled': kind(500),
  'storage/untrusted': kind(503, true),
  'storage/denied': kind(500),
  'storage/in-use': kind(503, true),
  'storage/network-share': kind(500),
  'storage/full': kind(507, true),
  'storage/disk-error': kind(503, true),

  'backup/wrong-key': kind(422),
  'backup/damaged': kind(422),
  'backup/unproven': kind(500),
  'backup/not-set-up': kind(409),
  'backup/plan-fixed': kind(409),
  'backup/folder-unavailable': kind(422),
  'backup/weak-passphrase': kind(422),
  'anchors/unavailable': kind(503, true),
  'move/unproven': kind(409),

  'config/invalid': kind(500),
  'usage/unknown-option': kind(400),
  'usage/missing-option': kind(400),
  'usage/invalid-value': kind(400),
  'usage/unknown-command': kind(400),
  'usage/unreadable-file': kind(400),
  'internal/unexpected': kind(500),
} as const satisfies Record<string, FailureKind>

export type FailureCode = keyof typeof failures

/** Values that a message may show; never a secret, an OTP, a token or a key. */
export type FailureDetails = Readonly<Record<string, unknown>>

/** The only error that crosses a boundary. `reason` is a short technical remark in English, safe to log. */
export class Failure extends Error {
  readonly code: FailureCode
  readonly details: FailureDetails
  readonly reason: string | undefined

  constructor(code: FailureCode, options: { details?: FailureDetails; reason?: string; cause?: unknown } = {}) {
    super(options.reason === undefined ? code : `${code}: ${options.reason}`, { cause: options.cause })
    this.name = 'Failure'
    this.code = code
    this.details = options.details ?? {}
    this.reason = options.reason
  }

  get kind(): FailureKind {
    return failures[this.code]
  }
}

/** Anything thrown as a Failure: what nobody foresaw becomes `internal/unexpected`, its own text is never shown. */
export const asFailure = (thrown: unknown): Failure =>
  thrown instanceof Failure ? thrown : new Failure('internal/unexpected', { cause: thrown })
