/** INSERT of many rows whose text is made once: over a hundred documents the query builder takes longer than the database. */
import { getTableColumns } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import type { Query } from './db.ts'

const quoted = (name: string): string => `"${name}"`

/** Values are encoded as the query builder does; a column without a value gets NULL. */
export const inserter = <T extends PgTable>(
  table: T,
): ((rows: readonly T['$inferInsert'][], rowsAtOnce: number) => Query) => {
  const columns = Object.entries(getTableColumns(table))
  const names = columns.map(([, { name }]) => quoted(name)).join(', ')
  const start = `insert into ${quoted(getTableConfig(table).name)} (${names}) values `
  const tuple = (row: number): string =>
    `(${columns.map((_column, index) => `$${row * columns.length + index + 1}`).join(', ')})`
  const texts = new Map<number, string>()
  const textOf = (rows: number): string => {
    const text = texts.get(rows) ?? start + Array.from({ length: rows }, (_, row) => tuple(row)).join(', ')
    texts.set(rows, text)
    return text
  }
  const encoded = (row: object): readonly unknown[] =>
    columns.map(([key, column]) => {
      const value: unknown = Reflect.get(row, key)
      return value === undefined || value === null ? null : column.mapToDriverValue(value)
    })
  return (rows, rowsAtOnce) => ({
    toSQL: () => ({
      sql: textOf(rows.length),
      params: rows.flatMap(encoded),
      lasting: rows.length === 1 || rows.length === rowsAtOnce,
    }),
  })
}
