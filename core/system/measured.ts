/** Ports that report what passes through them: workflow and adapters do not know that they are measured. */
import type { DocumentRecord, Gateway, KeyStore, Ports, Result, Storage, Verdict, Writer } from '#core/ports.ts'

/** Where measurements go; durations are seconds. */
export interface Meter {
  issued(document: DocumentRecord): void
  settled(result: Result): void
  transmitted(
    road: { readonly environment: string; readonly endpoint: string },
    verdict: Verdict,
    seconds: number,
  ): void
  /** From asking for a chain's lock until having it */
  chainLocked(seconds: number): void
  /** A whole write transaction, its commit included */
  committed(seconds: number): void
  signed(seconds: number): void
  /** By how much the clock is certainly wrong, ahead or behind */
  clockWrong(seconds: number): void
}

type Measured = Pick<Ports, 'storage' | 'gateway' | 'keys'>

export const measured = <P extends Measured>(ports: P, meter: Meter): P => ({
  ...ports,
  storage: measuredStorage(ports.storage, meter),
  gateway: (environment) => measuredGateway(ports.gateway(environment), environment, meter),
  keys: measuredKeys(ports.keys, meter),
})

const timed = async <T>(work: () => Promise<T>, hear: (seconds: number, done: T) => void): Promise<T> => {
  const start = performance.now()
  const done = await work()
  hear((performance.now() - start) / 1000, done)
  return done
}

/** What a transaction did is reported after its commit: a rolled back document was never issued. */
const measuredStorage = (storage: Storage, meter: Meter): Storage => ({
  ...storage,
  within: (scope) => measuredStorage(storage.within(scope), meter),
  write: async (work) => {
    const reports: (() => void)[] = []
    const done = await timed(() => storage.write((tx) => work(observed(tx, meter, reports))), meter.committed)
    for (const report of reports) report()
    return done
  },
})

const observed = (tx: Writer, meter: Meter, reports: (() => void)[]): Writer => ({
  ...tx,
  lockChain: (unitId) => timed(() => tx.lockChain(unitId), meter.chainLocked),
  appendDocuments: async (issued) => {
    await tx.appendDocuments(issued)
    for (const { document } of issued) reports.push(() => meter.issued(document))
  },
  settle: async (result, clearedXml) => {
    const owned = await tx.settle(result, clearedXml)
    if (owned) reports.push(() => meter.settled(result))
    return owned
  },
  settleLate: async (result, clearedXml) => {
    const settled = await tx.settleLate(result, clearedXml)
    if (settled) reports.push(() => meter.settled(result))
    return settled
  },
})

const measuredGateway = (gateway: Gateway, environment: string, meter: Meter): Gateway => ({
  ...gateway,
  submit: (endpoint, credentials, submission) =>
    timed(
      () => gateway.submit(endpoint, credentials, submission),
      (seconds, verdict) => meter.transmitted({ environment, endpoint }, verdict, seconds),
    ),
})

const measuredKeys = (keys: KeyStore, meter: Meter): KeyStore => ({
  ...keys,
  signer: async (...given) => {
    const signer = await keys.signer(...given)
    return { ...signer, sign: (digests) => timed(() => signer.sign(digests), meter.signed) }
  },
})
