/** Events and webhooks over HTTP on both engines, as a program of a client uses them: a stream that goes on where it ended, and a message. */
import { createServer } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApiKey } from '#core/access/api-keys.ts'
import { createOffice } from '#core/compose.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import type { Storage } from '#core/ports.ts'
import { jsonLog } from '#core/system/log.ts'
import { buildHttp } from '../../server/http.ts'
import { describeEngines, type TestDatabase } from '../storage/engines.ts'
import { aCompany, addReady, append, PAST, type Ready } from '../storage/records.ts'

/** A replica with its own connection to the database, open at an address of its own. */
const replicaOn = async (database: TestDatabase) => {
  const lines: string[] = []
  const { office, router, close } = await createOffice({
    ...{ shell: 'server', storage: await database.open(), keys: keyStore(memoryEncryption()), practice: undefined },
    ...{ archive: '/dev/null/none', environments: ['PRACTICE'], background: false },
    webhooks: { plain: true, allowed: ['127.0.0.1'] },
    log: jsonLog({ destination: { write: (line) => void lines.push(line) } }),
  })
  const app: FastifyInstance = await buildHttp({
    ...{ office, router, readiness: { draining: false }, publicUrl: undefined },
    ...{ docs: false, debug: false, trustProxy: [], pages: undefined },
  })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  return { office, origin, app, close, log: () => lines.join('') }
}

type Replica = Awaited<ReturnType<typeof replicaOn>>

/** A stream of server-sent events as it comes, event by event. */
const opened = async (origin: string, key: string, lastEventId?: string) => {
  const headers = { 'x-api-key': key, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) }
  const stop = new AbortController()
  const answer = await fetch(`${origin}/api/v1/events`, { headers, signal: stop.signal })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let held = ''
  const next = async (): Promise<
    { readonly id: string; readonly data: Readonly<Record<string, unknown>> } | undefined
  > => {
    for (;;) {
      const end = held.indexOf('\n\n')
      const block = end < 0 ? undefined : held.slice(0, end)
      if (block !== undefined) held = held.slice(end + 2)
      const data = /^data: (.*)$/m.exec(block ?? '')?.[1]
      if (data !== undefined) return { id: /^id: (.*)$/m.exec(block ?? '')?.[1] ?? '', data: JSON.parse(data) }
      if (block !== undefined) continue
      const read = await reader?.read()
      if (read === undefined || read.done) return undefined
      held += read.value
    }
  }
  return { answer, next, stop: () => stop.abort() }
}

await describeEngines('a program listens', (engine) => {
  let storage: Storage
  let one: Replica
  let other: Replica
  let ready: Ready
  let foreign: Ready
  const keys = { all: '', one: '' }

  beforeAll(async () => {
    const database = await engine.create()
    storage = await database.open()
    one = await replicaOn(database)
    other = await replicaOn(database)
    ready = await addReady(storage)
    foreign = await addReady(storage, aCompany('310000000000003'))
    const maker = { id: 'sara', role: 'owner' } as const
    keys.all = (await createApiKey(one.office, maker, { name: 'all', role: 'admin' })).secret
    const companies = [ready.company.id]
    keys.one = (await createApiKey(one.office, maker, { name: 'one', role: 'viewer', companies })).secret
  })
  afterAll(async () => {
    for (const { app, close } of [one, other]) {
      await app.close()
      await close()
    }
    await storage.close()
  })

  const issue = async (whose: Ready) => {
    const { id } = await append(storage, whose)
    await storage.write((tx) =>
      tx.addAudit({ at: PAST, actor: 'x', action: 'document/issued', subject: id, details: {} }),
    )
    return id
  }

  it('to what any replica does, and only to its own companies', async () => {
    const streams = [await opened(one.origin, keys.all), await opened(other.origin, keys.one)]
    expect(streams.map(({ answer }) => answer.headers.get('content-type'))).toEqual(Array(2).fill('text/event-stream'))
    expect(streams.map(({ answer }) => answer.headers.get('set-cookie'))).toEqual([null, null])
    const ids = [await issue(foreign), await issue(ready)]
    const [all, own] = streams
    const invoiceOf = async (stream: typeof all) => Object((await stream?.next())?.data['data']).invoice.id
    expect([await invoiceOf(all), await invoiceOf(all)]).toEqual(ids)
    expect(await invoiceOf(own)).toBe(ids[1])
    for (const { stop } of streams) stop()
  })

  it('from where it heard the last event', async () => {
    const stream = await opened(one.origin, keys.one)
    await issue(ready)
    const heard = await stream.next()
    stream.stop()
    const missed = await issue(ready)
    const again = await opened(other.origin, keys.one, heard?.id)
    const event = await again.next()
    again.stop()
    expect(event?.data).toMatchObject({ type: 'invoice.issued', data: { invoice: { id: missed } } })
    expect(event?.data['id']).toBe(event?.id)
    expect((await opened(one.origin, keys.one, 'nonsense')).answer.status).toBe(400)
    expect((await opened(one.origin, 'khatm_canary')).answer.status).toBe(401)
  })

  it('and is told by message, with the log of what was sent', async () => {
    const heard: string[] = []
    const receiver = createServer(async (request, response) => {
      heard.push(Buffer.concat(await Array.fromAsync(request)).toString())
      response.end()
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const address = receiver.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const call = async (
      method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
      path: string,
      payload?: object,
      key = keys.all,
    ) => {
      const answer = await one.app.inject({
        method,
        url: `/api/v1${path}`,
        headers: { 'x-api-key': key },
        ...(payload && { payload }),
      })
      return { status: answer.statusCode, body: answer.json() }
    }
    const inside = await call('POST', '/webhooks', { url: 'https://10.0.0.1/', events: ['invoice.issued'] })
    expect(inside).toMatchObject({
      status: 422,
      body: { error: 'webhook/address', details: { problem: 'address-refused' } },
    })
    const made = await call('POST', '/webhooks', { url: `http://127.0.0.1:${port}/`, events: ['invoice.issued'] })
    expect(made.body.verificationKey).toMatch(/^whsec_[\w+/]{43}=$/)
    const { id } = made.body
    expect((await call('GET', '/webhooks')).body).toEqual([
      expect.not.objectContaining({ verificationKey: expect.anything() }),
    ])
    expect((await call('POST', `/webhooks/${id}/test`)).body).toMatchObject({ state: 'delivered', httpStatus: 200 })
    expect(JSON.parse(heard[0] ?? '')).toMatchObject({ type: 'webhook.test' })
    expect((await call('GET', `/webhooks/${id}/deliveries`)).body.rows).toMatchObject([
      { event: 'webhook.test', tries: 1 },
    ])
    expect((await call('PATCH', `/webhooks/${id}`, { active: false })).body).toMatchObject({ active: false })
    expect((await call('POST', `/webhooks/${id}/test`, undefined, keys.one)).status).toBe(403)
    expect((await call('DELETE', `/webhooks/${id}`)).body).toEqual({ removed: true })
    expect(await call('GET', `/webhooks/${id}/deliveries`)).toMatchObject({
      status: 404,
      body: { error: 'webhook/not-found' },
    })
    receiver.close()
    expect(one.log()).not.toContain('whsec_')
  })

  it('until the server closes, and does not keep it from closing', async () => {
    const stream = await opened(other.origin, keys.all)
    const ended = stream.next()
    await other.app.close()
    expect(await ended).toBeUndefined()
  })
})
