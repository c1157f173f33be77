/** The office server put together: storage, keys, practice gateway, office, HTTP; opened in order and closed in the reverse order. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { createOffice } from '#core/compose.ts'
import type { Log, Storage } from '#core/ports.ts'
import { openPostgres } from '#core/storage/postgres.ts'
import type { Config } from './config.ts'
import { portTaken } from './config-problem.ts'
import { openFirstDoor } from './first-account.ts'
import type { Readiness } from './health.ts'
import { buildHttp } from './http.ts'
import { openKeys } from './keys.ts'
import { openLimits } from './limits.ts'
import { createMetrics, serveMetrics } from './metrics.ts'
import { backupPlanner, openAnchors } from './safety.ts'
import type { Tracing } from './tracing.ts'

export interface ServerOptions {
  readonly config: Config
  readonly log: Log
  /** Folder of the built renderer; absent while its own development server is in front */
  readonly pages?: string | undefined
  /** Of a worker that is one of several: told by the process that leads them */
  readonly ready?: Readiness
  /** Of several workers one does what goes on in the background, and knows the way to the first account; true when absent */
  readonly isFirst?: boolean
}

export interface RunningServer {
  /** `http://127.0.0.1:8080`, with the port that was really taken */
  readonly url: string
  /** The address that people type */
  readonly address: string
  /** Opens the first account; undefined when there is one */
  readonly setUpToken: string | undefined
  /** Takes no new work, finishes what is under way, then closes everything; a second call does nothing. */
  close(): Promise<void>
}

/** Opens storage and keys, starts practice gateway and outbox, listens. Throws what opening throws; nothing stays open then. */
export const startServer = async (options: ServerOptions): Promise<RunningServer> => {
  const { config, log, pages, ready: readiness = { draining: false }, isFirst = true } = options
  await using cleanup = new AsyncDisposableStack()
  await mkdir(config.dataDir, { recursive: true })
  const tracing = await startTracing(config, log)
  cleanup.defer(async () => tracing?.close())
  const practice = await openPractice(config)
  cleanup.defer(async () => practice?.close())
  const storage = await openStorage(config, log)
  const metrics = createMetrics(storage, log)
  const { office, router, close } = await createOffice({
    shell: 'server',
    keys: await openKeys(config),
    storage: tracing?.storage(storage) ?? storage,
    meter: metrics.meter,
    watchGateway: tracing?.gateway,
    archive: join(config.dataDir, 'archive'),
    anchors: openAnchors(config, log),
    backups: await backupPlanner(config),
    environments: config.environments,
    signInService: config.oidc?.issuer,
    webhooks: config.webhooks,
    background: config.role !== 'api' && isFirst,
    practice,
    log,
  })
  cleanup.defer(close)
  const limits = await openLimits(config.limits.store, config.limits.allowances)
  cleanup.defer(limits.close)
  const { role, publicUrl, docs, debug, trustProxy, oidc } = config
  const settings = { role, publicUrl, docs, debug, trustProxy, oidc }
  const app = await buildHttp({ office, router, readiness, pages, metrics, tracing, limits, ...settings })
  cleanup.defer(() => app.close())
  const url = await listen(app, config)
  if (config.metrics !== undefined) {
    const served = await serveMetrics(metrics, config.metrics)
    cleanup.defer(served.close)
    log.info('metrics/listening', { url: served.url })
  }
  const setUpToken = isFirst ? await openFirstDoor(office, config) : undefined
  cleanup.defer(() => announceEnd(readiness, config))
  const opened = cleanup.move()
  return { url, address: publicUrl ?? url, setUpToken, close: () => opened.disposeAsync() }
}

/** Rehearsals of several replicas meet on one gateway that runs elsewhere; it is not ours to close. */
export const openPractice = async ({ practice, dataDir }: Config) => {
  if (practice === undefined) return undefined
  if (practice === 'inside') {
    const { startPractice } = await import('#practice/index.ts')
    return startPractice({ dataDir: join(dataDir, 'practice') })
  }
  return { url: practice.url, baseUrls: { practice: `${practice.url}/practice` }, close: async () => undefined }
}

/** Nobody else pays for the modules that this takes. */
const startTracing = async ({ tracing }: Config, log: Log): Promise<Tracing | undefined> => {
  if (tracing === undefined) return undefined
  const { openTracing } = await import('./tracing.ts')
  return openTracing(tracing, log)
}

/** In production nobody works past the walls between clients. */
const openStorage = async (config: Config, log: Log): Promise<Storage> => {
  const { databaseUrl: url, migrationUrl, production: walled, dataDir, connections } = config
  if (url === undefined) {
    const { openSqlite } = await import('#core/storage/sqlite.ts')
    return openSqlite({ file: join(dataDir, 'khatm.sqlite'), exclusive: true })
  }
  return openPostgres({ url, migrationUrl, walled, connections, log })
}

/** How often a balancer asks whether this replica is ready, three times over. */
const noticeMs = 3000

/** A balancer takes the replica out before its door closes; without one there is nobody to tell. */
const announceEnd = async (readiness: Readiness, { trustProxy }: Config): Promise<void> => {
  readiness.draining = true
  if (trustProxy.length > 0) await pause(noticeMs)
}

const listen = async (app: FastifyInstance, { host, port }: Config): Promise<string> => {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? portTaken(port) : error
  }
}
