/** What the database itself refuses, whoever asks: the triggers behind invariant 3 and G1. */
import { beforeAll, expect, test } from 'vitest'
import { describeEngines, type TestDatabase } from './engines.ts'
import { addReady, anAttempt, append, aResult, finished, PAST } from './records.ts'

const forbidden = [
  "UPDATE document SET number = 'x'",
  'DELETE FROM document',
  "UPDATE audit SET actor = 'x'",
  'DELETE FROM audit',
  "UPDATE result SET outcome = 'cleared'",
  'DELETE FROM result',
  "UPDATE attempt SET response = 'x'",
  'DELETE FROM attempt',
  'UPDATE chain SET last_icv = last_icv - 1',
  'UPDATE chain SET last_icv = last_icv + 2',
  "UPDATE chain SET last_hash = 'x'",
  'DELETE FROM chain',
  'DELETE FROM outbox',
]

await describeEngines('triggers', (engine) => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await engine.create()
    const storage = await database.open()
    const ready = await addReady(storage)
    const settled = await append(storage, ready)
    await append(storage, ready)
    await storage.write(async (tx) => {
      const [row] = await tx.claimOutbox({ limit: 1, leaseSeconds: 90, documentId: settled.id })
      await tx.addAttempt(anAttempt(settled.id, row?.fence ?? -1))
      await tx.finishAttempt(settled.id, row?.fence ?? -1, finished)
      await tx.settle(aResult(settled.id, row?.fence ?? -1), undefined)
      await tx.addAudit({ at: PAST, actor: 'a', action: 'b', subject: settled.id, details: {} })
    })
    await storage.close()
  })
  test.each(forbidden)('%s', async (statement) => {
    await expect(database.sql(statement)).rejects.toThrow(
      /written once|kept for ever|finished once|steps by one|leaves with a result/,
    )
  })
})
