/**
 * The ways into an operation: open to anybody, for members (people and programs with a key) whose role allows it, or for people alone.
 * Whatever leaves is a Failure.
 */
import { implement } from '@orpc/server'
import { authenticateKey, isApiKey } from '#core/access/api-keys.ts'
import { authenticate } from '#core/access/sessions.ts'
import { Failure } from '#core/errors.ts'
import type { Scope, User } from '#core/ports.ts'
import { contract } from '../contract.ts'
import { codedFailure } from './coded-failure.ts'
import type { Office } from './office.ts'
import { mayCall, mayCallBeforeChange } from './permissions.ts'
import { scopeOf } from './reach.ts'

/** Where a shell keeps the session of its page out of the page's reach: a cookie, or the desktop's main process. */
export interface SessionHolder {
  keep(token: string, expiresAt: string): void
  drop(): void
}

/** What a transport knows of a call. */
export interface CallContext {
  /** The session token, or the key, that the caller carries */
  readonly token?: string | undefined
  /** Names this call in the log and in a failure's body */
  readonly requestId: string
  /** With a holder the token goes there and not into the answer of setUp and signIn */
  readonly session?: SessionHolder | undefined
  /** The shell is about to close: what would go on for ever ends */
  readonly closing?: AbortSignal | undefined
}

export const doors = (office: Office) => {
  const open = implement(contract)
    .$context<CallContext>()
    .use(async ({ next, path, context: { requestId } }, input) => {
      try {
        return await next()
      } catch (thrown) {
        throw codedFailure(thrown, { log: office.log, requestId, operation: path.join('.'), input })
      }
    })
  const members = open.use(async ({ next, path, context }) => {
    const { user, person } = await callerOf(office, context.token)
    if (!mayCall(user.role, path)) throw new Failure('access/forbidden', { details: { operation: path.join('.') } })
    if (user.mustChangePassword && !mayCallBeforeChange(path)) throw new Failure('access/password-change-needed')
    return next({ context: { user, person, office: officeWithin(office, scopeOf(user, path)) } })
  })
  const people = members.use(async ({ next, path, context: { person } }) => {
    if (person === undefined) throw new Failure('access/forbidden', { details: { operation: path.join('.') } })
    return next({ context: { user: person } })
  })
  return { open, members, people }
}

/** A person or, under the name and with the role of its key, a program. */
export type Caller = Pick<
  User,
  'id' | 'username' | 'name' | 'role' | 'companies' | 'mustChangePassword' | 'sealedTotpSecret'
>

const callerOf = async (office: Office, token: string | undefined): Promise<{ user: Caller; person?: User }> => {
  if (token === undefined || !isApiKey(token)) {
    const person = await authenticate(office, token)
    return { user: person, person }
  }
  const { id, prefix, name, role, companies } = await authenticateKey(office, token)
  return { user: { id, username: prefix, name, role, companies, mustChangePassword: false } }
}

/** What a member's operation works with: who calls, and the office as far as the caller's companies go. */
export interface Member {
  readonly user: Caller
  readonly office: Office
}

export type Doors = ReturnType<typeof doors>

const officeWithin = (office: Office, scope: Scope): Office =>
  scope === 'all' ? office : { ...office, storage: office.storage.within(scope) }
