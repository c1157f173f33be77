/** Operations on the office's clients. */
import { createCompany, updateCompany } from '#core/office/companies.ts'
import type { Doors } from './doors.ts'
import { companyView } from './views.ts'

export const companyHandlers = ({ members: { companies } }: Doors) => ({
  list: companies.list.handler(async ({ context: { office } }) =>
    (await office.storage.read.companies()).map(companyView),
  ),
  create: companies.create.handler(async ({ input, context: { office, user } }) =>
    companyView(await createCompany(office, { ...input, actor: user.id })),
  ),
  update: companies.update.handler(async ({ input, context: { office, user } }) =>
    companyView(await updateCompany(office, { ...input, actor: user.id })),
  ),
})
