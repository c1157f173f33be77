/** The outbox on every engine: leases, fences, the journal of attempts and the one result (reliability section 5). */
import { beforeEach, expect, test } from 'vitest'
import type { Storage } from '#core/ports.ts'
import { freshRoad } from '#core/workflow/sending/roads.ts'
import { describeEngines, failing, type TestDatabase } from './engines.ts'
import { addReady, anAttempt, append, aResult, finished, PAST, type Ready, xmlOf } from './records.ts'

await describeEngines('outbox', (engine) => {
  let database: TestDatabase
  let storage: Storage
  let ready: Ready

  beforeEach(async () => {
    database = await engine.createMigrated()
    storage = await database.open()
    ready = await addReady(storage)
    return () => storage.close()
  })

  const claim = (documentId?: string) =>
    storage.write((tx) =>
      tx.claimOutbox({ limit: 10, leaseSeconds: 90, ...(documentId === undefined ? {} : { documentId }) }),
    )

  test('a claimed row is nobody else’s until its lease ends, and every claim raises the fence', async () => {
    const { id } = await append(storage, ready)
    const [mine] = await claim()
    expect(mine).toMatchObject({ documentId: id, state: 'sending', fence: 1, claims: 1 })
    expect(await claim()).toEqual([])
    expect(await claim(id)).toEqual([])
    await database.sql(`UPDATE outbox SET lease_until = '${PAST}'`)
    expect(await claim()).toMatchObject([{ documentId: id, fence: 2, claims: 2 }])
  })

  test('workers that claim at once share the rows and take none twice', async () => {
    for (let index = 0; index < 12; index++) await append(storage, ready)
    const claimed = await Promise.all(
      Array.from({ length: 4 }, () => storage.write((tx) => tx.claimOutbox({ limit: 3, leaseSeconds: 90 }))),
    )
    const ids = claimed.flat().map((row) => row.documentId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length + (await claim()).length).toBe(12)
  })

  test('what is not due or held waits; a named document does not wait for its time', async () => {
    const { id } = await append(storage, ready)
    const [row] = await claim()
    const later = { state: 'unknown', nextAt: '2999-01-01T00:00:00.000Z', firstSentAt: PAST } as const
    expect(await storage.write((tx) => tx.releaseOutbox(id, row?.fence ?? -1, later))).toBe(true)
    expect(await claim()).toEqual([])
    const [named] = await claim(id)
    expect(named).toMatchObject({ fence: 2, firstSentAt: PAST })
    await storage.write((tx) => tx.releaseOutbox(id, 2, { state: 'held', heldReason: 'quarantined' }))
    expect(await claim(id)).toEqual([])
    expect((await storage.read.documentStatus(id))?.state).toBe('held')
  })

  test('a stale worker changes nothing (G6)', async () => {
    const { id } = await append(storage, ready)
    await claim()
    await database.sql(`UPDATE outbox SET lease_until = '${PAST}'`)
    await claim()
    await storage.write(async (tx) => {
      expect(await tx.releaseOutbox(id, 1, { state: 'pending' })).toBe(false)
      expect(await tx.settle(aResult(id, 1), undefined)).toBe(false)
    })
    expect(await storage.read.documentStatus(id)).toMatchObject({ state: 'sending', result: undefined })
    expect(await storage.write((tx) => tx.settle(aResult(id, 2), undefined))).toBe(true)
    expect(await storage.read.documentStatus(id)).toMatchObject({ state: 'reported', outbox: undefined })
  })

  test('an attempt is journalled, finished once, and its answer ends the count of silent claims', async () => {
    const { id } = await append(storage, ready)
    await claim()
    await storage.write((tx) => tx.addAttempt(anAttempt(id, 1)))
    expect(await storage.read.attempts(id)).toEqual([anAttempt(id, 1)])
    await storage.write((tx) => tx.finishAttempt(id, 1, finished))
    expect(await storage.read.attempts(id)).toEqual([{ ...anAttempt(id, 1), ...finished }])
    expect((await storage.read.documentStatus(id))?.outbox?.claims).toBe(0)
    const again = storage.write((tx) => tx.finishAttempt(id, 1, finished))
    await expect(again).rejects.toEqual(failing('storage/immutable'))
  })

  test('the result keeps the cleared bytes and leaves no row behind', async () => {
    const document = await append(storage, ready)
    await claim()
    const cleared = xmlOf({ ...document, uuid: 'stamped' })
    await storage.write((tx) => tx.settle({ ...aResult(document.id, 1), outcome: 'cleared' }, cleared))
    expect(await storage.read.clearedXml(document.id)).toEqual(Buffer.from(cleared))
    const nothing = { waiting: 0, unknown: 0, held: 0, oldestSealedAt: undefined }
    expect(await storage.read.outboxCounts()).toEqual(nothing)
  })

  test('those under way are told by living leases, with what they travel on', async () => {
    await append(storage, ready)
    await append(storage, ready)
    const [row] = await storage.write((tx) => tx.claimOutbox({ limit: 1, leaseSeconds: 90, owner: 'host/1' }))
    expect(row?.leaseOwner).toBe('host/1')
    const trip = { environment: 'PRACTICE', endpoint: 'reporting', csidId: ready.csid.id }
    const { now, trips } = await storage.write((tx) => tx.underWay())
    expect(trips).toEqual([trip])
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(5000)
    await database.sql(`UPDATE outbox SET lease_until = '${PAST}'`)
    expect((await storage.write((tx) => tx.underWay())).trips).toEqual([])
  })

  test('what travels on a closed road is passed over untouched, the rest goes by deadline', async () => {
    const other = await addReady(storage, ready.company, 'Till 2')
    const mine = [await append(storage, ready), await append(storage, ready)].map(({ id }) => id)
    const theirs = (await append(storage, other)).id
    await database.sql(`UPDATE outbox SET deadline_at = '${PAST}' WHERE document_id = '${theirs}'`)
    const claimWithout = (...closed: string[]) =>
      storage.write((tx) => tx.claimOutbox({ limit: 10, leaseSeconds: 90, closed }))
    for (const road of ['PRACTICE', 'PRACTICE/reporting']) expect(await claimWithout(road)).toEqual([])
    expect(await claimWithout(`csid/${ready.csid.id}`)).toMatchObject([{ documentId: theirs }])
    const untouched = await Promise.all(mine.map(async (id) => (await storage.read.documentStatus(id))?.outbox))
    expect(untouched).toMatchObject([
      { fence: 0, claims: 0, state: 'pending' },
      { fence: 0, claims: 0, state: 'pending' },
    ])
    await database.sql(`UPDATE outbox SET endpoint = 'clearance' WHERE document_id = '${mine[1]}'`)
    const left = await claimWithout('PRACTICE/reporting', 'SANDBOX', 'csid/unknown')
    expect(left.map(({ documentId }) => documentId)).toEqual([mine[1]])
  })

  test('a row that is not admitted stays as it is', async () => {
    const ids = [await append(storage, ready), await append(storage, ready)].map(({ id }) => id)
    let places = 1
    const admit = () => places-- > 0
    const claimed = await storage.write((tx) => tx.claimOutbox({ limit: 10, leaseSeconds: 90, admit }))
    expect(claimed).toHaveLength(1)
    const refused = ids.find((id) => id !== claimed[0]?.documentId) ?? ''
    expect((await storage.read.documentStatus(refused))?.outbox).toMatchObject({ fence: 0, state: 'pending' })
  })

  test('an answer that came late settles a document that waits or is held, but none that a newer worker sends', async () => {
    const { id } = await append(storage, ready)
    await claim()
    expect(await storage.write((tx) => tx.settleLate(aResult(id, 1), undefined))).toBe(false)
    await storage.write((tx) => tx.releaseOutbox(id, 1, { state: 'held', heldReason: 'unsettled' }))
    expect(await storage.write((tx) => tx.settleLate(aResult(id, 1), undefined))).toBe(true)
    expect(await storage.read.documentStatus(id)).toMatchObject({ state: 'reported', outbox: undefined })
    expect(await storage.write((tx) => tx.settleLate(aResult(id, 1), undefined))).toBe(false)
    const waiting = await append(storage, ready)
    expect(await storage.write((tx) => tx.settleLate(aResult(waiting.id, 0), undefined))).toBe(true)
  })

  test('a stamped copy completes a result once', async () => {
    const { id } = await append(storage, ready)
    await claim()
    const stamped = new TextEncoder().encode('<Invoice>stamped</Invoice>')
    expect(await storage.write((tx) => tx.completeResult(id, stamped))).toBe(false)
    await storage.write((tx) => tx.settle(aResult(id, 1), undefined))
    expect(await storage.write((tx) => tx.completeResult(id, stamped))).toBe(true)
    expect(await storage.write((tx) => tx.completeResult(id, new Uint8Array([1])))).toBe(false)
    expect(await storage.read.clearedXml(id)).toEqual(Buffer.from(stamped))
  })

  test('a road is put down when it is first locked; changes one after the other are all kept', async () => {
    const fresh = freshRoad('PRACTICE/reporting', Date.parse(PAST))
    const fail = () =>
      storage.write(async (tx) => {
        const road = await tx.lockRoad(fresh)
        await tx.saveRoad({ ...road, failures: road.failures + 1, reason: 'unreachable', probeAt: PAST })
      })
    await Promise.all([1, 2, 3, 4].map(fail))
    expect(await storage.read.roads()).toEqual([{ ...fresh, failures: 4, reason: 'unreachable', probeAt: PAST }])
    await storage.write((tx) => tx.saveRoad(fresh))
    expect(await storage.read.roads()).toEqual([fresh])
  })
})
