/** Every operation of the product, once: client, IPC, REST, OpenAPI and input checks all come from this table. */
import { access } from './contract/access.ts'
import { apiKeys } from './contract/api-keys.ts'
import { audit } from './contract/audit.ts'
import { backups } from './contract/backups.ts'
import { certificates } from './contract/certificates.ts'
import { checks } from './contract/checks.ts'
import { companies, onboardings, units } from './contract/companies.ts'
import { events, webhooks } from './contract/events.ts'
import { drafts, invoices } from './contract/invoices.ts'
import { exports, reports } from './contract/reports.ts'
import { sending } from './contract/sending.ts'
import { settings } from './contract/settings.ts'
import { system } from './contract/system.ts'
import { users } from './contract/users.ts'

export const contract = {
  system,
  access,
  users,
  apiKeys,
  companies,
  units,
  onboardings,
  certificates,
  drafts,
  invoices,
  sending,
  checks,
  reports,
  exports,
  events,
  webhooks,
  audit,
  settings,
  backups,
}

export type Contract = typeof contract
