/**
 * Brings a database to the schema of this program: forward only, all or nothing.
 *
 * A migration says in a comment which schema a program must at least know to go on working beside it: `-- requires: 4`. One that only
 * adds names an earlier schema than its own (expand), so that the program before it runs on, on the same database; one that takes away
 * names its own (contract), and so does one that says nothing.
 */
import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { Failure } from '#core/errors.ts'
import type { Run } from './db.ts'

export interface Migrated {
  readonly from: number
  readonly to: number
}

export interface Migration {
  /** The schema it leads to: its place in the order, from 1 */
  readonly version: number
  /** The lowest schema whose program may still work after it */
  readonly requires: number
  readonly statements: readonly string[]
}

/** What a database says about itself. */
export interface SchemaState {
  readonly schema: number
  /** A program that knows less than this schema is refused */
  readonly requires: number
}

/** All migrations in order; `folder` for a packaged program. */
export const readMigrations = (dialect: 'sqlite' | 'postgres', folder?: string): readonly Migration[] => {
  const migrationsFolder = folder ?? join(import.meta.dirname, '..', '..', 'migrations', dialect)
  return readMigrationFiles({ migrationsFolder }).map(({ sql }, index) => ({
    version: index + 1,
    requires: requirement(sql) ?? index + 1,
    statements: sql,
  }))
}

const requirement = (statements: readonly string[]): number | undefined => {
  const [, number] = /^-- requires: (\d+)$/m.exec(statements.join('\n')) ?? []
  return number === undefined ? undefined : Number(number)
}

/** Version of the schema found. */
export const recordedSchema = async (run: Run): Promise<number> =>
  Number((await run('SELECT max(version) FROM schema_version', []))[0]?.[0] ?? 0)

/** A version that recorded nothing requires itself. */
const RECORDED = `SELECT max(schema_version.version), max(coalesce(requires, schema_version.version))
  FROM schema_version LEFT JOIN schema_requirement ON schema_requirement.version = schema_version.version`

/**
 * What the database holds now. Throws `storage/newer-schema` once a later program has taken away what `supported` needs, and
 * `storage/unavailable` when an older database was put in its place.
 */
export const supportedSchema = async (run: Run, supported: number): Promise<SchemaState> => {
  const [row] = await run(RECORDED, [])
  const [schema, requires] = [Number(row?.[0]), Number(row?.[1])]
  const details = { found: schema, requires, supported }
  if (requires > supported) throw new Failure('storage/newer-schema', { details })
  if (schema < supported) throw new Failure('storage/unavailable', { reason: 'an older database', details })
  return { schema, requires }
}

/** A later program may have been here as long as all it did was to add. Throws `storage/newer-schema` otherwise. */
export const refuseNewer = async (run: Run, found: number, supported: number): Promise<void> => {
  if (found > supported) await supportedSchema(run, supported)
}

/** Applies what is missing, inside the transaction and lock that the caller holds. */
export const applyMigrations = async (run: Run, migrations: readonly Migration[]): Promise<Migrated> => {
  await run('CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, applied_at text NOT NULL)', [])
  await run(
    'CREATE TABLE IF NOT EXISTS schema_requirement (version integer PRIMARY KEY, requires integer NOT NULL)',
    [],
  )
  const from = await recordedSchema(run)
  await refuseNewer(run, from, migrations.length)
  for (const migration of migrations.slice(from)) await apply(run, migration)
  return { from, to: Math.max(from, migrations.length) }
}

const apply = async (run: Run, { version, requires, statements }: Migration): Promise<void> => {
  for (const statement of statements) await run(statement, [])
  await run('INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)', [version, new Date().toISOString()])
  await run('INSERT INTO schema_requirement (version, requires) VALUES ($1, $2)', [version, requires])
}
