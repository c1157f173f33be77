/** Operations on the audit log. */
import { actorsOf, nameOf } from './actors.ts'
import type { Doors } from './doors.ts'

export const auditHandlers = ({ members: { audit } }: Doors) => ({
  list: audit.list.handler(async ({ input: { from, to, ...input }, context: { office } }) => {
    const { read } = office.storage
    const { rows, next } = await read.auditPage({ ...input, from: inUtc(from), to: inUtc(to) })
    const actors = await actorsOf(read)
    return {
      rows: rows.map((entry) => ({ ...entry, actor: nameOf(entry.actor, actors), details: { ...entry.details } })),
      next,
    }
  }),
})

/** As the log writes times. */
const inUtc = (moment: string | undefined): string | undefined => moment && new Date(moment).toISOString()
