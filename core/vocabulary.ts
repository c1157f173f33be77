/** The closed lists of words that stored records, the contract and the screens share. */

/** PRACTICE is our own rehearsal gateway; the others are ZATCA's three. A credential, chain or document belongs to exactly one. */
export const environments = ['PRACTICE', 'SANDBOX', 'SIMULATION', 'PRODUCTION'] as const
export type Environment = (typeof environments)[number]

/** What a unit may issue (CSR title, spec B4): only standard, only simplified, both. */
export const functionalities = ['1000', '0100', '1100'] as const
export type Functionality = (typeof functionalities)[number]

/** How far onboarding of a unit has come; every step can be resumed after a crash. */
export const unitStates = ['new', 'compliance', 'ready', 'expired', 'closed'] as const
export type UnitState = (typeof unitStates)[number]

/** Cleared, reported and rejected are final; everything else has exactly one outbox row (G4). */
export const documentStates = ['waiting', 'sending', 'unknown', 'held', 'cleared', 'reported', 'rejected'] as const
export type DocumentState = (typeof documentStates)[number]

/** What the office tells programs: one entry of the audit log each. */
export const eventTypes = [
  'invoice.issued',
  'invoice.cleared',
  'invoice.reported',
  'invoice.rejected',
  'invoice.held',
  'invoice.completed',
  'unit.activated',
  'unit.renewed',
  'chain.frozen',
  'chain.thawed',
  'certificate.expiring',
  'sending.paused',
  'sending.stopped',
  'sending.resumed',
  'webhook.deactivated',
  'webhook.test',
] as const
export type EventType = (typeof eventTypes)[number]

/** Delivered and given up are final. */
export const deliveryStates = ['waiting', 'sending', 'delivered', 'given-up'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Why a message to a webhook was not taken. */
export const deliveryProblems = [
  'address-form',
  'address-refused',
  'unresolvable',
  'unreachable',
  'untrusted',
  'timeout',
  'redirect',
  'status',
  'unsealable',
] as const
export type DeliveryProblem = (typeof deliveryProblems)[number]

export const roles = ['owner', 'admin', 'accountant', 'issuer', 'viewer', 'auditor'] as const
export type Role = (typeof roles)[number]

/** Which of ZATCA's two roads a document takes: standard documents are cleared, simplified ones reported. */
export const endpoints = ['clearance', 'reporting'] as const
export type Endpoint = (typeof endpoints)[number]

/** Days before its end from which a certificate is warned about, ever more urgently (product). */
export const expiryWarningDays = [90, 30, 14, 7, 1] as const
export type ExpiryWarning = (typeof expiryWarningDays)[number] | 'expired'

/** What a certificate or key of a unit is there for now. */
export const certificateUses = ['in-use', 'under-way', 'requested', 'old'] as const
export type CertificateUse = (typeof certificateUses)[number]

/** What a person does about it. */
export const certificateAdvices = [
  'nothing',
  'request',
  'continue',
  'start-over',
  'renew',
  'register-anew',
  'keep',
] as const
export type CertificateAdvice = (typeof certificateAdvices)[number]

/** What the board makes of the 24 hours of a simplified document (G9). */
export const clockLevels = ['calm', 'warn', 'alert', 'urgent', 'late'] as const

/** Why nothing is sent on a road for now; `paused`: a person said so. */
export const roadReasons = ['paused', 'unreachable', 'sign-in-refused', 'misconfigured', 'renewal-needed'] as const
export type RoadReason = (typeof roadReasons)[number]

/** What an answer of the gateway means for a document (reliability: answer table). */
export const verdictKinds = [
  'accepted',
  'rejected',
  'reroute',
  'sign-in-refused',
  'misconfigured',
  'too-large',
  'renewal-needed',
  'throttled',
  'unknown',
  'unsent',
] as const
export type VerdictKind = (typeof verdictKinds)[number]

/** The fields of a QR code in the order of their tags, which count from 1 (spec E1). */
export const qrFieldNames = [
  'sellerName',
  'vatNumber',
  'timestamp',
  'total',
  'vatTotal',
  'hash',
  'signature',
  'publicKey',
  'caSignature',
] as const
export type QrFieldName = (typeof qrFieldNames)[number]

/** What can be odd about a QR code that is read without its document. */
export const qrOddities = [
  'tag-missing',
  'phase-one',
  'stamp',
  'too-long',
  'name-too-long',
  'vat-number-format',
  'timestamp-format',
  'amount-format',
  'vat-above-total',
] as const
export type QrOddity = (typeof qrOddities)[number]
