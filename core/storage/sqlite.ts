/** Storage in one SQLite file: a single writer behind a queue, every commit on the disk before it is acknowledged. */
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { Failure } from '#core/errors.ts'
import type { Clock, Dump, Scope, Storage } from '#core/ports.ts'
import { othersTurn, turns } from '#core/turns.ts'
import { database, type Run, type Transaction } from './db.ts'
import { unwrapped } from './failures.ts'
import {
  applyMigrations,
  type Migrated,
  type Migration,
  readMigrations,
  recordedSchema,
  refuseNewer,
  supportedSchema,
} from './migrate.ts'
import { perform, readerFor } from './repositories.ts'
import { checkpoints } from './sqlite-checkpoint.ts'
import { assertDurable, checkPages, durability, makeDurable } from './sqlite-durability.ts'
import { isBusy, sqliteFailure } from './sqlite-failures.ts'
import { withFunctions } from './sqlite-functions.ts'
import { type PlaceReading, readPlace, refuseNetworkShare } from './sqlite-place.ts'
import { narrowed, officeOnly } from './tenants.ts'
import { dumpableSchema, dumped, fillWith } from './transfer.ts'
import { holdWriterLease, type Write, type WriterLease } from './writer-lease.ts'

export interface SqliteOptions {
  readonly file: string
  /** The database's time, from which leases count; the machine's clock when absent. */
  readonly clock?: Clock
  /** Folder of migrations, for a packaged program. */
  readonly migrations?: string
  /** An office works on the file and lets no second one in until it closes; tools that read, or write a little, need no lease. */
  readonly exclusive?: boolean
  /** Says what kind of disk the file lies on; the system is asked when absent. */
  readonly place?: (file: string) => PlaceReading
}

type Connection = Database.Database

const OPENING_WAIT_MS = 5_000
/** How long a statement may block the event loop; longer waits for another process are made by `begin` instead. */
const STATEMENT_WAIT_MS = 25
const BEGIN_WAIT_MS = 10_000

/**
 * Opens, migrates and asserts durability. Throws `storage/newer-schema`, `storage/network-share`, `storage/in-use`, `storage/unavailable`,
 * `storage/corrupt`.
 */
export const openSqlite = async (options: SqliteOptions): Promise<Storage> => {
  const { connection: writer, serially, write, lease, program } = await connect(options)
  const readOnly = withFunctions(new Database(options.file, { readonly: true, timeout: OPENING_WAIT_MS }))
  const read = statements(readOnly)
  const within = singleWriter(options.clock ?? { now: () => Date.now() })
  const office = (scope: Scope): Storage => ({
    read: readerFor(database(read), scope),
    write: (work) =>
      write(async (guarded) => {
        await lease?.assertHeld(guarded)
        return refreshed(perform(within(guarded), scope, work))
      }),
    health: async () => ({
      engine: 'sqlite',
      program,
      ...(await supportedSchema(read, program)),
      durability: durability(writer),
    }),
    dump: (use) => (scope === 'all' ? dumpFrom(options, use) : officeOnly()),
    within: (narrower) => office(narrowed(scope, narrower)),
    close: async () => {
      try {
        await lease?.release()
      } finally {
        await serially(async () => {
          readOnly.close()
          writer.close()
        })
      }
    },
  })
  return office('all')
}

/** `khatm migrate`: brings the file to this program's schema and closes it. */
export const migrateSqlite = async (options: SqliteOptions): Promise<Migrated> => {
  const { connection, migrated } = await connect({ ...options, exclusive: false })
  connection.close()
  return migrated
}

/** A connection of its own, whose read transaction sees one moment while the writer goes on. */
const dumpFrom = async <T>({ file, migrations }: SqliteOptions, use: (dump: Dump) => Promise<T>): Promise<T> => {
  const connection = new Database(file, { readonly: true, timeout: OPENING_WAIT_MS })
  try {
    connection.exec('BEGIN')
    const rowsOf = async function* (select: string) {
      yield* connection.prepare<[], unknown[]>(select).raw(true).iterate()
    }
    const schema = await dumpableSchema(statements(connection), readMigrations('sqlite', migrations))
    return await use({ schema, items: dumped(rowsOf) })
  } catch (thrown) {
    throw sqliteFailure(thrown)
  } finally {
    connection.close()
  }
}

/** Fills a new file (or one without rows) with a dump. Throws `storage/not-empty`, `storage/newer-schema`. */
export const fillSqlite = async (options: SqliteOptions, dump: Dump): Promise<void> => {
  const connection = opened(options)
  try {
    makeDurable(connection)
    await withoutForeignKeys(connection, (guarded) =>
      fillWith(guarded, readMigrations('sqlite', options.migrations), dump),
    )
  } catch (thrown) {
    throw sqliteFailure(thrown)
  } finally {
    connection.close()
  }
}

/** A commit may hold the thread for as long as the disk takes: not on top of what came before it. */
const refreshed = async <T>(work: Promise<T>): Promise<T> => {
  const done = await work
  await othersTurn()
  return done
}

/** Whoever is in a transaction is alone: there is nothing to lock. */
const singleWriter =
  (clock: Clock) =>
  (run: Run): Transaction => {
    const turn = turns()
    return {
      db: database(run),
      rowLocks: false,
      rowsAtOnce: 1,
      heads: new Map(),
      post: async (query) => {
        const { sql, params } = query.toSQL()
        await run(sql, params)
        await turn()
      },
      now: async () => new Date(clock.now()).toISOString(),
      lock: async () => undefined,
    }
  }

