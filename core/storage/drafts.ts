/** Drafts that somebody saved and has not issued yet. */
import { desc, eq } from 'drizzle-orm'
import type { Reader, Writer } from '#core/ports.ts'
import type { Db } from './db.ts'
import { draft } from './schema.postgres.ts'

export const draftReader = (db: Db): Pick<Reader, 'drafts' | 'draft'> => ({
  drafts: (companyId) =>
    db.select().from(draft).where(eq(draft.companyId, companyId)).orderBy(desc(draft.updatedAt), draft.id),
  draft: async (id) => (await db.select().from(draft).where(eq(draft.id, id)))[0],
})

export const draftWriter = (db: Db): Pick<Writer, 'saveDraft' | 'removeDraft'> => ({
  saveDraft: async (saved) => {
    const { draft: content, updatedAt } = saved
    await db
      .insert(draft)
      .values(saved)
      .onConflictDoUpdate({ target: draft.id, set: { draft: content, updatedAt } })
  },
  removeDraft: async (id) => {
    await db.delete(draft).where(eq(draft.id, id))
  },
})
