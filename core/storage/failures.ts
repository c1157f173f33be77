/** What the engines' errors mean: one table from constraint to code; nothing of a statement or its parameters gets out. */
import Database from 'better-sqlite3'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { getTableConfig } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { Failure, type FailureCode } from '#core/errors.ts'
import * as tables from './schema.postgres.ts'

const byConstraint: Readonly<Record<string, FailureCode>> = {
  company_vat_number: 'company/duplicate',
  unit_name: 'unit/duplicate',
  document_number: 'document/duplicate-number',
  document_key: 'request/idempotency-mismatch',
  user_username: 'access/duplicate-user',
}

const violated = (constraint: string): Failure =>
  new Failure(byConstraint[constraint] ?? 'storage/conflict', { details: { constraint } })

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

const sqliteFailure = (error: InstanceType<typeof Database.SqliteError>): Failure => {
  if (error.code === 'SQLITE_CONSTRAINT_TRIGGER') return new Failure('storage/immutable', { reason: error.message })
  if (error.code.startsWith('SQLITE_CONSTRAINT')) {
    const columns = error.message.split(': ')[1] ?? ''
    return violated(constraintOf.get(columns) ?? columns)
  }
  const corrupt = error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB'
  return new Failure(corrupt ? 'storage/corrupt' : 'storage/unavailable', { reason: error.code, cause: error })
}

/** By SQLSTATE, exact or by its class of two digits; everything else means that the database cannot be used now. */
const bySqlState: Readonly<Record<string, (error: pg.DatabaseError) => Failure>> = {
  KH001: (error) => new Failure('storage/immutable', { reason: error.message }),
  '55P03': () => new Failure('chain/busy', { reason: 'lock timeout' }),
  '57014': () => new Failure('chain/busy', { reason: 'statement timeout' }),
  '23': (error) => violated(error.constraint ?? error.code ?? ''),
  '22': (error) => new Failure('internal/unexpected', { reason: `SQLSTATE ${error.code}` }),
  '42': (error) => new Failure('internal/unexpected', { reason: `SQLSTATE ${error.code}`, cause: error }),
}

const postgresFailure = (error: pg.DatabaseError): Failure => {
  const state = error.code ?? ''
  const known = bySqlState[state] ?? bySqlState[state.slice(0, 2)]
  return known?.(error) ?? new Failure('storage/unavailable', { reason: `SQLSTATE ${state}`, cause: error })
}

/** An error of an engine or its connection, as a Failure. */
export const storageFailure = (thrown: unknown): Failure => {
  if (thrown instanceof Failure) return thrown
  if (thrown instanceof Database.SqliteError) return sqliteFailure(thrown)
  if (thrown instanceof pg.DatabaseError) return postgresFailure(thrown)
  return new Failure('storage/unavailable', { cause: thrown })
}

/** The query builder's own errors repeat every parameter in their text: only what caused them gets out. Other errors pass. */
export const unwrapped = (thrown: unknown): unknown =>
  thrown instanceof DrizzleQueryError ? storageFailure(thrown.cause) : thrown

/** The same methods, failing with Failures. */
export const coded = <T extends object>(methods: T): T =>
  new Proxy(methods, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...given: unknown[]) => {
        try {
          return await Reflect.apply(method, target, given)
        } catch (thrown) {
          throw unwrapped(thrown)
        }
      }
    },
  })
