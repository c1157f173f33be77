/**
 * Two replicas on one Postgres behind HAProxy with our own configuration: stopping one fails no request, killing one loses and doubles
 * nothing, and what failed with it succeeds when it is repeated with its key (G3, G10).
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PracticeServer, startPractice } from '#practice/index.ts'
import { companyInput, standardSale, unitInput } from '../api/drafts.ts'
import { postgres } from '../storage/engines.ts'

const root = resolve(import.meta.dirname, '../..')
const hasBalancer = spawnSync('haproxy', ['-v']).status === 0
if (!hasBalancer) console.warn('SKIPPED: replicas behind HAProxy need haproxy (Debian: apt-get install haproxy)')
const engine = hasBalancer ? await postgres.start() : undefined

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const bound = probe.address()
      probe.close(() => (bound !== null && typeof bound === 'object' ? done(bound.port) : failed(bound)))
    })
  })

describe.skipIf(engine === undefined)('two replicas behind HAProxy', { timeout: 120_000 }, () => {
  let folder = ''
  let practice: PracticeServer
  let databaseUrl = ''
  let ports: readonly number[] = []
  let balancer: ChildProcess | undefined
  let front = ''
  const replicas: (ChildProcess | undefined)[] = []

  const startReplica = async (index: number): Promise<void> => {
    const port = ports[index] ?? 0
    replicas[index] = spawn(process.execPath, [join(root, 'server', 'main.ts')], {
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        ENVIRONMENT_NAME: 'staging',
        DATABASE_URL: databaseUrl,
        DATA_DIR: join(folder, `replica-${index}`),
        KEY_FILE: join(folder, 'key-encryption.key'),
        PRACTICE_URL: practice.url,
        PORT: String(port),
        TRUST_PROXY: '127.0.0.1',
        RATE_LIMIT: '1000000',
      },
    })
    await until(async () => (await fetch(`http://127.0.0.1:${port}/ready`)).ok)
  }

  const startBalancer = async (): Promise<void> => {
    const port = await freePort()
    const ours = await readFile(join(root, 'deploy', 'haproxy.cfg'), 'utf8')
    const servers = ports.map((one, index) => `  server replica${index} 127.0.0.1:${one}`).join('\n')
    const here = ours
      .replace('bind :8080', `bind 127.0.0.1:${port}`)
      .replace('/tmp/haproxy.sock', join(folder, 'haproxy.sock'))
      .replace(/^ {2}server-template .*$/m, servers)
    await writeFile(join(folder, 'haproxy.cfg'), here)
    balancer = spawn('haproxy', ['-f', join(folder, 'haproxy.cfg')], { stdio: 'ignore' })
    front = `http://127.0.0.1:${port}`
    await until(async () => (await fetch(`${front}/api/v1/health`)).ok)
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'khatm-replicas-'))
    await writeFile(join(folder, 'key-encryption.key'), Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 })
    practice = await startPractice()
    const database = await engine?.create()
    if (database === undefined || !('url' in database.address)) throw new Error('no Postgres')
    databaseUrl = database.address.url
    ports = [await freePort(), await freePort()]
    await Promise.all([startReplica(0), startReplica(1)])
    await startBalancer()
  }, 60_000)

  afterAll(async () => {
    for (const process of [balancer, ...replicas]) process?.kill('SIGKILL')
    await practice.close()
    await engine?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  let token = ''
  const call = async (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${front}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const asked = async (method: string, path: string, body?: object) => {
    const response = await call(method, path, body)
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }

  test('work on one chain; a stop fails nothing, a kill loses and doubles nothing', async () => {
    const account = { username: 'noura', name: 'نورة', password: 'correct horse battery staple' }
    token = (await asked('POST', '/setup', account)).token
    const company = await asked('POST', '/companies', companyInput)
    const unit = await asked('POST', `/companies/${company.id}/units`, unitInput)
    await asked('POST', `/units/${unit.id}/onboarding/csid`, { otp: '123456' })
    let state = await asked('GET', `/units/${unit.id}/onboarding`)
    while (state.next === 'check') state = await asked('POST', `/units/${unit.id}/onboarding/check`, {})
    await asked('POST', `/units/${unit.id}/onboarding/activation`, {})

    const load = startLoad(call, { companyId: company.id, unitId: unit.id })
    await pause(2500)
    const beforeStop = load.counts.failed
    replicas[0]?.kill('SIGTERM')
    const [code] = await once(replicas[0] ?? process, 'exit')
    await pause(1500)
    expect({ code, failed: load.counts.failed - beforeStop }).toEqual({ code: 0, failed: 0 })

    await startReplica(0)
    await pause(3000)
    replicas[1]?.kill('SIGKILL')
    await pause(2500)
    await load.stop()

    expect(load.counts.read).toBeGreaterThan(20)
    expect(load.issued.size).toBeGreaterThan(20)
    const report = await asked('POST', `/units/${unit.id}/chain/verification`, {})
    expect(report).toMatchObject({ ok: true, documents: load.issued.size })
    expect(new Set(load.issued.values()).size).toBe(load.issued.size)
  })
})

const until = async (ready: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 300; tries++) {
    if (await ready().catch(() => false)) return
    await pause(100)
  }
  throw new Error('it did not start')
}

type Call = (method: string, path: string, body?: object) => Promise<Response>

/** Three callers that issue, each repeating with the same key until it is acknowledged, and three that read. */
const startLoad = (call: Call, { companyId, unitId }: { readonly companyId: string; readonly unitId: string }) => {
  const counts = { read: 0, failed: 0 }
  const issued = new Map<string, string>()
  let going = true
  const attempt = async (method: string, path: string, body?: object): Promise<Response | undefined> => {
    try {
      const response = await call(method, path, body)
      if (response.status < 500) return response
    } catch {
      // The connection went with its replica: counted below like any other failure.
    }
    counts.failed += 1
    await pause(100)
    return undefined
  }
  const issue = async (caller: number): Promise<void> => {
    for (let count = 1; going; count++) {
      const idempotencyKey = `caller-${caller}-${count}`
      const draft = { ...standardSale, number: `R-${caller}-${count}` }
      let answer: Response | undefined
      while (answer === undefined) answer = await attempt('POST', '/invoices', { unitId, draft, idempotencyKey })
      const body = await answer.json()
      if (!answer.ok) throw new Error(`${idempotencyKey}: ${answer.status} ${JSON.stringify(body)}`)
      issued.set(idempotencyKey, body.id)
    }
  }
  const read = async (): Promise<void> => {
    while (going) {
      const answer = await attempt('GET', `/invoices?companyId=${companyId}&limit=20`)
      if (answer?.ok) counts.read += 1
      await answer?.text()
      await pause(20)
    }
  }
  const callers = [issue(1), issue(2), issue(3), read(), read(), read()]
  return {
    counts,
    issued,
    stop: async () => {
      going = false
      await Promise.all(callers)
    },
  }
}
