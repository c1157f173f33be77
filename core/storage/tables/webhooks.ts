/** Who is told of events, and what became of each message. */
import type { Delivery, Webhook } from '#core/ports.ts'
import type { books } from './books.ts'
import type { Words } from './words.ts'

export const webhooks = (words: Words, { company }: Pick<ReturnType<typeof books>, 'company'>) => {
  const { table, text, json, integer, flag, unique, index, optional, optionalInteger, someCompanies } = words

  const webhook = table('webhook', {
    id: text('id').primaryKey(),
    url: text('url').notNull(),
    sealedSecret: text('sealed_secret').notNull(),
    events: json('events').$type<Webhook['events']>().notNull(),
    companies: someCompanies(),
    active: flag('active').notNull(),
    createdAt: text('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    /** Up to this entry of the audit log everything it wants to hear has become a delivery */
    cursor: integer('cursor').notNull(),
  })

  const webhookDelivery = table(
    'webhook_delivery',
    {
      id: text('id').primaryKey(),
      webhookId: text('webhook_id')
        .notNull()
        .references(() => webhook.id),
      event: text('event').$type<Delivery['event']>().notNull(),
      /** The entry of the audit log; absent for one sent by the test button */
      auditSeq: optionalInteger('audit_seq'),
      companyId: optional('company_id').references(() => company.id),
      body: text('body').notNull(),
      state: text('state').$type<Delivery['state']>().notNull(),
      tries: integer('tries').notNull(),
      nextAt: text('next_at').notNull(),
      leaseUntil: optional('lease_until'),
      httpStatus: optionalInteger('http_status'),
      problem: optional('problem').$type<Delivery['problem']>(),
      createdAt: text('created_at').notNull(),
      finishedAt: optional('finished_at'),
    },
    (at) => [
      unique('webhook_delivery_once').on(at.webhookId, at.auditSeq),
      index('webhook_delivery_next').on(at.state, at.nextAt),
      index('webhook_delivery_page').on(at.webhookId, at.createdAt),
    ],
  )

  return { webhook, webhookDelivery }
}
