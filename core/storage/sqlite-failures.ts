/** What SQLite's result codes mean. */
import Database from 'better-sqlite3'
import { getTableConfig } from 'drizzle-orm/pg-core'
import { Failure, type FailureCode } from '#core/errors.ts'
import { violated } from './failures.ts'
import * as tables from './schema.postgres.ts'

/** SQLite names the columns of a violated constraint, `table.column, table.column`; this gives the name back. */
const constraintOf: ReadonlyMap<string, string> = new Map(
  Object.values(tables).flatMap((table) => {
    const { name, uniqueConstraints } = getTableConfig(table)
    return uniqueConstraints.map((unique): [string, string] => [
      unique.columns.map((column) => `${name}.${column.name}`).join(', '),
      unique.getName() ?? name,
    ])
  }),
)

/** By the beginning of the extended result code; everything else means that the database cannot be used now. */
const byResultCode: readonly (readonly [beginning: string, code: FailureCode])[] = [
  ['SQLITE_CORRUPT', 'storage/corrupt'],
  ['SQLITE_NOTADB', 'storage/corrupt'],
  ['SQLITE_FULL', 'storage/full'],
  ['SQLITE_IOERR', 'storage/disk-error'],
]

/** An error of SQLite as a Failure; anything else is a mistake in the program and stays as it is. */
export const sqliteFailure = (thrown: unknown): unknown => {
  if (!(thrown instanceof Database.SqliteError)) return thrown
  const { code, message } = thrown
  if (code === 'SQLITE_CONSTRAINT_TRIGGER') return new Failure('storage/immutable', { reason: message })
  if (code.startsWith('SQLITE_CONSTRAINT')) {
    const columns = message.split(': ')[1] ?? ''
    return violated(constraintOf.get(columns) ?? columns)
  }
  const known = byResultCode.find(([beginning]) => code.startsWith(beginning))
  return new Failure(known?.[1] ?? 'storage/unavailable', { reason: code, cause: thrown })
}

/** Another connection writes right now. */
export const isBusy = (thrown: unknown): boolean =>
  thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_BUSY')
