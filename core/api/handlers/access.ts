/** Operations at the door: first account, sign-in, sign-out, who is there. */
import { type SignedIn, signIn, signOut } from '#core/access/sessions.ts'
import { setUp } from '#core/access/set-up.ts'
import { confirmTotp, offerTotp, removeTotp } from '#core/access/totp.ts'
import { changePassword } from '#core/access/users.ts'
import type { CallContext, Doors } from './doors.ts'
import type { Office } from './office.ts'
import { userView } from './views.ts'

export const accessHandlers = ({ open, members, people }: Doors, office: Office) => ({
  setUp: open.access.setUp.handler(async ({ input: { token = '', ...account }, context }) =>
    handOver(context, await setUp(office, account, office.shell === 'desktop' ? 'alone' : { token })),
  ),
  signIn: open.access.signIn.handler(async ({ input, context }) => handOver(context, await signIn(office, input))),
  signOut: people.access.signOut.handler(async ({ context }) => {
    await signOut(office, context.token)
    context.session?.drop()
    return { signedOut: true }
  }),
  changePassword: people.access.changePassword.handler(async ({ input, context }) => {
    await changePassword(office, context.user, context.token ?? '', input)
    return userView({ ...context.user, mustChangePassword: false })
  }),
  offerTotp: people.access.offerTotp.handler(({ input, context }) => offerTotp(office, context.user, input.password)),
  confirmTotp: people.access.confirmTotp.handler(async ({ input, context }) => {
    await confirmTotp(office, context.user, context.token ?? '', input.code)
    return { ...userView(context.user), totp: true }
  }),
  removeTotp: people.access.removeTotp.handler(async ({ input, context }) => {
    await removeTotp(office, context.user, input.password)
    return { ...userView(context.user), totp: false }
  }),
  me: members.access.me.handler(({ context }) => userView(context.user)),
})

/** The token goes to the shell that keeps it, or to the caller; never to both. */
const handOver = ({ session }: CallContext, { user, token, expiresAt }: SignedIn) => {
  session?.keep(token, expiresAt)
  return { user: userView(user), expiresAt, ...(session === undefined ? { token } : {}) }
}
