/** Requests are counted once for all replicas, wherever they are counted; a store that is gone never locks anybody out. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import Fastify from 'fastify'
import { afterAll, describe, expect, test } from 'vitest'
import { type LimitStore, limitRequests, openLimits } from '../../server/limits.ts'
import { failing, postgres } from '../storage/engines.ts'

const allowances = { requests: 5, keys: 3, signIns: 2 }
const address = '192.0.2.7'

/** Two replicas on one store, asked in turn. */
const together = async (store: LimitStore): Promise<void> => {
  const replicas = [await openLimits(store, allowances), await openLimits(store, allowances)]
  try {
    // A client of Redis connects in the background.
    await pause(300)
    for (let count = 0; count < allowances.requests; count++) await replicas[count % 2]?.admit('requests', address)
    for (const replica of replicas) {
      await expect(replica.admit('requests', address)).rejects.toEqual(failing('request/too-many'))
      await replica.admit('requests', '192.0.2.8')
    }
  } finally {
    for (const replica of replicas) await replica.close()
  }
}

test('one process counts in its memory, sign-ins apart', async () => {
  const limits = await openLimits({ kind: 'memory' }, allowances)
  for (let count = 0; count < allowances.signIns; count++) await limits.admit('signIns', address)
  await expect(limits.admit('signIns', address)).rejects.toEqual(failing('request/too-many'))
  await limits.admit('requests', address)
})

test('a refused request says when to come again', async () => {
  const app = Fastify()
  limitRequests(app, await openLimits({ kind: 'memory' }, allowances))
  app.setErrorHandler((error, _request, reply) => reply.status(429).send(error))
  app.get('/api/v1/companies', () => [])
  app.get('/live', () => 'ok')
  const statuses: number[] = []
  for (let count = 0; count < 7; count++) statuses.push((await app.inject('/api/v1/companies')).statusCode)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
  expect((await app.inject('/live')).statusCode).toBe(200)
})

test('a key is counted wherever it is used from, and never told to the store', async () => {
  const app = Fastify({ trustProxy: true })
  const counted: string[] = []
  const limits = await openLimits({ kind: 'memory' }, { ...allowances, requests: 100 })
  limitRequests(app, {
    ...limits,
    admit: async (what, whose) => {
      counted.push(whose)
      await limits.admit(what, whose)
    },
  })
  app.setErrorHandler((error, _request, reply) => reply.status(429).send(error))
  app.get('/api/v1/companies', () => [])
  const statusFrom = async (ip: string, key: string) =>
    (await app.inject({ url: '/api/v1/companies', headers: { 'x-api-key': key, 'x-forwarded-for': ip } })).statusCode
  const statuses: number[] = []
  for (const ip of ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'])
    statuses.push(await statusFrom(ip, 'khatm_one'))
  expect(statuses).toEqual([200, 200, 200, 429])
  expect(await statusFrom('192.0.2.1', 'khatm_two')).toBe(200)
  expect(counted.join(' ')).not.toContain('khatm_')
})

test('a store that does not answer is replaced by the memory of the process', async () => {
  for (const store of [
    { kind: 'postgres', url: 'postgres://127.0.0.1:1/none' },
    { kind: 'redis', url: 'redis://127.0.0.1:1' },
  ] as const) {
    const limits = await openLimits(store, allowances)
    for (let count = 0; count < allowances.requests; count++) await limits.admit('requests', address)
    await expect(limits.admit('requests', address)).rejects.toEqual(failing('request/too-many'))
    await limits.close()
  }
})

const engine = await postgres.start()
describe.skipIf(engine === undefined)('two replicas on Postgres', () => {
  afterAll(() => engine?.stop())

  test('share one limit', async () => {
    const database = await engine?.create()
    if (database === undefined || !('url' in database.address)) throw new Error('no Postgres')
    await (await database.open()).close()
    await together({ kind: 'postgres', url: database.address.url })
  })
})

const hasRedis = spawnSync('redis-server', ['--version']).status === 0
if (!hasRedis) console.warn('SKIPPED: two replicas on Redis need redis-server (Debian: apt-get install redis-server)')
describe.skipIf(!hasRedis)('two replicas on Redis', () => {
  let redis: ChildProcess | undefined
  afterAll(() => void redis?.kill())

  test('share one limit', async () => {
    const port = await freePort()
    redis = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], { stdio: 'ignore' })
    await pause(500)
    await together({ kind: 'redis', url: `redis://127.0.0.1:${port}` })
  })
})

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const bound = probe.address()
      probe.close(() => (bound !== null && typeof bound === 'object' ? resolve(bound.port) : reject(bound)))
    })
  })
