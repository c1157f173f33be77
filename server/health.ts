/** Is it alive, may it get traffic, how is it doing: for balancers and watchers, without a sign-in and without any client's data. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Office } from '#core/api/handlers/office.ts'
import { originOf } from '#core/system/log.ts'

export interface Readiness {
  /** Set when the server stops: no new work, what runs is finished */
  draining: boolean
  /** Of one worker of several: all of them listen */
  complete?: boolean
}

type Checks = Readonly<Record<'storage' | 'keys' | 'accepting', boolean>>

/**
 * ZATCA's reachability is never part of them. `/api/v1/health` and `/api/v1/system/health` are operations of the contract as well, for
 * callers that do not speak HTTP.
 */
export const healthRoutes = (app: FastifyInstance, office: Office, readiness: Readiness): void => {
  const storage = remembered(() => storageAnswers(office))
  const keys = remembered(() => keysAnswer(office))
  const checkAll = async (): Promise<Checks> => ({
    storage: await storage(),
    keys: await keys(),
    accepting: isAccepting(readiness),
  })
  // A connection kept alive for the next question would keep the server from ending.
  const begun = (reply: FastifyReply): FastifyReply =>
    readiness.draining ? reply.header('connection', 'close') : reply
  app.get('/live', (_request, reply) => begun(reply).send({ status: 'ok' }))
  app.get('/ready', async (_request, reply) => {
    const checks = await checkAll()
    return begun(reply)
      .status(statusOf(checks))
      .send({ status: wordFor(checks) })
  })
  app.get('/api/v1/health', async (_request, reply) =>
    begun(reply).send({ status: (await storage()) ? 'ok' : 'degraded', version: office.version }),
  )
  app.get('/api/v1/system/health', async (_request, reply) => {
    const checks = await checkAll()
    return begun(reply)
      .status(statusOf(checks))
      .send({ status: wordFor(checks), version: office.version, checks })
  })
}

const isAccepting = ({ draining, complete = true }: Readiness): boolean => !draining && complete

const freshMs = 1000

/** Balancers and watchers ask often, and anybody may: database and keys hear of it once a second. */
const remembered = (ask: () => Promise<boolean>): (() => Promise<boolean>) => {
  let answer: Promise<boolean> | undefined
  let askedAt = 0
  return () => {
    const now = performance.now()
    if (answer !== undefined && now - askedAt < freshMs) return answer
    askedAt = now
    answer = ask()
    return answer
  }
}

const PROBE = 'ready'

/** The key-encryption key wraps and opens, wherever it lives: a token that was pulled out is noticed here and not at the next invoice. */
const keysAnswer = async ({ keys, log }: Office): Promise<boolean> => {
  try {
    return (await keys.openSecret(await keys.sealSecret(PROBE, PROBE), PROBE)) === PROBE
  } catch (error) {
    log.error('health/keys', { origin: originOf(error) })
    return false
  }
}

const storageAnswers = async ({ storage, log }: Office): Promise<boolean> => {
  try {
    await storage.health()
    return true
  } catch (error) {
    log.error('health/storage', { origin: originOf(error) })
    return false
  }
}

const isReady = (checks: Checks): boolean => Object.values(checks).every(Boolean)
const statusOf = (checks: Checks): number => (isReady(checks) ? 200 : 503)
const wordFor = (checks: Checks): string => (isReady(checks) ? 'ok' : 'unavailable')
