/** Webhooks: who is told, of what, and on whose behalf; nobody makes or sees one that hears more than himself. */
import { assertCompanies, assertCovers, covers } from '#core/assignment.ts'
import { auditEntry } from '#core/audit-entry.ts'
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import { given } from '#core/invoice/given.ts'
import type { Delivery, Page, Ports, Webhook } from '#core/ports.ts'
import type { EventType } from '#core/vocabulary.ts'
import { webhookBinding } from '#core/workflow/webhook-binding.ts'
import { deliver, newDelivery } from './delivering.ts'
import { newVerificationKey } from './signature.ts'

type Needed = Pick<Ports, 'storage' | 'keys' | 'courier' | 'clock' | 'ids' | 'log'>

/** Who asks: a person or a program, with what it may see itself. */
export interface Asker {
  readonly id: string
  /** Absent: all */
  readonly companies?: readonly string[] | undefined
}

export interface NewWebhook {
  readonly url: string
  readonly events: readonly EventType[]
  /** Absent: all that the asker may see */
  readonly companies?: readonly string[] | undefined
}

export interface WebhookChange {
  readonly url?: string | undefined
  readonly events?: readonly EventType[] | undefined
  readonly companies?: readonly string[] | undefined
  readonly active?: boolean | undefined
}

/** The key is shown once. Throws `webhook/address`, `access/forbidden`, `company/not-found`. */
export const createWebhook = async (
  ports: Needed,
  asker: Asker,
  { url, events, companies = asker.companies }: NewWebhook,
): Promise<{ readonly webhook: Webhook; readonly verificationKey: string }> => {
  assertCovers(asker.companies, companies)
  await assertAddress(ports, url)
  const id = ports.ids.uuid()
  const verificationKey = newVerificationKey(ports.ids)
  const sealedSecret = await ports.keys.sealSecret(verificationKey, webhookBinding(id))
  const createdAt = instant(ports.clock.now())
  const webhook = await ports.storage.write(async (tx) => {
    await assertCompanies(tx, companies)
    const made: Webhook = {
      ...{ id, url, sealedSecret, events: [...new Set(events)], companies, active: true },
      ...{ createdAt, createdBy: asker.id, cursor: await tx.lastAudit() },
    }
    await tx.addWebhook(made)
    const details = { host: hostOf(url), events, companies }
    await tx.addAudit(auditEntry(ports, asker.id, 'webhook/created', id, details))
    return made
  })
  return { webhook, verificationKey }
}

/** Switched on again, it goes on where it stopped. Throws `webhook/not-found` and what creating throws. */
export const changeWebhook = async (
  ports: Needed,
  asker: Asker,
  id: string,
  { url, events, companies, active }: WebhookChange,
): Promise<Webhook> => {
  await webhookOf(ports, asker, id)
  if (companies !== undefined) assertCovers(asker.companies, companies)
  if (url !== undefined) await assertAddress(ports, url)
  return ports.storage.write(async (tx) => {
    await assertCompanies(tx, companies)
    const change = given({ url, events: events && [...new Set(events)], companies, active })
    if (Object.keys(change).length > 0) await tx.updateWebhook(id, change)
    const told = { ...change, ...given({ url: url && hostOf(url) }) }
    await tx.addAudit(auditEntry(ports, asker.id, 'webhook/changed', id, told))
    const changed = await tx.webhook(id)
    if (changed === undefined) throw notFound(id)
    return changed
  })
}

/** With its deliveries; the audit log keeps that it was there. Throws `webhook/not-found`. */
export const removeWebhook = async (ports: Needed, asker: Asker, id: string): Promise<void> => {
  const { url } = await webhookOf(ports, asker, id)
  await ports.storage.write(async (tx) => {
    await tx.removeWebhook(id)
    await tx.addAudit(auditEntry(ports, asker.id, 'webhook/removed', id, { host: hostOf(url) }))
  })
}

/** Those that hear nothing that the asker may not see. */
export const webhooksFor = async ({ storage }: Pick<Ports, 'storage'>, asker: Asker): Promise<readonly Webhook[]> =>
  (await storage.read.webhooks()).filter(({ companies }) => covers(asker.companies, companies))

/** Newest first. Throws `webhook/not-found`. */
export const deliveriesOf = async (
  ports: Pick<Ports, 'storage'>,
  asker: Asker,
  { id, ...paging }: { readonly id: string; readonly after?: string | undefined; readonly limit: number },
): Promise<Page<Delivery>> => {
  await webhookOf(ports, asker, id)
  return ports.storage.read.deliveries({ webhookId: id, ...paging })
}

/** Sends a message now, whether or not it is active, and tells what came of it. Throws `webhook/not-found`. */
export const testWebhook = async (ports: Needed, asker: Asker, id: string): Promise<Delivery> => {
  await webhookOf(ports, asker, id)
  const at = instant(ports.clock.now())
  const test = { id: ports.ids.uuid(), type: 'webhook.test', at, companyId: undefined, data: {} } as const
  const made = newDelivery(ports, id, test)
  await ports.storage.write((tx) => tx.addDeliveries([made]))
  await deliver(ports, { webhookId: id, deliveryId: made.id, limit: 1 })
  return (await ports.storage.read.delivery(made.id)) ?? made
}

const webhookOf = async ({ storage }: Pick<Ports, 'storage'>, asker: Asker, id: string): Promise<Webhook> => {
  const found = await storage.read.webhook(id)
  if (found === undefined || !covers(asker.companies, found.companies)) throw notFound(id)
  return found
}

const notFound = (id: string): Failure => new Failure('webhook/not-found', { details: { id } })

const assertAddress = async ({ courier }: Needed, url: string): Promise<void> => {
  const problem = courier === undefined ? 'unreachable' : await courier.problemOf(url)
  if (problem !== undefined) throw new Failure('webhook/address', { details: { problem } })
}

/** The rest of an address may be a secret of the receiver. */
const hostOf = (url: string): string => new URL(url).host
