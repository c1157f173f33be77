/** The words that tables are written in: those of a dialect, and what they are often put together to. */
import { sql } from 'drizzle-orm'
import type { PostgresKit, SqliteKit } from '../kits.ts'

export const words = (kit: PostgresKit & SqliteKit) => ({
  ...kit,
  /** May be absent: stored as NULL. */
  optional: (name: string) =>
    kit
      .text(name)
      .$type<string | undefined>()
      .$defaultFn(() => sql`null`),
  optionalInteger: (name: string) =>
    kit
      .integer(name)
      .$type<number | undefined>()
      .$defaultFn(() => sql`null`),
  /** The client companies that somebody may see and work for; absent: all. */
  someCompanies: () =>
    kit
      .json('companies')
      .$type<readonly string[] | undefined>()
      .$defaultFn(() => sql`null`),
})

export type Words = ReturnType<typeof words>
