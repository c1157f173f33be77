/** Within which companies an operation works: those of its caller, unless it is a matter of the office as a whole. */
import type { Scope } from '#core/ports.ts'
import type { Contract } from '../contract.ts'

type Reach = 'companies' | 'office'

/** `office`: the role alone decides. The compiler asks for a missing group. */
const reaches: Readonly<Record<keyof Contract, Reach>> = {
  system: 'companies',
  companies: 'companies',
  units: 'companies',
  onboardings: 'companies',
  certificates: 'companies',
  drafts: 'companies',
  invoices: 'companies',
  sending: 'companies',
  checks: 'companies',
  reports: 'companies',
  exports: 'companies',
  audit: 'companies',
  // The log is the office's; what a listener hears of it is judged entry by entry.
  events: 'companies',
  // A person's own account: nothing of any client.
  access: 'office',
  // People belong to the office, and so do keys of programs; who may give whom which companies is asked in `core/access`.
  users: 'office',
  apiKeys: 'office',
  // One may hear of several companies: asked in `core/notify/webhooks.ts`.
  webhooks: 'office',
  // One rule book and one backup for all clients.
  settings: 'office',
  backups: 'office',
}

const byGroup: ReadonlyMap<string, Reach> = new Map(Object.entries(reaches))

/** The companies that a call works within; an unknown operation shows too little instead of too much. */
export const scopeOf = (
  { companies }: { readonly companies?: readonly string[] | undefined },
  [group = '']: readonly string[],
): Scope => (companies === undefined || byGroup.get(group) === 'office' ? 'all' : companies)
