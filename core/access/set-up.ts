/**
 * The first account. There is no default password, and a server that others can reach does not belong to whoever comes first: it prints
 * a token when it starts, and only who reads that can make the account.
 */
import { auditEntry } from '#core/audit-entry.ts'
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Ports, User, Writer } from '#core/ports.ts'
import { checkedNames } from './names.ts'
import { assertGoodPassword, hashPassword } from './passwords.ts'
import { type Credential, openSession, type SignedIn, tokenHash } from './sessions.ts'

type Needed = Pick<Ports, 'storage' | 'clock' | 'ids'>

const PURPOSE = 'set-up'
const VALID_MS = 24 * 60 * 60_000

/** A desktop, which nobody else can reach, or the token that its server gave out. */
export type Admission = 'alone' | { readonly token: string }

/**
 * A token for the first account, to be shown once: only its SHA-256 is kept, for a day, for every replica. Undefined when there is an
 * account. Each start gives out one of its own, because nobody can look up an older one. `given`: one that the operator chose.
 */
export const giveSetUpToken = async (ports: Needed, given?: string): Promise<string | undefined> => {
  const token = given ?? ports.ids.token()
  const now = ports.clock.now()
  return ports.storage.write(async (tx) => {
    if ((await tx.users()).length > 0) return undefined
    await tx.addOneTimeToken({
      tokenSha256: tokenHash(token),
      purpose: PURPOSE,
      details: {},
      createdAt: instant(now),
      expiresAt: instant(now + VALID_MS),
    })
    return token
  })
}

/**
 * The first account, with the role of owner, signed in at once. Throws `access/already-set-up` when any account exists,
 * `access/wrong-set-up-token`, `access/weak-password`, `request/invalid`.
 */
export const setUp = async (
  ports: Needed,
  input: Credential & { readonly name: string },
  admission: Admission,
): Promise<SignedIn> => {
  const { username, name } = checkedNames(input)
  assertGoodPassword(input.password, username)
  await expectUsers(0, ports.storage.read)
  await assertKnown(ports, admission)
  const passwordHash = await hashPassword(input.password)
  const at = instant(ports.clock.now())
  const user: User = {
    id: ports.ids.uuid(),
    username,
    name,
    role: 'owner',
    passwordHash,
    failedSignIns: 0,
    lockedUntil: undefined,
    createdAt: at,
    mustChangePassword: false,
    deactivatedAt: undefined,
  }
  return ports.storage.write(async (tx) => {
    await tx.addUser(user)
    await expectUsers(1, tx)
    await takeToken(tx, admission, at)
    await tx.addAudit(auditEntry(ports, user.id, 'access/set-up', user.id, { username }))
    return openSession(ports, tx, user)
  })
}

/** Before a password is hashed for somebody who only guesses. */
const assertKnown = async ({ storage, clock }: Needed, admission: Admission): Promise<void> => {
  if (admission === 'alone') return
  const known = await storage.read.oneTimeToken(tokenHash(admission.token), PURPOSE)
  if (known === undefined || known.expiresAt <= instant(clock.now())) throw new Failure('access/wrong-set-up-token')
}

/** With the account all tokens for it are gone. */
const takeToken = async (tx: Writer, admission: Admission, at: string): Promise<void> => {
  if (admission === 'alone') return
  const taken = await tx.takeOneTimeToken(tokenHash(admission.token), PURPOSE, at)
  if (taken === undefined) throw new Failure('access/wrong-set-up-token')
  await tx.removeOneTimeTokens(PURPOSE, at)
}

const expectUsers = async (count: number, reader: Pick<Writer, 'users'>): Promise<void> => {
  if ((await reader.users()).length !== count) throw new Failure('access/already-set-up')
}
