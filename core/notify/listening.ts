/** Listening to events as they happen, on whichever replica: one question a second for all listeners of a process, and none without any. */

import { asFailure } from '#core/errors.ts'
import type { Log, ProgramReader, Scope } from '#core/ports.ts'
import { concerns, type Event, eventsAfter } from './events.ts'

export interface ListenOptions {
  /** The id of the last event that the listener has heard; undefined: from now on */
  readonly after: number | undefined
  readonly scope: Scope
  /** Ends the listening */
  readonly signal: AbortSignal
}

export type Listen = (options: ListenOptions) => AsyncGenerator<Event>

type Read = Pick<ProgramReader, 'auditFeed' | 'lastAudit'>

/** How often the log is looked at while somebody listens, milliseconds. */
const lookEveryMs = 1000

export const listening = (read: Read, log: Log): Listen => {
  const news = newsOf(read, log)
  return async function* ({ after, scope, signal }) {
    let heard = after ?? (await read.lastAudit())
    while (!signal.aborted) {
      const { events, upTo } = await eventsAfter(read, heard)
      for (const event of events) if (concerns(event, scope)) yield event
      if (upTo === heard) await news.beyond(heard, signal)
      heard = upTo
    }
  }
}

/** Wakes whoever waits for the log to grow. */
const newsOf = (read: Read, log: Log) => {
  const waiting = new Set<(last: number) => void>()
  let looking = false
  const lookLater = () => void setTimeout(look, lookEveryMs).unref()
  const look = async (): Promise<void> => {
    try {
      const last = await read.lastAudit()
      for (const wake of [...waiting]) wake(last)
    } catch (error) {
      log.warn('events/look-failed', { code: asFailure(error).code })
    }
    looking = waiting.size > 0
    if (looking) lookLater()
  }
  /** Returns when the log has grown beyond this place, or at the signal. */
  const beyond = (place: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const done = () => {
        waiting.delete(wake)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const wake = (last: number) => {
        if (last > place) done()
      }
      waiting.add(wake)
      signal.addEventListener('abort', done)
      if (!looking) lookLater()
      looking = true
    })
  return { beyond }
}
