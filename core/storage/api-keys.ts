/** Keys of programs: what is kept of each, never the key itself. */
import { desc, eq } from 'drizzle-orm'
import type { Reader, Writer } from '#core/ports.ts'
import { type Db, record, type Transaction } from './db.ts'
import { apiKey } from './schema.postgres.ts'

export const apiKeyReader = (db: Db): Pick<Reader, 'apiKeys' | 'apiKeyByHash' | 'programs'> => ({
  programs: () => db.select({ id: apiKey.id, name: apiKey.name }).from(apiKey),
  apiKeys: async () => (await db.select().from(apiKey).orderBy(desc(apiKey.createdAt), apiKey.id)).map(record),
  apiKeyByHash: async (keySha256) =>
    (await db.select().from(apiKey).where(eq(apiKey.keySha256, keySha256))).map(record)[0],
})

export const apiKeyWriter = ({ db }: Transaction): Pick<Writer, 'addApiKey' | 'updateApiKey'> => ({
  addApiKey: async (added) => {
    await db.insert(apiKey).values(added)
  },
  updateApiKey: async (id, change) => {
    await db.update(apiKey).set(change).where(eq(apiKey.id, id))
  },
})
