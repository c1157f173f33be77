/** Who may do what: one row for each operation that asks for a sign-in; the compiler asks for a missing one. */
import type { Role } from '#core/vocabulary.ts'
import type { Contract } from '../contract.ts'

/** `<group>.<operation>` of the contract. */
export type Operation = { [Group in keyof Contract]: `${Group}.${keyof Contract[Group] & string}` }[keyof Contract]

/** The four that work without a sign-in; they reveal nothing of any client. */
type OpenOperation = 'system.health' | 'system.condition' | 'system.info' | 'access.setUp' | 'access.signIn'

const everybody: readonly Role[] = ['owner', 'admin', 'accountant', 'issuer', 'viewer', 'auditor']
const administrators: readonly Role[] = ['owner', 'admin']
const accountants: readonly Role[] = [...administrators, 'accountant']
const issuers: readonly Role[] = [...accountants, 'issuer']
const inspectors: readonly Role[] = [...accountants, 'auditor']

const permissions: Readonly<Record<Exclude<Operation, OpenOperation>, readonly Role[]>> = {
  'system.queue': everybody,

  'access.signOut': everybody,
  'access.me': everybody,
  'access.changePassword': everybody,
  'access.offerTotp': everybody,
  'access.confirmTotp': everybody,
  'access.removeTotp': everybody,

  'users.list': administrators,
  'users.add': administrators,
  'users.change': administrators,
  'users.resetPassword': administrators,
  'users.resetTotp': administrators,

  'apiKeys.list': administrators,
  'apiKeys.create': administrators,
  'apiKeys.revoke': administrators,

  'companies.list': everybody,
  'companies.create': accountants,
  'companies.update': accountants,

  'units.list': everybody,
  'units.create': administrators,
  'units.verifyChain': inspectors,

  'onboardings.get': everybody,
  'onboardings.rehearsalOtp': administrators,
  'onboardings.requestCsid': administrators,
  'onboardings.check': administrators,
  'onboardings.renew': administrators,
  'onboardings.activate': administrators,

  'certificates.overview': everybody,
  'certificates.list': everybody,

  'drafts.list': everybody,
  'drafts.save': issuers,
  'drafts.remove': issuers,
  'drafts.check': issuers,

  'invoices.list': everybody,
  'invoices.issue': issuers,
  'invoices.issueMany': issuers,
  'invoices.get': everybody,
  'invoices.status': everybody,
  'invoices.xml': everybody,
  'invoices.submit': issuers,
  'invoices.reissue': issuers,
  'invoices.evidence': everybody,
  'invoices.verify': everybody,

  'sending.board': everybody,
  'sending.pause': accountants,
  'sending.resume': accountants,

  'checks.file': everybody,
  'checks.qr': everybody,

  'reports.invoices': everybody,
  'reports.vatSummary': everybody,
  'reports.statusBreakdown': everybody,
  'exports.invoices': everybody,
  'exports.invoiceLogs': everybody,

  'events.listen': everybody,

  'webhooks.list': administrators,
  'webhooks.create': administrators,
  'webhooks.change': administrators,
  'webhooks.remove': administrators,
  'webhooks.test': administrators,
  'webhooks.deliveries': administrators,

  'audit.list': inspectors,

  'settings.list': everybody,
  'settings.change': administrators,

  'backups.list': everybody,
  'backups.run': administrators,
  'backups.plan': administrators,
  'backups.chooseFolder': administrators,
}

const byOperation: ReadonlyMap<string, readonly Role[]> = new Map(Object.entries(permissions))

const withHandedOverPassword: ReadonlySet<string> = new Set(['access.me', 'access.signOut', 'access.changePassword'])

/** What a user may do whose password somebody else knows: look who he is, change it, leave. */
export const mayCallBeforeChange = (path: readonly string[]): boolean => withHandedOverPassword.has(path.join('.'))

/** An operation without a row is open to nobody. */
export const mayCall = (role: Role, path: readonly string[]): boolean =>
  byOperation.get(path.join('.'))?.includes(role) ?? false
