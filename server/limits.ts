/** How many requests an address, and a key, may make in a minute, counted once for all replicas: in memory, in Postgres or in Redis. */
import cluster from 'node:cluster'
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import {
  type RateLimiterAbstract,
  RateLimiterCluster,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { Failure } from '#core/errors.ts'
import { connectionTo } from '#core/storage/postgres-address.ts'
import { apiKeyOf } from './own-page.ts'

/** Requests of one address, and with one key, in a minute; signing in, where passwords are guessed, is counted apart. */
export interface Allowances {
  readonly requests: number
  readonly keys: number
  readonly signIns: number
}

export type LimitStore =
  | { readonly kind: 'memory' }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string }

export interface Limits {
  /** Counts one; throws `request/too-many` with the seconds to wait. A store that does not answer is replaced by this process's memory. */
  admit(what: keyof Allowances, whose: string): Promise<void>
  close(): Promise<void>
}

export const openLimits = async (store: LimitStore, allowances: Allowances): Promise<Limits> => {
  const { limiter, close } = await openStore(store)
  const limiters = {
    requests: limiter('requests', allowances.requests),
    keys: limiter('keys', allowances.keys),
    signIns: limiter('sign-ins', allowances.signIns),
  }
  return { admit: (what, whose) => admit(limiters[what], whose), close }
}

const admit = async (limiter: Counter, whose: string): Promise<void> => {
  try {
    await limiter.consume(whose)
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown
    throw new Failure('request/too-many', { details: { retryAfterSeconds: Math.ceil(thrown.msBeforeNext / 1000) } })
  }
}

type Counter = Pick<RateLimiterAbstract, 'consume'>
type Build = (keyPrefix: string, points: number) => Counter

interface OpenStore {
  readonly limiter: Build
  readonly close: () => Promise<void>
}

/** Seconds */
const duration = 60

const inMemory = (keyPrefix: string, points: number) => new RateLimiterMemory({ keyPrefix, points, duration })

/** The workers of one server count in the memory of the process that leads them; while it does not answer, each counts alone. */
const inCrew: Build = (keyPrefix, points) => {
  const together = new RateLimiterCluster({ keyPrefix, points, duration, timeoutMs: 1000 })
  const alone = inMemory(keyPrefix, points)
  const consume = async (key: string) => {
    try {
      return await together.consume(key)
    } catch (thrown) {
      if (thrown instanceof RateLimiterRes) throw thrown
      return alone.consume(key)
    }
  }
  return { consume }
}

/** An address over its limit is refused by this process until its minute has passed, without asking the store again. */
const shared = (keyPrefix: string, points: number) => ({
  keyPrefix,
  points,
  duration,
  insuranceLimiter: inMemory(keyPrefix, points),
  inMemoryBlockOnConsumed: points + 1,
})

/** Counting is quick, and it must not wait behind the documents. */
const connections = 2

type Opening<Kind> = (store: Extract<LimitStore, { kind: Kind }>) => Promise<OpenStore>

const open: { readonly [Kind in LimitStore['kind']]: Opening<Kind> } = {
  memory: async () => ({ limiter: cluster.isWorker ? inCrew : inMemory, close: async () => undefined }),
  postgres: async ({ url }) => {
    const storeClient = new pg.Pool({ ...connectionTo(url), max: connections })
    storeClient.on('error', () => undefined)
    const table = { storeClient, storeType: 'pool', tableName: 'rate_limit', tableCreated: true }
    return {
      limiter: (keyPrefix, points) => new RateLimiterPostgres({ ...shared(keyPrefix, points), ...table }),
      close: () => storeClient.end(),
    }
  },
  redis: async ({ url }) => {
    // Nobody else pays for the memory that its client takes.
    const { Redis } = await import('ioredis')
    const storeClient = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 })
    storeClient.on('error', () => undefined)
    const client = { storeClient, rejectIfRedisNotReady: true }
    return {
      limiter: (keyPrefix, points) => new RateLimiterRedis({ ...shared(keyPrefix, points), ...client }),
      close: async () => storeClient.disconnect(),
    }
  },
}

const openStore = (store: LimitStore): Promise<OpenStore> => {
  if (store.kind === 'postgres') return open.postgres(store)
  return store.kind === 'redis' ? open.redis(store) : open.memory(store)
}

/** The store may be shared with others: it never sees a key. */
const fingerprint = (key: string): string => createHash('sha256').update(key).digest('base64url')

const signInPaths: ReadonlySet<string> = new Set(['/api/v1/sessions', '/api/v1/setup'])

/** Every call of the API counts; probes and the built pages do not. */
export const limitRequests = (app: FastifyInstance, limits: Limits): void => {
  app.addHook('onRequest', async (request) => {
    const { url, method, ip } = request
    if (!url.startsWith('/api/')) return
    await limits.admit('requests', ip)
    const key = apiKeyOf(request)
    if (key !== undefined) await limits.admit('keys', fingerprint(key))
    if (method === 'POST' && signInPaths.has(url)) await limits.admit('signIns', ip)
  })
}
