/** The audit log: append only, each entry carrying the hash of the one before, so that a gap or a change shows. */
import { createHash } from 'node:crypto'
import { and, asc, count, eq, gt, isNotNull, isNull, or } from 'drizzle-orm'
import type { AuditEntry, Reader } from '#core/ports.ts'
import type { Db, Transaction } from './db.ts'
import { inserter } from './insert.ts'
import { postgresKit } from './kits.ts'
import { selected } from './prepared.ts'
import { audit, document, outbox, result } from './schema.postgres.ts'

/** The log's last entry, a view of the database: the whole office's, also for who may see only some of what is in it. */
const { table, integer, text } = postgresKit
const auditHead = table('audit_head', { seq: integer('seq').notNull(), hash: text('hash').notNull() })

const FIRST = '0'.repeat(64)

const entryColumns = {
  at: audit.at,
  actor: audit.actor,
  action: audit.action,
  subject: audit.subject,
  details: audit.details,
}

const entriesAbout = selected(entryColumns, (rows, { subject }: { subject: string }) =>
  rows.from(audit).where(eq(audit.subject, subject)).orderBy(asc(audit.seq)),
)

export const auditReader = (db: Db): Pick<Reader, 'audit' | 'brokenAudit' | 'chainTally'> => ({
  audit: (subject) => entriesAbout(db, { subject }),
  brokenAudit: () => firstBroken(db),
  chainTally: async (chainId) => {
    const [total] = await db.select({ documents: count() }).from(document).where(eq(document.chainId, chainId))
    return { documents: total?.documents ?? 0, unaccounted: await unaccounted(db, chainId) }
  },
})

/** G4: a document has either a final result or exactly one place in the outbox. */
const unaccounted = async (db: Db, chainId: string) => {
  const neither = and(isNull(outbox.documentId), isNull(result.documentId))
  const both = and(isNotNull(outbox.documentId), isNotNull(result.documentId))
  const rows = await db
    .select({ documentId: document.id, icv: document.icv, outbox: outbox.documentId })
    .from(document)
    .leftJoin(outbox, eq(outbox.documentId, document.id))
    .leftJoin(result, eq(result.documentId, document.id))
    .where(and(eq(document.chainId, chainId), or(neither, both)))
    .orderBy(asc(document.icv))
    .limit(100)
  return rows.map(
    ({ documentId, icv, outbox }) => ({ documentId, icv, rows: outbox === null ? 'none' : 'both' }) as const,
  )
}

/** SHA-256 in hex over the previous hash and every field, as one JSON array. */
const hashOf = (seq: number, prevHash: string, { at, actor, action, subject, details }: AuditEntry): string =>
  createHash('sha256')
    .update(JSON.stringify([seq, prevHash, at, actor, action, subject, details]))
    .digest('hex')

const insertAudit = inserter(audit)
const lastEntry = selected({ seq: auditHead.seq, hash: auditHead.hash }, (rows) => rows.from(auditHead))

/**
 * Appends a transaction's entries as its last step: the log's lock is then held for a moment only, and always taken after every other
 * lock, so that two transactions never wait for each other.
 */
export const appendAudit = async (transaction: Transaction, entries: readonly AuditEntry[]): Promise<void> => {
  if (entries.length === 0) return
  await transaction.lock('audit')
  const [last] = await lastEntry(transaction.db, {})
  let { seq, hash } = last ?? { seq: 0, hash: FIRST }
  const rows = entries.map((entry) => {
    const prevHash = hash
    seq += 1
    hash = hashOf(seq, prevHash, entry)
    return { seq, ...entry, prevHash, hash }
  })
  const { rowsAtOnce } = transaction
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await transaction.post(insertAudit(rows.slice(from, from + rowsAtOnce), rowsAtOnce))
}

const PAGE = 1000

const firstBroken = async (db: Db): Promise<number | undefined> => {
  let previous = { seq: 0, hash: FIRST }
  for (;;) {
    const rows = await db.select().from(audit).where(gt(audit.seq, previous.seq)).orderBy(asc(audit.seq)).limit(PAGE)
    for (const row of rows) {
      const fits = row.seq === previous.seq + 1 && row.prevHash === previous.hash
      if (!fits || row.hash !== hashOf(row.seq, row.prevHash, row)) return row.seq
      previous = row
    }
    if (rows.length < PAGE) return undefined
  }
}
