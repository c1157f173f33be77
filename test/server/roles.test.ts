/** Servers that share the work: one that serves and sends nothing by itself, one that sends and serves nobody. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres } from '#core/storage/postgres.ts'
import { type PracticeServer, startPractice } from '#practice/index.ts'
import { readConfig } from '../../server/config.ts'
import { type RunningServer, startServer } from '../../server/office-server.ts'
import { simplifiedSale } from '../api/drafts.ts'
import { postgres } from '../storage/engines.ts'
import { callerAt, openUnit, setUpToken } from './load.ts'

const engine = await postgres.start()
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

describe.skipIf(engine === undefined)('ROLE', { timeout: 120_000 }, () => {
  let folder = ''
  let databaseUrl = ''
  let practice: PracticeServer
  const running: RunningServer[] = []

  const start = async (role: string): Promise<string> => {
    const settings = {
      ROLE: role,
      DATABASE_URL: databaseUrl,
      DATA_DIR: join(folder, role),
      KEY_FILE: join(folder, 'key-encryption.key'),
      SETUP_TOKEN_FILE: join(folder, 'set-up-token'),
      PRACTICE_URL: practice.url,
      PORT: '0',
    }
    const server = await startServer({ config: readConfig(settings), log: silent })
    running.push(server)
    return server.url
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'khatm-roles-'))
    await writeFile(join(folder, 'key-encryption.key'), Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 })
    await writeFile(join(folder, 'set-up-token'), setUpToken, { mode: 0o600 })
    practice = await startPractice()
    const database = await engine?.create()
    if (database === undefined || !('url' in database.address)) throw new Error('no Postgres')
    databaseUrl = database.address.url
  }, 60_000)

  afterAll(async () => {
    for (const server of running) await server.close()
    await practice.close()
    await engine?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('api issues and leaves the sending to a worker, which serves nobody', async () => {
    const caller = callerAt(await start('api'))
    const { unitId, companyId } = await openUnit(caller)
    const rows = [1, 2, 3].map((count) => ({
      idempotencyKey: `roles-row-${count}`,
      draft: { ...simplifiedSale, number: `R-${count}` },
    }))
    await caller.asked('POST', '/invoices/batch', { unitId, rows })
    const storage = await openPostgres({ url: databaseUrl, connections: 1 })
    const states = async () => (await storage.read.documents({ companyId, limit: 10 })).rows.map(({ state }) => state)
    expect(await states()).toEqual(['waiting', 'waiting', 'waiting'])

    const worker = await start('worker')
    await expect.poll(states, { timeout: 30_000 }).toEqual(['reported', 'reported', 'reported'])
    await storage.close()
    for (const path of ['/api/v1/health', '/live', '/ready', '/api/v1/system/health'])
      expect([path, (await fetch(`${worker}${path}`)).status]).toEqual([path, 200])
    for (const path of ['/api/v1/system/info', '/api/v1/me', '/'])
      expect([path, (await fetch(`${worker}${path}`)).status]).toEqual([path, 404])
    const setup = await fetch(`${worker}/api/v1/setup`, { method: 'POST', body: '{}' })
    expect(setup.status).toBe(404)
  })
})
