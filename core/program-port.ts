/** What is needed from outside for programs that work with the office: keys, the feed of what happened, webhooks. A part of `ports.ts`. */
import type { ApiKey, AuditFilter, Delivery, FeedEntry, PlacedAuditEntry, Webhook } from './program-records.ts'
import type { Page, Scope } from './records.ts'
import type { DeliveryProblem } from './vocabulary.ts'

export interface ProgramReader {
  /** Newest first */
  auditPage(filter: AuditFilter): Promise<Page<PlacedAuditEntry>>
  /** In the order of the log, which is the order of the commits: entries of these actions behind a place of the log */
  auditFeed(of: {
    readonly after: number
    readonly actions: readonly string[]
    readonly limit: number
  }): Promise<readonly FeedEntry[]>
  /** The place of the last entry; 0 when there is none */
  lastAudit(): Promise<number>
  /** Newest first, those that were revoked too */
  apiKeys(): Promise<readonly ApiKey[]>
  apiKeyByHash(keySha256: string): Promise<ApiKey | undefined>
  /** Every key by its name, as a history is read */
  programs(): Promise<readonly Pick<ApiKey, 'id' | 'name'>[]>
  /** Newest first */
  webhooks(): Promise<readonly Webhook[]>
  webhook(id: string): Promise<Webhook | undefined>
  /** Those that are active and have a delivery whose time has come */
  dueWebhooks(now: string): Promise<readonly string[]>
  /** Newest first */
  deliveries(of: {
    readonly webhookId: string
    /** Opaque: the last page's `next` */
    readonly after?: string | undefined
    readonly limit: number
  }): Promise<Page<Delivery>>
  delivery(id: string): Promise<Delivery | undefined>
  /** Whether the webhook took a message that was made later */
  deliveredSince(webhookId: string, createdAt: string): Promise<boolean>
}

export interface ProgramWriter {
  addApiKey(key: ApiKey): Promise<void>
  addWebhook(webhook: Webhook): Promise<void>
  updateWebhook(
    id: string,
    change: Partial<Pick<Webhook, 'url' | 'events' | 'active' | 'cursor' | 'sealedSecret'>> & {
      readonly companies?: Scope | undefined
    },
  ): Promise<void>
  /** With its deliveries */
  removeWebhook(id: string): Promise<void>
  /** Under its lock until the transaction ends; undefined when another replica holds it. */
  lockWebhook(id: string): Promise<Webhook | undefined>
  /** A second one for the same entry of the audit log is passed over. */
  addDeliveries(deliveries: readonly Delivery[]): Promise<void>
  /** Leases due deliveries of a webhook (or this one, due or not) by database time, counting each as one more try. */
  claimDeliveries(of: {
    readonly webhookId: string
    readonly deliveryId?: string
    readonly limit: number
    readonly leaseSeconds: number
  }): Promise<readonly Delivery[]>
  /** Only while the lease of this try is still ours; false when somebody else tries by now. */
  finishDelivery(
    id: string,
    tries: number,
    change: Pick<Delivery, 'state' | 'httpStatus' | 'problem' | 'finishedAt'> & {
      readonly nextAt?: string | undefined
    },
  ): Promise<boolean>
  /** Removes what was delivered or given up before. */
  forgetDeliveries(before: string): Promise<void>
  updateApiKey(id: string, change: Partial<Pick<ApiKey, 'lastUsedAt' | 'revokedAt'>>): Promise<void>
}

/** What became of a message: an answer, or why there was none. */
export type Posted =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'failed'; readonly problem: DeliveryProblem }

/** Carries messages to addresses that people of the office chose. Never into the office's own network, never anywhere else than asked. */
export interface Courier {
  /** Why nothing would be carried to this address; undefined when it would */
  problemOf(url: string): Promise<DeliveryProblem | undefined>
  /** Never rejects. Answers are not read beyond their status. */
  post(message: {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }): Promise<Posted>
}
