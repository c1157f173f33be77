/** Is it alive, may it get traffic, how is it doing: for balancers and watchers, without a sign-in and without any client's data. */
import type { FastifyInstance } from 'fastify'
import type { Office } from '#core/api/handlers/office.ts'
import { originOf } from '#core/system/log.ts'

export interface Readiness {
  /** Set when the server stops: no new work, what runs is finished */
  draining: boolean
  /** Of one worker of several: all of them listen */
  complete?: boolean
}

type Checks = Readonly<Record<'storage' | 'keys' | 'accepting', boolean>>

/** `/api/v1/health` is an operation of the contract; these stand beside it. ZATCA's reachability is never part of them. */
export const healthRoutes = (app: FastifyInstance, office: Office, readiness: Readiness): void => {
  app.get('/live', () => ({ status: 'ok' }))
  app.get('/ready', async (_request, reply) => {
    const checks = await checkAll(office, readiness)
    return reply.status(statusOf(checks)).send({ status: wordFor(checks) })
  })
  app.get('/api/v1/system/health', async (_request, reply) => {
    const checks = await checkAll(office, readiness)
    return reply.status(statusOf(checks)).send({ status: wordFor(checks), version: office.version, checks })
  })
}

/** `GET /api/v1/health` where no contract is served. */
export const contractHealth = (app: FastifyInstance, office: Office): void => {
  app.get('/api/v1/health', async () => ({
    status: (await storageAnswers(office)) ? 'ok' : 'degraded',
    version: office.version,
  }))
}

const checkAll = async (office: Office, { draining, complete = true }: Readiness): Promise<Checks> => ({
  storage: await storageAnswers(office),
  keys: await keysAnswer(office),
  accepting: !draining && complete,
})

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
