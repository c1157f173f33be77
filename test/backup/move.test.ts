/** Moving between databases: proved before and after, nothing issued in two places, and back as it was when anything disagrees. */
import { expect, onTestFinished, test } from 'vitest'
import { moveDatabase, movedChains } from '#core/backup/move.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { rewrapping } from '#core/keys/rewrapping.ts'
import { keyStore } from '#core/keys/store.ts'
import type { Database, Ports, Storage } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { describeEngines, engines, failing } from '../storage/engines.ts'
import { draft } from '../workflow/office.ts'
import { chainLinks, filledOffice, issue, newDatabase } from './office.ts'

const clock = { now: () => Date.now() }

const opened = async (database: Database): Promise<Storage> => {
  const storage = await database.open()
  onTestFinished(() => storage.close())
  return storage
}

const issueAt = (ports: Ports, unitId: string) => {
  const wanted = draft()
  return issueDocument(ports, { unitId, draft: wanted, idempotencyKey: wanted.number, actor: 'tester' })
}

await describeEngines('move', (engine) => {
  test.each(engines)(
    'to $name: the chain goes on there, with the keys of the new place, and ends here',
    async ({ start }) => {
      const other = await start()
      if (other === undefined) throw new Error('the other engine cannot run here')
      onTestFinished(() => other.stop())
      const filled = await filledOffice(engine)
      const before = await chainLinks(filled.office, filled.unit)
      const { database: from, office, unit } = filled
      const to = await newDatabase(other)
      const elsewhere = memoryEncryption()
      const moved = await moveDatabase({
        from,
        to,
        clock,
        actor: 'owner',
        rewrapping: rewrapping(filled.encryption, elsewhere),
      })
      expect(moved.documents).toBe(4)
      expect(moved.tally['document']?.rows).toBe(4)

      const ports = { ...office.ports, storage: await opened(to), keys: keyStore(elsewhere) }
      expect(await issueAt(ports, unit.id)).toMatchObject({ icv: 5, pih: before[3]?.hash })

      const left = { ...office.ports, storage: await opened(from) }
      await expect(issueAt(left, unit.id)).rejects.toEqual(failing('chain/frozen'))
      expect(await movedChains(left.storage)).toMatchObject([{ frozenReason: 'moved', lastIcv: 4 }])
      expect(await chainLinks({ ...office, ports: left }, unit)).toEqual(before)
      expect((await left.storage.read.audit('database')).map(({ action }) => action)).toEqual(['database/moved'])
      await expect(moveDatabase({ from, to: await newDatabase(engine), clock, actor: 'owner' })).rejects.toEqual(
        failing('storage/moved'),
      )
    },
  )

  test('a target that is not empty stops the move, and the source goes on', async () => {
    const { database: from, office, unit } = await filledOffice(engine)
    const to = await newDatabase(engine)
    const used = await opened(to)
    await used.write((tx) => tx.addCompany({ ...office.company, id: 'another', vatNumber: '399999999999993' }))
    await expect(moveDatabase({ from, to, clock, actor: 'owner' })).rejects.toEqual(failing('storage/not-empty'))
    const storage = await opened(from)
    expect(await issueAt({ ...office.ports, storage }, unit.id)).toMatchObject({ icv: 5 })
    expect((await storage.read.audit('database')).map(({ action }) => action)).toEqual([
      'database/moved',
      'database/not-moved',
    ])
  })

  test('a copy that differs is not accepted, and the source goes on', async () => {
    const { database: from, office, unit } = await filledOffice(engine)
    const to = await newDatabase(engine)
    const lossy: Database = {
      ...to,
      fill: ({ schema, items }) =>
        to.fill({
          schema,
          items: (async function* () {
            let table = ''
            for await (const item of items) {
              if ('table' in item) table = item.table
              if (table !== 'attempt' || 'table' in item) yield item
            }
          })(),
        }),
    }
    await expect(moveDatabase({ from, to: lossy, clock, actor: 'owner' })).rejects.toMatchObject({
      code: 'move/unproven',
      details: { which: 'copy', tables: ['attempt'] },
    })
    const storage = await opened(from)
    expect(await issueAt({ ...office.ports, storage }, unit.id)).toMatchObject({ icv: 5 })
  })

  test('keys that cannot be rewrapped stop the move before anything is copied', async () => {
    const { database: from, office, unit } = await filledOffice(engine)
    const wrong = rewrapping(memoryEncryption(), memoryEncryption())
    const to = await newDatabase(engine)
    await expect(moveDatabase({ from, to, clock, actor: 'owner', rewrapping: wrong })).rejects.toEqual(
      failing('key/locked'),
    )
    expect(await (await opened(to)).read.companies()).toEqual([])
    const storage = await opened(from)
    await issue({ ...office, ports: { ...office.ports, storage } }, unit)
  })
})
