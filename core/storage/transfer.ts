/** Everything that a database holds as plain rows, read from one engine and written into any other: for backup, restore and move. */
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { Failure } from '#core/errors.ts'
import type { Dump, StoredRow, StoredValue, TableHead } from '#core/ports.ts'
import type { Run } from './db.ts'
import { applyMigrations, type readMigrations, recordedSchema } from './migrate.ts'
import * as schema from './schema.postgres.ts'

/** Belongs to programs that run now and not to the books: nobody stays signed in, and no lease is held, in a copy. */
const leftBehind: readonly PgTable[] = [schema.session, schema.oneTimeToken, schema.writerLease]

/** How the rows of one table are read. */
export interface TablePlan extends TableHead {
  readonly select: string
  /** A value as the driver gives it -> the same on every engine */
  readonly read: readonly ((value: unknown) => StoredValue)[]
}

const quoted = (name: string): string => `"${name}"`

const planOf = (table: PgTable): TablePlan => {
  const { name, columns, primaryKeys } = getTableConfig(table)
  const names = columns.map((column) => column.name)
  const key = [...columns.filter((column) => column.primary), ...primaryKeys.flatMap((composite) => composite.columns)]
  const order = key.map((column) => quoted(column.name)).join(', ')
  return {
    table: name,
    columns: names,
    select: `SELECT ${names.map(quoted).join(', ')} FROM ${quoted(name)} ORDER BY ${order}`,
    read: columns.map((column) => (/^(?:integer|bigint)$/.test(column.getSQLType()) ? readNumber : readOther)),
  }
}

/** Postgres gives its 64-bit integers as text. */
const readNumber = (value: unknown): StoredValue => (value === null ? null : Number(value))

const readOther = (value: unknown): StoredValue => {
  if (value === null || typeof value === 'string' || value instanceof Uint8Array) return value
  throw new Failure('storage/corrupt', { reason: `a column holds a ${typeof value}` })
}

/** Every table behind those that it refers to: what a module exports comes in the order of its names. */
const inOrderOfReference = (tables: readonly PgTable[]): readonly PgTable[] => {
  const ordered = new Set<PgTable>()
  const place = (table: PgTable): void => {
    for (const { reference } of getTableConfig(table).foreignKeys) place(reference().foreignTable)
    ordered.add(table)
  }
  tables.forEach(place)
  return [...ordered]
}

const plans: readonly TablePlan[] = inOrderOfReference(Object.values(schema))
  .filter((table) => !leftBehind.includes(table))
  .map(planOf)

type Migrations = ReturnType<typeof readMigrations>

/** A program that does not know all columns would leave some behind. */
const assertKnown = (schema: number, { length: supported }: Migrations): void => {
  if (schema > supported) throw new Failure('storage/newer-schema', { details: { found: schema, supported } })
}

/** The schema of the rows that `dumped` will read. Throws `storage/newer-schema`. */
export const dumpableSchema = async (run: Run, migrations: Migrations): Promise<number> => {
  const found = await recordedSchema(run)
  assertKnown(found, migrations)
  return found
}

/** Reads table by table, as `rowsOf` gives the rows of a query. */
export async function* dumped(
  rowsOf: (select: string) => AsyncIterable<readonly unknown[]>,
): AsyncGenerator<TableHead | StoredRow> {
  for (const { table, columns, select, read } of plans) {
    yield { table, columns }
    for await (const row of rowsOf(select)) yield row.map((value, index) => read[index]?.(value) ?? null)
  }
}

/** Writes a dump into a database without rows, inside the transaction that the caller holds, and brings it to this program's schema. */
export const fillWith = async (run: Run, migrations: Migrations, dump: Dump): Promise<void> => {
  assertKnown(dump.schema, migrations)
  await assertEmpty(run, dump.schema)
  await applyMigrations(run, migrations.slice(0, dump.schema))
  await insertAll(run, dump.items)
  await applyMigrations(run, migrations)
}

/** A database that was only migrated counts as empty, unless its schema has gone further than the rows. */
const assertEmpty = async (run: Run, expected: number): Promise<void> => {
  await run('CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, applied_at text NOT NULL)', [])
  const found = await recordedSchema(run)
  if (found === 0) return
  if (found !== expected)
    throw new Failure('storage/not-empty', { reason: `schema ${found}, the rows have ${expected}` })
  for (const { table } of plans) {
    const rows = await run(`SELECT 1 FROM ${quoted(table)} LIMIT 1`, [])
    if (rows.length > 0) throw new Failure('storage/not-empty', { details: { table } })
  }
}

/** Both engines take at least 32,766 parameters; a batch of large documents ends earlier. */
const batchRows = 100
const batchBytes = 4 * 1024 * 1024

const insertAll = async (run: Run, items: Dump['items']): Promise<void> => {
  let insert = async (_rows: readonly StoredRow[]): Promise<void> => {
    throw new Failure('backup/damaged', { reason: 'a row without a table' })
  }
  let batch: StoredRow[] = []
  let bytes = 0
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await insert(batch)
    batch = []
    bytes = 0
  }
  for await (const item of items) {
    if (isRow(item)) {
      batch.push(item)
      bytes += sizeOf(item)
      if (batch.length === batchRows || bytes > batchBytes) await flush()
    } else {
      await flush()
      insert = inserter(run, item)
    }
  }
  await flush()
}

export const isRow = (item: TableHead | StoredRow): item is StoredRow => Array.isArray(item)

const sizeOf = (row: StoredRow): number =>
  row.reduce<number>(
    (size, value) => size + (value instanceof Uint8Array || typeof value === 'string' ? value.length : 8),
    0,
  )

/** Names come from a file: nothing but a plain name gets into a statement. */
const plainName = /^[a-z][a-z0-9_]*$/

const inserter = (run: Run, { table, columns }: TableHead) => {
  if (![table, ...columns].every((name) => plainName.test(name)))
    throw new Failure('backup/damaged', { reason: 'a name that no table has' })
  const start = `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES `
  return async (rows: readonly StoredRow[]): Promise<void> => {
    if (rows.some((row) => row.length !== columns.length))
      throw new Failure('backup/damaged', { reason: `a row of ${table} with other columns` })
    const tuples = rows.map((_row, index) => tuple(index * columns.length, columns.length))
    await run(start + tuples.join(', '), rows.flat())
  }
}

const tuple = (from: number, length: number): string =>
  `(${Array.from({ length }, (_value, index) => `$${from + index + 1}`).join(', ')})`
