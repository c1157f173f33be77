/** Storage in Postgres for the shared office: many writers and replicas, the chain's row lock keeping counters in order. */
import pg from 'pg'
import { Failure } from '#core/errors.ts'
import type { Dump, Log, Scope, Storage } from '#core/ports.ts'
import { database, locks, type Run, type Transaction } from './db.ts'
import { unwrapped } from './failures.ts'
import {
  applyMigrations,
  type Migrated,
  readMigrations,
  recordedSchema,
  refuseNewer,
  supportedSchema,
} from './migrate.ts'
import { connectionTo } from './postgres-address.ts'
import { postgresFailure } from './postgres-failures.ts'
import { assertWalled, grantWork, hasTables, roleOf, seeing } from './postgres-roles.ts'
import { type Naming, namingOf, statements } from './postgres-statements.ts'
import { perform, readerFor } from './repositories.ts'
import { narrowed, officeOnly } from './tenants.ts'
import { dumpableSchema, dumped, fillWith } from './transfer.ts'

export interface PostgresOptions {
  readonly url: string
  /** The same database as its owner, past any pooler: changes the schema and lets the role of `url` work; that one does it itself when absent. */
  readonly migrationUrl?: string | undefined
  /** Refuses a role that goes past row-level security; otherwise the log says so. */
  readonly walled?: boolean
  /** Most connections at a time; 10 when absent. */
  readonly connections?: number
  /** How long a statement may stay without an answer before its connection counts as lost; 40 s when absent. */
  readonly answerMs?: number
  /** Hears of connections that broke while nobody used them. */
  readonly log?: Log
  /** Folder of migrations, for a packaged program. */
  readonly migrations?: string
}

/** Opens, migrates and asserts durability. Throws `storage/newer-schema`, `storage/unavailable`, `storage/unwalled`, `config/invalid`. */
export const openPostgres = async (options: PostgresOptions): Promise<Storage> => {
  const pool = connect(options, options.answerMs)
  try {
    const naming = await namingOfServer(pool)
    const ask = statements(pool)
    await assertDurable(ask)
    const program = readMigrations('postgres', options.migrations).length
    await brought(options, ask, program)
    await assertWalled(ask, options)
    const office = (scope: Scope): Storage => ({
      read: readerFor(database(reading(pool, scope, naming)), scope),
      write: (work) => transaction(pool, scope, (run, post) => perform(within(run, post), scope, work), naming),
      health: async () => ({
        engine: 'postgres',
        program,
        ...(await supportedSchema(ask, program)),
        durability: await durability(ask),
      }),
      dump: (use) => (scope === 'all' ? dumpFrom(pool, options.migrations, use) : officeOnly()),
      within: (narrower) => office(narrowed(scope, narrower)),
      close: () => pool.end(),
    })
    return office('all')
  } catch (thrown) {
    await pool.end()
    throw thrown
  }
}

/** Without an owner's address the role may still be the owner; one that only works on the tables finds them finished. */
const brought = async (options: PostgresOptions, ask: Run, program: number): Promise<void> => {
  if (options.migrationUrl !== undefined) return void (await migratePostgres(options))
  const found = (await hasTables(ask)) ? await recordedSchema(ask) : 0
  await refuseNewer(ask, found, program)
  if (found < program) await migratePostgres(options)
}

/** `khatm migrate`: brings the database to this program's schema, and lets the role that works on it in. */
export const migratePostgres = async (options: PostgresOptions): Promise<Migrated> => {
  const { url, migrationUrl = url } = options
  const pool = connect({ ...options, url: migrationUrl, connections: 1 }, 0)
  try {
    return await migrate(pool, options)
  } finally {
    await pool.end()
  }
}

/** Rows of a cursor at a time: a document may have several megabytes. */
const FETCH = 50

/** One moment of the database, however long the reading takes; writers go on. */
const dumpFrom = <T>(pool: pg.Pool, folder: string | undefined, use: (dump: Dump) => Promise<T>): Promise<T> =>
  transaction(pool, 'all', async (run) => {
    await run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY', [])
    await run('SET LOCAL statement_timeout = 0', [])
    await run('SET LOCAL idle_in_transaction_session_timeout = 0', [])
    const rowsOf = async function* (select: string) {
      await run(`DECLARE dump NO SCROLL CURSOR FOR ${select}`, [])
      for (;;) {
        const rows = await run(`FETCH ${FETCH} FROM dump`, [])
        yield* rows
        if (rows.length < FETCH) break
      }
      await run('CLOSE dump', [])
    }
    const schema = await dumpableSchema(run, readMigrations('postgres', folder))
    return use({ schema, items: dumped(rowsOf) })
  })

