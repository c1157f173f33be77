/** Who is there: sign-in with lockout, sessions that end by themselves, sign-out. Everything is audited. */
import { createHash } from 'node:crypto'
import { auditEntry } from '#core/audit-entry.ts'
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Ports, Session, User, Writer } from '#core/ports.ts'
import { normalised } from './names.ts'
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts'
import { totpBinding } from './totp-binding.ts'
import { stepOf } from './totp-code.ts'

/** Settings with their source: ASVS 5.0 session and throttling requirements. */
const MINUTE = 60_000
const IDLE_MS = 30 * MINUTE
const ABSOLUTE_MS = 12 * 60 * MINUTE
/** A session is written down as used at most this often: every commit waits for the disk. */
const TOUCH_MS = MINUTE
const FAILURES_BEFORE_LOCK = 5
const FIRST_LOCK_MS = 15 * MINUTE
const LONGEST_LOCK_MS = 24 * 60 * MINUTE

type Needed = Pick<Ports, 'storage' | 'clock' | 'ids'>

export interface Credential {
  readonly username: string
  readonly password: string
}

/** `code`: of the second factor, where the user has one */
export interface SignInCredential extends Credential {
  readonly code?: string | undefined
}

export interface SignedIn {
  readonly user: User
  /** Shown once; only its hash is stored. */
  readonly token: string
  /** The end at the latest, ISO 8601; without use the session ends earlier. */
  readonly expiresAt: string
}

/**
 * Throws `access/wrong-password`, also for a name that nobody has, `access/locked` with `lockedUntil`, and of a user with a second factor
 * `access/code-needed`, `access/wrong-code`.
 */
export const signIn = async (
  ports: Needed & Pick<Ports, 'keys'>,
  { username, password, code }: SignInCredential,
): Promise<SignedIn> => {
  const found = await ports.storage.read.userByName(normalised(username))
  const right = await verifyPassword(password, found?.passwordHash)
  const renewed = right && isOutdated(found?.passwordHash ?? '') ? await hashPassword(password) : undefined
  const second = right && found !== undefined ? await secondFactor(ports, found, code) : 'none'
  const checked = { username: normalised(username), found, right, renewed, second }
  const outcome = await ports.storage.write((tx) => judged(ports, tx, checked))
  if (outcome instanceof Failure) throw outcome
  return outcome
}

/** A time step that the right code belongs to, or why there is none. */
type SecondFactor = 'none' | 'missing' | 'wrong' | number

const secondFactor = async (
  { keys, clock }: Pick<Ports, 'keys' | 'clock'>,
  { id, sealedTotpSecret }: User,
  code = '',
): Promise<SecondFactor> => {
  if (sealedTotpSecret === undefined) return 'none'
  if (code === '') return 'missing'
  return stepOf(await keys.openSecret(sealedTotpSecret, totpBinding(id)), code, clock.now()) ?? 'wrong'
}

interface Checked {
  readonly username: string
  /** The account that the password was compared with */
  readonly found: User | undefined
  readonly right: boolean
  /** Its hash made anew, when it was made by an older way */
  readonly renewed: string | undefined
  readonly second: SecondFactor
}

/** A failure is returned and not thrown: the transaction that counts it must be kept. */
const judged = async (
  ports: Needed,
  tx: Writer,
  { username, found, right, renewed, second }: Checked,
): Promise<SignedIn | Failure> => {
  const now = ports.clock.now()
  const user = await tx.userByName(username)
  // A deactivated account answers like one that does not exist.
  if (user === undefined || user.id !== found?.id || user.deactivatedAt !== undefined) {
    // What was typed is not kept: people type passwords into the wrong field.
    await tx.addAudit(auditEntry(ports, 'nobody', 'access/refused'))
    return new Failure('access/wrong-password')
  }
  if (user.lockedUntil !== undefined && now < Date.parse(user.lockedUntil)) return lockedFailure(user.lockedUntil)
  if (!right) return countFailure(ports, tx, user, 'access/wrong-password')
  if (second === 'missing') return new Failure('access/code-needed')
  if (!(await isTaken(tx, user, found, second))) return countFailure(ports, tx, user, 'access/wrong-code')
  if (user.failedSignIns > 0) await tx.updateUser(user.id, { failedSignIns: 0, lockedUntil: undefined })
  // A password that was changed meanwhile is not brought back.
  if (renewed !== undefined && user.passwordHash === found.passwordHash)
    await tx.updateUser(user.id, { passwordHash: renewed })
  await tx.addAudit(auditEntry(ports, user.id, 'access/signed-in'))
  return openSession(ports, tx, user)
}

