/** What is kept: companies, units, credentials, chains, documents and people, as every storage engine gives them back. */
import type { DocumentKind, Draft, DraftParty, Profile } from './invoice/draft.ts'
import type { Violation } from './invoice/rules/rule.ts'
import type {
  DocumentState,
  Endpoint,
  Environment,
  Functionality,
  RoadReason,
  Role,
  UnitState,
  VerdictKind,
} from './vocabulary.ts'

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
  /** The key that the certificate was issued for; a renewal brings a new one */
  readonly keyId: string | undefined
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
  /** Why it takes no documents */
  readonly frozenReason?: string | undefined
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
  /** The worker that holds the lease: host and process, for the people who look for it */
  readonly leaseOwner: string | undefined
}

/**
 * A stretch of the way to ZATCA that can be closed: a whole environment (`PRODUCTION`), an endpoint of it
 * (`PRODUCTION/clearance`) or a credential (`csid/<id>`). Shared by all replicas; a road without a record is open.
 */
export interface Road {
  readonly id: string
  readonly state: 'open' | 'closed' | 'probing'
  readonly reason: RoadReason | undefined
  readonly changedAt: string
  /** A user, or `system` */
  readonly changedBy: string
  /** When one document may try whether it goes on; undefined when only a person opens it */
  readonly probeAt: string | undefined
  /** Failed and successful transmissions in a row */
  readonly failures: number
  readonly successes: number
  /** How often it was closed without a success in between: doubles the wait */
  readonly trips: number
  /** Transmissions of the running minute */
  readonly windowStartedAt: string | undefined
  readonly windowTotal: number
  readonly windowFailed: number
  /** Transmissions at a time: halved when ZATCA asks for less, one more each minute afterwards */
  readonly concurrency: number
  readonly concurrencyChangedAt: string
}

/** What a transmission travels on: its environment, an endpoint of it, and the credential it signs in with. */
export interface Trip {
  readonly environment: Environment
  readonly endpoint: Endpoint
  readonly csidId: string
}

/** A value that the office chose for a disputed point. */
export interface StoredSetting {
  readonly name: string
  readonly value: unknown
  readonly changedAt: string
  readonly changedBy: string
}

/** One backup and what its verification found. */
export interface BackupRun {
  readonly id: string
  readonly startedAt: string
  readonly finishedAt: string
  readonly target: string
  readonly bytes: number
  readonly documents: number
  /** Opened again and walked link by link */
  readonly verified: boolean
  /** Failure code when it did not work */
  readonly problem: string | undefined
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
  /** Why the outcome is unknown or nothing was sent: `ECONNRESET`, `timeout`... */
  readonly cause: string | undefined
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

/** Whose data somebody sees and changes: that of every client company, or of these, and then no other exists. */
export type Scope = 'all' | readonly string[]

export interface User {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly role: Role
  readonly passwordHash: string
  readonly failedSignIns: number
  readonly lockedUntil: string | undefined
  readonly createdAt: string
  /** Somebody else chose the password: nothing else is possible before it is changed */
  readonly mustChangePassword: boolean
  /** Since when the account no longer opens anything; it stays, because the audit log names it */
  readonly deactivatedAt: string | undefined
  /** The client companies that the user works for; absent: all */
  readonly companies?: readonly string[] | undefined
  /** Of the second factor, bound to the user; absent: none */
  readonly sealedTotpSecret?: string | undefined
  /** The last time step whose code was taken: no code opens the door twice */
  readonly totpStep?: number | undefined
  /** Issuer and subject of the office's own sign-in service */
  readonly oidcSubject?: string | undefined
}

/** Opens one door once: the first account, a sign-in that comes back from elsewhere. */
export interface OneTimeToken {
  readonly tokenSha256: string
  readonly purpose: string
  readonly details: Readonly<Record<string, unknown>>
  readonly createdAt: string
  readonly expiresAt: string
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

/** Some rows of a list, and where the next page begins. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  /** Undefined on the last page */
  readonly next: string | undefined
}

/** Documents to which all of this applies. */
export interface DocumentFilter {
  readonly within?: Scope | undefined
  readonly companyId?: string | undefined
  readonly unitId?: string | undefined
  readonly environment?: Environment | undefined
  readonly state?: DocumentState | undefined
  readonly kind?: DocumentKind | undefined
  readonly profile?: Profile | undefined
  /** First and last day of issue (BT-2), both included */
  readonly issuedFrom?: string | undefined
  readonly issuedTo?: string | undefined
  /** The whole number, as it is */
  readonly number?: string | undefined
  /** Words of the buyer's name, in any spelling */
  readonly buyer?: string | undefined
  /** Words of number, buyer or UUID, in any spelling */
  readonly search?: string | undefined
  /** Opaque: the last page's `next` */
  readonly after?: string | undefined
  readonly limit: number
}

/** A document as lists and sums need it. */
export interface DocumentRow
  extends Pick<
    DocumentRecord,
    | 'id'
    | 'companyId'
    | 'unitId'
    | 'environment'
    | 'number'
    | 'kind'
    | 'profile'
    | 'icv'
    | 'uuid'
    | 'issueDate'
    | 'issueTime'
    | 'buyerName'
    | 'currency'
    | 'taxInclusiveAmount'
    | 'taxAmountSar'
    | 'reissueNo'
    | 'sealedAt'
  > {
  readonly state: DocumentState
  /** When ZATCA's final answer was recorded */
  readonly settledAt: string | undefined
}

/** A document with where it stands now. */
export interface DocumentStatus {
  readonly document: DocumentRecord
  readonly state: DocumentState
  readonly outbox: OutboxRow | undefined
  readonly result: Result | undefined
  /** The document that corrects this one */
  readonly supersededBy: string | undefined
}

export interface ChainTally {
  readonly documents: number
  /** Documents that have neither an outbox row nor a result, or both; a hundred at most */
  readonly unaccounted: readonly { readonly documentId: string; readonly icv: number; readonly rows: 'none' | 'both' }[]
}

/** What is on its way of one company in one environment. */
export interface OpenTally {
  readonly companyId: string
  readonly environment: Environment
  readonly waiting: number
  readonly unknown: number
  readonly held: number
  readonly oldestSealedAt: string
  /** The first to end of the 24-hour clocks of simplified documents */
  readonly deadlineAt: string | undefined
}

/** Where a chain stood at some moment, kept outside the database. */
export interface AnchoredHead {
  readonly chainId: string
  readonly unitId: string
  readonly epoch: number
  readonly icv: number
  readonly hash: string
}

/** What a column holds on every engine alike. */
export type StoredValue = string | number | Uint8Array | null

/** Begins a table; its rows follow, each with its values in the order of the columns. */
export interface TableHead {
  readonly table: string
  readonly columns: readonly string[]
}

export type StoredRow = readonly StoredValue[]

/** A whole database, table by table, parents before children, each in the order of its key: the same on every engine. */
export interface Dump {
  /** Version of the schema that the rows belong to */
  readonly schema: number
  readonly items: AsyncIterable<TableHead | StoredRow>
}
