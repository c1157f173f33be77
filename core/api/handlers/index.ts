/** The contract made real: every operation with its handler, over the ports that a shell brings. */
import { implement } from '@orpc/server'
import { contract } from '../contract.ts'
import { accessHandlers } from './access.ts'
import { apiKeyHandlers } from './api-keys.ts'
import { auditHandlers } from './audit.ts'
import { backupHandlers } from './backups.ts'
import { certificateHandlers } from './certificates.ts'
import { checkHandlers } from './checks.ts'
import { companyHandlers } from './companies.ts'
import { type CallContext, doors } from './doors.ts'
import { draftHandlers } from './drafts.ts'
import { eventHandlers } from './events.ts'
import { invoiceHandlers } from './invoices.ts'
import type { Office } from './office.ts'
import { onboardingHandlers } from './onboardings.ts'
import { exportHandlers, reportHandlers } from './reports.ts'
import { sendNow } from './send-now.ts'
import { sendingHandlers } from './sending.ts'
import { settingHandlers } from './settings.ts'
import { systemHandlers } from './system.ts'
import { unitHandlers } from './units.ts'
import { userHandlers } from './users.ts'
import { webhookHandlers } from './webhooks.ts'

export const router = (office: Office) => {
  const entrances = doors(office)
  return implement(contract)
    .$context<CallContext>()
    .router({
      system: systemHandlers(entrances, office),
      access: accessHandlers(entrances, office),
      users: userHandlers(entrances),
      apiKeys: apiKeyHandlers(entrances),
      companies: companyHandlers(entrances),
      units: unitHandlers(entrances),
      onboardings: onboardingHandlers(entrances),
      certificates: certificateHandlers(entrances),
      drafts: draftHandlers(entrances),
      invoices: invoiceHandlers(entrances, (id, options) => sendNow(office, id, options)),
      sending: sendingHandlers(entrances),
      checks: checkHandlers(entrances),
      reports: reportHandlers(entrances),
      exports: exportHandlers(entrances),
      events: eventHandlers(entrances, office.listen),
      webhooks: webhookHandlers(entrances),
      audit: auditHandlers(entrances),
      settings: settingHandlers(entrances),
      backups: backupHandlers(entrances, office),
    })
}

export type OfficeRouter = ReturnType<typeof router>
