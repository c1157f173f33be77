/**
 * The tables as SQLite knows them: what drizzle-kit compares with the last migration. Next migration:
 * `npx drizzle-kit generate --dialect sqlite --schema core/storage/schema.sqlite.ts --out migrations/sqlite --name <what>`
 */
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
  road,
  setting,
  backupRun,
  writerLease,
  audit,
  user,
  session,
  apiKey,
  webhook,
  webhookDelivery,
  oneTimeToken,
  rateLimit,
  draft,
} = define.sqlite(sqliteKit)
