/** The tables as SQLite knows them: what drizzle-kit compares with the last migration. */
import { sqliteKit } from './kits.ts'
import { define } from './schema.ts'

export const {
  company,
  keyEnvelope,
  unit,
  csid,
  complianceDocument,
  chain,
  document,
  outbox,
  attempt,
  result,
  audit,
  user,
  session,
  draft,
} = define.sqlite(sqliteKit)
