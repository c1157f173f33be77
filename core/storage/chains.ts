/** Chains: the counter and the hash that the next document of a unit continues from. */
import { and, eq, gt, sql } from 'drizzle-orm'
import type { PgSelectBuilder } from 'drizzle-orm/pg-core'
import type { Reader, Writer } from '#core/ports.ts'
import { type Db, record, type Transaction } from './db.ts'
import { selected } from './prepared.ts'
import { chain, document, outbox } from './schema.postgres.ts'

const columns = {
  id: chain.id,
  unitId: chain.unitId,
  epoch: chain.epoch,
  state: chain.state,
  lastIcv: chain.lastIcv,
  lastHash: chain.lastHash,
  lastSealedAt: chain.lastSealedAt,
  frozenReason: chain.frozenReason,
}

/** In the words of the index: with a parameter SQLite would plan the query each time. */
const active = (unitId: string) => and(eq(chain.unitId, unitId), eq(chain.state, sql`'active'`))

const activeOf = selected(columns, (rows, { unitId }: { unitId: string }) => rows.from(chain).where(active(unitId)))
const lockedActiveOf = selected(columns, (rows, { unitId }: { unitId: string }) =>
  rows.from(chain).where(active(unitId)).for('update'),
)

type Which = {
  /** Empty: all */
  readonly ids: readonly string[]
}
const drainingOf = (rows: PgSelectBuilder<{ id: typeof chain.id }>, { ids: [id] }: Which) =>
  rows.from(chain).where(and(eq(chain.state, 'draining'), id === undefined ? undefined : eq(chain.id, id)))
const draining = selected({ id: chain.id }, drainingOf)
const lockedDraining = selected({ id: chain.id }, (rows, which: Which) => drainingOf(rows, which).for('update'))

export const chainReader = (db: Db): Pick<Reader, 'activeChain' | 'allChains' | 'chains' | 'unarchived'> => ({
  activeChain: async (unitId) => (await activeOf(db, { unitId }))[0],
  allChains: async () => (await db.select(columns).from(chain).orderBy(chain.unitId, chain.epoch)).map(record),
  chains: async (unitId) =>
    (await db.select(columns).from(chain).where(eq(chain.unitId, unitId)).orderBy(chain.epoch)).map(record),
  unarchived: () =>
    db
      .select({ chainId: chain.id, archivedIcv: chain.archivedIcv })
      .from(chain)
      .where(gt(chain.lastIcv, chain.archivedIcv))
      .orderBy(chain.unitId, chain.epoch),
})

/** True while a document of the chain is still on its way. */
const hasOpenDocuments = async (db: Db, chainId: string): Promise<boolean> => {
  const joined = db
    .select({ id: outbox.documentId })
    .from(outbox)
    .innerJoin(document, eq(document.id, outbox.documentId))
  return (await joined.where(eq(document.chainId, chainId)).limit(1)).length > 0
}

type ChainWriter = Pick<
  Writer,
  'addChain' | 'closeDrained' | 'freezeChain' | 'lockChain' | 'retireChain' | 'markArchived' | 'thawChain'
>

export const chainWriter = ({ db, rowLocks, heads }: Transaction): ChainWriter => ({
  addChain: async (added) => {
    await db.insert(chain).values(added)
  },
  markArchived: async (chainId, icv) => {
    await db.update(chain).set({ archivedIcv: icv }).where(eq(chain.id, chainId))
  },
  freezeChain: async (chainId, reason) => {
    await db.update(chain).set({ state: 'frozen', frozenReason: reason }).where(eq(chain.id, chainId))
  },
  thawChain: async (chainId) => {
    await db
      .update(chain)
      .set({ state: 'active', frozenReason: null })
      .where(and(eq(chain.id, chainId), eq(chain.state, 'frozen')))
  },
  retireChain: async (unitId) => {
    const query = db.select({ id: chain.id }).from(chain).where(active(unitId))
    for (const { id } of await (rowLocks ? query.for('update') : query)) {
      const state = (await hasOpenDocuments(db, id)) ? 'draining' : 'closed'
      await db.update(chain).set({ state }).where(eq(chain.id, id))
    }
  },
  /** The lock makes two workers that settle the last two documents look one after the other. */
  closeDrained: async (chainId) => {
    const ids = chainId === undefined ? [] : [chainId]
    for (const { id } of await (rowLocks ? lockedDraining : draining)(db, { ids })) {
      if (!(await hasOpenDocuments(db, id))) await db.update(chain).set({ state: 'closed' }).where(eq(chain.id, id))
    }
  },
  lockChain: async (unitId) => {
    const take = async () => (await (rowLocks ? lockedActiveOf : activeOf)(db, { unitId }))[0]
    // Who waited while a renewal put a new chain in the old one's place finds neither at first.
    const locked = (await take()) ?? (await (rowLocks ? take() : undefined))
    if (locked !== undefined) heads.set(locked.id, locked)
    return locked
  },
})
