/** Everything the workflow needs from outside (storage, gateway, keys, clock...) as the smallest interfaces that work. */
import type { Gateway } from './gateway-port.ts'
import type { Courier, ProgramReader, ProgramWriter } from './program-port.ts'
import type {
  AnchoredHead,
  Attempt,
  AuditEntry,
  BackupRun,
  Chain,
  ChainTally,
  Company,
  ComplianceDocument,
  Csid,
  DocumentFilter,
  DocumentRecord,
  DocumentRow,
  DocumentStatus,
  Dump,
  OneTimeToken,
  OpenTally,
  OutboxRow,
  Page,
  Result,
  Road,
  SavedDraft,
  Scope,
  Session,
  StoredSetting,
  Trip,
  Unit,
  User,
} from './records.ts'
import type { Environment } from './vocabulary.ts'
import type { Certificate } from './zatca/certificate.ts'
import type { PackedXml, Signer } from './zatca/seal.ts'

export type * from './gateway-port.ts'
export type * from './program-port.ts'
export type * from './program-records.ts'
export type * from './records.ts'
export type {
  DeliveryProblem,
  DeliveryState,
  DocumentState,
  Endpoint,
  Environment,
  EventType,
  Functionality,
  RoadReason,
  Role,
  UnitState,
} from './vocabulary.ts'
export type { PackedXml, Prepared, Sealed, Signer } from './zatca/seal.ts'

// ---- storage ------------------------------------------------------------------------------------------------------------

/** What anybody may ask; never changes anything. */
export interface Reader extends ProgramReader {
  companies(): Promise<readonly Company[]>
  company(id: string): Promise<Company | undefined>
  units(companyId: string): Promise<readonly Unit[]>
  unit(id: string): Promise<Unit | undefined>
  csids(unitId: string): Promise<readonly Csid[]>
  /** The newest production CSID of every unit that has one: when which certificate ends */
  productionCsids(): Promise<readonly { readonly unit: Unit; readonly csidId: string; readonly notAfter: string }[]>
  complianceDocuments(csidId: string): Promise<readonly ComplianceDocument[]>
  activeChain(unitId: string): Promise<Chain | undefined>
  chains(unitId: string): Promise<readonly Chain[]>
  /** Every chain of every unit: for anchors and audits */
  allChains(): Promise<readonly Chain[]>
  /** Chains that hold documents whose copies may be missing in the archive, and after which counter they begin */
  unarchived(): Promise<readonly { readonly chainId: string; readonly archivedIcv: number }[]>
  /** How many documents a chain holds, and the first of those that break G4: for the chain audit */
  chainTally(chainId: string): Promise<ChainTally>
  documentStatus(id: string): Promise<DocumentStatus | undefined>
  documentsByKeys(
    companyId: string,
    environment: Environment,
    idempotencyKeys: readonly string[],
  ): Promise<readonly DocumentRecord[]>
  /** Those of the numbers that a document already bears */
  takenNumbers(companyId: string, environment: Environment, numbers: readonly string[]): Promise<readonly string[]>
  documentsByNumber(companyId: string, environment: Environment, number: string): Promise<readonly DocumentStatus[]>
  documents(filter: DocumentFilter): Promise<Page<DocumentStatus>>
  /** The same documents in the same order, without what makes them heavy */
  documentRows(filter: DocumentFilter): Promise<Page<DocumentRow>>
  /** Transmissions of any of these, in the order of time; without the answers */
  attemptsOf(documentIds: readonly string[], within?: Scope): Promise<readonly Omit<Attempt, 'response'>[]>
  /** In ICV order, in pages, with the signed bytes: for the chain audit */
  chainDocuments(
    chainId: string,
    afterIcv: number,
    limit: number,
  ): Promise<readonly { document: DocumentRecord; signedXml: Uint8Array }[]>
  signedXml(documentId: string): Promise<Uint8Array | undefined>
  clearedXml(documentId: string): Promise<Uint8Array | undefined>
  attempts(documentId: string): Promise<readonly Attempt[]>
  outboxCounts(within?: Scope): Promise<{
    readonly waiting: number
    readonly unknown: number
    readonly held: number
    readonly oldestSealedAt: string | undefined
  }>
  /** How much is on its way, by company and environment: for the board of the whole office */
  openTallies(): Promise<readonly OpenTally[]>
  /** Documents on their way, of all companies, the earliest deadline first */
  openDocuments(filter: {
    readonly state?: OutboxRow['state'] | undefined
    readonly profile?: DocumentRecord['profile'] | undefined
    readonly within?: Scope | undefined
    readonly limit: number
  }): Promise<readonly DocumentStatus[]>
  /** Every road that has ever been closed or slowed down; the others are open */
  roads(): Promise<readonly Road[]>
  settings(): Promise<readonly StoredSetting[]>
  /** Newest first */
  backupRuns(limit: number): Promise<readonly BackupRun[]>
  audit(subject: string): Promise<readonly AuditEntry[]>
  /** Walks the audit log's own chain of hashes; the sequence number of the first entry that does not fit */
  brokenAudit(): Promise<number | undefined>
  users(): Promise<readonly User[]>
  userByName(username: string): Promise<User | undefined>
  session(tokenSha256: string): Promise<{ readonly session: Session; readonly user: User } | undefined>
  /** As it is kept, ended or not */
  oneTimeToken(tokenSha256: string, purpose: string): Promise<OneTimeToken | undefined>
  drafts(companyId: string): Promise<readonly SavedDraft[]>
  draft(id: string): Promise<SavedDraft | undefined>
  keyEnvelope(keyId: string): Promise<string | undefined>
  keyEnvelopes(): Promise<readonly { readonly keyId: string; readonly envelope: string }[]>
}

