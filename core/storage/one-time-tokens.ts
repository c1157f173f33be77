/** Tokens that open one door once, as their SHA-256: taking one removes it, so that two who come at once do not both get in. */
import { and, eq, gt, lte, or } from 'drizzle-orm'
import type { Reader, Writer } from '#core/ports.ts'
import type { Db, Transaction } from './db.ts'
import { oneTimeToken } from './schema.postgres.ts'

export const oneTimeTokenReader = (db: Db): Pick<Reader, 'oneTimeToken'> => ({
  oneTimeToken: async (tokenSha256, purpose) =>
    (
      await db
        .select()
        .from(oneTimeToken)
        .where(and(eq(oneTimeToken.tokenSha256, tokenSha256), eq(oneTimeToken.purpose, purpose)))
    )[0],
})

type OneTimeTokenWriter = Pick<Writer, 'addOneTimeToken' | 'takeOneTimeToken' | 'removeOneTimeTokens'>

export const oneTimeTokenWriter = ({ db }: Transaction): OneTimeTokenWriter => ({
  addOneTimeToken: async (added) => {
    const { details, createdAt, expiresAt } = added
    await db.delete(oneTimeToken).where(lte(oneTimeToken.expiresAt, createdAt))
    await db
      .insert(oneTimeToken)
      .values(added)
      .onConflictDoUpdate({ target: oneTimeToken.tokenSha256, set: { details, createdAt, expiresAt } })
  },
  takeOneTimeToken: async (tokenSha256, purpose, at) =>
    (
      await db
        .delete(oneTimeToken)
        .where(
          and(
            eq(oneTimeToken.tokenSha256, tokenSha256),
            eq(oneTimeToken.purpose, purpose),
            gt(oneTimeToken.expiresAt, at),
          ),
        )
        .returning()
    )[0],
  removeOneTimeTokens: async (purpose, at) => {
    await db.delete(oneTimeToken).where(or(eq(oneTimeToken.purpose, purpose), lte(oneTimeToken.expiresAt, at)))
  },
})
