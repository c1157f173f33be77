/** The outbox: documents on their way to ZATCA, who holds the lease, every attempt, and the one final result. */
import { and, asc, count, eq, gt, inArray, isNull, lte, min, ne, notInArray, or, sql } from 'drizzle-orm'
import type { OutboxRow, Reader, Result, Writer } from '#core/ports.ts'
import { type Db, record, type Transaction } from './db.ts'
import { ofCompanies } from './documents.ts'
import { attempt, document, outbox, result } from './schema.postgres.ts'
import { pack, unpack } from './xml.ts'

export const outboxReader = (db: Db): Pick<Reader, 'attempts' | 'outboxCounts' | 'clearedXml'> => ({
  attempts: async (documentId) =>
    (await db.select().from(attempt).where(eq(attempt.documentId, documentId)).orderBy(attempt.fence)).map(record),
  outboxCounts: async (within = 'all') => {
    const rows = await db
      .select({ state: outbox.state, rows: count(), oldest: min(document.sealedAt) })
      .from(outbox)
      .innerJoin(document, eq(document.id, outbox.documentId))
      .where(ofCompanies(within))
      .groupBy(outbox.state)
    const of = (...states: OutboxRow['state'][]) =>
      rows.filter((row) => states.includes(row.state)).reduce((total, row) => total + row.rows, 0)
    const oldest = rows.flatMap((row) => row.oldest ?? []).sort()
    return { waiting: of('pending', 'sending'), unknown: of('unknown'), held: of('held'), oldestSealedAt: oldest[0] }
  },
  clearedXml: async (documentId) => {
    const columns = { bytes: result.clearedXml, length: result.clearedLength, sha256: result.clearedSha256 }
    const [row] = await db.select(columns).from(result).where(eq(result.documentId, documentId))
    if (row === undefined || row.bytes === null || row.length === null || row.sha256 === null) return undefined
    return unpack({ bytes: row.bytes, length: row.length, sha256: row.sha256 })
  },
})

const owned = (documentId: string, fence: number) => and(eq(outbox.documentId, documentId), eq(outbox.fence, fence))

/**
 * Due: its time has come, or the worker that took it is gone. A named document does not wait for its time, only for a living lease.
 * Said as "not held", so that both engines walk the index of deadlines instead of sorting all that is due.
 */
const due = (now: string, documentId: string | undefined) => {
  const unleased = or(isNull(outbox.leaseUntil), lte(outbox.leaseUntil, now))
  const sendable = ne(outbox.state, 'held')
  const which = documentId === undefined ? lte(outbox.nextAt, now) : eq(outbox.documentId, documentId)
  return and(sendable, unleased, which)
}

const later = (now: string, seconds: number): string => new Date(Date.parse(now) + seconds * 1000).toISOString()

const trip = { environment: document.environment, endpoint: outbox.endpoint, csidId: document.csidId }

/** The roads that a document travels on, under the names that `Road` has for them. */
const roads = [
  sql`${document.environment}`,
  sql`${document.environment} || '/' || ${outbox.endpoint}`,
  sql`'csid/' || ${document.csidId}`,
]

const open = (closed: readonly string[]) =>
  closed.length === 0 ? undefined : and(...roads.map((road) => notInArray(road, [...closed])))

type Claiming = Parameters<Writer['claimOutbox']>[0]

/** Due rows by deadline, locked; those that another transaction holds are settled or released this moment and passed over. */
const candidates = (
  { db, rowLocks }: Transaction,
  now: string,
  { limit, documentId, closed = [] }: Pick<Claiming, 'limit' | 'documentId' | 'closed'>,
) => {
  const query = db
    .select({ id: outbox.documentId, ...trip })
    .from(outbox)
    .innerJoin(document, eq(document.id, outbox.documentId))
    .where(and(due(now, documentId), open(closed)))
    .orderBy(asc(outbox.deadlineAt))
    .limit(limit)
  return rowLocks ? query.for('update', { of: outbox, skipLocked: true }) : query
}

