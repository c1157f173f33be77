/** Named users and their sessions. */
import { and, eq, getTableColumns, isNull, lt, ne, or } from 'drizzle-orm'
import type { Reader, Writer } from '#core/ports.ts'
import { type Db, record, type Transaction } from './db.ts'
import { selected } from './prepared.ts'
import { session, user } from './schema.postgres.ts'

const all = selected(getTableColumns(user), (rows) => rows.from(user).orderBy(user.username))

export const userReader = (db: Db): Pick<Reader, 'users' | 'userByName' | 'session'> => ({
  users: () => all(db, {}),
  userByName: async (username) => (await db.select().from(user).where(eq(user.username, username))).map(record)[0],
  session: async (tokenSha256) => {
    const rows = await db
      .select({ session, user })
      .from(session)
      .innerJoin(user, eq(user.id, session.userId))
      .where(eq(session.tokenSha256, tokenSha256))
    return rows.map((row) => ({ session: row.session, user: record(row.user) }))[0]
  },
})

type UserWriter = Pick<
  Writer,
  'addUser' | 'updateUser' | 'takeTotpStep' | 'addSession' | 'touchSession' | 'removeSession' | 'removeSessions'
>

export const userWriter = ({ db, lock }: Transaction): UserWriter => ({
  /** One at a time, so that whoever counts the users afterwards knows whether this was the first. */
  addUser: async (added) => {
    await lock('users')
    await db.insert(user).values(added)
  },
  updateUser: async (id, change) => {
    const set = {
      ...change,
      ...('lockedUntil' in change ? { lockedUntil: change.lockedUntil ?? null } : {}),
      ...('deactivatedAt' in change ? { deactivatedAt: change.deactivatedAt ?? null } : {}),
      ...('companies' in change ? { companies: change.companies ?? null } : {}),
      ...('sealedTotpSecret' in change ? { sealedTotpSecret: change.sealedTotpSecret ?? null } : {}),
      ...('totpStep' in change ? { totpStep: change.totpStep ?? null } : {}),
      ...('oidcSubject' in change ? { oidcSubject: change.oidcSubject ?? null } : {}),
    }
    await db.update(user).set(set).where(eq(user.id, id))
  },
  takeTotpStep: async (userId, step) => {
    const isNew = or(isNull(user.totpStep), lt(user.totpStep, step))
    const taken = await db
      .update(user)
      .set({ totpStep: step })
      .where(and(eq(user.id, userId), isNew))
      .returning({ id: user.id })
    return taken.length === 1
  },
  addSession: async (added) => {
    await db.insert(session).values(added)
  },
  touchSession: async (tokenSha256, lastSeenAt, expiresAt) => {
    await db.update(session).set({ lastSeenAt, expiresAt }).where(eq(session.tokenSha256, tokenSha256))
  },
  removeSession: async (tokenSha256) => {
    await db.delete(session).where(eq(session.tokenSha256, tokenSha256))
  },
  removeSessions: async (userId, except = '') => {
    await db.delete(session).where(and(eq(session.userId, userId), ne(session.tokenSha256, except)))
  },
})
