/** What is kept: companies, units, credentials, chains, documents and people, as every storage engine gives them back. */
import type { DocumentKind, Draft, DraftParty, Profile } from './invoice/draft.ts'
import type { Violation } from './invoice/rules/rule.ts'
import type { Endpoint, Environment, Functionality, Role, UnitState, VerdictKind } from './vocabulary.ts'

/** A client of the office: the seller (BG-4) of its documents. */
export interface Company {
  readonly id: string
  readonly name: string
  readonly vatNumber: string
  readonly party: DraftParty
  /** CSR business category and short address, asked for once */
  readonly industry: string
  readonly createdAt: string
}

/** An EGS unit: one key, one CSID and one chain in one environment. */
export interface Unit {
  readonly id: string
  readonly companyId: string
  readonly environment: Environment
  readonly name: string
  readonly branch: string
  readonly functionality: Functionality
  readonly state: UnitState
  readonly keyId: string | undefined
  readonly createdAt: string
}

/** What ZATCA issued for a key: compliance (CCSID) or production (PCSID). `secret` is sealed by the key store. */
export interface Csid {
  readonly id: string
  readonly unitId: string
  readonly purpose: 'compliance' | 'production'
  readonly requestId: string
  readonly token: string
  readonly sealedSecret: string
  readonly notBefore: string
  readonly notAfter: string
  readonly epoch: number
  readonly createdAt: string
}

/** One remark of the gateway about a document (spec A7). */
export interface GatewayFinding {
  readonly type: 'info' | 'warning' | 'error'
  readonly code: string | undefined
  readonly category: string | undefined
  readonly message: string
}

/** A document of the onboarding: takes no counter, is no row of `document`. */
export interface ComplianceDocument {
  readonly unitId: string
  readonly csidId: string
  readonly kind: DocumentKind
  readonly profile: Profile
  readonly passed: boolean
  readonly findings: readonly GatewayFinding[]
  readonly at: string
}

export interface Chain {
  readonly id: string
  readonly unitId: string
  readonly epoch: number
  readonly state: 'active' | 'draining' | 'closed' | 'frozen'
  readonly lastIcv: number
  /** Base64 hash of the last sealed document, or the genesis PIH */
  readonly lastHash: string
  readonly lastSealedAt: string | undefined
}

/** An issued document: written once, never changed, never deleted. */
export interface DocumentRecord {
  readonly id: string
  readonly companyId: string
  readonly unitId: string
  readonly chainId: string
  readonly environment: Environment
  readonly icv: number
  readonly uuid: string
  readonly pih: string
  readonly hash: string
  readonly kind: DocumentKind
  readonly profile: Profile
  readonly number: string
  readonly reissueNo: number
  readonly supersedes: string | undefined
  readonly issueDate: string
  readonly issueTime: string
  readonly buyerName: string | undefined
  readonly currency: string
  readonly taxInclusiveAmount: string
  readonly taxAmountSar: string
  /** UTC by the machine's clock, set by nobody */
  readonly sealedAt: string
  readonly rulePack: string
  readonly warnings: readonly Violation[]
  readonly draft: Draft
  readonly qr: string
  readonly csidId: string
  readonly idempotencyKey: string
  readonly bodySha256: string
}

export interface OutboxRow {
  readonly documentId: string
  readonly endpoint: Endpoint
  readonly state: 'pending' | 'sending' | 'unknown' | 'held'
  readonly heldReason: string | undefined
  readonly deadlineAt: string
  readonly nextAt: string
  readonly leaseUntil: string | undefined
  readonly fence: number
  readonly claims: number
  /** First transmission whose bytes may have arrived: starts the 24-hour clock of an unknown outcome */
  readonly firstSentAt: string | undefined
}

/** One transmission, journalled before the socket opens. */
export interface Attempt {
  readonly documentId: string
  readonly fence: number
  readonly endpoint: Endpoint
  readonly startedAt: string
  readonly finishedAt: string | undefined
  readonly requestSha256: string
  readonly verdict: VerdictKind | undefined
  readonly httpStatus: number | undefined
  readonly response: string | undefined
}

export interface Result {
  readonly documentId: string
  readonly outcome: 'cleared' | 'reported' | 'rejected'
  readonly duplicate: boolean
  readonly findings: readonly GatewayFinding[]
  readonly decidedByFence: number
  readonly at: string
}

export interface AuditEntry {
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly details: Readonly<Record<string, unknown>>
}

export interface User {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly role: Role
  readonly passwordHash: string
  readonly failedSignIns: number
  readonly lockedUntil: string | undefined
  readonly createdAt: string
}

export interface Session {
  readonly tokenSha256: string
  readonly userId: string
  readonly createdAt: string
  readonly lastSeenAt: string
  readonly expiresAt: string
}

export interface SavedDraft {
  readonly id: string
  readonly companyId: string
  readonly draft: unknown
  readonly updatedAt: string
}
