/** The two ways into an operation: open to anybody, or for a signed-in user whose role allows it. Whatever leaves is a Failure. */
import { implement } from '@orpc/server'
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
  /** The session token that the caller carries */
  readonly token?: string | undefined
  /** Names this call in the log and in a failure's body */
  readonly requestId: string
  /** With a holder the token goes there and not into the answer of setUp and signIn */
  readonly session?: SessionHolder | undefined
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
    const user = await authenticate(office, context.token)
    if (!mayCall(user.role, path)) throw new Failure('access/forbidden', { details: { operation: path.join('.') } })
    if (user.mustChangePassword && !mayCallBeforeChange(path)) throw new Failure('access/password-change-needed')
    return next({ context: { user, office: officeWithin(office, scopeOf(user, path)) } })
  })
  return { open, members }
}

/** What a member's operation works with: who calls, and the office as far as the caller's companies go. */
export interface Member {
  readonly user: User
  readonly office: Office
}

export type Doors = ReturnType<typeof doors>

const officeWithin = (office: Office, scope: Scope): Office =>
  scope === 'all' ? office : { ...office, storage: office.storage.within(scope) }
