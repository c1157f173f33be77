/** The outbox: sends what is due, survives restarts and crashes, shares work between workers, never lets one document block another. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openGateway } from '#core/gateway/gateway.ts'
import type { Gateway, Ports, Unit } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { claim } from '#core/workflow/sending/claim.ts'
import { runOutbox, submitDue } from '#core/workflow/sending/outbox.ts'
import { draft, openOffice, type TestOffice } from './office.ts'

let office: TestOffice
let unit: Unit
beforeEach(async () => {
  office = await openOffice({ timeoutMs: 6000 })
  unit = await office.readyUnit()
})
afterEach(() => office.close())

const issueMany = async (count: number): Promise<readonly string[]> => {
  const drafts = Array.from({ length: count }, (_, index) => draft({ profile: index % 2 ? 'standard' : 'simplified' }))
  const issued = await Promise.all(
    drafts.map((wanted) =>
      issueDocument(office.ports, {
        unitId: unit.id,
        draft: wanted,
        idempotencyKey: `key-${wanted.number}`,
        actor: 'tester',
      }),
    ),
  )
  return issued.map(({ id }) => id)
}

const statesOf = (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await office.ports.storage.read.documentStatus(id))?.state))

const final = new Set(['cleared', 'reported'])
const allSettled = async (ids: readonly string[]) => (await statesOf(ids)).every((state) => final.has(state ?? ''))

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 15_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const counting = (ports: Ports) => {
  const sent = new Map<string, number>()
  const real = ports.gateway('PRACTICE')
  const submit: Gateway['submit'] = (endpoint, credentials, submission) => {
    sent.set(submission.uuid, (sent.get(submission.uuid) ?? 0) + 1)
    return real.submit(endpoint, credentials, submission)
  }
  return { sent, ports: { ...ports, gateway: () => ({ ...real, submit }) } }
}

describe('the outbox', () => {
  it('sends what waits after a restart', async () => {
    const ids = await issueMany(6)
    expect(await statesOf(ids)).toEqual(ids.map(() => 'waiting'))
    const ports = await office.restarted()
    expect(await submitDue(ports, { limit: 100 })).toBe(6)
    expect(await allSettled(ids)).toBe(true)
    expect(await submitDue(ports)).toBe(0)
  })

  it('with two workers sends each document once', async () => {
    const ids = await issueMany(20)
    const { sent, ports } = counting(office.ports)
    const stop = new AbortController()
    const workers = [1, 2].map(() => runOutbox(ports, { signal: stop.signal, idleMs: 10, concurrency: 3 }))
    await until(() => allSettled(ids))
    stop.abort()
    await Promise.all(workers)
    expect([...sent.values()]).toEqual(Array(20).fill(1))
  })

  it('does not let a hanging document block the others', async () => {
    await office.control('faults', { fault: 'hang' })
    const ids = await issueMany(8)
    const stop = new AbortController()
    const worker = runOutbox(office.ports, { signal: stop.signal, idleMs: 10, concurrency: 2 })
    await until(async () => (await statesOf(ids)).filter((state) => final.has(state ?? '')).length === 7)
    expect((await statesOf(ids)).filter((state) => state === 'sending')).toHaveLength(1)
    stop.abort()
    await worker
    expect((await statesOf(ids)).filter((state) => state === 'unknown')).toHaveLength(1)
  })

  it('takes the next documents as soon as there is room, not at the next look', async () => {
    const ids = await issueMany(30)
    const stop = new AbortController()
    const worker = runOutbox(office.ports, { signal: stop.signal, idleMs: 60_000, concurrency: 3 })
    await until(() => allSettled(ids))
    stop.abort()
    await worker
  })

  it('finishes what is under way when it is told to stop', async () => {
    await office.control('faults', { fault: 'slow', ms: 300, times: 2 })
    const ids = await issueMany(2)
    const stop = new AbortController()
    const worker = runOutbox(office.ports, { signal: stop.signal, idleMs: 10 })
    await until(async () => (await statesOf(ids)).every((state) => state === 'sending'))
    stop.abort()
    await worker
    expect(await allSettled(ids)).toBe(true)
  })

  it('takes over from a worker that died, and counts its transmission as perhaps arrived', async () => {
    const [id = ''] = await issueMany(1)
    const [dead] = await claim(office.ports, { limit: 1 })
    expect(dead?.document.id).toBe(id)
    const ports = await office.restarted()
    expect(await submitDue(ports)).toBe(0)
    office.clock.shift = 91_000
    const nobody = openGateway('PRACTICE', { url: 'http://127.0.0.1:9/practice' })
    await submitDue({ ...ports, gateway: () => nobody })
    const status = await ports.storage.read.documentStatus(id)
    expect(status).toMatchObject({ state: 'unknown', outbox: { firstSentAt: dead?.startedAt } })
    office.clock.shift += 24 * 60_000
    await submitDue(ports)
    expect(await allSettled([id])).toBe(true)
  })

  it('puts a document aside that stopped its worker five times', async () => {
    const [id = ''] = await issueMany(1)
    for (let deaths = 0; deaths < 5; deaths += 1) {
      expect(await claim(office.ports, { limit: 1 })).toHaveLength(1)
      office.clock.shift += 91_000
    }
    expect(await claim(office.ports, { limit: 1 })).toHaveLength(0)
    expect(await office.ports.storage.read.documentStatus(id)).toMatchObject({
      state: 'held',
      outbox: { heldReason: 'quarantined' },
    })
  })

  it('puts a document aside whose bytes can no longer be read, and sends the others', async () => {
    const [damaged = '', ...others] = await issueMany(3)
    const { storage } = office.ports
    const write: Ports['storage']['write'] = (work) =>
      storage.write((tx) =>
        work({
          ...tx,
          signedXml: (id) => (id === damaged ? Promise.reject(new Error('damaged')) : tx.signedXml(id)),
        }),
      )
    await submitDue({ ...office.ports, storage: { ...storage, write } }, { limit: 10 })
    expect(await allSettled(others)).toBe(true)
    expect((await storage.read.documentStatus(damaged))?.state).toBe('held')
  })

  it('goes on when the database refuses for a moment', async () => {
    const ids = await issueMany(2)
    let refusals = 2
    const write: Ports['storage']['write'] = (work) => {
      refusals -= 1
      return refusals >= 0 ? Promise.reject(new Error('busy')) : office.ports.storage.write(work)
    }
    const storage = { ...office.ports.storage, write }
    const stop = new AbortController()
    const worker = runOutbox({ ...office.ports, storage }, { signal: stop.signal, idleMs: 10 })
    await until(() => allSettled(ids))
    stop.abort()
    await worker
  })

  it('looks no more often than its pause when nothing is due, and when roads are closed or full', async () => {
    await office.control('faults', { fault: '404', endpoint: 'reporting' })
    await issueMany(9)
    await submitDue(office.ports)
    let looks = 0
    const { storage } = office.ports
    const write: Ports['storage']['write'] = (work) => {
      looks += 1
      return storage.write(work)
    }
    const stop = new AbortController()
    const worker = runOutbox({ ...office.ports, storage: { ...storage, write } }, { signal: stop.signal, idleMs: 100 })
    await new Promise((resolve) => setTimeout(resolve, 550))
    stop.abort()
    await worker
    expect(looks).toBeGreaterThan(1)
    expect(looks).toBeLessThanOrEqual(7)
  })
})
