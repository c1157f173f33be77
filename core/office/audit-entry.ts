/** The part of an audit entry that every operation of the office fills in alike. */
import type { AuditEntry, Ports } from '#core/ports.ts'

export interface Actor {
  /** Who does it: the user's id */
  readonly actor: string
}

export const auditEntry = (
  { clock }: Pick<Ports, 'clock'>,
  { actor }: Actor,
  action: string,
): Pick<AuditEntry, 'at' | 'actor' | 'action'> => ({ at: new Date(clock.now()).toISOString(), actor, action })
