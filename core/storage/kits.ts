/** The words of each dialect that `schema.ts` is written in: same names, same stored values, each engine's own column types. */
import * as postgres from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'

const asJson = {
  toDriver: (value: unknown): string => JSON.stringify(value),
  fromDriver: (value: string): unknown => JSON.parse(value),
}
const asFlag = {
  toDriver: (value: boolean): number => (value ? 1 : 0),
  fromDriver: (value: number): boolean => value === 1,
}

/** Binary collation: text sorts and compares as in SQLite, whatever the server's locale. */
const collatedText = (): string => 'text COLLATE "C"'

export const postgresKit = {
  table: postgres.pgTable,
  text: postgres.customType<{ data: string; driverData: string }>({ dataType: collatedText }),
  json: postgres.customType<{ data: unknown; driverData: string }>({ dataType: collatedText, ...asJson }),
  integer: postgres.integer,
  long: (name: string) => postgres.bigint(name, { mode: 'number' }),
  flag: postgres.customType<{ data: boolean; driverData: number }>({ dataType: () => 'integer', ...asFlag }),
  bytes: postgres.customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' }),
  unique: postgres.unique,
  uniqueIndex: postgres.uniqueIndex,
  index: postgres.index,
  primaryKey: postgres.primaryKey,
}

export const sqliteKit = {
  table: sqlite.sqliteTable,
  text: sqlite.customType<{ data: string; driverData: string }>({ dataType: () => 'text' }),
  json: sqlite.customType<{ data: unknown; driverData: string }>({ dataType: () => 'text', ...asJson }),
  integer: sqlite.integer,
  long: (name: string) => sqlite.integer(name),
  flag: sqlite.customType<{ data: boolean; driverData: number }>({ dataType: () => 'integer', ...asFlag }),
  bytes: sqlite.customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'blob' }),
  unique: sqlite.unique,
  uniqueIndex: sqlite.uniqueIndex,
  index: sqlite.index,
  primaryKey: sqlite.primaryKey,
}

export type PostgresKit = typeof postgresKit
export type SqliteKit = typeof sqliteKit
