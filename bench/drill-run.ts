/** One disaster: an office of so many documents is backed up, goes on, is killed while it issues, and is brought back elsewhere. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { callerAt, freePort, openUnit, setUpToken, until } from '../test/server/load.ts'
import type { RunningEngine, TestDatabase } from '../test/storage/databases.ts'
import { saleOf } from '../test/workflow/ready-unit.ts'
import type { GatewayProcess } from './gateway.ts'
import { nodeOptions } from './image.ts'

const root = join(import.meta.dirname, '..')
const LINES = 5

export interface Drill {
  readonly documents: number
  /** Acknowledged between the backup and the end */
  readonly sinceBackup: number
  readonly backupSeconds: number
  readonly backupBytes: number
  /** `khatm restore`: from an empty database to chains that go on */
  readonly restoreSeconds: number
  /** From starting the server to the answer to the first new document */
  readonly startSeconds: number
  readonly databaseBytes: number
  /** Acknowledged and gone */
  readonly lost: number
  readonly lostWithoutArchive: number
}

interface DrillOptions {
  readonly engine: RunningEngine
  readonly gateway: GatewayProcess
  readonly documents: number
}

export const drill = async ({ engine, gateway, documents }: DrillOptions): Promise<Drill> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-drill-'))
  const office = await openPlace(engine, gateway, join(folder, 'office'))
  const backupKey = join(folder, 'backup.key')
  await writeFile(backupKey, randomBytes(32).toString('base64'), { mode: 0o600 })

  await using server = await startOffice(office)
  const caller = callerAt(server.url)
  const { unitId } = await openUnit(caller)
  await issueMany(caller, unitId, documents)
  const file = join(folder, 'office.khb')
  const backupSeconds = await khatm(office, ['backup', '--out', file, '--key-file', backupKey])
  const acknowledged = await issueMany(caller, unitId, Math.ceil(documents / 10))
  acknowledged.push(...(await issueUntilKilled(caller, unitId, server.kill)))

  const keys = ['--key-file', backupKey]
  const outside = (archive: string) => ['--archive', archive, '--anchors', join(office.dataDir, 'anchors')]
  const poor = await openPlace(engine, gateway, join(folder, 'without-archive'))
  await khatm(poor, ['restore', file, '--to', poor.url, ...keys, ...outside(join(folder, 'nothing'))], 1)
  const rescued = await openPlace(engine, gateway, join(folder, 'rescued'))
  const archive = join(office.dataDir, 'archive')
  const restoreSeconds = await khatm(rescued, ['restore', file, '--to', rescued.url, ...keys, ...outside(archive)])

  const start = performance.now()
  await using again = await startOffice(rescued)
  await issueOne(await signedIn(again.url), unitId)
  const startSeconds = (performance.now() - start) / 1000
  await again.kill()
  const result = {
    ...{ documents, sinceBackup: acknowledged.length, backupSeconds, backupBytes: (await stat(file)).size },
    ...{ restoreSeconds, startSeconds, databaseBytes: await sizeOf(rescued.database) },
    lost: await missing(rescued.database, acknowledged),
    lostWithoutArchive: await missing(poor.database, acknowledged),
  }
  await rm(folder, { recursive: true, force: true })
  return result
}

/** A database, a folder for what lies beside it, and the settings that every program of this office gets. */
interface Place {
  readonly database: TestDatabase
  readonly url: string
  readonly dataDir: string
  readonly settings: Readonly<Record<string, string>>
}

const openPlace = async (engine: RunningEngine, gateway: GatewayProcess, dataDir: string): Promise<Place> => {
  const database = await engine.create()
  const url = 'url' in database.address ? database.address.url : ''
  await mkdir(dataDir)
  await writeFile(join(dataDir, 'set-up-token'), setUpToken, { mode: 0o600 })
  const settings = {
    PATH: process.env['PATH'] ?? '',
    NODE_OPTIONS: nodeOptions,
    ENVIRONMENT_NAME: 'staging',
    DATABASE_URL: url,
    DATA_DIR: dataDir,
    SETUP_TOKEN_FILE: join(dataDir, 'set-up-token'),
    PRACTICE_URL: gateway.url,
    RATE_LIMIT: '1000000',
  }
  return { database, url, dataDir, settings }
}

const startOffice = async ({ settings }: Place) => {
  const port = await freePort()
  const env = { ...settings, PORT: String(port) }
  const child = spawn(process.execPath, [join(root, 'server', 'main.ts')], { stdio: 'ignore', env })
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${url}/ready`)).ok, 'the server')
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return { url, kill, [Symbol.asyncDispose]: kill }
}

/** Seconds that the command took; throws with its words when it ends otherwise than expected. */
const khatm = async ({ settings }: Place, words: readonly string[], expected = 0): Promise<number> => {
  const start = performance.now()
  const child = spawn(process.execPath, [join(root, 'cli', 'khatm.ts'), ...words], { env: settings })
  const [said, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  if (code !== expected) throw new Error(`khatm ${words[0]} ended with ${code}: ${said}${complaint}`)
  return (performance.now() - start) / 1000
}

type Caller = ReturnType<typeof callerAt>

const signedIn = async (url: string): Promise<Caller> => {
  const caller = callerAt(url)
  await caller.signIn()
  return caller
}

let made = 0

const nextRow = () => {
  made += 1
  const draft = saleOf(made, LINES, 'D')
  return { draft, idempotencyKey: `drill-${process.pid}-${draft.number}` }
}

/** The numbers that were acknowledged. */
const issueMany = async ({ asked }: Caller, unitId: string, count: number): Promise<string[]> => {
  const numbers: string[] = []
  while (numbers.length < count) {
    const rows = Array.from({ length: Math.min(200, count - numbers.length) }, nextRow)
    await asked('POST', '/invoices/batch', { unitId, rows })
    numbers.push(...rows.map(({ draft }) => draft.number))
  }
  return numbers
}

const issueOne = async ({ asked }: Caller, unitId: string): Promise<string> => {
  const row = nextRow()
  await asked('POST', '/invoices', { unitId, ...row })
  return row.draft.number
}

/** After the twentieth answer the server dies with the next documents under way; what it acknowledged is remembered. */
const issueUntilKilled = async (caller: Caller, unitId: string, kill: () => Promise<void>): Promise<string[]> => {
  const numbers: string[] = []
  let killed: Promise<void> | undefined
  const issuer = async (): Promise<void> => {
    while (killed === undefined) {
      numbers.push(await issueOne(caller, unitId))
      if (numbers.length === 20) killed = kill()
    }
  }
  await Promise.allSettled([issuer(), issuer(), issuer()])
  await killed
  return numbers
}

const sizeOf = async ({ sql }: TestDatabase): Promise<number> =>
  Number((await sql('SELECT pg_database_size(current_database())'))[0]?.[0])

const missing = async ({ sql }: TestDatabase, numbers: readonly string[]): Promise<number> => {
  const stored = new Set((await sql('SELECT number FROM document')).map(([number]) => number))
  return numbers.filter((number) => !stored.has(number)).length
}
