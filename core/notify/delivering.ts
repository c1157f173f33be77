/**
 * From events to messages and from messages to receivers. Both steps lease rows, so that replicas share the work and one that dies loses
 * nothing: a message may come twice, always with the same id and the same bytes, and never not at all.
 */
import { auditEntry } from '#core/audit-entry.ts'
import { asFailure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Delivery, Ports, Posted, Webhook } from '#core/ports.ts'
import type { DeliveryProblem } from '#core/vocabulary.ts'
import { webhookBinding } from '#core/workflow/webhook-binding.ts'
import { concerns, type Event, eventsAfter } from './events.ts'
import { signedHeaders } from './signature.ts'

type Needed = Pick<Ports, 'storage' | 'keys' | 'courier' | 'clock' | 'ids' | 'log'>

// ---- from events to messages -----------------------------------------------------------------------------------------------

/** Turns what happened since into deliveries, webhook by webhook. */
export const spread = async (ports: Needed): Promise<void> => {
  const { read } = ports.storage
  const active = (await read.webhooks()).filter((webhook) => webhook.active)
  const last = active.length === 0 ? 0 : await read.lastAudit()
  for (const { id, cursor } of active) if (cursor < last) await spreadTo(ports, id)
}

/** The place in the log moves with the deliveries, in one commit. */
const spreadTo = (ports: Needed, id: string): Promise<void> =>
  ports.storage.write(async (tx) => {
    const webhook = await tx.lockWebhook(id)
    if (webhook === undefined || !webhook.active) return
    const { events, upTo } = await eventsAfter(tx, webhook.cursor)
    const wanted = events.filter((event) => wants(webhook, event))
    await tx.addDeliveries(wanted.map((event) => newDelivery(ports, id, event, Number(event.id))))
    await tx.updateWebhook(id, { cursor: upTo })
  })

const wants = ({ events, companies }: Webhook, event: Event): boolean =>
  events.includes(event.type) && concerns(event, companies ?? 'all')

/** Waits for its first try. `auditSeq`: the event's place in the log, if it is from there. */
export const newDelivery = (
  { ids, clock }: Pick<Ports, 'ids' | 'clock'>,
  webhookId: string,
  { id, type, at, companyId, data }: Event,
  auditSeq?: number,
): Delivery => {
  const now = instant(clock.now())
  return {
    ...{ id: ids.uuid(), webhookId, event: type, auditSeq, companyId },
    body: JSON.stringify({ id, type, timestamp: at, companyId, data }),
    ...{ state: 'waiting', tries: 0, nextAt: now, leaseUntil: undefined, httpStatus: undefined, problem: undefined },
    ...{ createdAt: now, finishedAt: undefined },
  }
}

// ---- from messages to receivers --------------------------------------------------------------------------------------------

const minute = 60
const hour = 60 * minute

/** Seconds until the next try; after the last of them a message is given up, almost three days after the first. */
const waits = [10, minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 12 * hour, 24 * hour, 24 * hour]

/** Longer than the courier's own patience. */
const leaseSeconds = 60

/** The receiver says that nobody lives there any more. */
const GONE = 410

export interface Chosen {
  readonly webhookId: string
  readonly deliveryId?: string
  readonly limit: number
}

/** Sends some due deliveries of a webhook and records what came of them; how many it sent. */
export const deliver = async (ports: Needed, chosen: Chosen): Promise<number> => {
  const claimed = await ports.storage.write((tx) => tx.claimDeliveries({ ...chosen, leaseSeconds }))
  const webhook = claimed.length === 0 ? undefined : await ports.storage.read.webhook(chosen.webhookId)
  if (webhook !== undefined) await Promise.all(claimed.map((delivery) => send(ports, webhook, delivery)))
  return claimed.length
}

interface Outcome {
  readonly httpStatus: number | undefined
  /** Undefined: taken */
  readonly problem: DeliveryProblem | undefined
}

const send = async (ports: Needed, webhook: Webhook, delivery: Delivery): Promise<void> => {
  const posted = await post(ports, webhook, delivery)
  const outcome = outcomeOf(posted)
  await (outcome.problem === undefined ? finish(ports, delivery, outcome) : fail(ports, delivery, outcome))
}

const post = async ({ keys, courier, clock, log }: Needed, webhook: Webhook, delivery: Delivery): Promise<Posted> => {
  if (courier === undefined) return { kind: 'failed', problem: 'unreachable' }
  try {
    const verificationKey = await keys.openSecret(webhook.sealedSecret, webhookBinding(webhook.id))
    const { id, body } = delivery
    const headers = { ...signedHeaders(verificationKey, id, body, clock.now()), 'content-type': 'application/json' }
    return await courier.post({ url: webhook.url, headers, body })
  } catch (error) {
    log.error('webhook/not-sent', { webhook: webhook.id, code: asFailure(error).code })
    return { kind: 'failed', problem: 'unsealable' }
  }
}

const finish = ({ storage, clock }: Needed, { id, tries }: Delivery, outcome: Outcome): Promise<unknown> =>
  storage.write((tx) =>
    tx.finishDelivery(id, tries, { ...outcome, state: 'delivered', finishedAt: instant(clock.now()) }),
  )

/** Tried again later, or given up: then the webhook is switched off, unless it has taken something since. */
const fail = async (ports: Needed, delivery: Delivery, outcome: Outcome): Promise<void> => {
  const { id, tries, event, createdAt, webhookId } = delivery
  const now = ports.clock.now()
  const wait = event === 'webhook.test' || outcome.httpStatus === GONE ? undefined : waits[tries - 1]
  if (wait !== undefined) {
    const later = { ...outcome, state: 'waiting', nextAt: instant(now + wait * 1000), finishedAt: undefined } as const
    await ports.storage.write((tx) => tx.finishDelivery(id, tries, later))
    return
  }
  const switchedOff = await ports.storage.write(async (tx) => {
    const ours = await tx.finishDelivery(id, tries, { ...outcome, state: 'given-up', finishedAt: instant(now) })
    if (!ours || event === 'webhook.test' || (await tx.deliveredSince(webhookId, createdAt))) return false
    await tx.updateWebhook(webhookId, { active: false })
    await tx.addAudit(auditEntry(ports, 'system', 'webhook/deactivated', webhookId, { ...outcome }))
    return true
  })
  if (switchedOff) ports.log.error('webhook/deactivated', { webhook: webhookId, problem: outcome.problem })
}

const outcomeOf = (posted: Posted): Outcome => {
  if (posted.kind === 'failed') return { httpStatus: undefined, problem: posted.problem }
  const { status } = posted
  if (status >= 200 && status < 300) return { httpStatus: status, problem: undefined }
  return { httpStatus: status, problem: status >= 300 && status < 400 ? 'redirect' : 'status' }
}
