/** What the audit log keeps of an operation: when, who, what, to whom or to what. */
import { instant } from '#core/instant.ts'
import type { AuditEntry, Ports } from '#core/ports.ts'

export interface Actor {
  /** Who does it: the user's id, or a word like `system` */
  readonly actor: string
}

/** Without a subject somebody did it to himself. */
export const auditEntry = (
  { clock }: Pick<Ports, 'clock'>,
  actor: string,
  action: string,
  subject = actor,
  details: AuditEntry['details'] = {},
): AuditEntry => ({ at: instant(clock.now()), actor, action, subject, details })
