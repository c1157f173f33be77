/** What each verdict of the gateway means for a document that is on its way, and for the roads it travelled on: two tables. */
import type { HeldReason } from '#core/messages/held.ts'
import type { Endpoint, OutboxRow, Verdict } from '#core/ports.ts'
import type { RoadReason, VerdictKind } from '#core/vocabulary.ts'
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

/** What closes a road (below) leaves the document due: it goes when the road does. */
export const consequences: Readonly<Record<OpenVerdict, Consequence>> = {
  /** 303: clearance is switched off, the same bytes go to reporting (A10) */
  reroute: { state: 'pending', schedule: 'at-once', endpoint: 'reporting' },
  /** 401, 403: not the document's fault; expired, revoked or wrong credentials */
  'sign-in-refused': { state: 'pending', schedule: 'at-once', reason: 'sign-in-refused', alert: true },
  /** 404, 405, 406, 415, or a certificate that is not the gateway's */
  misconfigured: { state: 'pending', schedule: 'at-once', reason: 'misconfigured', alert: true },
  /** 428 */
  'renewal-needed': { state: 'pending', schedule: 'at-once', reason: 'renewal-needed', alert: true },
  /** 413: nobody but a person can make it smaller */
  'too-large': { state: 'held', schedule: 'at-once', reason: 'too-large', alert: true },
  /** 429 */
  throttled: { state: 'pending', schedule: 'throttled' },
  /** 5xx, reset, timeout, cut or unreadable answer: it may have arrived, so the identical bytes are sent again (A8) */
  unknown: { state: 'unknown', schedule: 'unknown' },
  /** DNS, refused, TLS: it certainly did not arrive */
  unsent: { state: 'pending', schedule: 'unsent' },
}

/** An environment as a whole, one of its two endpoints, or one credential. */
export type RoadKind = 'environment' | 'endpoint' | 'credential'

/** It works, it failed, it wants less at a time, or it is closed for a reason that repeating does not remove. */
export type RoadNews = 'works' | 'fails' | 'slower' | Exclude<RoadReason, 'paused' | 'unreachable'>

/** A road that is not named learns nothing from the answer. */
export const roadNews: Readonly<Record<VerdictKind, Readonly<Partial<Record<RoadKind, RoadNews>>>>> = {
  accepted: { environment: 'works', endpoint: 'works', credential: 'works' },
  rejected: { environment: 'works', endpoint: 'works', credential: 'works' },
  reroute: { environment: 'works', endpoint: 'works', credential: 'works' },
  'sign-in-refused': { environment: 'works', endpoint: 'works', credential: 'sign-in-refused' },
  misconfigured: { environment: 'misconfigured' },
  'renewal-needed': { environment: 'works', endpoint: 'works', credential: 'renewal-needed' },
  'too-large': { environment: 'works', endpoint: 'works' },
  throttled: { environment: 'works', endpoint: 'slower' },
  unknown: { endpoint: 'fails' },
  unsent: { endpoint: 'fails' },
}
