/** The outbox: documents on their way to ZATCA, who holds the lease, every attempt, and the one final result. */
import {
  and,
  asc,
  count,
  eq,
  getTableColumns,
  gt,
  inArray,
  isNull,
  lte,
  min,
  ne,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { PgSelectBuilder } from 'drizzle-orm/pg-core'
import type { OutboxRow, Reader, Result, Writer } from '#core/ports.ts'
import type { Db, Transaction } from './db.ts'
import { ofCompanies } from './documents.ts'
import { inserter } from './insert.ts'
import { answered, builder, prepared, selected } from './prepared.ts'
import { attempt, document, outbox, result } from './schema.postgres.ts'
import { pack, unpack } from './xml.ts'

type Named = { readonly documentId: string }
type Owned = Named & { readonly fence: number }

const attemptsOf = selected(getTableColumns(attempt), (rows, { documentId }: Named) =>
  rows.from(attempt).where(eq(attempt.documentId, documentId)).orderBy(attempt.fence),
)
const stamped = { bytes: result.clearedXml, length: result.clearedLength, sha256: result.clearedSha256 }
const stampedOf = selected(stamped, (rows, { documentId }: Named) =>
  rows.from(result).where(eq(result.documentId, documentId)),
)

export const outboxReader = (db: Db): Pick<Reader, 'attempts' | 'outboxCounts' | 'clearedXml'> => ({
  attempts: (documentId) => attemptsOf(db, { documentId }),
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
    const [{ bytes, length, sha256 } = {}] = await stampedOf(db, { documentId })
    return bytes && length !== undefined && sha256 ? unpack({ bytes, length, sha256 }) : undefined
  },
})

// ---- whose turn it is ----------------------------------------------------------------------------------------------------

const owned = ({ documentId, fence }: Owned) => and(eq(outbox.documentId, documentId), eq(outbox.fence, fence))

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

const travelling = selected(trip, (rows, { now }: { now: string }) =>
  rows
    .from(outbox)
    .innerJoin(document, eq(document.id, outbox.documentId))
    .where(and(eq(outbox.state, 'sending'), gt(outbox.leaseUntil, now))),
)

/** The roads that a document travels on, under the names that `Road` has for them. */
const roads = [
  sql`${document.environment}`,
  sql`${document.environment} || '/' || ${outbox.endpoint}`,
  sql`'csid/' || ${document.csidId}`,
]

const open = (closed: readonly string[]) =>
  closed.length === 0 ? undefined : and(...roads.map((road) => notInArray(road, [...closed])))

type Wanted = {
  readonly now: string
  readonly limit: number
  readonly closed: readonly string[]
  /** Empty: whichever is due */
  readonly documentId: readonly string[]
}

/** Due rows by deadline, locked; those that another transaction holds are settled or released this moment and passed over. */
const candidates = (rowLocks: boolean) =>
  selected({ id: outbox.documentId, ...trip }, (rows, { now, limit, closed, documentId: [documentId] }: Wanted) => {
    const query = rows
      .from(outbox)
      .innerJoin(document, eq(document.id, outbox.documentId))
      .where(and(due(now, documentId), open(closed)))
      .orderBy(asc(outbox.deadlineAt))
      .limit(limit)
    return rowLocks ? query.for('update', { of: outbox, skipLocked: true }) : query
  })

const columns = getTableColumns(outbox)
type Lease = {
  readonly ids: readonly string[]
  readonly leaseUntil: string
  readonly leaseOwner: string | undefined
}
const leased = answered(columns, ({ ids, ...lease }: Lease) =>
  builder
    .update(outbox)
    .set({ ...lease, state: 'sending', fence: sql`${outbox.fence} + 1`, claims: sql`${outbox.claims} + 1` })
    .where(inArray(outbox.documentId, [...ids]))
    .returning(columns),
)

// ---- what came of it -----------------------------------------------------------------------------------------------------

const insertAttempt = inserter(attempt)
type AttemptEnd = Parameters<Writer['finishAttempt']>[2]
const endAttempt = prepared(({ documentId, fence, ...end }: Owned & AttemptEnd) =>
  builder
    .update(attempt)
    .set(end)
    .where(and(eq(attempt.documentId, documentId), eq(attempt.fence, fence))),
)
const answeredClaim = prepared((row: Owned) => builder.update(outbox).set({ claims: sql`0` }).where(owned(row)))

/** What is looked for to be changed, under row locks where they exist. */
const finders = (rowLocks: boolean) => {
  const found = (rows: PgSelectBuilder<{ id: typeof outbox.documentId }>, which: SQL | undefined) => {
    const query = rows.from(outbox).where(which)
    return rowLocks ? query.for('update') : query
  }
  const id = { id: outbox.documentId }
  return {
    candidates: candidates(rowLocks),
    /** By its fence: nobody has taken it over */
    mine: selected(id, (rows, row: Owned) => found(rows, owned(row))),
    unsent: selected(id, (rows, { documentId }: Named) =>
      found(rows, and(eq(outbox.documentId, documentId), ne(outbox.state, 'sending'))),
    ),
  }
}
const [locked, alone] = [finders(true), finders(false)]

const insertResult = inserter(result)
const removeRow = prepared(({ documentId }: Named) => builder.delete(outbox).where(eq(outbox.documentId, documentId)))

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
  const { db, rowLocks, post } = transaction
  const { candidates, mine, unsent } = rowLocks ? locked : alone

  /** The result in the place of its outbox row, if that still is as the caller needs it. */
  const decide = async (settled: Result, clearedXml: Uint8Array | undefined, rows: readonly unknown[]) => {
    if (rows.length === 0) return false
    const cleared = clearedXml === undefined ? undefined : pack(clearedXml)
    const stamped = { clearedXml: cleared?.bytes, clearedLength: cleared?.length, clearedSha256: cleared?.sha256 }
    await post(insertResult([{ ...settled, ...stamped }], 1))
    await post(removeRow({ documentId: settled.documentId }))
    return true
  }

  return {
    underWay: async () => {
      await transaction.lock('claims')
      const now = await transaction.now()
      return { now, trips: await travelling(db, { now }) }
    },
    claimOutbox: async (options) => {
      const now = await transaction.now()
      const { limit, closed = [], admit = () => true, leaseSeconds, owner: leaseOwner } = options
      const documentId = options.documentId === undefined ? [] : [options.documentId]
      const ids = (await candidates(db, { now, limit, closed, documentId })).filter(admit).map(({ id }) => id)
      return ids.length === 0 ? [] : leased(db, { ids, leaseUntil: later(now, leaseSeconds), leaseOwner })
    },
    addAttempt: (added) => post(insertAttempt([added], 1)),
    /** The journal is completed whoever owns the row by now; the count of claims without an answer only by its owner. */
    finishAttempt: async (documentId, fence, { finishedAt, verdict, httpStatus, response, cause }) => {
      await post(endAttempt({ documentId, fence, finishedAt, verdict, httpStatus, response, cause }))
      await post(answeredClaim({ documentId, fence }))
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
        .where(owned({ documentId, fence }))
        .returning({ id: outbox.documentId })
      return released.length === 1
    },
    settle: async (settled, clearedXml) => {
      const { documentId, decidedByFence: fence } = settled
      return decide(settled, clearedXml, await mine(db, { documentId, fence }))
    },
    settleLate: async (settled, clearedXml) =>
      decide(settled, clearedXml, await unsent(db, { documentId: settled.documentId })),
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
