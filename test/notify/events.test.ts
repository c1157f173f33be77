/** Events on both engines: in the order of the commits, none missed and none twice, for whoever may hear them and on whichever replica. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Event, eventsAfter } from '#core/notify/events.ts'
import { listening } from '#core/notify/listening.ts'
import type { Scope, Storage } from '#core/ports.ts'
import { jsonLog } from '#core/system/log.ts'
import { noteExpiries } from '#core/workflow/onboarding/expiry-notices.ts'
import { describeEngines } from '../storage/engines.ts'
import { aCompany, addReady, appendWithin, PAST, type Ready } from '../storage/records.ts'

const quiet = jsonLog({ destination: { write: () => undefined } })

await describeEngines('events', (engine) => {
  let storage: Storage
  let replica: Storage
  let ready: Ready
  let other: Ready
  beforeAll(async () => {
    const database = await engine.create()
    storage = await database.open()
    replica = await database.open()
    ready = await addReady(storage)
    other = await addReady(storage, aCompany('310000000000003'))
  })
  afterAll(async () => {
    await replica.close()
    await storage.close()
  })

  /** A document with its entry, in one commit, as issuing does it. */
  const issue = (where: Storage, whose: Ready) =>
    where.write(async (tx) => {
      const document = await appendWithin(tx, whose)
      const details = { number: document.number, road: 'form', hash: 'not told' }
      await tx.addAudit({ at: PAST, actor: 'sara', action: 'document/issued', subject: document.id, details })
      return document
    })
  const add = (action: string, subject: string, details = {}) =>
    storage.write((tx) => tx.addAudit({ at: PAST, actor: 'system', action, subject, details }))
  const last = () => storage.read.lastAudit()
  const since = async (place: number) => (await eventsAfter(storage.read, place)).events

  /** The next so many events that a listener of this scope hears. */
  const hear = async (count: number, after: number, scope: Scope, where = storage): Promise<readonly Event[]> => {
    const stop = new AbortController()
    const heard: Event[] = []
    for await (const event of listening(where.read, quiet)({ after, scope, signal: stop.signal })) {
      heard.push(event)
      if (heard.length === count) stop.abort()
    }
    return heard
  }

  test('tell what happened to a document, and nothing of its buyer', async () => {
    const place = await last()
    const document = await issue(storage, ready)
    const [event, ...rest] = await since(place)
    expect(rest).toEqual([])
    expect(event).toEqual({
      ...{ id: String(place + 1), type: 'invoice.issued', at: PAST, companyId: ready.company.id },
      data: {
        road: 'form',
        invoice: {
          ...{ id: document.id, companyId: ready.company.id, unitId: ready.unit.id, environment: 'PRACTICE' },
          ...{
            number: document.number,
            uuid: document.uuid,
            icv: document.icv,
            kind: 'invoice',
            profile: 'simplified',
          },
        },
      },
    })
  })

  test.each([
    ['document/cleared', () => ready.unit.id, 'invoice.cleared'],
    ['onboarding/production-csid', () => ready.unit.id, 'unit.activated'],
    ['renewal/production-csid', () => ready.unit.id, 'unit.renewed'],
    ['chain/frozen', () => ready.chain.id, 'chain.frozen'],
    ['road/closed', () => `csid/${ready.csid.id}`, 'sending.stopped'],
  ] as const)('%s is an event of the company', async (action, subject, type) => {
    const place = await last()
    await add(action, subject())
    expect(await since(place)).toMatchObject([{ type, companyId: ready.company.id }])
  })

  test('leave out what concerns people', async () => {
    const place = await last()
    await add('access/signed-in', 'sara')
    await add('setting/changed', 'setting/x')
    expect(await eventsAfter(storage.read, place)).toEqual({ events: [], upTo: place + 2 })
  })

  test('of a company are heard by who may see it; a road that everybody travels on by everybody', async () => {
    const place = await last()
    await issue(storage, other)
    await issue(storage, ready)
    await add('road/paused', 'PRODUCTION')
    await add('webhook/deactivated', 'w1')
    const types = (events: readonly Event[]) => events.map(({ type }) => type)
    expect(types(await hear(2, place, [ready.company.id]))).toEqual(['invoice.issued', 'sending.paused'])
    expect(types(await hear(4, place, 'all'))).toHaveLength(4)
  })

  test('are heard on a replica that did not write them, each once and in order, while many write at once', async () => {
    const place = await last()
    const ids = hear(20, place, 'all', replica)
    const writers = [storage, replica].flatMap((where) => [issueSome(where, ready), issueSome(where, other)])
    await Promise.all(writers)
    const heard = (await ids).map(({ id }) => Number(id))
    expect(heard).toEqual(Array.from({ length: 20 }, (_, index) => place + 1 + index))
  })
  const issueSome = async (where: Storage, whose: Ready) => {
    for (let count = 0; count < 5; count++) await issue(where, whose)
  }

  test('go on from the last one that was heard', async () => {
    const place = await last()
    for (let count = 0; count < 4; count++) await issue(storage, ready)
    const [, second] = await hear(2, place, 'all')
    expect((await hear(2, Number(second?.id), 'all')).map(({ id }) => Number(id))).toEqual([place + 3, place + 4])
  })

  describe('of a certificate that comes to its end', () => {
    test('are told once for each step, however many replicas look', async () => {
      const at = (day: string) => ({ now: () => Date.parse(day) })
      const place = await last()
      const look = (day: string) =>
        Promise.all([storage, replica].map((where) => noteExpiries({ storage: where, clock: at(day) })))
      await look('2029-01-01T00:00:00Z')
      expect(await since(place)).toEqual([])
      await look('2029-11-01T00:00:00Z')
      await look('2029-11-02T00:00:00Z')
      await look('2029-12-31T12:00:00Z')
      const mine = (await since(place)).filter(({ companyId }) => companyId === ready.company.id)
      expect(mine.map(({ type, data }) => [type, data['level']])).toEqual([
        ['certificate.expiring', 90],
        ['certificate.expiring', 1],
      ])
    })
  })
})