/** A private key as it is kept: wrapped, and whose it is. */
export interface KeptEnvelope {
  readonly keyId: string
  readonly envelope: string
  /** Undefined for a key that no unit uses */
  readonly companyId: string | undefined
}

/** What is stored of a document at the moment it is issued. */
export interface IssuedDocument {
  readonly document: DocumentRecord
  /** Raw, or packed already by whoever had the time */
  readonly signedXml: Uint8Array | PackedXml
  readonly outbox: OutboxRow
}

/** A write transaction: everything in it is committed together or not at all. */
export interface Writer extends Reader, ProgramWriter {
  addCompany(company: Company): Promise<void>
  updateCompany(company: Company): Promise<void>
  addUnit(unit: Unit): Promise<void>
  updateUnit(id: string, change: Partial<Pick<Unit, 'state' | 'keyId' | 'name' | 'branch'>>): Promise<void>
  /** Nobody else begins a step of this unit's onboarding until it is released or the time (of the database) is over; undefined when taken. */
  claimUnit(id: string, seconds: number): Promise<string | undefined>
  /** `claim` is what `claimUnit` gave; a later claim stays. */
  releaseUnit(id: string, claim: string): Promise<void>
  addKeyEnvelope(key: KeptEnvelope): Promise<void>
  addCsid(csid: Csid): Promise<void>
  /** The same key, wrapped anew by another key-encryption key. */
  rewrapKey(keyId: string, envelope: string): Promise<void>
  /** The same secret, wrapped anew. */
  rewrapSecret(csidId: string, sealedSecret: string): Promise<void>
  addComplianceDocument(document: ComplianceDocument): Promise<void>
  addChain(chain: Chain): Promise<void>
  /** The active chain takes no more documents: draining while some are on their way, closed when none are. */
  retireChain(unitId: string): Promise<void>
  /** Closes draining chains (or this one) whose last document is settled. */
  closeDrained(chainId?: string): Promise<void>
  /** Every document up to this counter is final, and all its copies are in the archive. */
  markArchived(chainId: string, icv: number): Promise<void>
  freezeChain(chainId: string, reason: string): Promise<void>
  /** A frozen chain takes documents again, after a person has looked. */
  thawChain(chainId: string): Promise<void>
  /** Takes the chain's lock until the transaction ends; undefined when the unit has no active chain. */
  lockChain(unitId: string): Promise<Chain | undefined>
  /**
   * Stores documents of one chain in the order of their counters, moves its head along them, and puts their outbox rows: all or nothing.
   * The chain must have been locked in this transaction, and the first document must continue it.
   */
  appendDocuments(issued: readonly IssuedDocument[]): Promise<void>
  /** Waits for its turn to claim, kept until the transaction ends; then tells who is under way by the database's clock. */
  underWay(): Promise<{ readonly now: string; readonly trips: readonly Trip[] }>
  /** Leases up to `limit` due rows to this worker by database time, raising each row's fence. */
  claimOutbox(options: {
    readonly limit: number
    readonly leaseSeconds: number
    readonly documentId?: string
    /** Written into the rows: host and process of the worker */
    readonly owner?: string
    /** Roads on which nothing may start now; what would travel on them is passed over */
    readonly closed?: readonly string[]
    /** Asked for each due row in the order of deadlines; a refused one stays as it is */
    readonly admit?: (trip: Trip) => boolean
  }): Promise<readonly OutboxRow[]>
  addAttempt(attempt: Attempt): Promise<void>
  finishAttempt(
    documentId: string,
    fence: number,
    change: Pick<Attempt, 'finishedAt' | 'verdict' | 'httpStatus' | 'response' | 'cause'>,
  ): Promise<void>
  /** Changes the row only when the fence is still ours; false when a newer worker owns it. */
  releaseOutbox(
    documentId: string,
    fence: number,
    change: Partial<Pick<OutboxRow, 'state' | 'endpoint' | 'heldReason' | 'nextAt' | 'firstSentAt'>>,
  ): Promise<boolean>
  /** Writes the final result, stores the cleared bytes and removes the outbox row, only when the fence is still ours. */
  settle(result: Result, clearedXml: Uint8Array | undefined): Promise<boolean>
  /** The same for an answer that came late, when the document waits or was put aside. False while a newer worker sends it. */
  settleLate(result: Result, clearedXml: Uint8Array | undefined): Promise<boolean>
  /** Adds the stamped bytes that came late to a result that has none; false when it has. */
  completeResult(documentId: string, clearedXml: Uint8Array): Promise<boolean>
  /** The road under its lock until the transaction ends; as given when it has no record yet. */
  lockRoad(fresh: Road): Promise<Road>
  saveRoad(road: Road): Promise<void>
  saveSetting(setting: StoredSetting): Promise<void>
  addBackupRun(run: BackupRun): Promise<void>
  addAudit(entry: AuditEntry): Promise<void>
  addUser(user: User): Promise<void>
  updateUser(id: string, change: Partial<Omit<User, 'id' | 'username' | 'createdAt'>>): Promise<void>
  /** False when this step or a later one was taken before: one code opens one door, whoever is faster */
  takeTotpStep(userId: string, step: number): Promise<boolean>
  addSession(session: Session): Promise<void>
  touchSession(tokenSha256: string, lastSeenAt: string, expiresAt: string): Promise<void>
  removeSession(tokenSha256: string): Promise<void>
  /** Signs a user out everywhere, but for the session named. */
  removeSessions(userId: string, except?: string): Promise<void>
  /** The same once more begins anew; those that have ended are swept out */
  addOneTimeToken(token: OneTimeToken): Promise<void>
  /** Removes it; undefined when it is unknown, for another purpose, or had ended at `at` */
  takeOneTimeToken(tokenSha256: string, purpose: string, at: string): Promise<OneTimeToken | undefined>
  /** All of a purpose, and those that had ended at `at` */
  removeOneTimeTokens(purpose: string, at: string): Promise<void>
  saveDraft(draft: SavedDraft): Promise<void>
  removeDraft(id: string): Promise<void>
}

