/** Everything the workflow needs from outside (storage, gateway, keys, clock...) as the smallest interfaces that work. */
import type { DocumentKind, Draft, DraftParty, Profile } from './invoice/draft.ts'
import type { Violation } from './invoice/rules/rule.ts'
import type { DocumentState, Endpoint, Environment, Functionality, Role, UnitState } from './vocabulary.ts'
import type { Certificate } from './zatca/certificate.ts'
import type { Signer } from './zatca/seal.ts'

export type { DocumentState, Endpoint, Environment, Functionality, Role, UnitState } from './vocabulary.ts'
export type { Signer } from './zatca/seal.ts'

// ---- records, as stored -------------------------------------------------------------------------------------------------

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
  readonly verdict: Verdict['kind'] | undefined
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

// ---- storage ------------------------------------------------------------------------------------------------------------

export interface DocumentFilter {
  readonly companyId: string
  readonly environment?: Environment
  readonly state?: DocumentState
  readonly search?: string
  /** Opaque: the last page's `next` */
  readonly after?: string
  readonly limit: number
}

/** A document with where it stands now. */
export interface DocumentStatus {
  readonly document: DocumentRecord
  readonly state: DocumentState
  readonly outbox: OutboxRow | undefined
  readonly result: Result | undefined
}

/** What anybody may ask; never changes anything. */
export interface Reader {
  companies(): Promise<readonly Company[]>
  company(id: string): Promise<Company | undefined>
  units(companyId: string): Promise<readonly Unit[]>
  unit(id: string): Promise<Unit | undefined>
  csids(unitId: string): Promise<readonly Csid[]>
  complianceDocuments(csidId: string): Promise<readonly ComplianceDocument[]>
  activeChain(unitId: string): Promise<Chain | undefined>
  chains(unitId: string): Promise<readonly Chain[]>
  documentStatus(id: string): Promise<DocumentStatus | undefined>
  documentByKey(
    companyId: string,
    environment: Environment,
    idempotencyKey: string,
  ): Promise<DocumentRecord | undefined>
  documentsByNumber(companyId: string, environment: Environment, number: string): Promise<readonly DocumentStatus[]>
  documents(
    filter: DocumentFilter,
  ): Promise<{ readonly rows: readonly DocumentStatus[]; readonly next: string | undefined }>
  /** In ICV order, in pages, with the signed bytes: for the chain audit */
  chainDocuments(
    chainId: string,
    afterIcv: number,
    limit: number,
  ): Promise<readonly { document: DocumentRecord; signedXml: Uint8Array }[]>
  signedXml(documentId: string): Promise<Uint8Array | undefined>
  clearedXml(documentId: string): Promise<Uint8Array | undefined>
  attempts(documentId: string): Promise<readonly Attempt[]>
  outboxCounts(): Promise<{
    readonly waiting: number
    readonly unknown: number
    readonly held: number
    readonly oldestSealedAt: string | undefined
  }>
  audit(subject: string): Promise<readonly AuditEntry[]>
  users(): Promise<readonly User[]>
  userByName(username: string): Promise<User | undefined>
  session(tokenSha256: string): Promise<{ readonly session: Session; readonly user: User } | undefined>
  drafts(companyId: string): Promise<readonly SavedDraft[]>
  draft(id: string): Promise<SavedDraft | undefined>
  keyEnvelope(keyId: string): Promise<string | undefined>
}

/** A write transaction: everything in it is committed together or not at all. */
export interface Writer extends Reader {
  addCompany(company: Company): Promise<void>
  updateCompany(company: Company): Promise<void>
  addUnit(unit: Unit): Promise<void>
  updateUnit(id: string, change: Partial<Pick<Unit, 'state' | 'keyId'>>): Promise<void>
  addKeyEnvelope(keyId: string, envelope: string): Promise<void>
  addCsid(csid: Csid): Promise<void>
  addComplianceDocument(document: ComplianceDocument): Promise<void>
  addChain(chain: Chain): Promise<void>
  closeChains(unitId: string): Promise<void>
  freezeChain(chainId: string, reason: string): Promise<void>
  /** Takes the chain's lock until the transaction ends; undefined when the unit has no active chain. */
  lockChain(unitId: string): Promise<Chain | undefined>
  /** Stores the document and its bytes, moves the chain's head by exactly one, and puts the outbox row: all or nothing. */
  appendDocument(document: DocumentRecord, signedXml: Uint8Array, outbox: OutboxRow): Promise<void>
  /** Leases up to `limit` due rows to this worker by database time, raising each row's fence. */
  claimOutbox(options: {
    readonly limit: number
    readonly leaseSeconds: number
    readonly documentId?: string
  }): Promise<readonly OutboxRow[]>
  addAttempt(attempt: Attempt): Promise<void>
  finishAttempt(
    documentId: string,
    fence: number,
    change: Pick<Attempt, 'finishedAt' | 'verdict' | 'httpStatus' | 'response'>,
  ): Promise<void>
  /** Changes the row only when the fence is still ours; false when a newer worker owns it. */
  releaseOutbox(
    documentId: string,
    fence: number,
    change: Partial<Pick<OutboxRow, 'state' | 'endpoint' | 'heldReason' | 'nextAt' | 'firstSentAt'>>,
  ): Promise<boolean>
  /** Writes the final result, stores the cleared bytes and removes the outbox row, only when the fence is still ours. */
  settle(result: Result, clearedXml: Uint8Array | undefined): Promise<boolean>
  addAudit(entry: AuditEntry): Promise<void>
  addUser(user: User): Promise<void>
  updateUser(
    id: string,
    change: Partial<Pick<User, 'passwordHash' | 'failedSignIns' | 'lockedUntil' | 'role' | 'name'>>,
  ): Promise<void>
  addSession(session: Session): Promise<void>
  touchSession(tokenSha256: string, lastSeenAt: string, expiresAt: string): Promise<void>
  removeSession(tokenSha256: string): Promise<void>
  saveDraft(draft: SavedDraft): Promise<void>
  removeDraft(id: string): Promise<void>
}

