/** Keys of programs: what is kept of each, never the key itself. */
import { desc, eq, getTableColumns } from 'drizzle-orm'
import type { Reader, Writer } from '#core/ports.ts'
import { type Db, record, type Transaction } from './db.ts'
import { selected } from './prepared.ts'
import { apiKey } from './schema.postgres.ts'

const keyByHash = selected(getTableColumns(apiKey), (rows, { keySha256 }: { keySha256: string }) =>
  rows.from(apiKey).where(eq(apiKey.keySha256, keySha256)),
)
const names = selected({ id: apiKey.id, name: apiKey.name }, (rows) => rows.from(apiKey))

export const apiKeyReader = (db: Db): Pick<Reader, 'apiKeys' | 'apiKeyByHash' | 'programs'> => ({
  programs: () => names(db, {}),
  apiKeys: async () => (await db.select().from(apiKey).orderBy(desc(apiKey.createdAt), apiKey.id)).map(record),
  apiKeyByHash: async (keySha256) => (await keyByHash(db, { keySha256 }))[0],
})

export const apiKeyWriter = ({ db }: Transaction): Pick<Writer, 'addApiKey' | 'updateApiKey'> => ({
  addApiKey: async (added) => {
    await db.insert(apiKey).values(added)
  },
  updateApiKey: async (id, change) => {
    await db.update(apiKey).set(change).where(eq(apiKey.id, id))
  },
})
