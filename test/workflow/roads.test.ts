/** The roads to ZATCA on every engine: what closes them, who tries them again, and that nothing is lost or sent twice meanwhile. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openGateway } from '#core/gateway/gateway.ts'
import type { Gateway, Ports, Road, Unit } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { claim } from '#core/workflow/sending/claim.ts'
import { runOutbox, submitDue } from '#core/workflow/sending/outbox.ts'
import { pauseRoad, resumeRoad } from '#core/workflow/sending/roads.ts'
import { deliver, submitDocument } from '#core/workflow/sending/submit.ts'
import { describeEngines, type TestDatabase } from '../storage/engines.ts'
import { PAST } from '../storage/records.ts'
import { failureOf } from './failing.ts'
import { draft, openOffice, type TestOffice } from './office.ts'

/** Other suites use the same two processors. */
const patient = { timeout: 15_000 }

await describeEngines('roads', (engine, name) => {
  let database: TestDatabase
  let office: TestOffice
  let unit: Unit
  let other: Unit
  /** A second worker: on Postgres another replica, on SQLite the other half of the same process */
  let replica: Ports

  beforeAll(async () => {
    database = await engine.create()
    office = await openOffice({ open: () => database.open(), timeoutMs: 1500 })
    unit = await office.readyUnit()
    other = await office.readyUnit()
    replica = name === 'Postgres' ? { ...office.ports, storage: await database.open() } : office.ports
  })
  afterEach(async () => {
    await office.control('reset', { only: ['faults', 'answers', 'settings'] })
    for (const { id } of await roads()) await resumeRoad(office.ports, { id, actor: 'tester' })
    await passTime()
    await submitDue(office.ports)
    await database.sql('DELETE FROM road')
  })
  afterAll(async () => {
    if (replica.storage !== office.ports.storage) await replica.storage.close()
    await office.close()
  })

  const roads = () => office.ports.storage.read.roads()
  const road = async (id: string): Promise<Road | undefined> => (await roads()).find((known) => known.id === id)
  const csidRoad = async (of: Unit): Promise<string> => {
    const csids = await office.ports.storage.read.csids(of.id)
    return `csid/${csids.find(({ purpose }) => purpose === 'production')?.id}`
  }

  /** Whatever waits for its time is due; whoever may try a road may try it now. */
  const passTime = async () => {
    await database.sql(`UPDATE outbox SET next_at = '${PAST}'`)
    await database.sql(`UPDATE road SET probe_at = '${PAST}' WHERE probe_at IS NOT NULL`)
  }

  const issue = async (of: Unit, profile: 'standard' | 'simplified' = 'simplified'): Promise<string> => {
    const wanted = draft({ profile })
    const request = { unitId: of.id, draft: wanted, idempotencyKey: `key-${wanted.number}`, actor: 'tester' }
    return (await issueDocument(office.ports, request)).id
  }
  const issueMany = async (of: Unit, count: number): Promise<readonly string[]> => {
    const ids: string[] = []
    while (ids.length < count) ids.push(await issue(of))
    return ids
  }
  const statusOf = (id: string) => office.ports.storage.read.documentStatus(id)
  const statesOf = async (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await statusOf(id))?.state))
  const transmissions = async (ids: readonly string[]) => {
    const journals = await Promise.all(ids.map((id) => office.ports.storage.read.attempts(id)))
    return journals.flat().length
  }
  const reported = (ids: readonly string[]) => ids.map(() => 'reported')

  test('a burst of 500s closes the endpoint; one tries it, and after three successes all go', async () => {
    await office.control('faults', { fault: '500', endpoint: 'reporting', times: 'always' })
    const ids = await issueMany(unit, 12)
    await submitDue(office.ports)
    expect(await road('PRACTICE/reporting')).toMatchObject({ state: 'closed', reason: 'unreachable', trips: 1 })
    const sent = await transmissions(ids)
    expect(sent).toBeLessThan(12)

    await database.sql(`UPDATE outbox SET next_at = '${PAST}'`)
    expect(await submitDue(office.ports)).toBe(0)
    expect(await submitDue(replica)).toBe(0)
    expect(await transmissions(ids)).toBe(sent)

    await passTime()
    expect(await Promise.all([submitDue(office.ports), submitDue(replica)])).toContain(1)
    expect(await transmissions(ids)).toBe(sent + 1)
    expect(await road('PRACTICE/reporting')).toMatchObject({ state: 'closed', trips: 2 })

    await office.control('reset', { only: ['faults'] })
    await passTime()
    const [probe] = await claim(office.ports, { limit: 8 })
    expect(await claim(replica, { limit: 8 })).toEqual([])
    expect(await road('PRACTICE/reporting')).toMatchObject({ state: 'probing' })
    if (probe !== undefined) await deliver(office.ports, probe)
    expect(await road('PRACTICE/reporting')).toMatchObject({ state: 'probing', successes: 1 })
    await submitDue(office.ports)
    expect(await road('PRACTICE/reporting')).toMatchObject({ state: 'open', trips: 0, reason: undefined })
    await passTime()
    await submitDue(office.ports)
    expect(await statesOf(ids)).toEqual(reported(ids))
    const history = (await office.ports.storage.read.audit('PRACTICE/reporting')).map(({ action }) => action)
    expect(history).toEqual(['road/closed', 'road/opened'])
  })

  test('while reporting is closed clearance goes on', async () => {
    await office.control('faults', { fault: '503', endpoint: 'reporting', times: 'always' })
    await issueMany(unit, 6)
    await submitDue(office.ports)
    expect(await road('PRACTICE/reporting')).toMatchObject({ state: 'closed' })
    expect((await submitDocument(office.ports, await issue(unit, 'standard'))).state).toBe('cleared')
  })

  test('one document that fails again and again does not close the road for the others', async () => {
    await office.control('faults', { fault: '500', endpoint: 'reporting', times: 7 })
    const [poison = ''] = await issueMany(unit, 1)
    for (let time = 0; time < 7; time += 1) {
      await passTime()
      await submitDue(office.ports)
    }
    expect(await transmissions([poison])).toBe(7)
    expect(await road('PRACTICE/reporting')).toMatchObject({ state: 'open' })
  })

  test('half of twenty in a minute closes it too, though never five in a row', async () => {
    const failing = alternating(office.ports)
    // One after the other: what is under way together may succeed in the end and open the road again.
    for (const id of await issueMany(unit, 21)) await submitDocument(failing, id)
    expect(await road('PRACTICE/reporting')).toMatchObject({ state: 'closed', reason: 'unreachable' })
  })

  test('401 of one unit stops this unit alone, and success opens it again', async () => {
    const refused = await issue(unit)
    await office.control('faults', { fault: '401', endpoint: 'reporting' })
    await submitDocument(office.ports, refused)
    expect(await road(await csidRoad(unit))).toMatchObject({ state: 'closed', reason: 'sign-in-refused' })
    const [mine, theirs] = [await issueMany(unit, 3), await issueMany(other, 3)]
    await submitDue(replica)
    expect(await statesOf(theirs)).toEqual(reported(theirs))
    expect(await statesOf(mine)).toEqual(mine.map(() => 'waiting'))
    expect((await statusOf(mine[0] ?? ''))?.outbox).toMatchObject({ fence: 0, claims: 0 })
    await passTime()
    await submitDue(office.ports)
    expect(await statesOf([refused, ...mine])).toEqual(reported([refused, ...mine]))
  })

  test.each([
    ['428', 'renewal-needed', 'credential'],
    ['403', 'sign-in-refused', 'credential'],
    ['404', 'misconfigured', 'environment'],
    ['406', 'misconfigured', 'environment'],
    ['415', 'misconfigured', 'environment'],
  ] as const)('%s closes a road (%s) until a person opens it; issuing goes on', async (fault, reason, which) => {
    await office.control('faults', { fault, endpoint: 'reporting', times: 'always' })
    const first = await issue(unit)
    await submitDue(office.ports)
    const id = which === 'environment' ? 'PRACTICE' : await csidRoad(unit)
    expect(await road(id)).toMatchObject({ state: 'closed', reason })
    await office.control('reset', { only: ['faults'] })
    const ids = [first, ...(await issueMany(unit, 2))]
    expect(await submitDue(replica)).toBe(0)
    await resumeRoad(replica, { id, actor: 'tester' })
    await submitDue(office.ports)
    expect(await statesOf(ids)).toEqual(reported(ids))
    expect((await office.ports.storage.read.audit(id)).at(-1)).toMatchObject({ action: 'road/opened', actor: 'tester' })
  })

  test('429 halves what is under way at a time, once for those that were sent together', async () => {
    await office.control('faults', { fault: '429-bare', endpoint: 'reporting', times: 4 })
    await issueMany(unit, 8)
    const together = await claim(office.ports, { limit: 8 })
    expect(together).toHaveLength(4)
    await Promise.all(together.map((sending) => deliver(office.ports, sending)))
    expect(await road('PRACTICE/reporting')).toMatchObject({ state: 'open', concurrency: 4 })
    await database.sql("UPDATE road SET concurrency = 2 WHERE id = 'PRACTICE/reporting'")
    expect((await claim(replica, { limit: 8 })).length).toBe(2)
    expect(await claim(office.ports, { limit: 8 })).toEqual([])
    const minutesAgo = new Date(Date.now() - 61_000).toISOString()
    await database.sql(`UPDATE road SET concurrency_changed_at = '${minutesAgo}'`)
    expect(await claim(office.ports, { limit: 8 })).toHaveLength(1)
    await database.sql(`UPDATE outbox SET lease_until = '${PAST}'`)
  })

  test('a road that was slowed down does not close when the clock is set back', async () => {
    await office.control('faults', { fault: '429-bare', endpoint: 'reporting' })
    await submitDocument(office.ports, await issue(unit))
    const hourAhead = new Date(Date.now() + 3_600_000).toISOString()
    await database.sql(`UPDATE road SET concurrency_changed_at = '${hourAhead}'`)
    await issueMany(unit, 6)
    expect(await claim(office.ports, { limit: 8 })).toHaveLength(4)
    await database.sql(`UPDATE outbox SET lease_until = '${PAST}'`)
  })

  test('workers together keep to eight in an environment and four for a certificate', async () => {
    await issueMany(unit, 7)
    await issueMany(other, 7)
    const third = await office.readyUnit()
    await issueMany(third, 3)
    const claimed = (
      await Promise.all([1, 2, 3, 4].map((n) => claim(n % 2 ? office.ports : replica, { limit: 5 })))
    ).flat()
    expect(claimed).toHaveLength(8)
    const perUnit = Map.groupBy(claimed, ({ document }) => document.unitId)
    expect(Math.max(...[...perUnit.values()].map((of) => of.length))).toBeLessThanOrEqual(4)
    await Promise.all(claimed.map((sending) => deliver(office.ports, sending)))
  })

  test('a person pauses and resumes; nothing is sent meanwhile, not even on request', async () => {
    const id = await issue(unit)
    expect(await pauseRoad(office.ports, { id: 'PRACTICE', actor: 'tester' })).toMatchObject({ reason: 'paused' })
    await passTime()
    expect(await submitDue(replica)).toBe(0)
    expect(await submitDocument(replica, id, { insist: true })).toMatchObject({
      state: 'waiting',
      outbox: { fence: 0 },
    })
    await resumeRoad(replica, { id: 'PRACTICE', actor: 'tester' })
    expect(await submitDue(office.ports)).toBe(1)
    const history = (await office.ports.storage.read.audit('PRACTICE')).slice(-2)
    expect(history.map(({ action, actor }) => [action, actor])).toEqual([
      ['road/paused', 'tester'],
      ['road/opened', 'tester'],
    ])
    expect((await failureOf(pauseRoad(office.ports, { id: 'ELSEWHERE', actor: 'x' }))).code).toBe('road/not-found')
  })

  test.each(['PRODUCTION', 'PRODUCTION/clearance'])('%s is paused only by who confirms it by name', async (id) => {
    const { ports } = office
    for (const confirm of [undefined, '', 'production', 'SIMULATION']) {
      const unconfirmed = await failureOf(pauseRoad(ports, { id, actor: 'tester', confirm }))
      expect([unconfirmed.code, unconfirmed.details]).toEqual(['road/unconfirmed', { confirm: 'PRODUCTION' }])
    }
    expect((await ports.storage.read.roads()).filter((road) => road.id === id)).toEqual([])
    const paused = await pauseRoad(ports, { id, actor: 'tester', confirm: 'PRODUCTION' })
    expect(paused).toMatchObject({ state: 'closed', reason: 'paused' })
    expect(await resumeRoad(ports, { id, actor: 'tester' })).toMatchObject({ state: 'open' })
  })

  test('so is the certificate of a unit in production', async () => {
    const { ports } = office
    const asProduction = {
      ...ports.storage.read,
      productionCsids: async () =>
        (await ports.storage.read.productionCsids()).map((entry) => ({
          ...entry,
          unit: { ...entry.unit, environment: 'PRODUCTION' as const },
        })),
    }
    const [entry] = await asProduction.productionCsids()
    const id = `csid/${entry?.csidId}`
    const production = { ...ports, storage: { ...ports.storage, read: asProduction } }
    expect((await failureOf(pauseRoad(production, { id, actor: 'tester' }))).code).toBe('road/unconfirmed')
    expect(await pauseRoad(production, { id, actor: 'tester', confirm: 'PRODUCTION' })).toMatchObject({ id })
    await resumeRoad(ports, { id, actor: 'tester' })
  })

  test('a request of a person tries a closed road before its time', async () => {
    await office.control('faults', { fault: '401', endpoint: 'reporting' })
    const id = await issue(unit)
    await submitDue(office.ports)
    expect((await submitDocument(office.ports, id)).state).toBe('waiting')
    expect((await submitDocument(office.ports, id, { insist: true })).state).toBe('reported')
    expect(await road(await csidRoad(unit))).toMatchObject({ state: 'open' })
  })

  test('a key that cannot be opened on this side says nothing about the road', async () => {
    const keys = { ...office.ports.keys, openSecret: () => Promise.reject(new Error('locked')) }
    await issueMany(unit, 6)
    await submitDue({ ...office.ports, keys })
    expect(await roads()).toEqual([])
  })

  test('failures of many workers at once are all counted', async () => {
    const nobody = openGateway('PRACTICE', { url: 'http://127.0.0.1:9/practice' })
    const unreachable = (ports: Ports): Ports => ({ ...ports, gateway: () => nobody })
    await issueMany(unit, 4)
    await issueMany(other, 4)
    const claimed = await claim(office.ports, { limit: 8 })
    await Promise.all(claimed.map((sending, n) => deliver(unreachable(n % 2 ? office.ports : replica), sending)))
    expect(await road('PRACTICE/reporting')).toMatchObject({ state: 'closed', reason: 'unreachable' })
  })

  test('a worker that was overtaken says nothing about the road', async () => {
    await office.control('faults', { fault: '401', endpoint: 'reporting' })
    const id = await issue(unit)
    const [stale] = await claim(office.ports, { limit: 1 })
    await database.sql(`UPDATE outbox SET lease_until = '${PAST}'`)
    const [owner] = await claim(replica, { limit: 1 })
    if (stale !== undefined) await deliver(office.ports, stale)
    expect(await roads()).toEqual([])
    expect((await statusOf(id))?.state).toBe('sending')
    if (owner !== undefined) await deliver(replica, owner)
    expect((await statusOf(id))?.state).toBe('reported')
  })

  test('workers that run on find the open road by themselves and settle everything once', async () => {
    await office.control('faults', { fault: '401', endpoint: 'reporting' })
    const ids = [...(await issueMany(unit, 10)), ...(await issueMany(other, 10))]
    const stop = new AbortController()
    const workers = [office.ports, replica].map((ports) => runOutbox(ports, { signal: stop.signal, idleMs: 20 }))
    await expect
      .poll(async () => (await statesOf(ids)).filter((state) => state === 'reported').length, patient)
      .toBeGreaterThan(9)
    await resumeRoad(office.ports, { id: await csidRoad(unit), actor: 'tester' })
    await resumeRoad(office.ports, { id: await csidRoad(other), actor: 'tester' })
    await expect.poll(() => statesOf(ids), patient).toEqual(reported(ids))
    stop.abort()
    await Promise.all(workers)
    expect(await transmissions(ids)).toBe(21)
  })
})

/** Every second transmission ends as if the connection had been cut. */
const alternating = (ports: Ports): Ports => {
  const real = ports.gateway('PRACTICE')
  let calls = 0
  const submit: Gateway['submit'] = (...given) => {
    calls += 1
    if (calls % 2 === 0) return real.submit(...given)
    return Promise.resolve({ kind: 'unknown', cause: 'ECONNRESET', httpStatus: undefined, body: '' })
  }
  return { ...ports, gateway: () => ({ ...real, submit }) }
}
