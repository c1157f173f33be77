/** All repositories together: the Reader and the Writer of `ports.ts` over one connection. */
import type { AuditEntry, Reader, Scope, Writer } from '#core/ports.ts'
import { apiKeyReader, apiKeyWriter } from './api-keys.ts'
import { appendAudit, auditReader } from './audit.ts'
import { auditReading } from './audit-reading.ts'
import { chainReader, chainWriter } from './chains.ts'
import { companyReader, companyWriter } from './companies.ts'
import type { Db, Transaction } from './db.ts'
import { documentRowReader } from './document-rows.ts'
import { documentReader, documentWriter } from './documents.ts'
import { draftReader, draftWriter } from './drafts.ts'
import { coded } from './failures.ts'
import { oneTimeTokenReader, oneTimeTokenWriter } from './one-time-tokens.ts'
import { openDocumentReader } from './open-documents.ts'
import { operationsReader, operationsWriter } from './operations.ts'
import { outboxReader, outboxWriter } from './outbox.ts'
import { readerWithin, writerWithin } from './tenants.ts'
import { unitReader, unitWriter } from './units.ts'
import { userReader, userWriter } from './users.ts'
import { webhookReader, webhookWriter } from './webhooks.ts'

/** What a scope sees, coded. */
export const readerFor = (db: Db, scope: Scope): Reader =>
  coded(scope === 'all' ? reader(db) : readerWithin(reader(db), db, scope))

const reader = (db: Db): Reader => ({
  ...companyReader(db),
  ...unitReader(db),
  ...chainReader(db),
  ...documentReader(db),
  ...documentRowReader(db),
  ...outboxReader(db),
  ...openDocumentReader(db),
  ...operationsReader(db),
  ...auditReader(db),
  ...auditReading(db),
  ...userReader(db),
  ...apiKeyReader(db),
  ...webhookReader(db),
  ...oneTimeTokenReader(db),
  ...draftReader(db),
})

/** Does the work and appends what it audited; beginning, commit and rollback are the engine's. */
export const perform = async <T>(
  transaction: Transaction,
  scope: Scope,
  work: (tx: Writer) => Promise<T>,
): Promise<T> => {
  const { db } = transaction
  const audited: AuditEntry[] = []
  const writer: Writer = {
    ...reader(db),
    ...companyWriter(db),
    ...unitWriter(transaction),
    ...chainWriter(transaction),
    ...documentWriter(transaction),
    ...outboxWriter(transaction),
    ...operationsWriter(transaction),
    ...userWriter(transaction),
    ...apiKeyWriter(transaction),
    ...webhookWriter(transaction),
    ...oneTimeTokenWriter(transaction),
    ...draftWriter(db),
    addAudit: async (entry) => {
      audited.push(entry)
    },
  }
  const done = await work(coded(scope === 'all' ? writer : writerWithin(writer, db, scope)))
  await appendAudit(transaction, audited)
  return done
}