/** Fills an empty database with a dump. Throws `storage/not-empty`, `storage/newer-schema`. */
export const fillPostgres = async (options: PostgresOptions, dump: Dump): Promise<void> => {
  const pool = connect({ ...options, connections: 1 }, 0)
  try {
    await transaction(pool, 'all', async (run, post) => {
      await run('SET LOCAL lock_timeout = 0', [])
      await run('SET LOCAL statement_timeout = 0', [])
      await run('SET LOCAL idle_in_transaction_session_timeout = 0', [])
      await within(run, post).lock('migration')
      await fillWith(run, readMigrations('postgres', options.migrations), dump)
    })
  } finally {
    await pool.end()
  }
}

/** Longer than Postgres itself may take: it says so when a statement times out, a wire that was cut without a word says nothing. */
const ANSWER_MS = 40_000

/** With 0 for `answerMs` a statement may take as long as it likes, as those of a migration do. */
const connect = ({ url, connections = 10, log }: PostgresOptions, answerMs = ANSWER_MS): pg.Pool => {
  const pool = new pg.Pool({
    ...connectionTo(url),
    max: connections,
    connectionTimeoutMillis: 10_000,
    query_timeout: answerMs,
    keepAlive: true,
    pipeline: true,
  })
  pool.on('error', () => log?.warn('storage/connection-lost'))
  return pool
}

const unsafe = ['off', 'local']

/** A commit that is not on the disk may be lost after its invoice was printed; `local` ignores the standby that was asked for. */
const assertDurable = async (run: Run): Promise<void> => {
  for (const [setting, value] of Object.entries(await durability(run)))
    if (unsafe.includes(value)) throw new Failure('config/invalid', { details: { setting, value } })
}

const durability = async (run: Run): Promise<Readonly<Record<string, string>>> => {
  const names = ['fsync', 'synchronous_commit']
  const values = names.map(async (name) => [name, String((await run(`SHOW ${name}`, []))[0]?.[0])] as const)
  return Object.fromEntries(await Promise.all(values))
}

/** Any number of replicas may start at once: the first applies, the others wait and find it done. */
const migrate = (pool: pg.Pool, { url, migrationUrl, migrations }: PostgresOptions): Promise<Migrated> =>
  transaction(pool, 'all', async (run, post) => {
    await run('SET LOCAL lock_timeout = 0', [])
    await run('SET LOCAL statement_timeout = 0', [])
    await within(run, post).lock('migration')
    const migrated = await applyMigrations(run, readMigrations('postgres', migrations))
    if (migrationUrl !== undefined) await grantWork(run, roleOf(url))
    return migrated
  })

/** Advisory locks are shared by all programs of a database; this number is ours. */
const LOCK_SPACE = 0x6b68746d

