/** Operations about the people of the office. */
import { addUser, changeUser, resetPassword, resetTotp } from '#core/access/users.ts'
import type { Doors } from './doors.ts'
import { memberView } from './views.ts'

export const userHandlers = ({ people }: Doors) => ({
  list: people.users.list.handler(async ({ context: { office } }) =>
    (await office.storage.read.users()).map(memberView),
  ),
  add: people.users.add.handler(async ({ input, context: { office, user } }) =>
    memberView(await addUser(office, user, input)),
  ),
  change: people.users.change.handler(async ({ input: { id, ...change }, context: { office, user } }) =>
    memberView(await changeUser(office, user, id, change)),
  ),
  resetTotp: people.users.resetTotp.handler(async ({ input, context: { office, user } }) => {
    await resetTotp(office, user, input.id)
    return { reset: true }
  }),
  resetPassword: people.users.resetPassword.handler(async ({ input, context: { office, user } }) => {
    await resetPassword(office, user, input.id, input.password)
    return { reset: true }
  }),
})