export interface StorageHealth {
  readonly engine: 'sqlite' | 'postgres'
  /** Version of the schema found in the database */
  readonly schema: number
  /** Version of the schema that this program brings with it */
  readonly program: number
  /** The lowest `program` that may work on the schema found */
  readonly requires: number
  /** What a commit's safety hangs on, by the engine's own names and words */
  readonly durability: Readonly<Record<string, string>>
}

export interface Storage {
  readonly read: Reader
  /** Runs `work` in one serialised write transaction; a throw rolls everything back. */
  write<T>(work: (tx: Writer) => Promise<T>): Promise<T>
  /** For health checks. Throws `storage/newer-schema` once a later program has changed what this one needs. */
  health(): Promise<StorageHealth>
  /** Lends everything that is stored, as of one moment, without stopping writers: for backup and move. */
  dump<T>(use: (dump: Dump) => Promise<T>): Promise<T>
  /** The same storage, in which no other company exists. Never wider than it was. */
  within(scope: Scope): Storage
  close(): Promise<void>
}

/** A database by its address: opened for work, or filled while it is still empty. */
export interface Database {
  /** As it may be shown: without a password */
  readonly address: string
  /** `exclusive`: nobody else works on it meanwhile, where the engine cannot have several writers */
  open(options?: { readonly exclusive?: boolean }): Promise<Storage>
  /** All or nothing; brings older rows to this program's schema afterwards. Throws `storage/not-empty`, `storage/newer-schema`. */
  fill(dump: Dump): Promise<void>
}

