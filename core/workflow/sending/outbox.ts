/** Sends what is due, again and again, until told to stop; what it knows is in the database, so a restart loses nothing. */
import { asFailure } from '#core/errors.ts'
import type { Ports } from '#core/ports.ts'
import { auditClockStep } from '../clock-guard.ts'
import { pause } from '../pause.ts'
import { claim, type Sending } from './claim.ts'
import { deliver } from './submit.ts'

export interface OutboxOptions {
  readonly signal: AbortSignal
  /** How often to look when nothing is due, milliseconds */
  readonly idleMs?: number
  /** Transmissions in flight; a hanging one never blocks the others (G8) */
  readonly concurrency?: number
  /** Who holds the leases: host and process */
  readonly owner?: string
}

/** Sends what is due now, as the roads allow, until nothing is; returns how many transmissions it made. */
export const submitDue = async (ports: Ports, { limit = 1000 }: { readonly limit?: number } = {}): Promise<number> => {
  let sent = 0
  while (sent < limit) {
    const sendings = await claim(ports, { limit: Math.min(8, limit - sent) })
    if (sendings.length === 0) break
    await Promise.all(sendings.map((sending) => deliverSafely(ports, sending)))
    sent += sendings.length
  }
  return sent
}

/** Runs until the signal; returns after the transmissions under way have been recorded. */
export const runOutbox = async (
  ports: Ports,
  { signal, idleMs = 1000, concurrency = 8, owner }: OutboxOptions,
): Promise<void> => {
  const running = new Set<Promise<void>>()
  await closeDrainedSafely(ports)
  let finished = 0
  while (!signal.aborted) {
    const free = concurrency - running.size
    const before = finished
    await auditClockStep(ports)
    const sendings = free === 0 ? [] : await claimSafely(ports, free, owner)
    for (const sending of sendings) {
      const delivery = deliverSafely(ports, sending).finally(() => {
        finished += 1
        running.delete(delivery)
      })
      running.add(delivery)
    }
    // Whatever came to its end made room on its roads: look again at once.
    const isDone = sendings.length < free || free === 0
    if (isDone && finished === before) await next(running, idleMs, signal)
  }
  await Promise.all(running)
}

/** Whoever settled the last document of a chain just while it was being retired could not close it. */
const closeDrainedSafely = async (ports: Ports): Promise<void> => {
  try {
    await ports.storage.write((tx) => tx.closeDrained())
  } catch (error) {
    ports.log.error('outbox/close-drained-failed', { code: asFailure(error).code })
  }
}

const claimSafely = async (ports: Ports, limit: number, owner: string | undefined): Promise<readonly Sending[]> => {
  try {
    return await claim(ports, { limit, owner })
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

/** Until a transmission has come to its end, the time is over, or the signal. */
const next = async (running: ReadonlySet<Promise<void>>, idleMs: number, signal: AbortSignal): Promise<void> => {
  const done = new AbortController()
  await Promise.race([...running, pause(idleMs, AbortSignal.any([signal, done.signal]))])
  done.abort()
}
