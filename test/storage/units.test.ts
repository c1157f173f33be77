/** Units and chains on both engines: one claim at a time, a chain that drains before it closes, and the switch to the next one. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Storage } from '#core/ports.ts'
import { describeEngines } from './engines.ts'
import { aChain, aCsid, addReady, append, appendWithin, aResult, type Ready } from './records.ts'

await describeEngines('units', (engine) => {
  let storage: Storage
  let ready: Ready
  beforeEach(async () => {
    storage = await (await engine.create()).open()
    ready = await addReady(storage)
  })
  afterEach(() => storage.close())

  const states = async () => (await storage.read.chains(ready.unit.id)).map(({ epoch, state }) => [epoch, state])

  const settle = async (documentId: string) =>
    storage.write(async (tx) => {
      const [row] = await tx.claimOutbox({ limit: 1, leaseSeconds: 90, documentId })
      await tx.settle(aResult(documentId, row?.fence ?? 0), undefined)
      await tx.closeDrained(ready.chain.id)
    })

  /** What a renewal does. */
  const switchChain = () =>
    storage.write(async (tx) => {
      await tx.lockChain(ready.unit.id)
      await tx.retireChain(ready.unit.id)
      await tx.addChain(aChain(ready.unit, 2))
    })

  test('of many claims at once exactly one is given, until it is released or over', async () => {
    const claim = (seconds = 90) => storage.write((tx) => tx.claimUnit(ready.unit.id, seconds))
    const given = (await Promise.all(Array.from({ length: 6 }, () => claim()))).filter((one) => one !== undefined)
    expect(given).toHaveLength(1)
    await storage.write((tx) => tx.releaseUnit(ready.unit.id, '2020-01-01T00:00:00.000Z'))
    expect(await claim()).toBeUndefined()
    await storage.write((tx) => tx.releaseUnit(ready.unit.id, given[0] ?? ''))
    expect(await claim(0)).toBeDefined()
    expect(await claim()).toBeDefined()
  })

  test('a retired chain drains until its last document is settled', async () => {
    const documents = [await append(storage, ready), await append(storage, ready)]
    await switchChain()
    expect(await states()).toEqual([
      [1, 'draining'],
      [2, 'active'],
    ])
    for (const { id } of documents) {
      await storage.write((tx) => tx.closeDrained())
      expect((await states())[0]).toEqual([1, 'draining'])
      await settle(id)
    }
    expect(await states()).toEqual([
      [1, 'closed'],
      [2, 'active'],
    ])
  })

  test('a retired chain without open documents is closed at once, and closing leaves the active one alone', async () => {
    await settle((await append(storage, ready)).id)
    await storage.write((tx) => tx.closeDrained())
    expect(await states()).toEqual([[1, 'active']])
    await switchChain()
    expect((await states())[0]).toEqual([1, 'closed'])
  })

  test('two workers that settle the last two documents close the chain', async () => {
    const documents = [await append(storage, ready), await append(storage, ready)]
    await switchChain()
    await Promise.all(documents.map(({ id }) => settle(id)))
    expect((await states())[0]).toEqual([1, 'closed'])
  })

  test('who waits for the chain while it is replaced gets the new one', async () => {
    let replaced: (value?: unknown) => void = () => undefined
    const gate = new Promise((resolve) => {
      replaced = resolve
    })
    const switching = storage.write(async (tx) => {
      await tx.lockChain(ready.unit.id)
      replaced()
      await new Promise((resolve) => setTimeout(resolve, 200))
      await tx.retireChain(ready.unit.id)
      await tx.addChain(aChain(ready.unit, 2))
    })
    await gate
    const chain = await storage.write((tx) => tx.lockChain(ready.unit.id))
    await switching
    expect(chain?.epoch).toBe(2)
    expect((await storage.write((tx) => appendWithin(tx, ready))).icv).toBe(1)
  })

  test('the newest production CSID of each unit is known with its end', async () => {
    const renewed = { ...aCsid(ready.unit), epoch: 2, notAfter: '2035-01-01T00:00:00.000Z' }
    const compliance = { ...aCsid(ready.unit), epoch: 3, purpose: 'compliance' as const }
    const other = await addReady(storage, ready.company, 'Till 2')
    await storage.write(async (tx) => {
      await tx.addCsid(renewed)
      await tx.addCsid(compliance)
    })
    const found = (await storage.read.productionCsids()).toSorted((a, b) => a.notAfter.localeCompare(b.notAfter))
    expect(found).toEqual([
      { unit: other.unit, csidId: other.csid.id, notAfter: other.csid.notAfter },
      { unit: ready.unit, csidId: renewed.id, notAfter: renewed.notAfter },
    ])
  })

  test('name and branch of a unit change, the rest stays', async () => {
    await storage.write((tx) => tx.updateUnit(ready.unit.id, { name: 'Till 9', branch: 'Jeddah' }))
    expect(await storage.read.unit(ready.unit.id)).toEqual({ ...ready.unit, name: 'Till 9', branch: 'Jeddah' })
    await addReady(storage, ready.company, 'Till 1')
    const taken = storage.write((tx) => tx.updateUnit(ready.unit.id, { name: 'Till 1' }))
    await expect(taken).rejects.toMatchObject({ code: 'unit/duplicate' })
  })
})
