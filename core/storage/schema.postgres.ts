/**
 * The tables as Postgres knows them: what drizzle-kit compares with the last migration and what the repositories query. Next migration:
 * `npx drizzle-kit generate --dialect postgresql --schema core/storage/schema.postgres.ts --out migrations/postgres --name <what>`
 */
import { postgresKit } from './kits.ts'
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
} = define.postgres(postgresKit)
