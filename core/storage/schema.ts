/** The tables, written once for both engines: `define` builds them with the words of either dialect. */
import { sql } from 'drizzle-orm'
import type { DocumentKind, Draft, DraftParty, Profile } from '#core/invoice/draft.ts'
import type { Violation } from '#core/invoice/rules/rule.ts'
import type { Chain, Csid, GatewayFinding, OutboxRow, Result, Road, Verdict } from '#core/ports.ts'
import type { Endpoint, Environment, Functionality, Role, UnitState } from '#core/vocabulary.ts'
import type { PostgresKit, SqliteKit } from './kits.ts'

/**
 * Times are ISO 8601 text in UTC with milliseconds, so that they compare alike on both engines; JSON is text, so that its bytes stay
 * as they were hashed; XML is deflated, with the length and digest of what was deflated.
 */
const tables = (kit: PostgresKit & SqliteKit) => {
  const { table, text, json, integer, long, flag, bytes, unique, uniqueIndex, index, primaryKey } = kit
  /** May be absent: stored as NULL. */
  const optional = (name: string) =>
    text(name)
      .$type<string | undefined>()
      .$defaultFn(() => sql`null`)
  /** The client companies that somebody may see and work for; absent: all. */
  const someCompanies = () =>
    json('companies')
      .$type<readonly string[] | undefined>()
      .$defaultFn(() => sql`null`)

  const company = table(
    'company',
    {
      id: text('id').primaryKey(),
      name: text('name').notNull(),
      vatNumber: text('vat_number').notNull(),
      party: json('party').$type<DraftParty>().notNull(),
      industry: text('industry').notNull(),
      createdAt: text('created_at').notNull(),
    },
    (at) => [unique('company_vat_number').on(at.vatNumber)],
  )

  const keyEnvelope = table('key_envelope', {
    id: text('id').primaryKey(),
    envelope: text('envelope').notNull(),
    /** Absent for a key that no unit ever used */
    companyId: optional('company_id').references(() => company.id),
  })

  const unit = table(
    'unit',
    {
      id: text('id').primaryKey(),
      companyId: text('company_id')
        .notNull()
        .references(() => company.id),
      environment: text('environment').$type<Environment>().notNull(),
      name: text('name').notNull(),
      branch: text('branch').notNull(),
      functionality: text('functionality').$type<Functionality>().notNull(),
      state: text('state').$type<UnitState>().notNull(),
      keyId: optional('key_id').references(() => keyEnvelope.id),
      createdAt: text('created_at').notNull(),
      /** While a step of its onboarding or renewal is under way: nobody else begins one */
      claimedUntil: optional('claimed_until'),
    },
    (at) => [unique('unit_name').on(at.companyId, at.environment, at.name)],
  )

  const csid = table(
    'csid',
    {
      id: text('id').primaryKey(),
      unitId: text('unit_id')
        .notNull()
        .references(() => unit.id),
      purpose: text('purpose').$type<Csid['purpose']>().notNull(),
      requestId: text('request_id').notNull(),
      token: text('token').notNull(),
      sealedSecret: text('sealed_secret').notNull(),
      notBefore: text('not_before').notNull(),
      notAfter: text('not_after').notNull(),
      epoch: integer('epoch').notNull(),
      createdAt: text('created_at').notNull(),
      keyId: optional('key_id').references(() => keyEnvelope.id),
    },
    (at) => [index('csid_unit').on(at.unitId)],
  )

  const complianceDocument = table(
    'compliance_document',
    {
      unitId: text('unit_id')
        .notNull()
        .references(() => unit.id),
      csidId: text('csid_id')
        .notNull()
        .references(() => csid.id),
      kind: text('kind').$type<DocumentKind>().notNull(),
      profile: text('profile').$type<Profile>().notNull(),
      passed: flag('passed').notNull(),
      findings: json('findings').$type<readonly GatewayFinding[]>().notNull(),
      at: text('at').notNull(),
    },
    (at) => [primaryKey({ columns: [at.csidId, at.kind, at.profile] })],
  )

  const chain = table(
    'chain',
    {
      id: text('id').primaryKey(),
      unitId: text('unit_id')
        .notNull()
        .references(() => unit.id),
      epoch: integer('epoch').notNull(),
      state: text('state').$type<Chain['state']>().notNull(),
      lastIcv: integer('last_icv').notNull(),
      lastHash: text('last_hash').notNull(),
      lastSealedAt: optional('last_sealed_at'),
      frozenReason: optional('frozen_reason'),
      /** Up to here every document is final and all its copies are in the archive */
      archivedIcv: integer('archived_icv')
        .notNull()
        .default(0)
        .$defaultFn(() => 0),
    },
    (at) => [
      unique('chain_epoch').on(at.unitId, at.epoch),
      uniqueIndex('chain_one_active').on(at.unitId).where(sql`state = 'active'`),
    ],
  )

  const document = table(
    'document',
    {
      id: text('id').primaryKey(),
      companyId: text('company_id')
        .notNull()
        .references(() => company.id),
      unitId: text('unit_id')
        .notNull()
        .references(() => unit.id),
      chainId: text('chain_id')
        .notNull()
        .references(() => chain.id),
      environment: text('environment').$type<Environment>().notNull(),
      icv: integer('icv').notNull(),
      uuid: text('uuid').notNull(),
      pih: text('pih').notNull(),
      hash: text('hash').notNull(),
      kind: text('kind').$type<DocumentKind>().notNull(),
      profile: text('profile').$type<Profile>().notNull(),
      number: text('number').notNull(),
      reissueNo: integer('reissue_no').notNull(),
      supersedes: optional('supersedes'),
      issueDate: text('issue_date').notNull(),
      issueTime: text('issue_time').notNull(),
      buyerName: optional('buyer_name'),
      currency: text('currency').notNull(),
      taxInclusiveAmount: text('tax_inclusive_amount').notNull(),
      taxAmountSar: text('tax_amount_sar').notNull(),
      sealedAt: text('sealed_at').notNull(),
      rulePack: text('rule_pack').notNull(),
      warnings: json('warnings').$type<readonly Violation[]>().notNull(),
      draft: json('draft').$type<Draft>().notNull(),
      qr: text('qr').notNull(),
      csidId: text('csid_id')
        .notNull()
        .references(() => csid.id),
      idempotencyKey: text('idempotency_key').notNull(),
      bodySha256: text('body_sha256').notNull(),
      signedXml: bytes('signed_xml').notNull(),
      signedLength: integer('signed_length').notNull(),
      signedSha256: text('signed_sha256').notNull(),
    },
    (at) => [
      unique('document_icv').on(at.chainId, at.icv),
      unique('document_pih').on(at.chainId, at.pih),
      unique('document_uuid').on(at.uuid),
      unique('document_number').on(at.companyId, at.environment, at.number, at.reissueNo),
      unique('document_key').on(at.companyId, at.environment, at.idempotencyKey),
      index('document_page').on(at.companyId, at.sealedAt, at.id),
    ],
  )

  const outbox = table(
    'outbox',
    {
      documentId: text('document_id')
        .primaryKey()
        .references(() => document.id),
      endpoint: text('endpoint').$type<Endpoint>().notNull(),
      state: text('state').$type<OutboxRow['state']>().notNull(),
      heldReason: optional('held_reason'),
      deadlineAt: text('deadline_at').notNull(),
      nextAt: text('next_at').notNull(),
      leaseUntil: optional('lease_until'),
      fence: integer('fence').notNull(),
      claims: integer('claims').notNull(),
      firstSentAt: optional('first_sent_at'),
      leaseOwner: optional('lease_owner'),
    },
    (at) => [index('outbox_next').on(at.state, at.nextAt), index('outbox_deadline').on(at.deadlineAt)],
  )

  const attempt = table(
    'attempt',
    {
      documentId: text('document_id')
        .notNull()
        .references(() => document.id),
      fence: integer('fence').notNull(),
      endpoint: text('endpoint').$type<Endpoint>().notNull(),
      startedAt: text('started_at').notNull(),
      finishedAt: optional('finished_at'),
      requestSha256: text('request_sha256').notNull(),
      verdict: optional('verdict').$type<Verdict['kind'] | undefined>(),
      httpStatus: integer('http_status')
        .$type<number | undefined>()
        .$defaultFn(() => sql`null`),
      response: optional('response'),
      cause: optional('cause'),
    },
    (at) => [primaryKey({ columns: [at.documentId, at.fence] })],
  )

  const road = table('road', {
    id: text('id').primaryKey(),
    state: text('state').$type<Road['state']>().notNull(),
    reason: optional('reason').$type<Road['reason']>(),
    changedAt: text('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
    probeAt: optional('probe_at'),
    failures: integer('failures').notNull(),
    successes: integer('successes').notNull(),
    trips: integer('trips').notNull(),
    windowStartedAt: optional('window_started_at'),
    windowTotal: integer('window_total').notNull(),
    windowFailed: integer('window_failed').notNull(),
    concurrency: integer('concurrency').notNull(),
    concurrencyChangedAt: text('concurrency_changed_at').notNull(),
  })

  const setting = table('setting', {
    name: text('name').primaryKey(),
    value: json('value').notNull(),
    changedAt: text('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
  })

  const backupRun = table(
    'backup_run',
    {
      id: text('id').primaryKey(),
      startedAt: text('started_at').notNull(),
      finishedAt: text('finished_at').notNull(),
      target: text('target').notNull(),
      bytes: long('bytes').notNull(),
      documents: integer('documents').notNull(),
      verified: flag('verified').notNull(),
      problem: optional('problem'),
    },
    (at) => [index('backup_run_finished').on(at.finishedAt)],
  )

  const writerLease = table('writer_lease', {
    id: text('id').primaryKey(),
    owner: text('owner').notNull(),
    host: text('host').notNull(),
    pid: integer('pid').notNull(),
    leasedUntil: text('leased_until').notNull(),
  })

  const result = table('result', {
    documentId: text('document_id')
      .primaryKey()
      .references(() => document.id),
    outcome: text('outcome').$type<Result['outcome']>().notNull(),
    duplicate: flag('duplicate').notNull(),
    findings: json('findings').$type<readonly GatewayFinding[]>().notNull(),
    decidedByFence: integer('decided_by_fence').notNull(),
    at: text('at').notNull(),
    clearedXml: bytes('cleared_xml'),
    clearedLength: integer('cleared_length'),
    clearedSha256: text('cleared_sha256'),
  })

  const audit = table(
    'audit',
    {
      seq: integer('seq').primaryKey(),
      at: text('at').notNull(),
      actor: text('actor').notNull(),
      action: text('action').notNull(),
      subject: text('subject').notNull(),
      details: json('details').$type<Readonly<Record<string, unknown>>>().notNull(),
      prevHash: text('prev_hash').notNull(),
      hash: text('hash').notNull(),
    },
    (at) => [unique('audit_prev_hash').on(at.prevHash), index('audit_subject').on(at.subject, at.seq)],
  )

  const user = table(
    'user_account',
    {
      id: text('id').primaryKey(),
      username: text('username').notNull(),
      name: text('name').notNull(),
      role: text('role').$type<Role>().notNull(),
      passwordHash: text('password_hash').notNull(),
      failedSignIns: integer('failed_sign_ins').notNull(),
      lockedUntil: optional('locked_until'),
      createdAt: text('created_at').notNull(),
      mustChangePassword: flag('must_change_password').notNull().default(sql`0`),
      deactivatedAt: optional('deactivated_at'),
      companies: someCompanies(),
      sealedTotpSecret: optional('sealed_totp_secret'),
      /** The last time step whose code was taken: no code opens the door twice */
      totpStep: integer('totp_step')
        .$type<number | undefined>()
        .$defaultFn(() => sql`null`),
      /** Issuer and subject of the office's own sign-in service */
      oidcSubject: optional('oidc_subject'),
    },
    (at) => [unique('user_username').on(at.username), unique('user_oidc_subject').on(at.oidcSubject)],
  )

  /** A program of the office or of a client that signs in with a key instead of a person. */
  const apiKey = table(
    'api_key',
    {
      id: text('id').primaryKey(),
      name: text('name').notNull(),
      /** What a person may see of it, to know it again */
      prefix: text('prefix').notNull(),
      keySha256: text('key_sha256').notNull(),
      role: text('role').$type<Role>().notNull(),
      companies: someCompanies(),
      createdAt: text('created_at').notNull(),
      createdBy: text('created_by').notNull(),
      expiresAt: optional('expires_at'),
      lastUsedAt: optional('last_used_at'),
      revokedAt: optional('revoked_at'),
    },
    (at) => [unique('api_key_sha256').on(at.keySha256)],
  )

  const webhook = table('webhook', {
    id: text('id').primaryKey(),
    url: text('url').notNull(),
    sealedSecret: text('sealed_secret').notNull(),
    events: json('events').$type<readonly string[]>().notNull(),
    companies: someCompanies(),
    active: flag('active').notNull(),
    createdAt: text('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    /** Up to this entry of the audit log everything it wants to hear has become a delivery */
    cursor: integer('cursor').notNull(),
  })

  const webhookDelivery = table(
    'webhook_delivery',
    {
      id: text('id').primaryKey(),
      webhookId: text('webhook_id')
        .notNull()
        .references(() => webhook.id),
      event: text('event').notNull(),
      /** The entry of the audit log; absent for one sent by the test button */
      auditSeq: integer('audit_seq')
        .$type<number | undefined>()
        .$defaultFn(() => sql`null`),
      companyId: optional('company_id').references(() => company.id),
      body: text('body').notNull(),
      state: text('state').$type<'waiting' | 'sending' | 'delivered' | 'given-up'>().notNull(),
      tries: integer('tries').notNull(),
      nextAt: text('next_at').notNull(),
      leaseUntil: optional('lease_until'),
      httpStatus: integer('http_status')
        .$type<number | undefined>()
        .$defaultFn(() => sql`null`),
      problem: optional('problem'),
      createdAt: text('created_at').notNull(),
      finishedAt: optional('finished_at'),
    },
    (at) => [
      unique('webhook_delivery_once').on(at.webhookId, at.auditSeq),
      index('webhook_delivery_next').on(at.state, at.nextAt),
      index('webhook_delivery_page').on(at.webhookId, at.createdAt),
    ],
  )

  /** Opens one door once: the first account, a sign-in that comes back from elsewhere. */
  const oneTimeToken = table('one_time_token', {
    tokenSha256: text('token_sha256').primaryKey(),
    purpose: text('purpose').notNull(),
    details: json('details').$type<Readonly<Record<string, unknown>>>().notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  })

  const session = table('session', {
    tokenSha256: text('token_sha256').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    createdAt: text('created_at').notNull(),
    lastSeenAt: text('last_seen_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  })

  /** Written by the library that counts requests for all replicas; its names and types are the library's. */
  const rateLimit = table('rate_limit', {
    key: text('key').primaryKey(),
    points: integer('points').notNull(),
    expire: long('expire'),
  })

  const draft = table(
    'draft',
    {
      id: text('id').primaryKey(),
      companyId: text('company_id')
        .notNull()
        .references(() => company.id),
      draft: json('draft').notNull(),
      updatedAt: text('updated_at').notNull(),
    },
    (at) => [index('draft_company').on(at.companyId, at.updatedAt)],
  )

  return {
    company,
    keyEnvelope,
    unit,
    csid,
    complianceDocument,
    chain,
    document,
    outbox,
    attempt,
    result,
    road,
    setting,
    backupRun,
    writerLease,
    audit,
    user,
    session,
    apiKey,
    webhook,
    webhookDelivery,
    oneTimeToken,
    rateLimit,
    draft,
  }
}

export type Tables = ReturnType<typeof tables>

/** One body, two readings: both kits have the same words, and a method accepts the kit of its own dialect. */
interface Definition {
  postgres(kit: PostgresKit): Tables
  sqlite(kit: SqliteKit): Readonly<Record<keyof Tables, object>>
}

export const define: Definition = { postgres: tables, sqlite: tables }
