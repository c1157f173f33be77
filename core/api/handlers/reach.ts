/** Within which companies an operation works: those of its caller, unless it is a matter of the office as a whole. */
import type { Scope } from '#core/ports.ts'
import type { Operation } from './permissions.ts'

/**
 * Decided by role alone. What is not listed here sees and touches the caller's companies only, so that an operation nobody has thought
 * about shows too little instead of too much.
 */
const ofTheOffice: readonly Operation[] = [
  // A person's own account: nothing of any client.
  'access.signOut',
  'access.me',
  'access.changePassword',
  // People belong to the office. Who may give whom which companies is asked in `core/access/users.ts`.
  'users.list',
  'users.add',
  'users.change',
  'users.resetPassword',
  // Neither does a key with other companies than its maker's: asked in `core/access/api-keys.ts`.
  'apiKeys.list',
  'apiKeys.create',
  'apiKeys.revoke',
  // One rule book and one backup for all clients.
  'settings.list',
  'settings.change',
  'backups.list',
  'backups.run',
  'backups.plan',
  'backups.chooseFolder',
]

const officeWide: ReadonlySet<string> = new Set(ofTheOffice)

/** The companies that a call works within. */
export const scopeOf = (
  { companies }: { readonly companies?: readonly string[] | undefined },
  path: readonly string[],
): Scope => (companies === undefined || officeWide.has(path.join('.')) ? 'all' : companies)
