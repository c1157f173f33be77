/** Every operation of the product, once: client, IPC, REST, OpenAPI and input checks all come from this table. */
import { access } from './contract/access.ts'
import { checks } from './contract/checks.ts'
import { companies, onboardings, units } from './contract/companies.ts'
import { drafts, invoices } from './contract/invoices.ts'
import { system } from './contract/system.ts'
import { users } from './contract/users.ts'

export const contract = { system, access, users, companies, units, onboardings, drafts, invoices, checks }

export type Contract = typeof contract
