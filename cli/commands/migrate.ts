/** `khatm migrate`: brings the database to the schema of this program, before the new version is started. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from '#core/errors.ts'
import { migrateSqlite } from '#core/storage/sqlite.ts'
import { readDatabase } from '../../server/database-settings.ts'
import type { Run } from '../command.ts'

/** The same database as the server's: DATABASE_URL for Postgres, whose owner MIGRATION_DATABASE_URL names, otherwise SQLite in DATA_DIR. */
export const run: Run = async (invocation, terminal) => {
  const { databaseUrl, migrationUrl } = readDatabase(process.env)
  const named = invocation.text('database')
  const { from, to } =
    named === undefined && databaseUrl !== undefined
      ? await migratePostgresAt(databaseUrl, migrationUrl)
      : await migrateFile(named ?? defaultFile())
  terminal.out(`schema ${from} -> ${to}`)
  return 0
}

const defaultFile = (): string => join(process.env['DATA_DIR'] ?? 'data', 'khatm.sqlite')

const migrateFile = async (file: string) => {
  if (!existsSync(dirname(file))) throw new Failure('usage/unreadable-file', { details: { file } })
  return migrateSqlite({ file })
}

const migratePostgresAt = async (url: string, migrationUrl: string | undefined) => {
  const { migratePostgres } = await import('#core/storage/postgres.ts')
  return migratePostgres({ url, migrationUrl })
}
