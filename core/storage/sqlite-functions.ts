/** Functions of SQL that Postgres has and SQLite lacks. */
import type Database from 'better-sqlite3'
import { translator } from '#core/invoice/folding.ts'

const known = new Map<string, (text: string) => string>()

const translate = (text: unknown, from: unknown, to: unknown): string | null => {
  if (typeof text !== 'string') return null
  const how = `${from} ${to}`
  const translated = known.get(how) ?? translator(String(from), String(to))
  known.set(how, translated)
  return translated(text)
}

export const withFunctions = (connection: Database.Database): Database.Database =>
  connection.function('translate', { deterministic: true }, translate)
