/** Operations on webhooks. They belong to the office, and each asks whether its caller may see what it hears. */
import {
  changeWebhook,
  createWebhook,
  deliveriesOf,
  removeWebhook,
  testWebhook,
  webhooksFor,
} from '#core/notify/webhooks.ts'
import type { Delivery, Webhook } from '#core/ports.ts'
import { type Actor, actorsOf, nameOf } from './actors.ts'
import type { Doors } from './doors.ts'
import type { Office } from './office.ts'

export const webhookHandlers = ({ members: { webhooks } }: Doors) => ({
  list: webhooks.list.handler(async ({ context: { office, user } }) => {
    const actors = await actorsOf(office.storage.read)
    return (await webhooksFor(office, user)).map((webhook) => webhookView(webhook, actors))
  }),
  create: webhooks.create.handler(async ({ input, context: { office, user } }) => {
    const { webhook, verificationKey } = await createWebhook(office, user, input)
    return { ...(await named(office, webhook)), verificationKey }
  }),
  change: webhooks.change.handler(async ({ input: { id, ...change }, context: { office, user } }) =>
    named(office, await changeWebhook(office, user, id, change)),
  ),
  remove: webhooks.remove.handler(async ({ input, context: { office, user } }) => {
    await removeWebhook(office, user, input.id)
    return { removed: true }
  }),
  test: webhooks.test.handler(async ({ input, context: { office, user } }) =>
    deliveryView(await testWebhook(office, user, input.id)),
  ),
  deliveries: webhooks.deliveries.handler(async ({ input, context: { office, user } }) => {
    const { rows, next } = await deliveriesOf(office, user, input)
    return { rows: rows.map(deliveryView), next }
  }),
})

const named = async ({ storage }: Office, webhook: Webhook) => webhookView(webhook, await actorsOf(storage.read))

const webhookView = (webhook: Webhook, actors: readonly Actor[]) => {
  const { id, url, events, companies, active, createdAt, createdBy } = webhook
  return {
    ...{ id, url, active, createdAt },
    events: [...events],
    companies: companies && [...companies],
    createdBy: nameOf(createdBy, actors),
  }
}

const deliveryView = (delivery: Delivery) => {
  const { id, event, state, tries, createdAt, nextAt, finishedAt, httpStatus, problem, body } = delivery
  return {
    ...{ id, event, state, tries, createdAt, finishedAt, httpStatus, problem, body },
    nextAt: state === 'waiting' ? nextAt : undefined,
  }
}
