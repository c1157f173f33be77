/**
 * Sign-in at the office's own service (OpenID Connect). It says who somebody is, never what he may do: it opens accounts that are there,
 * and makes none. An account belongs to a subject of the service because an administrator said so, or, where the office wants it, because
 * the service verified the e-mail address that is its user name.
 */
import { auditEntry } from '#core/audit-entry.ts'
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Ports, User, Writer } from '#core/ports.ts'
import { normalised } from './names.ts'
import { openSession, type SignedIn, tokenHash } from './sessions.ts'

type Needed = Pick<Ports, 'storage' | 'clock' | 'ids'>

const PURPOSE = 'sign-in-service'
const VISIT_MS = 10 * 60_000

/** What somebody who went to the service has to bring back, and what only this server knows. */
export interface Visit {
  readonly nonce: string
  readonly verifier: string
}

/** Under the state that the service sends back, once, on whichever replica. */
export const rememberVisit = ({ storage, clock }: Needed, state: string, { nonce, verifier }: Visit): Promise<void> => {
  const now = clock.now()
  return storage.write((tx) =>
    tx.addOneTimeToken({
      tokenSha256: tokenHash(state),
      purpose: PURPOSE,
      details: { nonce, verifier },
      createdAt: instant(now),
      expiresAt: instant(now + VISIT_MS),
    }),
  )
}

/** Throws `access/service-refused` for a state that nobody was sent with, that came before, or came too late. */
export const recallVisit = async ({ storage, clock }: Needed, state: string): Promise<Visit> => {
  const taken = await storage.write((tx) => tx.takeOneTimeToken(tokenHash(state), PURPOSE, instant(clock.now())))
  const { nonce, verifier } = taken?.details ?? {}
  if (typeof nonce !== 'string' || typeof verifier !== 'string')
    throw new Failure('access/service-refused', { reason: 'unknown state' })
  return { nonce, verifier }
}

/** Whom the service has identified. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  /** Only when the service has verified it */
  readonly verifiedEmail: string | undefined
}

/** How it is kept with the account. */
export const subjectOf = ({ issuer, subject }: Pick<Identity, 'issuer' | 'subject'>): string => `${issuer} ${subject}`

/** Throws `access/not-assigned` when the identity opens no account that is there and active. */
export const signInAs = async (
  ports: Needed,
  identity: Identity,
  { byEmail }: { readonly byEmail: boolean },
): Promise<SignedIn> => {
  const outcome = await ports.storage.write(async (tx) => {
    const user = await accountOf(tx, identity, byEmail)
    if (user === undefined || user.deactivatedAt !== undefined) {
      await tx.addAudit(auditEntry(ports, 'nobody', 'access/refused', 'nobody', { service: true }))
      return undefined
    }
    if (user.oidcSubject === undefined) await tx.updateUser(user.id, { oidcSubject: subjectOf(identity) })
    await tx.addAudit(auditEntry(ports, user.id, 'access/signed-in', user.id, { service: true }))
    return openSession(ports, tx, user)
  })
  if (outcome === undefined) throw new Failure('access/not-assigned')
  return outcome
}

/** By e-mail only the first time: from then on the subject counts, whatever the address becomes. */
const accountOf = async (tx: Writer, identity: Identity, byEmail: boolean): Promise<User | undefined> => {
  const users = await tx.users()
  const assigned = users.find(({ oidcSubject }) => oidcSubject === subjectOf(identity))
  if (assigned !== undefined || !byEmail || identity.verifiedEmail === undefined) return assigned
  const name = normalised(identity.verifiedEmail)
  return users.find(({ username, oidcSubject }) => username === name && oidcSubject === undefined)
}
