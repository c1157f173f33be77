/** Queries that every document asks: their text is made once, because making it takes the query builder longer than the database needs. */
import { fillPlaceholders, type GetColumnData, sql } from 'drizzle-orm'
import { PgColumn, type PgSelectBuilder } from 'drizzle-orm/pg-core'
import { type Db, database, type Present, type Query } from './db.ts'

/** Undefined is NULL. */
type Values = Readonly<Record<string, string | number | undefined | readonly string[]>>

const isList = (value: Values[string]): value is readonly string[] => Array.isArray(value)

/** Builds and runs nothing. */
export const builder = database(async () => [])

/** `build` is asked once for values of one shape, with placeholders in their stead; a list of another length is another shape. */
export const prepared = <V extends Values>(build: (given: V) => Query): ((values: V) => Query) => {
  const texts = new Map<string, ReturnType<Query['toSQL']>>()
  return (values) => {
    const lengths = Object.values(values).flatMap((value) => (isList(value) ? [value.length] : []))
    const shape = lengths.join()
    const text = texts.get(shape) ?? build(placeholders(values)).toSQL()
    texts.set(shape, text)
    const params = fillPlaceholders([...text.params], Object.fromEntries(flat(values)))
    return { toSQL: () => ({ sql: text.sql, params, lasting: lengths.every((length) => length <= 1) }) }
  }
}

const flat = (values: Values): readonly (readonly [string, unknown])[] =>
  Object.entries(values).flatMap(([name, value]) =>
    isList(value) ? value.map((each, index) => [`${name}.${index}`, each] as const) : [[name, value ?? null] as const],
  )

/** Each value as the query builder's placeholder for it, a list as a list of them. */
function placeholders<V extends Values>(values: V): V
function placeholders(values: Values): object {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    isList(value) ? value.map((_, index) => sql.placeholder(`${name}.${index}`)) : sql.placeholder(name),
  ])
  return Object.fromEntries(entries)
}

type Columns = Readonly<Record<string, PgColumn>>
/** Columns, or those of several tables under a name for each */
type Fields = Readonly<Record<string, PgColumn | Columns>>

/** A table that a LEFT JOIN found nothing in is undefined. */
type Row<F extends Fields> = Present<{ [Name in keyof F]: Value<F[Name]> }>
type Value<Field> = Field extends PgColumn
  ? GetColumnData<Field, 'query'>
  : Field extends Columns
    ? Present<{ [Name in keyof Field]: GetColumnData<Field[Name], 'query'> }> | undefined
    : never

/** A SELECT of these columns; NULL reads as undefined. */
export const selected = <F extends Fields, V extends Values>(
  fields: F,
  build: (rows: PgSelectBuilder<F>, given: V) => Query,
): ((db: Db, values: V) => Promise<Row<F>[]>) => answered(fields, (given: V) => build(builder.select(fields), given))

/** Any statement that answers with these columns, by RETURNING them for instance. */
export const answered = <F extends Fields, V extends Values>(
  fields: F,
  build: (given: V) => Query,
): ((db: Db, values: V) => Promise<Row<F>[]>) => {
  const query = prepared(build)
  const read = rowReader(fields)
  return async (db, values) => {
    const { sql, params, lasting } = query(values).toSQL()
    return (await db.run(sql, params, lasting)).map(read)
  }
}

function rowReader<F extends Fields>(fields: F): (row: readonly unknown[]) => Row<F>
function rowReader(fields: Fields): (row: readonly unknown[]) => object {
  let columns = 0
  const parts = Object.entries(fields).map(([name, field]) => {
    const at = columns
    columns += field instanceof PgColumn ? 1 : Object.keys(field).length
    return { name, at, read: field instanceof PgColumn ? columnReader(field) : tableReader(field) }
  })
  return (row) => Object.fromEntries(parts.map(({ name, at, read }) => [name, read(row, at)]))
}

type Part = (row: readonly unknown[], at: number) => unknown

const columnReader =
  (column: PgColumn): Part =>
  (row, at) =>
    row[at] === null ? undefined : column.mapFromDriverValue(row[at])

const tableReader = (columns: Columns): Part => {
  const parts = Object.entries(columns).map(([name, column]) => ({ name, read: columnReader(column) }))
  return (row, at) => {
    if (row.slice(at, at + parts.length).every((value) => value === null)) return undefined
    return Object.fromEntries(parts.map(({ name, read }, index) => [name, read(row, at + index)]))
  }
}
