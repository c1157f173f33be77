/** Chains: the counter and the hash that the next document of a unit continues from. */
import { and, eq, inArray } from 'drizzle-orm'
import type { Reader, Writer } from '#core/ports.ts'
import { type Db, record, type Transaction } from './db.ts'
import { chain } from './schema.postgres.ts'

const columns = {
  id: chain.id,
  unitId: chain.unitId,
  epoch: chain.epoch,
  state: chain.state,
  lastIcv: chain.lastIcv,
  lastHash: chain.lastHash,
  lastSealedAt: chain.lastSealedAt,
}

const active = (unitId: string) => and(eq(chain.unitId, unitId), eq(chain.state, 'active'))

export const chainReader = (db: Db): Pick<Reader, 'activeChain' | 'allChains' | 'chains'> => ({
  activeChain: async (unitId) => (await db.select(columns).from(chain).where(active(unitId))).map(record)[0],
  allChains: async () => (await db.select(columns).from(chain).orderBy(chain.unitId, chain.epoch)).map(record),
  chains: async (unitId) =>
    (await db.select(columns).from(chain).where(eq(chain.unitId, unitId)).orderBy(chain.epoch)).map(record),
})

export const chainWriter = ({
  db,
  rowLocks,
}: Transaction): Pick<Writer, 'addChain' | 'closeChains' | 'freezeChain' | 'lockChain' | 'thawChain'> => ({
  addChain: async (added) => {
    await db.insert(chain).values(added)
  },
  closeChains: async (unitId) => {
    await db
      .update(chain)
      .set({ state: 'closed' })
      .where(and(eq(chain.unitId, unitId), inArray(chain.state, ['active', 'draining'])))
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
  lockChain: async (unitId) => {
    const query = db.select(columns).from(chain).where(active(unitId))
    return (await (rowLocks ? query.for('update') : query)).map(record)[0]
  },
})
