/** What each verdict of the gateway means for a document that is on its way: the whole table in one place. */
import type { HeldReason } from '#core/messages/held.ts'
import type { Endpoint, OutboxRow, Verdict } from '#core/ports.ts'
import type { Schedule } from './schedule.ts'

/** Accepted and rejected are final, they settle the document; everything else keeps its outbox row. */
export type OpenVerdict = Exclude<Verdict['kind'], 'accepted' | 'rejected'>

export interface Consequence {
  readonly state: Extract<OutboxRow['state'], 'pending' | 'unknown' | 'held'>
  readonly schedule: Schedule
  /** Shown to people: why it waits or is held */
  readonly reason?: HeldReason
  readonly endpoint?: Endpoint
  /** Somebody has to do something before it can go on */
  readonly alert?: true
}

export const consequences: Readonly<Record<OpenVerdict, Consequence>> = {
  /** 303: clearance is switched off, the same bytes go to reporting (A10) */
  reroute: { state: 'pending', schedule: 'at-once', endpoint: 'reporting' },
  /** 401, 403: not the document's fault; expired, revoked or wrong credentials */
  'sign-in-refused': { state: 'pending', schedule: 'paused', reason: 'sign-in-refused', alert: true },
  /** 404, 405, 406, 415, or a certificate that is not the gateway's */
  misconfigured: { state: 'pending', schedule: 'paused', reason: 'misconfigured', alert: true },
  /** 428 */
  'renewal-needed': { state: 'pending', schedule: 'paused', reason: 'renewal-needed', alert: true },
  /** 413: nobody but a person can make it smaller */
  'too-large': { state: 'held', schedule: 'at-once', reason: 'too-large', alert: true },
  /** 429 */
  throttled: { state: 'pending', schedule: 'throttled' },
  /** 5xx, reset, timeout, cut or unreadable answer: it may have arrived, so the identical bytes are sent again (A8) */
  unknown: { state: 'unknown', schedule: 'unknown' },
  /** DNS, refused, TLS: it certainly did not arrive */
  unsent: { state: 'pending', schedule: 'unsent' },
}
