/** What the repositories write queries with, and what an engine has to supply for it. */
import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy'
import type { Chain } from '#core/ports.ts'

/**
 * Postgres' query builder for both engines: SQLite understands the subset that the repositories use (numbered parameters, RETURNING,
 * ON CONFLICT), so every query is written and type-checked once. What differs between the engines stands in `Transaction`.
 */
export type Db = PgRemoteDatabase & { readonly run: Run }

/** Runs one statement; each row as an array of its columns in order. `lasting`: its text comes again and again. */
export type Run = (sql: string, params: readonly unknown[], lasting?: boolean) => Promise<unknown[][]>

export const database = (run: Run): Db =>
  Object.assign(
    drizzle(async (sql, params) => ({ rows: await run(sql, params) })),
    { run },
  )

/** What one transaction does at a time, appending to a whole table or claiming from it; the numbers are Postgres' advisory locks. */
export const locks = { migration: 1, users: 2, audit: 3, claims: 4 } as const

/** A query that was built and not yet run. */
export interface Query {
  toSQL(): { readonly sql: string; readonly params: readonly unknown[]; readonly lasting?: boolean }
}

export type ChainHead = Pick<Chain, 'id' | 'lastIcv' | 'lastHash'>

/** A write transaction of one engine. */
export interface Transaction {
  readonly db: Db
  /** Row locks exist and are needed; SQLite has a single writer instead. */
  readonly rowLocks: boolean
  /** Rows that one INSERT takes best: many where each statement is a message, one where it is a call */
  readonly rowsAtOnce: number
  /** ISO 8601 by the database's clock: leases never depend on a worker's. */
  now(): Promise<string>
  /** Runs what needs no answer, in order with everything else; a failure comes out here, at a later statement, or at the commit. */
  post(query: Query): Promise<void>
  /** The heads of the chains that this transaction has locked, moved along as it appends */
  readonly heads: Map<string, ChainHead>
  /** Waits for every other transaction that asked for the same, until this one ends. */
  lock(what: keyof typeof locks): Promise<void>
}

export type Present<T> = { [K in keyof T]: null extends T[K] ? Exclude<T[K], null> | undefined : T[K] }

/** A stored row as a record: NULL reads as undefined. */
export function record<T extends object>(row: T): Present<T>
export function record(row: object): object {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined]))
}
