/** Operations about the people of the office. */
import { subjectOf } from '#core/access/sign-in-service.ts'
import { addUser, changeUser, resetPassword, resetTotp } from '#core/access/users.ts'
import type { Doors } from './doors.ts'
import { memberView } from './views.ts'

const kept = (issuer: string, subject: string | null): string | null =>
  subject === null ? null : subjectOf({ issuer, subject })

export const userHandlers = ({ people }: Doors) => ({
  list: people.users.list.handler(async ({ context: { office } }) =>
    (await office.storage.read.users()).map(memberView),
  ),
  add: people.users.add.handler(async ({ input, context: { office, user } }) =>
    memberView(await addUser(office, user, input)),
  ),
  change: people.users.change.handler(async ({ input: { id, subject, ...change }, context: { office, user } }) => {
    const issuer = office.signInService
    const assigned = subject === undefined || issuer === undefined ? {} : { oidcSubject: kept(issuer, subject) }
    return memberView(await changeUser(office, user, id, { ...change, ...assigned }))
  }),
  resetTotp: people.users.resetTotp.handler(async ({ input, context: { office, user } }) => {
    await resetTotp(office, user, input.id)
    return { reset: true }
  }),
  resetPassword: people.users.resetPassword.handler(async ({ input, context: { office, user } }) => {
    await resetPassword(office, user, input.id, input.password)
    return { reset: true }
  }),
})
