/** Operations on units (EGS): list, add, prove the chain. */
import { Failure } from '#core/errors.ts'
import { createUnit } from '#core/office/units.ts'
import { verifyUnitChain } from '#core/workflow/proving/verify-chain.ts'
import type { Doors } from './doors.ts'
import { unitView } from './views.ts'

export const unitHandlers = ({ members: { units } }: Doors) => ({
  list: units.list.handler(async ({ input, context: { office } }) => {
    const { read } = office.storage
    return Promise.all((await read.units(input.companyId)).map((unit) => unitView(office, unit)))
  }),
  create: units.create.handler(async ({ input, context: { office, user } }) => {
    const { environment } = input
    if (!office.environments.includes(environment)) throw new Failure('unit/environment', { details: { environment } })
    return unitView(office, await createUnit(office, { ...input, actor: user.id }))
  }),
  verifyChain: units.verifyChain.handler(async ({ input, context: { office } }) => {
    const { documents, ok, firstBroken } = await verifyUnitChain(office, input.unitId)
    return { documents, ok, firstBroken }
  }),
})
