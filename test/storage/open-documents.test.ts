/** What is on its way, over all companies: what the board of the office reads. */
import { beforeEach, expect, test } from 'vitest'
import type { Storage } from '#core/ports.ts'
import { describeEngines, type TestDatabase } from './engines.ts'
import { aCompany, addReady, append, aResult, PAST, type Ready } from './records.ts'

await describeEngines('documents on their way', (engine) => {
  let database: TestDatabase
  let storage: Storage
  let first: Ready
  let second: Ready

  beforeEach(async () => {
    database = await engine.createMigrated()
    storage = await database.open()
    first = await addReady(storage)
    second = await addReady(storage, aCompany('311111111111113'))
    return () => storage.close()
  })

  const change = (id: string, assignments: string) =>
    database.sql(`UPDATE outbox SET ${assignments} WHERE document_id = '${id}'`)

  test('are listed over all companies, the earliest deadline first; settled ones are not', async () => {
    const late = await append(storage, first)
    const early = await append(storage, second)
    const settled = await append(storage, second)
    await change(early.id, `deadline_at = '${PAST}'`)
    await storage.write((tx) => tx.claimOutbox({ limit: 1, leaseSeconds: 90, documentId: settled.id }))
    await storage.write((tx) => tx.settle(aResult(settled.id, 1), undefined))
    const listed = await storage.read.openDocuments({ limit: 10 })
    expect(listed.map(({ document }) => document.id)).toEqual([early.id, late.id])
    expect(await storage.read.openDocuments({ limit: 1 })).toHaveLength(1)
  })

  test('are listed by profile: only simplified ones have a clock', async () => {
    await append(storage, first, { profile: 'standard' })
    const { id } = await append(storage, first)
    const listed = await storage.read.openDocuments({ profile: 'simplified', limit: 10 })
    expect(listed.map(({ document }) => document.id)).toEqual([id])
  })

  test('are listed by state', async () => {
    const { id } = await append(storage, first)
    await append(storage, second)
    await change(id, `state = 'held', held_reason = 'unsettled'`)
    const held = await storage.read.openDocuments({ state: 'held', limit: 10 })
    expect(held).toMatchObject([{ state: 'held', document: { id }, outbox: { heldReason: 'unsettled' } }])
  })

  test('are counted by company, with the oldest and the first clock to end', async () => {
    const older = '2023-12-31T00:00:00.000Z'
    const [standard, unknown] = [
      await append(storage, first, { profile: 'standard', sealedAt: older }),
      await append(storage, first),
      await append(storage, first),
      await append(storage, second, { profile: 'standard' }),
    ]
    await change(standard.id, `deadline_at = '${PAST}'`)
    await change(unknown.id, `state = 'unknown'`)
    const tallies = await storage.read.openTallies()
    expect(tallies.find(({ companyId }) => companyId === first.company.id)).toEqual({
      companyId: first.company.id,
      environment: 'PRACTICE',
      waiting: 2,
      unknown: 1,
      held: 0,
      oldestSealedAt: older,
      deadlineAt: '2024-01-02T00:00:00.000Z',
    })
    // A standard document has no clock.
    expect(tallies.find(({ companyId }) => companyId === second.company.id)).toMatchObject({
      waiting: 1,
      deadlineAt: undefined,
    })
    expect(tallies).toHaveLength(2)
  })
})
