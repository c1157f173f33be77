/** Keys with which programs sign in: made once and shown once, never mightier than who made them, revoked at any time. */
import { assertCompanies, assertCovers, covers } from '#core/assignment.ts'
import { auditEntry } from '#core/audit-entry.ts'
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { ApiKey, Ports, Role } from '#core/ports.ts'
import { roles } from '#core/vocabulary.ts'
import { tokenHash } from './sessions.ts'

type Needed = Pick<Ports, 'storage' | 'clock' | 'ids'>

/** Who makes or revokes a key: a person, with what he may do himself. */
export interface Grantor {
  readonly id: string
  readonly role: Role
  /** Absent: all */
  readonly companies?: readonly string[] | undefined
}

export interface NewApiKey {
  readonly name: string
  readonly role: Role
  /** Absent: all that the maker may see */
  readonly companies?: readonly string[] | undefined
  /** ISO 8601; without it the key holds until it is revoked */
  readonly expiresAt?: string | undefined
}

export interface CreatedApiKey {
  readonly key: ApiKey
  /** Shown once: only its SHA-256 is stored */
  readonly secret: string
}

/** Scanners for leaked secrets know a key by its beginning, and so do we. */
const mark = 'khatm_'
/** Enough to tell one key from another, and nothing to guess from. */
const shownLength = mark.length + 6
/** Written down at most this often: every commit waits for the disk. */
const TOUCH_MS = 60_000

export const isApiKey = (token: string): boolean => token.startsWith(mark)

/** Throws `access/forbidden` for a role or a company that the maker does not have, `company/not-found`, `request/invalid`. */
export const createApiKey = async (ports: Needed, maker: Grantor, input: NewApiKey): Promise<CreatedApiKey> => {
  assertMayGrant(maker, input)
  const now = ports.clock.now()
  const secret = `${mark}${ports.ids.token()}`
  const key: ApiKey = {
    id: ports.ids.uuid(),
    name: checkedName(input.name),
    prefix: secret.slice(0, shownLength),
    keySha256: tokenHash(secret),
    role: input.role,
    companies: input.companies ?? maker.companies,
    createdAt: instant(now),
    createdBy: maker.id,
    expiresAt: checkedEnd(input.expiresAt, now),
    lastUsedAt: undefined,
    revokedAt: undefined,
  }
  const { name, prefix, role, companies, expiresAt } = key
  await ports.storage.write(async (tx) => {
    await assertCompanies(tx, companies)
    await tx.addApiKey(key)
    const details = { name, prefix, role, companies, expiresAt }
    await tx.addAudit(auditEntry(ports, maker.id, 'access/key-created', key.id, details))
  })
  return { key, secret }
}

/** A key never has more than who made it, and never what belongs to an owner alone. */
const assertMayGrant = (maker: Grantor, { role, companies }: NewApiKey): void => {
  const above = role === 'owner' || roles.indexOf(role) < roles.indexOf(maker.role)
  if (above) throw new Failure('access/forbidden', { details: { role } })
  if (companies !== undefined) assertCovers(maker.companies, companies)
}

const checkedName = (name: string): string => {
  const trimmed = name.trim()
  if (trimmed === '') throw refusedField('name', 'missing')
  return trimmed
}

const checkedEnd = (expiresAt: string | undefined, now: number): string | undefined => {
  if (expiresAt === undefined) return undefined
  const end = Date.parse(expiresAt)
  if (Number.isNaN(end) || end <= now) throw refusedField('expiresAt', 'not-in-the-future')
  return instant(end)
}

const refusedField = (path: string, code: string): Failure =>
  new Failure('request/invalid', { details: { findings: [{ path, code }] } })

/** The keys that somebody may see and revoke: those that have nothing he does not have. Newest first. */
export const apiKeysFor = async ({ storage }: Pick<Ports, 'storage'>, maker: Grantor): Promise<readonly ApiKey[]> =>
  (await storage.read.apiKeys()).filter(({ companies }) => covers(maker.companies, companies))

/** From now on it opens nothing; a second time changes nothing. Throws `access/key-not-found`. */
export const revokeApiKey = (ports: Needed, maker: Grantor, id: string): Promise<ApiKey> =>
  ports.storage.write(async (tx) => {
    const key = (await tx.apiKeys()).find((one) => one.id === id)
    if (key === undefined || !covers(maker.companies, key.companies)) throw new Failure('access/key-not-found')
    if (key.revokedAt !== undefined) return key
    const revokedAt = instant(ports.clock.now())
    await tx.updateApiKey(id, { revokedAt })
    const { name, prefix } = key
    await tx.addAudit(auditEntry(ports, maker.id, 'access/key-revoked', id, { name, prefix }))
    return { ...key, revokedAt }
  })

/** Whose key it is. Throws `access/unauthenticated` when there is none, it was revoked, or its time is over. */
export const authenticateKey = async ({ storage, clock }: Pick<Ports, 'storage' | 'clock'>, secret: string) => {
  const key = await storage.read.apiKeyByHash(tokenHash(secret))
  const now = clock.now()
  if (key === undefined || !isValid(key, now)) throw new Failure('access/unauthenticated')
  if (key.lastUsedAt === undefined || now - Date.parse(key.lastUsedAt) >= TOUCH_MS)
    await storage.write((tx) => tx.updateApiKey(key.id, { lastUsedAt: instant(now) }))
  return key
}

const isValid = ({ revokedAt, expiresAt }: ApiKey, now: number): boolean =>
  revokedAt === undefined && (expiresAt === undefined || now < Date.parse(expiresAt))
