/** Searching in stored text as people type: in one spelling, on both engines alike. */
import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { folded, folding } from '#core/invoice/folding.ts'

/** The column contains the text, however either is spelled; `%` and `_` stand for themselves. SQLite is taught `translate`. */
export const contains = (column: PgColumn, text: string): SQL => {
  const pattern = `%${folded(text).replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`translate(lower(${column}), ${folding.from}, ${folding.to}) like ${pattern} escape '\\'`
}

export const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '')
