/** Operations on the office's clients. */
import { createCompany, updateCompany } from '#core/office/companies.ts'
import type { Doors } from './doors.ts'
import type { Office } from './office.ts'
import { companyView } from './views.ts'

export const companyHandlers = ({ members: { companies } }: Doors, office: Office) => ({
  list: companies.list.handler(async () => (await office.storage.read.companies()).map(companyView)),
  create: companies.create.handler(async ({ input, context }) =>
    companyView(await createCompany(office, { ...input, actor: context.user.id })),
  ),
  update: companies.update.handler(async ({ input, context }) =>
    companyView(await updateCompany(office, { ...input, actor: context.user.id })),
  ),
})
