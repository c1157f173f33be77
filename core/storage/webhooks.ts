/** Webhooks and what is on its way to them: rows that replicas lease from each other, by the database's clock. */
import { and, asc, desc, eq, getTableColumns, gt, inArray, lt, lte, ne, or, sql } from 'drizzle-orm'
import { Failure } from '#core/errors.ts'
import type { Delivery, Reader, Writer } from '#core/ports.ts'
import { type Db, record, type Transaction } from './db.ts'
import { webhookDelivery as delivery, webhook } from './schema.postgres.ts'

type WebhookReader = Pick<Reader, 'webhooks' | 'webhook' | 'dueWebhooks' | 'deliveries' | 'delivery' | 'deliveredSince'>

export const webhookReader = (db: Db): WebhookReader => ({
  webhooks: async () => (await db.select().from(webhook).orderBy(desc(webhook.createdAt), webhook.id)).map(record),
  webhook: async (id) => (await db.select().from(webhook).where(eq(webhook.id, id))).map(record)[0],
  dueWebhooks: async (now) => {
    const rows = await db
      .selectDistinct({ id: delivery.webhookId })
      .from(delivery)
      .innerJoin(webhook, eq(webhook.id, delivery.webhookId))
      .where(and(eq(webhook.active, true), due(now)))
    return rows.map(({ id }) => id)
  },
  deliveries: async ({ webhookId, after, limit }) => {
    const rows = await db
      .select()
      .from(delivery)
      .where(and(eq(delivery.webhookId, webhookId), after === undefined ? undefined : cursor.after(after)))
      .orderBy(desc(delivery.createdAt), desc(delivery.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit).map(record)
    const last = page.at(-1)
    return { rows: page, next: rows.length > limit && last ? cursor.write(last) : undefined }
  },
  delivery: async (id) => (await db.select().from(delivery).where(eq(delivery.id, id))).map(record)[0],
  deliveredSince: async (webhookId, createdAt) => {
    const later = and(
      eq(delivery.webhookId, webhookId),
      eq(delivery.state, 'delivered'),
      ne(delivery.event, 'webhook.test'),
      gt(delivery.createdAt, createdAt),
    )
    return (await db.select({ id: delivery.id }).from(delivery).where(later).limit(1)).length > 0
  },
})

/** Waits for its time, or was being sent by somebody who is gone. */
const due = (now: string) =>
  or(
    and(eq(delivery.state, 'waiting'), lte(delivery.nextAt, now)),
    and(eq(delivery.state, 'sending'), lt(delivery.leaseUntil, now)),
  )

/** Newest first; the place of a row in that order travels as the page's opaque `next`. */
const cursor = {
  write: ({ createdAt, id }: Delivery): string => Buffer.from(`${createdAt} ${id}`).toString('base64url'),
  after: (text: string) => {
    const [createdAt, id] = Buffer.from(text, 'base64url').toString().split(' ')
    if (createdAt === undefined || id === undefined)
      throw new Failure('request/invalid', { details: { findings: [{ path: 'after', code: 'cursor/malformed' }] } })
    return or(lt(delivery.createdAt, createdAt), and(eq(delivery.createdAt, createdAt), lt(delivery.id, id)))
  },
}

type WebhookWriter = Pick<
  Writer,
  | 'addWebhook'
  | 'updateWebhook'
  | 'removeWebhook'
  | 'lockWebhook'
  | 'addDeliveries'
  | 'claimDeliveries'
  | 'finishDelivery'
  | 'forgetDeliveries'
>

export const webhookWriter = ({ db, rowLocks, now }: Transaction): WebhookWriter => ({
  addWebhook: async (added) => {
    await db.insert(webhook).values(added)
  },
  updateWebhook: async (id, { companies, ...change }) => {
    const set = {
      ...change,
      ...(companies === undefined ? {} : { companies: companies === 'all' ? sql`null` : companies }),
    }
    await db.update(webhook).set(set).where(eq(webhook.id, id))
  },
  removeWebhook: async (id) => {
    await db.delete(delivery).where(eq(delivery.webhookId, id))
    await db.delete(webhook).where(eq(webhook.id, id))
  },
  lockWebhook: async (id) => {
    const query = db.select().from(webhook).where(eq(webhook.id, id))
    return (await (rowLocks ? query.for('update', { skipLocked: true }) : query)).map(record)[0]
  },
  addDeliveries: async (added) => {
    if (added.length > 0)
      await db
        .insert(delivery)
        .values([...added])
        .onConflictDoNothing()
  },
  claimDeliveries: async ({ webhookId, deliveryId, limit, leaseSeconds }) => {
    const at = await now()
    const query = db
      .select({ id: delivery.id })
      .from(delivery)
      .where(and(eq(delivery.webhookId, webhookId), deliveryId === undefined ? due(at) : eq(delivery.id, deliveryId)))
      .orderBy(asc(delivery.nextAt))
      .limit(limit)
    const ids = (await (rowLocks ? query.for('update', { skipLocked: true }) : query)).map(({ id }) => id)
    if (ids.length === 0) return []
    const leaseUntil = new Date(Date.parse(at) + leaseSeconds * 1000).toISOString()
    const claimed = await db
      .update(delivery)
      .set({ state: 'sending', leaseUntil, tries: sql`${delivery.tries} + 1` })
      .where(inArray(delivery.id, ids))
      .returning(getTableColumns(delivery))
    return claimed.map(record)
  },
  finishDelivery: async (id, tries, { state, nextAt, httpStatus, problem, finishedAt }) => {
    const finished = await db
      .update(delivery)
      .set({
        ...{ state, leaseUntil: sql`null` },
        ...{ httpStatus: httpStatus ?? sql`null`, problem: problem ?? sql`null`, finishedAt: finishedAt ?? sql`null` },
        ...(nextAt === undefined ? {} : { nextAt }),
      })
      .where(and(eq(delivery.id, id), eq(delivery.tries, tries), eq(delivery.state, 'sending')))
      .returning({ id: delivery.id })
    return finished.length === 1
  },
  forgetDeliveries: async (before) => {
    await db
      .delete(delivery)
      .where(and(inArray(delivery.state, ['delivered', 'given-up']), lt(delivery.finishedAt, before)))
  },
})
