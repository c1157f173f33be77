/** How often a write waits for Postgres: BEGIN travels with the lock, COMMIT with what is appended; counted on the wire. */
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Storage } from '#core/ports.ts'
import { openPostgres } from '#core/storage/postgres.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { issueBatch } from '#core/workflow/issuing/issue-batch.ts'
import { batchPorts } from '../workflow/batch-ports.ts'
import { addReadyUnit, saleOf } from '../workflow/ready-unit.ts'
import { postgres } from './engines.ts'
import { addReady, appendWithin, PAST, type Ready } from './records.ts'

/** Longer than a program needs to send what it sends without waiting. */
const DISTANCE_MS = 30

/** A way to the server on which answers take their time; a round trip is a message sent while no answer is outstanding. */
const distant = async (host: string, port: number) => {
  const sockets = new Set<Socket>()
  let trips = 0
  const server = createServer((client) => {
    const upstream = connect(port, host)
    let answered = true
    for (const socket of [client, upstream]) {
      sockets.add(socket.on('error', () => undefined).on('close', () => socket.destroy()))
    }
    client.on('data', (data) => {
      if (answered) trips += 1
      answered = false
      upstream.write(data)
    })
    upstream.on('data', async (data) => {
      await pause(DISTANCE_MS)
      answered = true
      client.write(data)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    /** Round trips that the work took */
    during: async (work: () => Promise<unknown>): Promise<number> => {
      trips = 0
      await work()
      return trips
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

const running = await postgres.start()
if (running === undefined) describe.skip('round trips', () => test('needs Postgres'))
else
  describe('round trips to Postgres', () => {
    let way: Awaited<ReturnType<typeof distant>>
    let storage: Storage
    let ready: Ready

    beforeAll(async () => {
      const database = await running.create()
      if (!('url' in database.address)) throw new Error('Postgres has an address')
      const url = new URL(database.address.url)
      way = await distant(url.hostname, Number(url.port))
      url.port = String(way.port)
      storage = await openPostgres({ url: url.href, connections: 1 })
      ready = await addReady(storage)
    })
    afterAll(async () => {
      await storage.close()
      way.close()
      await running.stop()
    })

    test('begin and lock in one, append and commit in one', async () => {
      expect(await way.during(() => storage.write((tx) => appendWithin(tx, ready)))).toBe(2)
    })

    test('an entry in the audit log needs one more, to see the entry before it', async () => {
      const audited = () =>
        storage.write(async (tx) => {
          const { id } = await appendWithin(tx, ready)
          await tx.addAudit({ at: PAST, actor: 'a', action: 'b', subject: id, details: {} })
        })
      expect(await way.during(audited)).toBe(3)
    })

    test('a hundred documents need no more than one', async () => {
      const ports = batchPorts(storage)
      const unit = await addReadyUnit(ports)
      const request = (number: number) => ({ draft: saleOf(number, 1), idempotencyKey: String(number) })
      const single = await way.during(() => issueDocument(ports, { unitId: unit.id, ...request(0), actor: 'tester' }))
      const batch = await way.during(async () => {
        const requests = Array.from({ length: 100 }, (_, index) => request(index + 1))
        for await (const outcome of issueBatch(ports, { unitId: unit.id, requests, actor: 'tester' }))
          expect(outcome.kind).toBe('issued')
      })
      expect(batch).toBe(single)
    })
  })
