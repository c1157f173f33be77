/** What an office keeps for its clients: companies and units, keys and certificates, chains, documents and what became of them. */
import { sql } from 'drizzle-orm'
import type { DocumentKind, Draft, DraftParty, Profile } from '#core/invoice/draft.ts'
import type { Violation } from '#core/invoice/rules/rule.ts'
import type { Chain, Csid, GatewayFinding, OutboxRow, Result, Verdict } from '#core/ports.ts'
import type { Endpoint, Environment, Functionality, UnitState } from '#core/vocabulary.ts'
import type { Words } from './words.ts'

export const books = (words: Words) => {
  const { table, text, json, integer, flag, bytes, unique, uniqueIndex, index, primaryKey, optional, optionalInteger } =
    words

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
      httpStatus: optionalInteger('http_status'),
      response: optional('response'),
      cause: optional('cause'),
    },
    (at) => [primaryKey({ columns: [at.documentId, at.fence] })],
  )

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

  return { company, keyEnvelope, unit, csid, complianceDocument, chain, document, outbox, attempt, result, draft }
}
