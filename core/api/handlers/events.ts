/** Listening to events: a stream that ends with its request, with the server, or after a while, so that a key that was revoked hears no more. */
import { withEventMeta } from '@orpc/server'
import { Failure } from '#core/errors.ts'
import type { Event } from '#core/notify/events.ts'
import type { Listen } from '#core/notify/listening.ts'
import type { Doors } from './doors.ts'

/** Whoever wants to hear more comes again, with the id of the last event, and shows that he may. */
const longestMs = 5 * 60_000

/** The log is one for the office: what a listener hears of it is judged entry by entry, by its companies. */
export const eventHandlers = ({ members: { events } }: Doors, listen: Listen) => ({
  listen: events.listen.handler(({ input, context: { user, closing }, signal, lastEventId }) => {
    const signals = [signal, closing, AbortSignal.timeout(longestMs)].filter((one) => one !== undefined)
    const after = placeOf(lastEventId ?? input.after)
    return told(listen({ after, scope: user.companies ?? 'all', signal: AbortSignal.any(signals) }))
  }),
})

const placeOf = (id: string | undefined): number | undefined => {
  if (id === undefined || id === '') return undefined
  if (/^\d{1,9}$/.test(id)) return Number(id)
  throw new Failure('request/invalid', { details: { findings: [{ path: 'after', code: 'cursor/malformed' }] } })
}

async function* told(events: AsyncGenerator<Event>) {
  for await (const { id, type, at, companyId, data } of events)
    yield withEventMeta({ id, type, timestamp: at, companyId, data: { ...data } }, { id })
}
