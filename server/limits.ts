/** How many requests an address may make in a minute, counted once for all replicas: in memory, in Postgres or in Redis. */
import type { FastifyInstance } from 'fastify'
import { Redis } from 'ioredis'
import pg from 'pg'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { Failure } from '#core/errors.ts'

/** Requests of one address in a minute; signing in, where passwords are guessed, is counted apart. */
export interface Allowances {
  readonly requests: number
  readonly signIns: number
}

export type LimitStore =
  | { readonly kind: 'memory' }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string }

export interface Limits {
  /** Counts one; throws `request/too-many` with the seconds to wait. A store that does not answer is replaced by this process's memory. */
  admit(what: keyof Allowances, address: string): Promise<void>
  close(): Promise<void>
}

export const openLimits = (store: LimitStore, allowances: Allowances): Limits => {
  const { limiter, close } = openStore(store)
  const limiters = {
    requests: limiter('requests', allowances.requests),
    signIns: limiter('sign-ins', allowances.signIns),
  }
  return { admit: (what, address) => admit(limiters[what], address), close }
}

const admit = async (limiter: RateLimiterAbstract, address: string): Promise<void> => {
  try {
    await limiter.consume(address)
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown
    throw new Failure('request/too-many', { details: { retryAfterSeconds: Math.ceil(thrown.msBeforeNext / 1000) } })
  }
}

type Build = (keyPrefix: string, points: number) => RateLimiterAbstract

interface OpenStore {
  readonly limiter: Build
  readonly close: () => Promise<void>
}

/** Seconds */
const duration = 60

const inMemory: Build = (keyPrefix, points) => new RateLimiterMemory({ keyPrefix, points, duration })

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

const open: { readonly [Kind in LimitStore['kind']]: (store: Extract<LimitStore, { kind: Kind }>) => OpenStore } = {
  memory: () => ({ limiter: inMemory, close: async () => undefined }),
  postgres: ({ url }) => {
    const storeClient = new pg.Pool({ connectionString: url, max: connections })
    storeClient.on('error', () => undefined)
    const table = { storeClient, storeType: 'pool', tableName: 'rate_limit', tableCreated: true }
    return {
      limiter: (keyPrefix, points) => new RateLimiterPostgres({ ...shared(keyPrefix, points), ...table }),
      close: () => storeClient.end(),
    }
  },
  redis: ({ url }) => {
    const storeClient = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 })
    storeClient.on('error', () => undefined)
    const client = { storeClient, rejectIfRedisNotReady: true }
    return {
      limiter: (keyPrefix, points) => new RateLimiterRedis({ ...shared(keyPrefix, points), ...client }),
      close: async () => storeClient.disconnect(),
    }
  },
}

const openStore = (store: LimitStore): OpenStore => {
  if (store.kind === 'postgres') return open.postgres(store)
  return store.kind === 'redis' ? open.redis(store) : open.memory(store)
}

const signInPaths: ReadonlySet<string> = new Set(['/api/v1/sessions', '/api/v1/setup'])

/** Every call of the API counts; probes and the built pages do not. */
export const limitRequests = (app: FastifyInstance, limits: Limits): void => {
  app.addHook('onRequest', async ({ url, method, ip }) => {
    if (!url.startsWith('/api/')) return
    await limits.admit('requests', ip)
    if (method === 'POST' && signInPaths.has(url)) await limits.admit('signIns', ip)
  })
}
