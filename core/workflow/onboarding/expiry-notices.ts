/** Writes into the audit log, once for each certificate and step, that a certificate in use comes to its end: programs hear of it there. */
import { auditEntry } from '#core/audit-entry.ts'
import { asFailure } from '#core/errors.ts'
import type { Ports } from '#core/ports.ts'
import { pause } from '../pause.ts'
import { freshRoad } from '../sending/roads.ts'
import { type ExpiryEntry, expiriesByUrgency } from './certificates.ts'

type Needed = Pick<Ports, 'storage' | 'clock'>

const action = 'certificate/expiring'

/** Runs until the signal. */
export const watchExpiries = async (ports: Ports, signal: AbortSignal, everyMs = 3_600_000): Promise<void> => {
  while (!signal.aborted) {
    try {
      await noteExpiries(ports)
    } catch (error) {
      ports.log.warn('certificates/watch-failed', { code: asFailure(error).code })
    }
    await pause(everyMs, signal)
  }
}

/** Notes every step (90, 30, 14, 7, 1 days, over) that a certificate has reached and nobody has noted yet. */
export const noteExpiries = async (ports: Needed): Promise<void> => {
  for (const expiry of await expiriesByUrgency(ports)) if (expiry.warning !== undefined) await note(ports, expiry)
}

const note = async ({ storage, clock }: Needed, { csidId, notAfter, warning: level }: ExpiryEntry): Promise<void> => {
  const subject = `csid/${csidId}`
  const noted = (entry: { readonly action: string; readonly details: Readonly<Record<string, unknown>> }) =>
    entry.action === action && entry.details['level'] === level
  if ((await storage.read.audit(subject)).some(noted)) return
  await storage.write(async (tx) => {
    // The road of the credential stands for it: whoever holds its lock is the only one to note this.
    await tx.lockRoad(freshRoad(subject, clock.now()))
    if ((await tx.audit(subject)).some(noted)) return
    await tx.addAudit(auditEntry({ clock }, 'system', action, subject, { notAfter, level }))
  })
}
