/** What is kept for programs that work with the office: their keys, the feed of what happened, and webhooks. A part of `records.ts`. */
import type { AuditEntry, DocumentRecord, Scope, Unit } from './records.ts'
import type { DeliveryProblem, DeliveryState, EventType, Role } from './vocabulary.ts'

/** A program that signs in with a key instead of a person; the key itself is nowhere. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  /** Its first characters, to know it again */
  readonly prefix: string
  readonly keySha256: string
  readonly role: Role
  /** The client companies that it may see and work for; undefined: all */
  readonly companies: readonly string[] | undefined
  readonly createdAt: string
  readonly createdBy: string
  readonly expiresAt: string | undefined
  /** To the minute */
  readonly lastUsedAt: string | undefined
  readonly revokedAt: string | undefined
}

/** An entry with its place in the log. */
export interface PlacedAuditEntry extends AuditEntry {
  readonly seq: number
}

export interface AuditFilter {
  /** What is about one of these companies, or something of theirs */
  readonly within?: Scope | undefined
  readonly subject?: string | undefined
  readonly actor?: string | undefined
  readonly action?: string | undefined
  /** First and last moment, both included */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Opaque: the last page's `next` */
  readonly after?: string | undefined
  readonly limit: number
}

/** An entry with what it is about, as far as that is a document or a unit (also by the road of its certificate). */
export interface FeedEntry extends PlacedAuditEntry {
  readonly document:
    | Pick<
        DocumentRecord,
        'id' | 'companyId' | 'unitId' | 'environment' | 'number' | 'uuid' | 'icv' | 'kind' | 'profile'
      >
    | undefined
  readonly unit: Pick<Unit, 'id' | 'companyId' | 'environment' | 'name'> | undefined
}

/** An address that is told what happens. */
export interface Webhook {
  readonly id: string
  readonly url: string
  /** What messages are signed with, sealed by the key store */
  readonly sealedSecret: string
  readonly events: readonly EventType[]
  /** Whose documents and units it hears of; undefined: all, and what concerns the office itself */
  readonly companies: readonly string[] | undefined
  readonly active: boolean
  readonly createdAt: string
  readonly createdBy: string
  /** Up to this place of the audit log everything it wants to hear has become a delivery */
  readonly cursor: number
}

/** One message to one webhook: made once, sent until it is taken, always in the same bytes. */
export interface Delivery {
  readonly id: string
  readonly webhookId: string
  readonly event: EventType
  /** The entry of the audit log; undefined for a message of the test button */
  readonly auditSeq: number | undefined
  readonly companyId: string | undefined
  readonly body: string
  readonly state: DeliveryState
  /** Transmissions begun; whoever holds the lease knows it by this number */
  readonly tries: number
  readonly nextAt: string
  readonly leaseUntil: string | undefined
  readonly httpStatus: number | undefined
  readonly problem: DeliveryProblem | undefined
  readonly createdAt: string
  readonly finishedAt: string | undefined
}
