/** Who comes in: people and their sessions, programs with a key, tokens that open a door once. */
import { sql } from 'drizzle-orm'
import type { Role } from '#core/vocabulary.ts'
import type { Words } from './words.ts'

export const people = (words: Words) => {
  const { table, text, json, integer, flag, unique, optional, optionalInteger, someCompanies } = words

  const user = table(
    'user_account',
    {
      id: text('id').primaryKey(),
      username: text('username').notNull(),
      name: text('name').notNull(),
      role: text('role').$type<Role>().notNull(),
      passwordHash: text('password_hash').notNull(),
      failedSignIns: integer('failed_sign_ins').notNull(),
      lockedUntil: optional('locked_until'),
      createdAt: text('created_at').notNull(),
      mustChangePassword: flag('must_change_password').notNull().default(sql`0`),
      deactivatedAt: optional('deactivated_at'),
      companies: someCompanies(),
      sealedTotpSecret: optional('sealed_totp_secret'),
      /** The last time step whose code was taken: no code opens the door twice */
      totpStep: optionalInteger('totp_step'),
      /** Issuer and subject of the office's own sign-in service */
      oidcSubject: optional('oidc_subject'),
    },
    (at) => [unique('user_username').on(at.username), unique('user_oidc_subject').on(at.oidcSubject)],
  )

  const session = table('session', {
    tokenSha256: text('token_sha256').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    createdAt: text('created_at').notNull(),
    lastSeenAt: text('last_seen_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  })

  /** A program of the office or of a client that signs in with a key instead of a person. */
  const apiKey = table(
    'api_key',
    {
      id: text('id').primaryKey(),
      name: text('name').notNull(),
      /** What a person may see of it, to know it again */
      prefix: text('prefix').notNull(),
      keySha256: text('key_sha256').notNull(),
      role: text('role').$type<Role>().notNull(),
      companies: someCompanies(),
      createdAt: text('created_at').notNull(),
      createdBy: text('created_by').notNull(),
      expiresAt: optional('expires_at'),
      lastUsedAt: optional('last_used_at'),
      revokedAt: optional('revoked_at'),
    },
    (at) => [unique('api_key_sha256').on(at.keySha256)],
  )

  /** Opens one door once: the first account, a sign-in that comes back from elsewhere. */
  const oneTimeToken = table('one_time_token', {
    tokenSha256: text('token_sha256').primaryKey(),
    purpose: text('purpose').notNull(),
    details: json('details').$type<Readonly<Record<string, unknown>>>().notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  })

  return { user, session, apiKey, oneTimeToken }
}
