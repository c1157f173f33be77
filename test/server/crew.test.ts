/** Several workers of one server on a real Postgres: one port, one limit, one set of figures; one that dies is replaced; all drain together. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgres } from '../storage/engines.ts'
import { halfSent, type ServerProcess, startServerProcess } from './server-process.ts'

const engine = await postgres.start()

describe.skipIf(engine === undefined)('two workers', { timeout: 180_000 }, () => {
  let folder = ''
  let server: ServerProcess
  let url = ''
  let metricsUrl = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'khatm-crew-'))
    const database = await engine?.create()
    if (database === undefined || !('url' in database.address)) throw new Error('no Postgres')
    server = startServerProcess({
      DATA_DIR: folder,
      DATABASE_URL: database.address.url,
      WORKERS: '2',
      METRICS_PORT: '0',
      RATE_LIMIT: '200',
      // The test is the balancer that says where a request came from.
      TRUST_PROXY: '127.0.0.1',
    })
    url = await server.address()
    metricsUrl = await server.printed(/"url":"([^"]+)","msg":"metrics\/listening"/)
  }, 120_000)

  afterAll(async () => {
    server.child.kill('SIGKILL')
    await engine?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** On a connection of its own, so that the workers take turns. */
  const asked = (path: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      get(`${url}${path}`, { agent: false, headers: { 'x-forwarded-for': '203.0.113.7' } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      }).on('error', reject)
    })
  const askedOften = (path: string, times: number) => Promise.all(Array.from({ length: times }, () => asked(path)))
  const figure = async (name: string): Promise<number> => {
    const text = await (await fetch(`${metricsUrl}/metrics`)).text()
    const line = text.split('\n').find((each) => each.startsWith(name))
    return Number(line?.split(' ').at(-1))
  }
  const workers = async (): Promise<readonly number[]> => {
    const { pid } = server.child
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
    return children.trim().split(' ').map(Number)
  }

  test('are ready together and print one way to the first account', async () => {
    expect(await askedOften('/ready', 8)).toEqual(Array.from({ length: 8 }, () => 200))
    expect(await workers()).toHaveLength(2)
    expect(server.output().match(/#setup=/g)).toHaveLength(1)
  })

  test('count what all of them did, and one limit for all', async () => {
    const answers = await askedOften('/api/v1/system/info', 220)
    expect(answers.filter((status) => status === 200)).toHaveLength(200)
    expect(answers.filter((status) => status === 429)).toHaveLength(20)
    expect(await figure('khatm_http_request_seconds_count{route="system.info",status="200"}')).toBe(200)
    expect(await figure('khatm_workers')).toBe(2)
    expect(await figure('khatm_storage_up')).toBe(1)
  })

  test('are replaced when they die', async () => {
    const [killed = 0] = await workers()
    process.kill(killed, 'SIGKILL')
    await expect.poll(() => figure('khatm_worker_deaths_total'), { timeout: 30_000 }).toBe(1)
    await server.printed(/(worker\/started)/)
    await expect.poll(() => figure('khatm_workers'), { timeout: 30_000 }).toBe(2)
    expect(await workers()).not.toContain(killed)
    await expect.poll(() => askedOften('/ready', 4), { timeout: 30_000 }).toEqual([200, 200, 200, 200])
  })

  test('finish what they have when the server is told to stop, and leave nobody behind', async () => {
    const before = await workers()
    const account = { username: 'noura', name: 'نورة', password: 'correct horse battery staple' }
    const token = await server.printed(/#setup=([\w-]+)/)
    const waiting = await Promise.all([
      halfSent(`${url}/api/v1/setup`, { ...account, token: 'none' }),
      halfSent(`${url}/api/v1/setup`, { ...account, token }),
    ])
    server.child.kill('SIGTERM')
    await server.printed(/(server\/draining)/)
    expect(await Promise.all(waiting.map(({ finish }) => finish()))).toEqual([403, 200])
    expect(await server.ended()).toBe(0)
    expect(server.output()).toContain('server/closed')
    for (const pid of before) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})