const instant = `to_char(clock_timestamp() AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Sends a statement that nobody waits for: what comes next on the connection is answered after it. */
type Post = (...statement: Parameters<Run>) => void

const within = (run: Run, post: Post): Transaction => ({
  db: database(run),
  rowLocks: true,
  rowsAtOnce: 50,
  heads: new Map(),
  post: async (query) => {
    const { sql, params, lasting } = query.toSQL()
    post(sql, params, lasting)
  },
  now: async () => String((await run(`SELECT ${instant}`, [], true))[0]?.[0]),
  lock: async (what) => post('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_SPACE, locks[what]], true),
})

/** A worker that sleeps or has lost its wire keeps others from its chain for no longer than the last of these. */
const TIMEOUTS =
  "SET LOCAL lock_timeout = '10s'; SET LOCAL statement_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = '15s'"

/**
 * BEGIN to COMMIT on a connection of its own. BEGIN travels with the first statement and COMMIT with the last: Postgres answers in order,
 * and after a failure it refuses everything up to the end, COMMIT included.
 */
const transaction = <T>(
  pool: pg.Pool,
  scope: Scope,
  work: (run: Run, post: Post) => Promise<T>,
  naming?: Naming,
): Promise<T> =>
  lent(pool, async (client, spoil) => {
    let open = true
    let unheard: unknown
    let answered: Promise<unknown> = Promise.resolve()
    const send = statements(client, naming)
    const guarded: Run = async (...statement) => {
      if (!open) throw new Failure('internal/unexpected', { reason: 'statement after the end of its transaction' })
      return send(...statement)
    }
    /** What failed before this statement counts first. */
    const run: Run = async (...statement) => {
      const [answer] = await Promise.allSettled([guarded(...statement), answered])
      if (unheard !== undefined) throw unheard
      if (answer.status === 'rejected') throw answer.reason
      return answer.value
    }
    const unawaited = (sent: Promise<unknown>): void => {
      const heard = sent.catch((thrown) => {
        unheard ??= thrown
      })
      answered = Promise.all([answered, heard])
    }
    try {
      unawaited(command(client, `BEGIN; ${TIMEOUTS}; ${seeing(scope)}`))
      const done = await work(run, (...statement) => unawaited(guarded(...statement)))
      const [outcome] = await Promise.all([command(client, 'COMMIT'), answered])
      if (unheard !== undefined) throw unheard
      assertCommitted(outcome)
      return done
    } catch (thrown) {
      if (!(await rolledBack(client))) spoil()
      throw unwrapped(thrown)
    } finally {
      open = false
    }
  })

/**
 * A read says whose rows it sees as a write does. A connection of our own goes on seeing them until it is told otherwise; behind a pooler
 * each read is a transaction, of three messages that travel together.
 */
const reading =
  (pool: pg.Pool, scope: Scope, naming: Naming | undefined): Run =>
  (...statement) =>
    lent(pool, async (client, spoil) => {
      const before = naming === undefined ? `BEGIN READ ONLY; ${seeing(scope)}` : unlessTold(client, scope)
      const begun = before && command(client, before)
      const asked = statements(client, naming)(...statement)
      const ended = naming === undefined && command(client, 'COMMIT')
      const [answer, ...others] = await Promise.allSettled([asked, begun, ended])
      const failed = [...others, answer].find((end) => end.status === 'rejected')
      if (failed !== undefined) {
        spoil()
        throw failed.reason
      }
      return answer.status === 'fulfilled' ? answer.value : []
    })

/** What a connection was told last for its reads; transactions of writes tell their own, and leave this as it was. */
const told = new WeakMap<pg.PoolClient, string>()

const unlessTold = (client: pg.PoolClient, scope: Scope): string | undefined => {
  const text = seeing(scope, 'SESSION')
  if (told.get(client) === text) return undefined
  told.set(client, text)
  return text
}

const namingOfServer = (pool: pg.Pool): Promise<Naming | undefined> => lent(pool, namingOf)

/** A connection for one piece of work; one in an unknown state is spoilt, and thrown away. */
const lent = async <T>(pool: pg.Pool, work: (client: pg.PoolClient, spoil: () => void) => Promise<T>): Promise<T> => {
  const client = await taken(pool)
  let spoilt = false
  const spoil = () => {
    spoilt = true
  }
  client.on('error', spoil)
  try {
    return await work(client, spoil)
  } finally {
    client.off('error', spoil)
    client.release(spoilt)
  }
}

const taken = async (pool: pg.Pool): Promise<pg.PoolClient> => {
  try {
    return await pool.connect()
  } catch (thrown) {
    throw postgresFailure(thrown)
  }
}

/** After a statement failed and the failure was swallowed, Postgres answers COMMIT with ROLLBACK and no error. */
const assertCommitted = (outcome: string): void => {
  if (outcome === 'COMMIT') return
  throw new Failure('storage/conflict', { reason: 'a statement of the transaction had failed' })
}

/** Runs what has no parameters; of a single statement, what Postgres says it did. */
const command = async (client: pg.PoolClient, text: string): Promise<string> => {
  try {
    return (await client.query(text)).command
  } catch (thrown) {
    throw postgresFailure(thrown)
  }
}

const rolledBack = async (client: pg.PoolClient): Promise<boolean> => {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    // The connection is gone, and with it the transaction; the first failure is the one to report.
    return false
  }
}
