/** The people of the office: who is added, what they may do, how they get a new password, and how they leave. */
import { assertCompanies, assertCovers, assigned } from '#core/assignment.ts'
import { auditEntry } from '#core/audit-entry.ts'
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Ports, Role, Scope, User, Writer } from '#core/ports.ts'
import { checkedNames } from './names.ts'
import { assertGoodPassword, hashPassword, verifyPassword } from './passwords.ts'
import { tokenHash } from './sessions.ts'

type Needed = Pick<Ports, 'storage' | 'clock' | 'ids'>

export interface NewUser {
  readonly username: string
  readonly name: string
  readonly role: Role
  /** Absent: as whoever adds the user */
  readonly companies?: Scope | undefined
  /** Handed over in person; the user has to change it at the first sign-in. */
  readonly password: string
}

/**
 * Throws `access/duplicate-user`, `access/weak-password`, `company/not-found`, `request/invalid`; `access/forbidden` when an admin makes an
 * owner, and when the user would see a company that the actor does not.
 */
export const addUser = async (ports: Needed, actor: User, input: NewUser): Promise<User> => {
  const companies = input.companies === undefined ? actor.companies : assigned(input.companies)
  assertMayGrant(actor, { role: input.role, companies })
  const { username, name } = checkedNames(input)
  assertGoodPassword(input.password, username)
  const user: User = {
    id: ports.ids.uuid(),
    username,
    name,
    role: input.role,
    passwordHash: await hashPassword(input.password),
    failedSignIns: 0,
    lockedUntil: undefined,
    createdAt: instant(ports.clock.now()),
    mustChangePassword: true,
    deactivatedAt: undefined,
    companies,
  }
  await ports.storage.write(async (tx) => {
    if ((await tx.userByName(username)) !== undefined) throw new Failure('access/duplicate-user')
    await assertCompanies(tx, companies)
    await tx.addUser(user)
    const details = { username, role: user.role, companies: companies ?? 'all' }
    await tx.addAudit(auditEntry(ports, actor.id, 'access/user-added', user.id, details))
  })
  return user
}

export interface UserChange {
  readonly name?: string | undefined
  readonly role?: Role | undefined
  /** False ends all sessions and lets nobody in under this name; the account itself stays, because the audit log names it */
  readonly active?: boolean | undefined
  /** In force with the next request of the user */
  readonly companies?: Scope | undefined
  /** Issuer and subject of the office's own sign-in service; null: nobody */
  readonly oidcSubject?: string | null | undefined
}

/** Throws `access/subject-taken`, `access/user-not-found`, `company/not-found`; `access/last-owner` when nobody would be left who may do everything. */
export const changeUser = (ports: Needed, actor: User, userId: string, change: UserChange): Promise<User> =>
  ports.storage.write(async (tx) => {
    const before = await existing(tx, userId)
    const { name = before.name, role = before.role, active = before.deactivatedAt === undefined } = change
    const companies = change.companies === undefined ? before.companies : assigned(change.companies)
    assertMayGrant(actor, before)
    assertMayGrant(actor, { role, companies })
    if (change.companies !== undefined) await assertCompanies(tx, companies)
    const deactivatedAt = active ? undefined : (before.deactivatedAt ?? instant(ports.clock.now()))
    const names = checkedNames({ username: before.username, name })
    const oidcSubject = change.oidcSubject === undefined ? before.oidcSubject : (change.oidcSubject ?? undefined)
    await assertFree(tx, userId, oidcSubject)
    const after: User = { ...before, name: names.name, role, deactivatedAt, companies, oidcSubject }
    await tx.updateUser(userId, { name: after.name, role, deactivatedAt, companies, oidcSubject })
    await assertOwnerLeft(tx)
    if (!active) await tx.removeSessions(userId)
    const details = { role, active, companies: companies ?? 'all' }
    await tx.addAudit(auditEntry(ports, actor.id, 'access/user-changed', userId, details))
    return after
  })

/** For a person who forgot it, or is locked out: a new password to change at the next sign-in; every session ends. */
export const resetPassword = async (ports: Needed, actor: User, userId: string, password: string): Promise<void> => {
  const { username } = await existing(ports.storage.read, userId)
  assertGoodPassword(password, username)
  const passwordHash = await hashPassword(password)
  await ports.storage.write(async (tx) => {
    assertMayGrant(actor, await existing(tx, userId))
    await tx.updateUser(userId, { passwordHash, mustChangePassword: true, failedSignIns: 0, lockedUntil: undefined })
    await tx.removeSessions(userId)
    await tx.addAudit(auditEntry(ports, actor.id, 'access/password-reset', userId))
  })
}

/** For a person who lost the telephone: the second factor is gone, and every session ends. */
export const resetTotp = (ports: Needed, actor: User, userId: string): Promise<void> =>
  ports.storage.write(async (tx) => {
    assertMayGrant(actor, await existing(tx, userId))
    await tx.updateUser(userId, { sealedTotpSecret: undefined, totpStep: undefined })
    await tx.removeSessions(userId)
    await tx.addAudit(auditEntry(ports, actor.id, 'access/totp-reset', userId))
  })

/** A user's own; the session it is done from goes on, all others end. Throws `access/wrong-password`, `access/same-password`. */
export const changePassword = async (
  ports: Needed,
  user: User,
  token: string,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<void> => {
  if (!(await verifyPassword(current, user.passwordHash))) throw new Failure('access/wrong-password')
  if (current === next) throw new Failure('access/same-password')
  assertGoodPassword(next, user.username)
  const passwordHash = await hashPassword(next)
  await ports.storage.write(async (tx) => {
    await tx.updateUser(user.id, { passwordHash, mustChangePassword: false })
    await tx.removeSessions(user.id, tokenHash(token))
    await tx.addAudit(auditEntry(ports, user.id, 'access/password-changed'))
  })
}

/**
 * Only an owner makes, changes or resets an owner, and nobody somebody who sees more companies: otherwise every admin could become one, or
 * sign in as one.
 */
const assertMayGrant = (actor: User, { role, companies }: Pick<User, 'role' | 'companies'>): void => {
  if (role === 'owner' && actor.role !== 'owner') throw new Failure('access/forbidden', { details: { role } })
  assertCovers(actor.companies, companies)
}

const existing = async (reader: Pick<Writer, 'users'>, userId: string): Promise<User> => {
  const found = (await reader.users()).find(({ id }) => id === userId)
  if (found === undefined) throw new Failure('access/user-not-found')
  return found
}

/** One identity opens one account. */
const assertFree = async (
  tx: Pick<Writer, 'users'>,
  userId: string,
  oidcSubject: string | undefined,
): Promise<void> => {
  if (oidcSubject === undefined) return
  const holder = (await tx.users()).find((user) => user.oidcSubject === oidcSubject)
  if (holder !== undefined && holder.id !== userId) throw new Failure('access/subject-taken')
}

const assertOwnerLeft = async (tx: Pick<Writer, 'users'>): Promise<void> => {
  const users = await tx.users()
  const mayEverything = ({ role, deactivatedAt, companies }: User) =>
    role === 'owner' && deactivatedAt === undefined && companies === undefined
  if (!users.some(mayEverything)) throw new Failure('access/last-owner')
}
