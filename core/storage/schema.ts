/** The tables, written once for both engines: `define` builds them with the words of either dialect. */
import type { PostgresKit, SqliteKit } from './kits.ts'
import { books } from './tables/books.ts'
import { people } from './tables/people.ts'
import { running } from './tables/running.ts'
import { webhooks } from './tables/webhooks.ts'
import { words } from './tables/words.ts'

/**
 * Times are ISO 8601 text in UTC with milliseconds, so that they compare alike on both engines; JSON is text, so that its bytes stay
 * as they were hashed; XML is deflated, with the length and digest of what was deflated.
 */
const tables = (kit: PostgresKit & SqliteKit) => {
  const inWords = words(kit)
  const kept = books(inWords)
  return { ...kept, ...running(inWords), ...people(inWords), ...webhooks(inWords, kept) }
}

export type Tables = ReturnType<typeof tables>

/** One body, two readings: both kits have the same words, and a method accepts the kit of its own dialect. */
interface Definition {
  postgres(kit: PostgresKit): Tables
  sqlite(kit: SqliteKit): Readonly<Record<keyof Tables, object>>
}

export const define: Definition = { postgres: tables, sqlite: tables }