const connect = async (options: SqliteOptions) => {
  const connection = opened(options)
  const migrations = readMigrations('sqlite', options.migrations)
  try {
    makeDurable(connection)
    connection.pragma(`busy_timeout = ${STATEMENT_WAIT_MS}`)
    const run = statements(connection)
    const serially = queue()
    const checkpoint = checkpoints(connection)
    const write: Write = (work) => {
      const done = serially(() => transaction(connection, run, work))
      done.then(
        () => serially(checkpoint),
        () => undefined,
      )
      return done
    }
    const prepared = await prepare({ ...options, connection, run, write, migrations })
    return { connection, serially, write, program: migrations.length, ...prepared }
  } catch (thrown) {
    connection.close()
    throw sqliteFailure(thrown)
  }
}

const opened = ({ file, place = readPlace }: SqliteOptions): Connection => {
  refuseNetworkShare(place(file))
  try {
    return withFunctions(new Database(file, { timeout: OPENING_WAIT_MS }))
  } catch (cause) {
    throw new Failure('storage/unavailable', { reason: 'the database file cannot be opened', cause })
  }
}

interface Opening {
  readonly file: string
  readonly exclusive?: boolean
  readonly connection: Connection
  readonly run: Run
  readonly write: Write
  readonly migrations: readonly Migration[]
}

/** Whoever changes the schema holds the lease meanwhile, an office until it closes. A file older than the lease has nobody to heed it. */
const prepare = async (opening: Opening): Promise<{ migrated: Migrated; lease: WriterLease | undefined }> => {
  const { exclusive = false, connection, run, write, migrations } = opening
  const found = hasTable(connection, 'schema_version') ? await recordedSchema(run) : 0
  await refuseNewer(run, found, migrations.length)
  const complete = found >= migrations.length
  const early = hasTable(connection, 'writer_lease') && (exclusive || !complete)
  const lease = early ? await holdWriterLease(write) : undefined
  try {
    if (lease?.afterCrash) checkPages(connection)
    const migrated = complete ? { from: found, to: found } : await migrate(opening, found)
    if (exclusive) return { migrated, lease: lease ?? (await holdWriterLease(write)) }
    await lease?.release()
    return { migrated, lease: undefined }
  } catch (thrown) {
    lease?.abandon()
    throw thrown
  }
}

/** Asked before any lock, so that a finished database opens without waiting for a writer. */
const hasTable = (connection: Connection, name: string): boolean =>
  connection.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(name) !== undefined

/** Table rebuilds would delete child rows while foreign keys are on; they are checked before the commit instead. */
const migrate = async ({ file, connection, migrations }: Opening, found: number): Promise<Migrated> => {
  if (found > 0) await connection.backup(`${file}.before-schema-${migrations.length}`)
  const migrated = await withoutForeignKeys(connection, (guarded) => applyMigrations(guarded, migrations))
  assertDurable(connection)
  return migrated
}

/** One transaction in which rows may come in any order, as long as all references hold at its end. */
const withoutForeignKeys = async <T>(connection: Connection, work: (guarded: Run) => Promise<T>): Promise<T> => {
  connection.pragma('foreign_keys = OFF')
  try {
    return await transaction(connection, statements(connection), async (guarded) => {
      const done = await work(guarded)
      const dangling = await guarded('PRAGMA foreign_key_check', [])
      if (dangling.length > 0) throw new Failure('storage/corrupt', { reason: 'dangling references' })
      return done
    })
  } finally {
    connection.pragma('foreign_keys = ON')
  }
}

/** Runs statements of the query builder, which numbers its parameters in their order. */
const statements = (connection: Connection): Run => {
  const prepared = new Map<string, Database.Statement<unknown[], unknown[]>>()
  const prepare = (text: string) => {
    const statement = connection.prepare<unknown[], unknown[]>(text.replaceAll(/\$\d+/g, '?'))
    if (statement.reader) statement.raw(true)
    prepared.set(text, statement)
    return statement
  }
  const execute: (...given: Parameters<Run>) => unknown[][] = (text, params) => {
    const statement = prepared.get(text) ?? prepare(text)
    if (statement.reader) return statement.all(...params)
    statement.run(...params)
    return []
  }
  return async (text, params) => {
    try {
      return execute(text, params)
    } catch (thrown) {
      throw sqliteFailure(thrown)
    }
  }
}

/** BEGIN IMMEDIATE to COMMIT around asynchronous work; whoever keeps its statements beyond the end is refused. */
const transaction = async <T>(connection: Connection, run: Run, work: (guarded: Run) => Promise<T>): Promise<T> => {
  await begin(connection)
  let open = true
  try {
    const done = await work((text, params) => {
      if (!open) throw new Failure('internal/unexpected', { reason: 'statement after the end of its transaction' })
      return run(text, params)
    })
    await run('COMMIT', [])
    return done
  } catch (thrown) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw unwrapped(thrown)
  } finally {
    open = false
  }
}

/** Waits for another process without blocking this one. */
const begin = async (connection: Connection): Promise<void> => {
  const giveUpAt = performance.now() + BEGIN_WAIT_MS
  for (;;) {
    try {
      connection.exec('BEGIN IMMEDIATE')
      return
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() > giveUpAt) throw sqliteFailure(thrown)
      await pause(10 + Math.random() * 20)
    }
  }
}

/** One after the other, in the order of asking; a failed one does not stop the next. */
const queue = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}