export interface Storage {
  readonly read: Reader
  /** Runs `work` in one serialised write transaction; a throw rolls everything back. */
  write<T>(work: (tx: Writer) => Promise<T>): Promise<T>
  /** Schema version found and supported, for health checks */
  health(): Promise<{ readonly engine: 'sqlite' | 'postgres'; readonly schema: number }>
  close(): Promise<void>
}

// ---- gateway ------------------------------------------------------------------------------------------------------------

export interface Credentials {
  /** `binarySecurityToken` exactly as returned */
  readonly token: string
  readonly secret: string
}

export interface Submission {
  readonly invoiceHash: string
  readonly uuid: string
  readonly invoice: Uint8Array
}

export interface GatewayFinding {
  readonly type: 'info' | 'warning' | 'error'
  readonly code: string | undefined
  readonly category: string | undefined
  readonly message: string
}

export interface Answer {
  readonly httpStatus: number | undefined
  /** Raw body, cut to a sane length, secrets removed: kept with the attempt */
  readonly body: string
}

/** What an answer means for a document (reliability section 5). A rejection is a value; unknown is a state of its own. */
export type Verdict = Answer &
  (
    | {
        readonly kind: 'accepted'
        readonly outcome: 'cleared' | 'reported'
        readonly duplicate: boolean
        readonly clearedXml: Uint8Array | undefined
        readonly findings: readonly GatewayFinding[]
      }
    | { readonly kind: 'rejected'; readonly findings: readonly GatewayFinding[] }
    | { readonly kind: 'reroute' }
    | { readonly kind: 'sign-in-refused' }
    | { readonly kind: 'misconfigured' }
    | { readonly kind: 'too-large' }
    | { readonly kind: 'renewal-needed' }
    | { readonly kind: 'throttled'; readonly retryAfterSeconds: number | undefined }
    | { readonly kind: 'unknown'; readonly cause: string }
    | { readonly kind: 'unsent'; readonly cause: string }
  )

export type CsidVerdict = Answer &
  (
    | {
        readonly kind: 'issued'
        readonly requestId: string
        readonly token: string
        readonly secret: string
        readonly complianceNeeded: boolean
      }
    | { readonly kind: 'otp-refused'; readonly message: string }
    | { readonly kind: 'csr-refused'; readonly message: string }
    | { readonly kind: 'steps-missing'; readonly message: string }
    | { readonly kind: 'refused'; readonly message: string }
    | { readonly kind: 'unknown'; readonly cause: string }
    | { readonly kind: 'unsent'; readonly cause: string }
  )

/** One environment's gateway. The only thing that opens a socket to ZATCA. */
export interface Gateway {
  complianceCsid(csrPem: string, otp: string): Promise<CsidVerdict>
  complianceCheck(credentials: Credentials, submission: Submission): Promise<Verdict>
  productionCsid(credentials: Credentials, complianceRequestId: string): Promise<CsidVerdict>
  renewCsid(credentials: Credentials, csrPem: string, otp: string): Promise<CsidVerdict>
  submit(endpoint: Endpoint, credentials: Credentials, submission: Submission): Promise<Verdict>
}

// ---- keys, clock and the rest -------------------------------------------------------------------------------------------

/** Where private keys live. Nothing here returns one: a key is made, wrapped and used, never exported. */
export interface KeyStore {
  /** Makes a key pair; the envelope is stored by the caller under the id. `binding` ties it to company, unit and purpose. */
  generate(
    binding: string,
  ): Promise<{ readonly keyId: string; readonly envelope: string; readonly publicKey: Uint8Array }>
  signer(envelope: string, binding: string, certificate: Certificate): Promise<Signer>
  /** Signs before a certificate exists: for the CSR */
  signDigest(envelope: string, binding: string, digest: Uint8Array): Promise<Uint8Array>
  publicKey(envelope: string, binding: string): Promise<Uint8Array>
  sealSecret(secret: string, binding: string): Promise<string>
  openSecret(sealed: string, binding: string): Promise<string>
}

export interface Clock {
  /** Milliseconds since 1970, UTC */
  now(): number
}

export interface Ids {
  /** RFC 4122 version 4, lower case (KSA-1) */
  uuid(): string
  /** Unguessable, for sessions; base64url */
  token(): string
}

/** Structured, without secrets, OTPs, tokens or personal data. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, string | number | boolean | undefined>>): void
  warn(event: string, fields?: Readonly<Record<string, string | number | boolean | undefined>>): void
  error(event: string, fields?: Readonly<Record<string, string | number | boolean | undefined>>): void
}

/** The archive outside the database: files under ZATCA's names, written once. */
export interface Blobs {
  /** Writes a new file; the same bytes again are fine, other bytes under the same name are a failure. */
  put(path: string, bytes: Uint8Array): Promise<void>
  get(path: string): Promise<Uint8Array | undefined>
}

export interface Ports {
  readonly storage: Storage
  readonly gateway: (environment: Environment) => Gateway
  readonly keys: KeyStore
  readonly blobs: Blobs
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
}