// ---- keys, clock and the rest -------------------------------------------------------------------------------------------

export interface KeptKey {
  readonly keyId: string
  readonly envelope: string
  /** SubjectPublicKeyInfo in DER */
  readonly publicKey: Uint8Array
}

/** Where private keys live. Nothing here returns one: a key is made, wrapped and used, never exported. */
export interface KeyStore {
  /** Makes a key pair; the envelope is stored by the caller under the id. `binding` ties it to company, unit and purpose. */
  generate(binding: string): Promise<KeptKey>
  /** The test key that ZATCA publishes, as a key of this binding: for its sandbox, where every certificate belongs to it (spec A9). */
  adoptTestKey(binding: string): Promise<KeptKey>
  signer(envelope: string, binding: string, certificate: Certificate): Promise<Signer>
  /** Signs before a certificate exists: for the CSR */
  signDigest(envelope: string, binding: string, digest: Uint8Array): Promise<Uint8Array>
  publicKey(envelope: string, binding: string): Promise<Uint8Array>
  sealSecret(secret: string, binding: string): Promise<string>
  openSecret(sealed: string, binding: string): Promise<string>
}

/** The key-encryption key, wherever it lives (file, passphrase, keychain of the system): it wraps data keys and nothing else. */
export interface KeyEncryption {
  /** Kind and fingerprint, written into each envelope, so that the key it needs is named: `file-5be0...`, `pkcs11-91c2...`, `keychain` */
  readonly provider: string
  /** Keys of before: they open what they wrapped until all of it is wrapped anew */
  readonly previous?: readonly KeyEncryption[]
  wrap(dataKey: Uint8Array, binding: string): Promise<Uint8Array>
  /** Throws `key/locked` when the key cannot be reached, `key/malformed` when it does not fit. */
  unwrap(wrapped: Uint8Array, binding: string): Promise<Uint8Array>
}

/** Wraps by another key-encryption key what one has wrapped; the secrets inside stay closed. */
export interface Rewrapping {
  key(envelope: string, binding: string): Promise<string>
  secret(sealed: string, binding: string): Promise<string>
}

export interface Clock {
  /** Milliseconds since 1970, UTC */
  now(): number
}

/** Watches this machine's clock against ZATCA's answers and against the time that has really passed. */
export interface ClockWatch {
  /** An answer carried this time (milliseconds since 1970), so long after its request had left */
  heard(serverTime: number, roundTripMs: number): void
  /** Milliseconds that the clock is certainly ahead, negative when it is behind; undefined while too few have told */
  skew(): number | undefined
  /** Milliseconds that the clock was set forward or back since the last call; undefined when it was not */
  stepped(): number | undefined
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
  /** Every file below a folder, as the paths that `get` takes; in no order */
  list(folder: string): AsyncIterable<string>
}

/** The heads of all chains outside the database: a database that is older than they say was restored or copied (G13). */
export interface Anchors {
  /** Flushed before it returns; a head older than the one kept changes nothing. */
  put(heads: readonly AnchoredHead[]): Promise<void>
  /** The newest head of each chain; undefined when nothing was ever kept here */
  read(): Promise<ReadonlyMap<string, AnchoredHead> | undefined>
}

export interface Ports {
  readonly storage: Storage
  readonly gateway: (environment: Environment) => Gateway
  readonly keys: KeyStore
  readonly blobs: Blobs
  /** Absent in rehearsals and tools that keep nothing */
  readonly anchors?: Anchors | undefined
  /** Absent where nobody is told what happens */
  readonly courier?: Courier | undefined
  readonly clock: Clock
  /** Absent where nothing speaks with ZATCA */
  readonly clockWatch?: ClockWatch | undefined
  readonly ids: Ids
  readonly log: Log
}
