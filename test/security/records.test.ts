/** Issued documents, logs and counters against everybody who reaches the database, its owner included: what the engines refuse. */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Storage } from '#core/ports.ts'
import { describeEngines, failing, type TestDatabase } from '../storage/engines.ts'
import { aChain, addReady, anAttempt, append, aResult, finished, PAST, type Ready } from '../storage/records.ts'

/** Written once, kept for ever. */
const kept = ['document', 'audit', 'attempt', 'result'] as const
const refusal = /written once|kept for ever|finished once|steps by one/

await describeEngines('past the program', (engine, name) => {
  let database: TestDatabase
  let storage: Storage
  let ready: Ready

  beforeAll(async () => {
    database = await engine.create()
    storage = await database.open()
    ready = await addReady(storage)
    for (let number = 1; number <= 2; number++) await settle(storage, (await append(storage, ready)).id)
    await storage.write((tx) => tx.addAudit({ at: PAST, actor: 'a', action: 'b', subject: 'c', details: {} }))
  })

  const columnsOf = async (table: string): Promise<readonly string[]> => {
    const listed =
      name === 'SQLite'
        ? `SELECT name FROM pragma_table_info('${table}')`
        : `SELECT column_name FROM information_schema.columns WHERE table_name = '${table}' AND table_schema = current_schema()`
    return (await database.sql(listed)).map(([column]) => String(column))
  }
  const rows = async (table: string) => (await database.sql(`SELECT * FROM ${table} ORDER BY 1, 2`)).map(String)

  /** Each engine's way past the triggers of UPDATE and DELETE. */
  const atOnce = (table: string): string =>
    name === 'SQLite' ? `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}` : `TRUNCATE ${table} CASCADE`

  describe.each(kept)('rows of %s', (table) => {
    test('are there, or nothing would be proven', async () => expect((await rows(table)).length).toBeGreaterThan(1))

    test('keep every single column', async () => {
      const before = await rows(table)
      const columns = await columnsOf(table)
      expect(columns.length).toBeGreaterThan(5)
      for (const column of columns)
        await expect(database.sql(`UPDATE ${table} SET ${column} = ${column}`), column).rejects.toThrow(refusal)
      expect(await rows(table)).toEqual(before)
    })

    test('are neither deleted nor replaced', async () => {
      const before = await rows(table)
      for (const statement of [`DELETE FROM ${table}`, atOnce(table)])
        await expect(database.sql(statement), statement).rejects.toThrow(refusal)
      expect(await rows(table)).toEqual(before)
    })
  })

  describe('the counter', () => {
    const steps = [
      'last_icv = 0',
      'last_icv = last_icv - 1',
      'last_icv = last_icv + 1',
      "last_hash = 'genesis'",
      'epoch = 9',
    ]
    test.each(steps)('does not take %s', async (step) => {
      await expect(database.sql(`UPDATE chain SET ${step}`)).rejects.toThrow(refusal)
      expect((await storage.read.activeChain(ready.unit.id))?.lastIcv).toBe(2)
    })

    test('does not begin again in a chain that is deleted or put anew', async () => {
      for (const statement of ['DELETE FROM chain', atOnce('chain')])
        await expect(database.sql(statement)).rejects.toThrow(refusal)
      expect((await storage.read.activeChain(ready.unit.id))?.lastIcv).toBe(2)
    })
  })

  describe('a second sequence of a unit', () => {
    test('is refused to the program', async () => {
      const second = aChain(ready.unit, 2)
      await expect(storage.write((tx) => tx.addChain(second))).rejects.toEqual(failing('storage/conflict'))
    })

    test('is refused to the owner of the database', async () => {
      const copied = `INSERT INTO chain (id, unit_id, epoch, state, last_icv, last_hash)
        SELECT '${randomUUID()}', unit_id, epoch + 1, 'active', 0, 'genesis' FROM chain`
      await expect(database.sql(copied)).rejects.toThrow(/unique/i)
      expect(await storage.read.chains(ready.unit.id)).toHaveLength(1)
    })
  })

  describe('a key', () => {
    test('is not exchanged for another one, nor deleted; only its wrapping changes', async () => {
      const sealed = 'khatm1.file.wrapped.sealed'
      await storage.write((tx) => tx.addKeyEnvelope({ keyId: 'key-1', envelope: sealed, companyId: undefined }))
      for (const envelope of ['khatm1.file.wrapped.other', 'khatm1.file.wrapped'])
        await expect(storage.write((tx) => tx.rewrapKey('key-1', envelope))).rejects.toEqual(
          failing('storage/immutable'),
        )
      await expect(database.sql('DELETE FROM key_envelope')).rejects.toThrow(refusal)
      await storage.write((tx) => tx.rewrapKey('key-1', 'khatm1.pkcs11-1.anew.sealed'))
      expect(await storage.read.keyEnvelope('key-1')).toBe('khatm1.pkcs11-1.anew.sealed')
    })

    test('nor is the secret of a certificate', async () => {
      const { csid } = ready
      const other = storage.write((tx) => tx.rewrapSecret(csid.id, 'khatm1.file.wrapped.other'))
      await expect(other).rejects.toEqual(failing('storage/immutable'))
      await expect(database.sql('DELETE FROM csid')).rejects.toThrow(refusal)
    })
  })
})

const settle = async (storage: Storage, documentId: string): Promise<void> =>
  storage.write(async (tx) => {
    const [row] = await tx.claimOutbox({ limit: 1, leaseSeconds: 90, documentId })
    const fence = row?.fence ?? -1
    await tx.addAttempt(anAttempt(documentId, fence))
    await tx.finishAttempt(documentId, fence, finished)
    await tx.settle(aResult(documentId, fence), new Uint8Array([60]))
    await tx.addAudit({ at: PAST, actor: 'a', action: 'b', subject: documentId, details: {} })
  })
