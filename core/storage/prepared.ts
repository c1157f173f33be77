/** Queries that every document asks: their text is made once, because making it takes the query builder longer than the database needs. */
import { fillPlaceholders, type GetColumnData, sql } from 'drizzle-orm'
import type { PgColumn, PgSelectBuilder } from 'drizzle-orm/pg-core'
import { type Db, database, type Present, type Query } from './db.ts'

type Values = Readonly<Record<string, string | number | readonly string[]>>

/** Builds and runs nothing. */
export const builder = database(async () => [])

/** `build` is asked once for values of one shape, with placeholders in their stead; a list of another length is another shape. */
export const prepared = <V extends Values>(build: (given: V) => Query): ((values: V) => Query) => {
  const texts = new Map<string, ReturnType<Query['toSQL']>>()
  return (values) => {
    const lengths = Object.values(values).flatMap((value) => (Array.isArray(value) ? [value.length] : []))
    const shape = lengths.join()
    const text = texts.get(shape) ?? build(placeholders(values)).toSQL()
    texts.set(shape, text)
    const params = fillPlaceholders([...text.params], Object.fromEntries(flat(values)))
    return { toSQL: () => ({ sql: text.sql, params, lasting: lengths.every((length) => length <= 1) }) }
  }
}

const flat = (values: Values): readonly (readonly [string, unknown])[] =>
  Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'object'
      ? value.map((each, index) => [`${name}.${index}`, each] as const)
      : [[name, value] as const],
  )

/** Each value as the query builder's placeholder for it, a list as a list of them. */
function placeholders<V extends Values>(values: V): V
function placeholders(values: Values): object {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? value.map((_, index) => sql.placeholder(`${name}.${index}`)) : sql.placeholder(name),
  ])
  return Object.fromEntries(entries)
}

type Columns = Readonly<Record<string, PgColumn>>

type Row<C extends Columns> = Present<{ [Name in keyof C]: GetColumnData<C[Name], 'query'> }>

/** A SELECT of these columns; NULL reads as undefined. */
export const selected = <C extends Columns, V extends Values>(
  columns: C,
  build: (rows: PgSelectBuilder<C>, given: V) => Query,
): ((db: Db, values: V) => Promise<Row<C>[]>) => {
  const query = prepared((given: V) => build(builder.select(columns), given))
  const read = rowReader(columns)
  return async (db, values) => {
    const { sql, params, lasting } = query(values).toSQL()
    return (await db.run(sql, params, lasting)).map(read)
  }
}

function rowReader<C extends Columns>(columns: C): (row: readonly unknown[]) => Row<C>
function rowReader(columns: Columns): (row: readonly unknown[]) => object {
  const named = Object.entries(columns)
  return (row) =>
    Object.fromEntries(
      named.map(([name, column], index) => [
        name,
        row[index] === null ? undefined : column.mapFromDriverValue(row[index]),
      ]),
    )
}
