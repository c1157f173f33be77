/** Operations about the people of the office. */
import { addUser, changeUser, resetPassword } from '#core/access/users.ts'
import type { Doors } from './doors.ts'
import type { Office } from './office.ts'
import { memberView } from './views.ts'

export const userHandlers = ({ members }: Doors, office: Office) => ({
  list: members.users.list.handler(async () => (await office.storage.read.users()).map(memberView)),
  add: members.users.add.handler(async ({ input, context }) => memberView(await addUser(office, context.user, input))),
  change: members.users.change.handler(async ({ input: { id, ...change }, context }) =>
    memberView(await changeUser(office, context.user, id, change)),
  ),
  resetPassword: members.users.resetPassword.handler(async ({ input, context }) => {
    await resetPassword(office, context.user, input.id, input.password)
    return { reset: true }
  }),
})