/** A code is good once, and only for the factor that it was compared with. */
const isTaken = async (tx: Writer, user: User, found: User, second: SecondFactor): Promise<boolean> => {
  if (user.sealedTotpSecret !== found.sealedTotpSecret) return false
  return second === 'none' || (typeof second === 'number' && (await tx.takeTotpStep(user.id, second)))
}

const lockedFailure = (lockedUntil: string): Failure => new Failure('access/locked', { details: { lockedUntil } })

/** From the fifth failure on each one locks: 15 minutes, then twice as long every time, at most a day. */
const countFailure = async (
  ports: Needed,
  tx: Writer,
  user: User,
  code: 'access/wrong-password' | 'access/wrong-code',
): Promise<Failure> => {
  const failedSignIns = user.failedSignIns + 1
  await tx.addAudit(auditEntry(ports, user.id, 'access/refused', user.id, { failedSignIns }))
  if (failedSignIns < FAILURES_BEFORE_LOCK) {
    await tx.updateUser(user.id, { failedSignIns })
    return new Failure(code)
  }
  const lock = Math.min(FIRST_LOCK_MS * 2 ** (failedSignIns - FAILURES_BEFORE_LOCK), LONGEST_LOCK_MS)
  const lockedUntil = instant(ports.clock.now() + lock)
  await tx.updateUser(user.id, { failedSignIns, lockedUntil })
  await tx.addAudit(auditEntry(ports, user.id, 'access/locked', user.id, { lockedUntil }))
  return lockedFailure(lockedUntil)
}

/** Ends the session; an unknown or ended one is fine. */
export const signOut = async (ports: Needed, token: string | undefined): Promise<void> => {
  if (token === undefined) return
  await ports.storage.write(async (tx) => {
    const found = await tx.session(tokenHash(token))
    if (found === undefined) return
    await tx.removeSession(found.session.tokenSha256)
    await tx.addAudit(auditEntry(ports, found.user.id, 'access/signed-out'))
  })
}

/** Whose token it is. Throws `access/unauthenticated` when there is none, or it ended by time or sign-out. */
export const authenticate = async ({ storage, clock }: Needed, token: string | undefined): Promise<User> => {
  const found = token === undefined ? undefined : await storage.read.session(tokenHash(token))
  const now = clock.now()
  if (found === undefined || found.user.deactivatedAt !== undefined || now >= Date.parse(found.session.expiresAt))
    throw new Failure('access/unauthenticated')
  const { session, user } = found
  if (now - Date.parse(session.lastSeenAt) >= TOUCH_MS)
    await storage.write((tx) => tx.touchSession(session.tokenSha256, instant(now), idleEnd(session.createdAt, now)))
  return user
}

export const openSession = async ({ clock, ids }: Needed, tx: Writer, user: User): Promise<SignedIn> => {
  const now = clock.now()
  const at = instant(now)
  const token = ids.token()
  const session: Session = {
    tokenSha256: tokenHash(token),
    userId: user.id,
    createdAt: at,
    lastSeenAt: at,
    expiresAt: idleEnd(at, now),
  }
  await tx.addSession(session)
  return { user, token, expiresAt: instant(now + ABSOLUTE_MS) }
}

/** Half an hour after its last use, and never more than twelve hours after it began. */
const idleEnd = (createdAt: string, now: number): string =>
  instant(Math.min(now + IDLE_MS, Date.parse(createdAt) + ABSOLUTE_MS))

/** What is stored of a token: whoever reads the database cannot sign in with it. 256 bits of chance need no salt and no slow hash. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')
