/** What happens, told to programs as it happens: as a stream of events, or by messages to their own address. */
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { deliveryProblems, deliveryStates, eventTypes } from '../../vocabulary.ts'
import { paging } from './document-filter.ts'
import { id, instant } from './shapes.ts'

const event = z.object({
  /** A place in the one order of all events */
  id: z.string(),
  type: z.enum(eventTypes),
  timestamp: instant,
  /** Absent when it concerns no single company */
  companyId: id.optional(),
  data: z.record(z.string(), z.unknown()),
})

export const events = {
  listen: oc
    .route({
      method: 'GET',
      path: '/events',
      summary: 'Events of all replicas as they happen (server-sent events); Last-Event-ID goes on where a stream ended',
      tags: ['events'],
    })
    /** The id of the last event heard, for those who cannot send the header; without either: from now on */
    .input(
      z.strictObject({
        after: z
          .string()
          .regex(/^\d{1,9}$/)
          .optional(),
      }),
    )
    .output(eventIterator(event)),
}

const webhook = z.object({
  id,
  url: z.string(),
  events: z.array(z.enum(eventTypes)),
  /** Absent: all */
  companies: z.array(id).optional(),
  /** False when somebody switched it off, or when it took nothing for three days */
  active: z.boolean(),
  createdAt: instant,
  createdBy: z.string(),
})

const delivery = z.object({
  /** The header `webhook-id`: the same at every try */
  id,
  event: z.enum(eventTypes),
  state: z.enum(deliveryStates),
  tries: z.number().int(),
  createdAt: instant,
  /** When it is tried again */
  nextAt: instant.optional(),
  finishedAt: instant.optional(),
  httpStatus: z.number().int().optional(),
  problem: z.enum(deliveryProblems).optional(),
  body: z.string(),
})

const url = z.string().max(2000)
const wanted = z.array(z.enum(eventTypes)).min(1)
const companies = z.array(id).min(1).max(1000).optional()
const byId = z.strictObject({ id })
const tags = ['webhooks']

export const webhooks = {
  list: oc
    .route({ method: 'GET', path: '/webhooks', summary: 'Webhooks, newest first', tags })
    .output(z.array(webhook)),
  create: oc
    .route({
      method: 'POST',
      path: '/webhooks',
      summary: 'Tell an address what happens; the answer is the only place where the key of its signatures is shown',
      tags,
    })
    .input(z.strictObject({ url, events: wanted, companies }))
    .output(webhook.extend({ verificationKey: z.string() })),
  change: oc
    .route({ method: 'PATCH', path: '/webhooks/{id}', summary: 'Change a webhook, or switch it off and on', tags })
    .input(byId.extend({ url: url.optional(), events: wanted.optional(), companies, active: z.boolean().optional() }))
    .output(webhook),
  remove: oc
    .route({
      method: 'DELETE',
      path: '/webhooks/{id}',
      summary: 'Remove a webhook with the log of its deliveries',
      tags,
    })
    .input(byId)
    .output(z.object({ removed: z.literal(true) })),
  test: oc
    .route({ method: 'POST', path: '/webhooks/{id}/test', summary: 'Send a message now and say what came of it', tags })
    .input(byId)
    .output(delivery),
  deliveries: oc
    .route({
      method: 'GET',
      path: '/webhooks/{id}/deliveries',
      summary: 'Messages of the last 30 days, newest first',
      tags,
    })
    .input(byId.extend(paging))
    .output(z.object({ rows: z.array(delivery), next: z.string().optional() })),
}
