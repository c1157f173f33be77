/** Figures for Prometheus on a port of their own, so that the balancer never shows them to the world. */
import cluster from 'node:cluster'
import Fastify, { type FastifyListenOptions } from 'fastify'
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Log, Storage } from '#core/ports.ts'
import { originOf } from '#core/system/log.ts'
import type { Meter } from '#core/system/measured.ts'

export interface Metrics {
  readonly meter: Meter
  /** One answered HTTP request */
  answered(request: { readonly route: string; readonly status: number }, seconds: number): void
  /** The text that Prometheus reads; what only the database knows is asked for now */
  scrape(): Promise<string>
}

export const createMetrics = (storage: Storage, log: Log): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  storageGauges(registry, storage, log)
  if (cluster.isWorker) answerTheCrew(registry)
  return { ...events(registry), scrape: () => registry.metrics() }
}

/** The process that leads the workers asks each of them; the library answers with what is registered. */
const answerTheCrew = (registry: Registry): void => {
  AggregatorRegistry.setRegistries(registry)
  new AggregatorRegistry()
}

/** From a commit on a fast disk (1 ms) to a transmission that times out (60 s). */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** What this process did. */
const events = (registry: Registry): Pick<Metrics, 'meter' | 'answered'> => {
  const registers = [registry]
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers })
  const histogram = (name: string, help: string, ...labelNames: string[]) =>
    new Histogram({ name, help, labelNames, buckets, registers })
  const issued = counter('khatm_documents_issued_total', 'Documents sealed and stored', 'environment', 'profile')
  const settled = counter('khatm_documents_settled_total', 'Documents with a final answer', 'outcome', 'duplicate')
  const sent = histogram('khatm_transmission_seconds', 'Transmissions to ZATCA', 'environment', 'endpoint', 'verdict')
  const lock = histogram('khatm_chain_lock_seconds', 'Waiting for the lock of a chain')
  const commit = histogram('khatm_write_seconds', 'Write transactions, commit included')
  const sign = histogram('khatm_sign_seconds', 'Signing, the key taken out of its envelope and wiped')
  const clock = new Gauge({
    name: 'khatm_clock_skew_seconds',
    help: 'By how much the clock of this machine is certainly wrong, as answers of ZATCA tell',
    registers,
    aggregator: 'max',
  })
  const request = histogram('khatm_http_request_seconds', 'Answered HTTP requests', 'route', 'status')
  return {
    meter: {
      issued: ({ environment, profile }) => issued.inc({ environment, profile }),
      settled: ({ outcome, duplicate }) => settled.inc({ outcome, duplicate: String(duplicate) }),
      transmitted: (road, { kind }, seconds) => sent.observe({ ...road, verdict: kind }, seconds),
      chainLocked: (seconds) => lock.observe(seconds),
      committed: (seconds) => commit.observe(seconds),
      signed: (seconds) => sign.observe(seconds),
      clockWrong: (seconds) => clock.set(seconds),
    },
    answered: ({ route, status }, seconds) => request.observe({ route, status: String(status) }, seconds),
  }
}

/** What all replicas share and each of them tells alike: dashboards take the highest, never the sum. */
const storageGauges = (registry: Registry, storage: Storage, log: Log): void => {
  let asking: Promise<void> | undefined
  /** All gauges are asked at once; the database only the first time. */
  const collect = (): Promise<void> => {
    asking ??= refresh().finally(() => {
      asking = undefined
    })
    return asking
  }
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers: [registry], aggregator: 'max', collect })
  const waiting = gauge('khatm_outbox_documents', 'Documents on their way to ZATCA', 'state')
  const oldest = gauge('khatm_outbox_oldest_seconds', 'Age of the oldest of them')
  const certificate = gauge('khatm_certificate_days', 'Days until the first certificate in use ends', 'environment')
  const up = new Gauge({
    name: 'khatm_storage_up',
    help: '1 when the database answers',
    registers: [registry],
    aggregator: 'min',
    collect,
  })
  const refresh = async (): Promise<void> => {
    try {
      const { oldestSealedAt, ...counts } = await storage.read.outboxCounts()
      for (const [state, count] of Object.entries(counts)) waiting.set({ state }, count)
      oldest.set(oldestSealedAt === undefined ? 0 : (Date.now() - Date.parse(oldestSealedAt)) / 1000)
      for (const [environment, days] of await certificateDays(storage)) certificate.set({ environment }, days)
      up.set(1)
    } catch (error) {
      log.error('metrics/storage', { origin: originOf(error) })
      up.set(0)
    }
  }
}

const DAY_MS = 86_400_000

/** For each environment the days left of the certificate that ends first, negative once it has; a closed unit needs none. */
const certificateDays = async (storage: Storage): Promise<ReadonlyMap<string, number>> => {
  const inUse = (await storage.read.productionCsids()).filter(({ unit }) => unit.state !== 'closed')
  const daysLeft = (notAfter: string): number => (Date.parse(notAfter) - Date.now()) / DAY_MS
  return new Map(
    [...Map.groupBy(inUse, ({ unit }) => unit.environment)].map(([environment, csids]) => [
      environment,
      Math.min(...csids.map(({ notAfter }) => daysLeft(notAfter))),
    ]),
  )
}

/** Answers `GET /metrics` until closed. */
export const serveMetrics = async ({ scrape }: Pick<Metrics, 'scrape'>, listen: FastifyListenOptions) => {
  const app = Fastify()
  app.get('/metrics', async (_request, reply) => reply.type(Registry.PROMETHEUS_CONTENT_TYPE).send(await scrape()))
  return { url: await app.listen(listen), close: () => app.close() }
}