const lease = async (db: Db, now: string, ids: readonly string[], { leaseSeconds, owner }: Claiming) => {
  const claimed = await db
    .update(outbox)
    .set({
      state: 'sending',
      leaseUntil: later(now, leaseSeconds),
      fence: sql`${outbox.fence} + 1`,
      claims: sql`${outbox.claims} + 1`,
      leaseOwner: owner ?? null,
    })
    .where(inArray(outbox.documentId, [...ids]))
    .returning()
  return claimed.map(record)
}

type OutboxWriter = Pick<
  Writer,
  | 'underWay'
  | 'claimOutbox'
  | 'addAttempt'
  | 'finishAttempt'
  | 'releaseOutbox'
  | 'settle'
  | 'settleLate'
  | 'completeResult'
>

export const outboxWriter = (transaction: Transaction): OutboxWriter => {
  const { db, rowLocks } = transaction

  /** The result in the place of its outbox row, if that still is as the caller needs it. */
  const decide = async (settled: Result, clearedXml: Uint8Array | undefined, row: ReturnType<typeof and>) => {
    const query = db.select({ id: outbox.documentId }).from(outbox).where(row)
    const [mine] = await (rowLocks ? query.for('update') : query)
    if (mine === undefined) return false
    const cleared = clearedXml === undefined ? undefined : pack(clearedXml)
    await db.insert(result).values({
      ...settled,
      clearedXml: cleared?.bytes ?? null,
      clearedLength: cleared?.length ?? null,
      clearedSha256: cleared?.sha256 ?? null,
    })
    await db.delete(outbox).where(eq(outbox.documentId, settled.documentId))
    return true
  }

  return {
    underWay: async () => {
      await transaction.lock('claims')
      const now = await transaction.now()
      const trips = await db
        .select(trip)
        .from(outbox)
        .innerJoin(document, eq(document.id, outbox.documentId))
        .where(and(eq(outbox.state, 'sending'), gt(outbox.leaseUntil, now)))
      return { now, trips }
    },
    claimOutbox: async (options) => {
      const now = await transaction.now()
      const { admit = () => true } = options
      const ids = (await candidates(transaction, now, options)).filter(admit).map(({ id }) => id)
      return ids.length === 0 ? [] : lease(db, now, ids, options)
    },
    addAttempt: async (added) => {
      await db.insert(attempt).values(added)
    },
    /** The journal is completed whoever owns the row by now; the count of claims without an answer only by its owner. */
    finishAttempt: async (documentId, fence, { finishedAt, verdict, httpStatus, response, cause }) => {
      await db
        .update(attempt)
        .set({
          finishedAt: finishedAt ?? null,
          verdict: verdict ?? null,
          httpStatus: httpStatus ?? null,
          response: response ?? null,
          cause: cause ?? null,
        })
        .where(and(eq(attempt.documentId, documentId), eq(attempt.fence, fence)))
      await db.update(outbox).set({ claims: 0 }).where(owned(documentId, fence))
    },
    releaseOutbox: async (documentId, fence, { state, endpoint, nextAt, ...change }) => {
      const released = await db
        .update(outbox)
        .set({
          fence,
          ...(state === undefined
            ? {}
            : { state, ...(state === 'sending' ? {} : { leaseUntil: null, leaseOwner: null }) }),
          ...(endpoint === undefined ? {} : { endpoint }),
          ...(nextAt === undefined ? {} : { nextAt }),
          ...('heldReason' in change ? { heldReason: change.heldReason ?? null } : {}),
          ...('firstSentAt' in change ? { firstSentAt: change.firstSentAt ?? null } : {}),
        })
        .where(owned(documentId, fence))
        .returning({ id: outbox.documentId })
      return released.length === 1
    },
    settle: (settled, clearedXml) => decide(settled, clearedXml, owned(settled.documentId, settled.decidedByFence)),
    settleLate: (settled, clearedXml) =>
      decide(settled, clearedXml, and(eq(outbox.documentId, settled.documentId), ne(outbox.state, 'sending'))),
    completeResult: async (documentId, clearedXml) => {
      const { bytes, length, sha256 } = pack(clearedXml)
      const completed = await db
        .update(result)
        .set({ clearedXml: bytes, clearedLength: length, clearedSha256: sha256 })
        .where(and(eq(result.documentId, documentId), isNull(result.clearedXml)))
        .returning({ id: result.documentId })
      return completed.length === 1
    },
  }
}
