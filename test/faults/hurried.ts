/**
 * Ports on which waiting is short, so that hours of retries fit into a test: every time that the workflow writes down for later comes
 * `hurry` times sooner, and a lease lasts seconds. Who owns a lease, for how long by the database's clock, and what a fence is worth
 * is decided by the same statements as ever.
 */
import type { Clock, Ports, Writer } from '#core/ports.ts'

export interface Hurry {
  readonly leaseSeconds: number
  readonly hurry: number
}

export const hurried = (ports: Ports, { leaseSeconds, hurry }: Hurry): Ports => {
  const { storage, clock } = ports
  const sooner = soonerBy(clock, hurry)
  const impatient = (tx: Writer): Writer => ({
    ...tx,
    claimOutbox: (options) => tx.claimOutbox({ ...options, leaseSeconds }),
    appendDocuments: (issued) =>
      tx.appendDocuments(
        issued.map(({ outbox, ...rest }) => ({ ...rest, outbox: { ...outbox, nextAt: sooner(outbox.nextAt) } })),
      ),
    // A road that is being tried has the end of a lease there, which is short already.
    saveRoad: (road) =>
      tx.saveRoad(
        road.state === 'closed' && road.probeAt !== undefined ? { ...road, probeAt: sooner(road.probeAt) } : road,
      ),
    releaseOutbox: (id, fence, change) =>
      tx.releaseOutbox(id, fence, {
        ...change,
        ...(change.nextAt === undefined ? {} : { nextAt: sooner(change.nextAt) }),
      }),
  })
  return { ...ports, storage: { ...storage, write: (work) => storage.write((tx) => work(impatient(tx))) } }
}

/** From the worker's clock, which a test may shift, to the database's, which it may not. */
const soonerBy =
  (clock: Clock, hurry: number) =>
  (at: string): string =>
    new Date(Date.now() + (Date.parse(at) - clock.now()) / hurry).toISOString()
