/** Webhooks on both engines, with a real receiver: signed so that openssl agrees, repeated until taken, shared by replicas, given up with notice. */
import { execFileSync } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { courier } from '#core/courier/courier.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import { systemIds } from '#core/keys/system.ts'
import { deliver, spread } from '#core/notify/delivering.ts'
import {
  changeWebhook,
  createWebhook,
  deliveriesOf,
  removeWebhook,
  testWebhook,
  webhooksFor,
} from '#core/notify/webhooks.ts'
import type { Storage } from '#core/ports.ts'
import { jsonLog } from '#core/system/log.ts'
import { describeEngines, failing, type TestDatabase } from '../storage/engines.ts'
import { aCompany, addReady, appendWithin, PAST, type Ready } from '../storage/records.ts'

const sara = { id: 'sara' } as const

interface Heard {
  readonly id: string
  readonly type: string
  readonly body: string
  readonly headers: IncomingMessage['headers']
}

/** Listens on this machine, keeps what it hears, and answers as it is told. */
const receiver = async () => {
  const heard: Heard[] = []
  let answer = (response: ServerResponse): void => void response.writeHead(204).end()
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request)).toString()
    const { type } = JSON.parse(body)
    heard.push({ id: String(request.headers['webhook-id']), type, body, headers: request.headers })
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    heard,
    url: `http://127.0.0.1:${address.port}/hook`,
    answers: (next: typeof answer) => {
      answer = next
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const quiet = jsonLog({ destination: { write: () => undefined } })

await describeEngines('webhooks', (engine) => {
  let database: TestDatabase
  let storage: Storage
  let replica: Storage
  let ready: Ready
  let other: Ready
  let listener: Awaited<ReturnType<typeof receiver>>
  /** Long ago: whatever is put off until later is due at once by the database's clock. */
  let now = Date.parse('2024-06-01T08:00:00.000Z')
  const keys = keyStore(memoryEncryption())
  const carrying = courier({ plain: true, allowed: ['127.0.0.1'], timeoutMs: 500 })

  beforeAll(async () => {
    database = await engine.create()
    storage = await database.open()
    replica = await database.open()
    ready = await addReady(storage)
    other = await addReady(storage, aCompany('310000000000003'))
  })
  beforeEach(async () => {
    listener = await receiver()
    return async () => {
      listener.close()
      for (const { id } of await storage.read.webhooks()) await storage.write((tx) => tx.removeWebhook(id))
    }
  })
  afterAll(async () => {
    await replica.close()
    await storage.close()
  })

  const ports = (where = storage) => ({
    ...{ storage: where, keys, courier: carrying, ids: systemIds, log: quiet },
    clock: { now: () => now },
  })
  const hook = (change: object = {}) =>
    createWebhook(ports(), sara, { url: listener.url, events: ['invoice.issued'], ...change })
  const issue = (whose = ready) =>
    storage.write(async (tx) => {
      const { id } = await appendWithin(tx, whose)
      await tx.addAudit({ at: PAST, actor: 'sara', action: 'document/issued', subject: id, details: {} })
    })
  const log = async (id: string) => (await deliveriesOf(ports(), sara, { id, limit: 50 })).rows
  /** As the loop of a server does it, once. */
  const round = async (where = storage) => {
    await spread(ports(where))
    for (const webhookId of await where.read.dueWebhooks(new Date().toISOString()))
      await deliver(ports(where), { webhookId, limit: 4 })
  }

  test('tells what happens from now on, signed so that openssl agrees', async () => {
    await issue()
    const { webhook, verificationKey } = await hook()
    await issue()
    await round()
    expect(listener.heard).toHaveLength(1)
    const [message] = listener.heard
    if (message === undefined) throw new Error('nothing was heard')
    const { id, body, headers } = message
    expect(JSON.parse(body)).toMatchObject({
      type: 'invoice.issued',
      companyId: ready.company.id,
      data: { invoice: {} },
    })
    const key = Buffer.from(verificationKey.replace(/^whsec_/, ''), 'base64').toString('hex')
    const digest = execFileSync('openssl', ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${key}`, '-binary'], {
      input: `${id}.${headers['webhook-timestamp']}.${body}`,
    })
    expect(headers['webhook-signature']).toBe(`v1,${digest.toString('base64')}`)
    expect(Number(headers['webhook-timestamp'])).toBe(now / 1000)
    expect(await log(webhook.id)).toMatchObject([{ id, state: 'delivered', tries: 1, httpStatus: 204 }])
    await round()
    expect(listener.heard).toHaveLength(1)
  })

  test('keeps its key sealed, and neither key nor path of the address in the audit log', async () => {
    const { webhook, verificationKey } = await hook({ url: `${listener.url}/canary` })
    const stored = JSON.stringify([await database.sql('SELECT * FROM webhook'), await storage.read.audit(webhook.id)])
    expect(stored).not.toContain(verificationKey.slice(6))
    expect(JSON.stringify(await storage.read.audit(webhook.id))).not.toContain('canary')
  })

  test.each<[string, (response: ServerResponse) => void, object]>([
    ['says no', (response) => void response.writeHead(500).end(), { problem: 'status', httpStatus: 500 }],
    ['hangs', () => undefined, { problem: 'timeout' }],
    [
      'sends elsewhere',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1/x' }).end(),
      { problem: 'redirect', httpStatus: 302 },
    ],
  ])('repeats the same message under the same id to a receiver that %s', async (_what, answer, problem) => {
    const { webhook } = await hook()
    listener.answers(answer)
    await issue()
    await round()
    expect(await log(webhook.id)).toMatchObject([{ state: 'waiting', tries: 1, ...problem }])
    const [failed] = await log(webhook.id)
    expect(Date.parse(failed?.nextAt ?? '')).toBe(now + 10_000)
    listener.answers((response) => void response.writeHead(200).end())
    now += 10_000
    await round()
    expect(new Set(listener.heard.map(({ id, body }) => `${id} ${body}`)).size).toBe(1)
    expect(new Set(listener.heard.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(2)
    expect(await log(webhook.id)).toMatchObject([{ state: 'delivered', tries: 2, problem: undefined }])
  })

  test('gives a message up after three days of trying, switches itself off, and says so', async () => {
    const { webhook } = await hook()
    listener.answers((response) => void response.writeHead(503).end())
    await issue()
    await spread(ports())
    const waits: number[] = []
    for (let tries = 1; tries < 10; tries++) {
      await deliver(ports(), { webhookId: webhook.id, limit: 1 })
      const [waiting] = await log(webhook.id)
      waits.push((Date.parse(waiting?.nextAt ?? '') - now) / 1000)
    }
    expect(waits).toEqual([10, 60, 300, 1800, 7200, 21_600, 43_200, 86_400, 86_400])
    await deliver(ports(), { webhookId: webhook.id, limit: 1 })
    expect(await log(webhook.id)).toMatchObject([{ state: 'given-up', tries: 10, httpStatus: 503 }])
    expect(await storage.read.webhook(webhook.id)).toMatchObject({ active: false })
    expect((await storage.read.audit(webhook.id)).map(({ action }) => action)).toContain('webhook/deactivated')
    await issue()
    await round()
    expect(listener.heard).toHaveLength(10)
    listener.answers((response) => void response.writeHead(200).end())
    await changeWebhook(ports(), sara, webhook.id, { active: true })
    await round()
    expect(listener.heard).toHaveLength(11)
  })

  test('stays on when it has taken something since, and goes off at once when its receiver is gone for good', async () => {
    const { webhook } = await hook()
    await issue()
    await spread(ports())
    const [old] = await log(webhook.id)
    now += 1000
    await issue()
    await spread(ports())
    const [young] = await log(webhook.id)
    await deliver(ports(), { webhookId: webhook.id, deliveryId: young?.id ?? '', limit: 1 })
    listener.answers((response) => void response.writeHead(410).end())
    await deliver(ports(), { webhookId: webhook.id, deliveryId: old?.id ?? '', limit: 1 })
    expect(await storage.read.webhook(webhook.id)).toMatchObject({ active: true })
    now += 1000
    await issue()
    await round()
    expect(await storage.read.webhook(webhook.id)).toMatchObject({ active: false })
  })

  describe('with several replicas', () => {
    test('every message is sent once', async () => {
      const { webhook } = await hook()
      for (let count = 0; count < 6; count++) await issue()
      for (let turn = 0; turn < 4; turn++) await Promise.all([round(storage), round(replica)])
      expect(listener.heard).toHaveLength(6)
      expect(new Set(listener.heard.map(({ id }) => id)).size).toBe(6)
      expect((await log(webhook.id)).every(({ state }) => state === 'delivered')).toBe(true)
    })

    test('what a killed one had begun is sent by another, and a late word of the dead changes nothing', async () => {
      const { webhook } = await hook()
      await issue()
      await spread(ports(replica))
      const [begun] = await replica.write((tx) =>
        tx.claimDeliveries({ webhookId: webhook.id, limit: 1, leaseSeconds: -1 }),
      )
      await round()
      expect(listener.heard.map(({ id }) => id)).toEqual([begun?.id])
      const late = { state: 'waiting', httpStatus: undefined, problem: 'timeout', finishedAt: undefined } as const
      expect(await replica.write((tx) => tx.finishDelivery(begun?.id ?? '', begun?.tries ?? 0, late))).toBe(false)
      expect(await log(webhook.id)).toMatchObject([{ state: 'delivered', tries: 2 }])
    })

    test('what one is sending is left alone by the others', async () => {
      const { webhook } = await hook()
      await issue()
      await spread(ports())
      await replica.write((tx) => tx.claimDeliveries({ webhookId: webhook.id, limit: 1, leaseSeconds: 60 }))
      await round()
      expect(listener.heard).toEqual([])
    })
  })

  test('hears of its companies and of its events only', async () => {
    await hook({ companies: [other.company.id], events: ['invoice.issued', 'sending.paused'] })
    await issue(ready)
    await issue(other)
    const entry = { at: PAST, actor: 'sara', details: {} }
    await storage.write(async (tx) => {
      await tx.addAudit({ ...entry, action: 'road/paused', subject: 'PRODUCTION' })
      await tx.addAudit({ ...entry, action: 'chain/frozen', subject: other.chain.id })
    })
    await round()
    expect(listener.heard.map(({ type }) => type).toSorted()).toEqual(['invoice.issued', 'sending.paused'])
    expect(listener.heard.map(({ body }) => JSON.parse(body).companyId)).toContain(other.company.id)
  })

  test('is tried by its button, and says what came of it; a failed trial switches nothing off', async () => {
    const { webhook } = await hook()
    expect(await testWebhook(ports(), sara, webhook.id)).toMatchObject({ state: 'delivered', event: 'webhook.test' })
    listener.answers((response) => void response.writeHead(404).end())
    expect(await testWebhook(ports(), sara, webhook.id)).toMatchObject({ state: 'given-up', httpStatus: 404 })
    expect(await storage.read.webhook(webhook.id)).toMatchObject({ active: true })
  })

  test('is not made for an address inside, nor for companies that its maker does not see', async () => {
    await expect(hook({ url: 'http://169.254.169.254/' })).rejects.toEqual(failing('webhook/address'))
    await expect(hook({ companies: ['nowhere'] })).rejects.toEqual(failing('company/not-found'))
    const limited = { id: 'omar', companies: [ready.company.id] }
    const asked = { url: listener.url, events: ['invoice.issued'], companies: [other.company.id] } as const
    await expect(createWebhook(ports(), limited, asked)).rejects.toEqual(failing('access/forbidden'))
    const all = await hook()
    const own = await createWebhook(ports(), limited, { url: listener.url, events: ['invoice.issued'] })
    expect(own.webhook.companies).toEqual([ready.company.id])
    expect((await webhooksFor(ports(), limited)).map(({ id }) => id)).toEqual([own.webhook.id])
    for (const call of [
      () => deliveriesOf(ports(), limited, { id: all.webhook.id, limit: 1 }),
      () => changeWebhook(ports(), limited, all.webhook.id, { active: false }),
      () => testWebhook(ports(), limited, all.webhook.id),
      () => removeWebhook(ports(), limited, all.webhook.id),
    ])
      await expect(call()).rejects.toEqual(failing('webhook/not-found'))
  })

  test('is removed with its log; the audit log keeps that it was there', async () => {
    const { webhook } = await hook()
    await issue()
    await round()
    await removeWebhook(ports(), sara, webhook.id)
    expect(await storage.read.webhooks()).toEqual([])
    expect((await storage.read.audit(webhook.id)).map(({ action }) => action)).toEqual([
      'webhook/created',
      'webhook/removed',
    ])
  })

  test('keeps its log in pages, and forgets what is old', async () => {
    const { webhook } = await hook()
    for (let count = 0; count < 3; count++) {
      await issue()
      now += 1000
      await round()
    }
    const first = await deliveriesOf(ports(), sara, { id: webhook.id, limit: 2 })
    const rest = await deliveriesOf(ports(), sara, { id: webhook.id, limit: 2, after: first.next })
    expect([first.rows.length, rest.rows.length, rest.next]).toEqual([2, 1, undefined])
    await storage.write((tx) => tx.forgetDeliveries(new Date(now).toISOString()))
    expect(await log(webhook.id)).toHaveLength(1)
  })
})
