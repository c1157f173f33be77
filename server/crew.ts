/**
 * Several worker processes behind one port: started one after the other, started again when they die, drained together. What only one
 * process may do stands here: the practice gateway inside, counting requests in memory, the figures for Prometheus.
 */
import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { join } from 'node:path'
import { AggregatorRegistry, Counter, Gauge, Registry } from 'prom-client'
import { RateLimiterClusterMaster } from 'rate-limiter-flexible'
import type { Log } from '#core/ports.ts'
import type { Config } from './config.ts'
import { type Listening, listening, type ToWorker } from './crew-messages.ts'
import { serveMetrics } from './metrics.ts'
import { openPractice, type RunningServer } from './office-server.ts'
import { restartDelay } from './restarts.ts'

export interface CrewOptions {
  readonly config: Config
  /** As the server was given it; what differs between the workers is added */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly log: Log
  readonly pages?: string | undefined
  readonly logFile?: string | undefined
}

/** Returns once all workers listen; undefined when one of them does not start, which says why by itself. */
export const startCrew = async (options: CrewOptions): Promise<RunningServer | undefined> => {
  const { config, log } = options
  await using cleanup = new AsyncDisposableStack()
  new RateLimiterClusterMaster()
  const practice = await openPractice(config)
  cleanup.defer(async () => practice?.close())
  const crew = openCrew(options, practice?.url)
  cleanup.defer(crew.close)
  const first = await crew.start()
  if (first === undefined) return undefined
  if (config.metrics !== undefined) {
    const served = await serveMetrics({ scrape: crew.scrape }, config.metrics)
    cleanup.defer(served.close)
    log.info('metrics/listening', { url: served.url })
  }
  const opened = cleanup.move()
  const { url, address, setUpToken } = first
  return { url, address, setUpToken, close: () => opened.disposeAsync() }
}

const openCrew = (options: CrewOptions, practiceUrl: string | undefined) => {
  const { config, environment, log, pages = '', logFile = '' } = options
  const places: (Worker | undefined)[] = []
  const starts: number[] = []
  const figures = crewFigures(() => places.filter((worker) => worker?.isConnected() === true).length)
  let complete = false
  let ending = false

  /** The first place is for what goes on in the background; a worker that takes another's place does the same. */
  const fork = (place: number): Worker => {
    const args = [String(place), pages, logFile]
    cluster.setupPrimary({ exec: join(import.meta.dirname, 'worker-process.ts'), args })
    const worker = cluster.fork({
      ...environment,
      WORKERS: String(config.workers),
      METRICS_PORT: '',
      ...(practiceUrl === undefined ? {} : { PRACTICE_URL: practiceUrl }),
    })
    // Telling something to a worker that has just died is no fault of ours.
    worker.on('error', (error) => log.warn('worker/unreachable', { place, reason: error.name }))
    places[place] = worker
    return worker
  }

  /** Undefined when it ended before it listened. */
  const started = async (place: number): Promise<Listening | undefined> => {
    const worker = fork(place)
    const first = await firstWord(worker)
    if (first === undefined) return undefined
    worker.once('exit', (code: number, signal: string | null) => died(place, code, signal))
    if (complete) tell(worker, 'crew/complete')
    return first
  }

  const died = (place: number, code: number, signal: string | null): void => {
    places[place] = undefined
    if (ending) return
    figures.died()
    log.error('worker/died', { place, code, signal: signal ?? undefined })
    startAgain(place)
  }

  const startAgain = (place: number): void => {
    const now = Date.now()
    const delay = restartDelay(starts, now)
    starts.push(now + delay)
    setTimeout(async () => {
      if (ending) return
      if ((await started(place)) === undefined) died(place, places[place]?.process.exitCode ?? 1, null)
      else log.info('worker/started', { place })
    }, delay).unref()
  }

  const start = async (): Promise<Listening | undefined> => {
    const all: Listening[] = []
    for (let place = 0; place < config.workers; place++) {
      const first = await started(place)
      if (first === undefined) return undefined
      all.push(first)
    }
    complete = true
    for (const worker of places) tell(worker, 'crew/complete')
    return all[0]
  }

  /** Each worker finishes what it has; the signal's own limit of time ends what does not. */
  const close = async (): Promise<void> => {
    ending = true
    await Promise.all(
      places.map(async (worker) => {
        if (worker === undefined || worker.isDead()) return
        const gone = once(worker, 'exit')
        tell(worker, 'crew/drain')
        await gone
      }),
    )
  }

  return { start, close, scrape: figures.scrape }
}

const tell = (worker: Worker | undefined, what: ToWorker): void => {
  if (worker?.isConnected() === true) worker.send(what)
}

const firstWord = (worker: Worker): Promise<Listening | undefined> =>
  new Promise((resolve) => {
    worker.once('exit', () => resolve(undefined))
    worker.on('message', (said: unknown) => {
      const { success, data } = listening.safeParse(said)
      if (success) resolve(data)
    })
  })

/** Of all workers together, and of the crew itself. */
const crewFigures = (running: () => number) => {
  const registry = new Registry()
  const registers = [registry]
  new Gauge({
    name: 'khatm_workers',
    help: 'Worker processes that are running',
    registers,
    collect() {
      this.set(running())
    },
  })
  const deaths = new Counter({ name: 'khatm_worker_deaths_total', help: 'Workers that ended unasked', registers })
  const workers = new AggregatorRegistry()
  return {
    died: () => deaths.inc(),
    scrape: async () => `${await workers.clusterMetrics()}\n${await registry.metrics()}`,
  }
}
