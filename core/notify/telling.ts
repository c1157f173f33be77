/** Tells webhooks what happens, again and again, until told to stop; what it knows is in the database, so a restart loses nothing. */
import { asFailure } from '#core/errors.ts'
import type { Ports } from '#core/ports.ts'
import { pause } from '#core/workflow/pause.ts'
import { deliver, spread } from './delivering.ts'

export interface TellingOptions {
  readonly signal: AbortSignal
  /** How often to look, milliseconds */
  readonly idleMs?: number
}

/** Messages under way to one receiver: one that hangs holds up its own messages only. */
const atATime = 4
/** How long the log of deliveries goes back. */
const keptMs = 30 * 24 * 3_600_000
const forgetEveryMs = 3_600_000

/** Runs until the signal; returns after the messages under way have been recorded. */
export const tellWebhooks = async (ports: Ports, { signal, idleMs = 1000 }: TellingOptions): Promise<void> => {
  const running = new Map<string, Promise<void>>()
  let forgotten = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    const now = ports.clock.now()
    await safely(ports, async () => {
      await spread(ports)
      for (const id of await ports.storage.read.dueWebhooks(new Date(now).toISOString()))
        if (!running.has(id))
          running.set(
            id,
            emptied(ports, id, signal).finally(() => running.delete(id)),
          )
      if (now - forgotten < forgetEveryMs) return
      forgotten = now
      await ports.storage.write((tx) => tx.forgetDeliveries(new Date(now - keptMs).toISOString()))
    })
    await pause(idleMs, signal)
  }
  await Promise.all(running.values())
}

/** Sends until nothing of this webhook is due any more. */
const emptied = (ports: Ports, webhookId: string, signal: AbortSignal): Promise<void> =>
  safely(ports, async () => {
    while (!signal.aborted && (await deliver(ports, { webhookId, limit: atATime })) > 0);
  })

const safely = async ({ log }: Ports, work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    log.warn('webhook/interrupted', { code: asFailure(error).code })
  }
}
