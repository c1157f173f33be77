/** Sends what is due, again and again, until told to stop; what it knows is in the database, so a restart loses nothing. */
import { asFailure } from '#core/errors.ts'
import type { Ports } from '#core/ports.ts'
import { claim, deliver, type Sending } from './submit.ts'

export interface OutboxOptions {
  readonly signal: AbortSignal
  /** How often to look when nothing is due, milliseconds */
  readonly idleMs?: number
  /** Transmissions in flight; a hanging one never blocks the others (G8) */
  readonly concurrency?: number
}

/** Sends everything that is due now, once; returns how many documents were sent. */
export const submitDue = async (ports: Ports, { limit = 8 }: { readonly limit?: number } = {}): Promise<number> => {
  const sendings = await claim(ports, { limit })
  await Promise.all(sendings.map((sending) => deliverSafely(ports, sending)))
  return sendings.length
}

/** Runs until the signal; returns after the transmissions under way have been recorded. */
export const runOutbox = async (
  ports: Ports,
  { signal, idleMs = 1000, concurrency = 8 }: OutboxOptions,
): Promise<void> => {
  const running = new Set<Promise<void>>()
  while (!signal.aborted) {
    const free = concurrency - running.size
    if (free === 0) {
      await Promise.race(running)
      continue
    }
    const sendings = await claimSafely(ports, free)
    for (const sending of sendings) {
      const delivery = deliverSafely(ports, sending).finally(() => running.delete(delivery))
      running.add(delivery)
    }
    if (sendings.length < free) await pause(idleMs, signal)
  }
  await Promise.all(running)
}

const claimSafely = async (ports: Ports, limit: number): Promise<readonly Sending[]> => {
  try {
    return await claim(ports, { limit })
  } catch (error) {
    ports.log.error('outbox/claim-failed', { code: asFailure(error).code })
    return []
  }
}

/** What cannot be recorded stays leased, and is sent again when the lease has run out. */
const deliverSafely = async (ports: Ports, sending: Sending): Promise<void> => {
  try {
    await deliver(ports, sending)
  } catch (error) {
    ports.log.error('outbox/record-failed', { document: sending.document.id, code: asFailure(error).code })
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
