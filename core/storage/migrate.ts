/** Brings a database to the schema of this program: forward only, all or nothing, never a schema from the future. */
import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { Failure } from '#core/errors.ts'
import type { Run } from './db.ts'

export interface Migrated {
  readonly from: number
  readonly to: number
}

/** The statements of each migration in order; the schema version is how many of them have been applied. */
export const readMigrations = (dialect: 'sqlite' | 'postgres', folder?: string): readonly (readonly string[])[] => {
  const migrationsFolder = folder ?? join(import.meta.dirname, '..', '..', 'migrations', dialect)
  return readMigrationFiles({ migrationsFolder }).map((migration) => migration.sql)
}

/** Version of the schema found. */
export const recordedSchema = async (run: Run): Promise<number> =>
  Number((await run('SELECT max(version) FROM schema_version', []))[0]?.[0] ?? 0)

/** Throws `storage/newer-schema` when a later program has been here. */
export const refuseNewer = (found: number, supported: number): void => {
  if (found > supported) throw new Failure('storage/newer-schema', { details: { found, supported } })
}

/** Applies what is missing, inside the transaction and lock that the caller holds. */
export const applyMigrations = async (run: Run, migrations: readonly (readonly string[])[]): Promise<Migrated> => {
  await run('CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, applied_at text NOT NULL)', [])
  const from = await recordedSchema(run)
  refuseNewer(from, migrations.length)
  for (const [index, statements] of migrations.entries()) {
    if (index < from) continue
    for (const statement of statements) await run(statement, [])
    const version = [index + 1, new Date().toISOString()]
    await run('INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)', version)
  }
  return { from, to: migrations.length }
}
