/** One suite for every engine: what the storage promises to the workflow (reliability sections 1 and 3). */
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Storage, User } from '#core/ports.ts'
import { readMigrations } from '#core/storage/migrate.ts'
import { describeEngines, failing, type TestDatabase } from './engines.ts'
import {
  aChain,
  aCompany,
  addReady,
  append,
  appendWithin,
  aRow,
  aUnit,
  aUser,
  PAST,
  type Ready,
  xmlOf,
} from './records.ts'

await describeEngines('storage', (engine, name) => {
  let database: TestDatabase
  let storage: Storage
  let ready: Ready

  beforeEach(async () => {
    database = await engine.create()
    storage = await database.open()
    ready = await addReady(storage)
    return () => storage.close()
  })

  describe('chain (G1)', () => {
    test('gives numbers from 1 and links each document to the one before', async () => {
      const first = await append(storage, ready)
      const second = await append(storage, ready)
      expect([first.icv, second.icv]).toEqual([1, 2])
      expect(second.pih).toBe(first.hash)
      expect(await storage.read.activeChain(ready.unit.id)).toMatchObject({ lastIcv: 2, lastHash: second.hash })
    })

    test('does not fork under writers that all start at once', async () => {
      await Promise.all(Array.from({ length: 25 }, () => append(storage, ready)))
      const walked = await storage.read.chainDocuments(ready.chain.id, 0, 100)
      expect(walked.map(({ document }) => document.icv)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
      for (const [index, { document }] of walked.entries())
        expect(document.pih).toBe(walked[index - 1]?.document.hash ?? ready.chain.lastHash)
    })

    test('takes no number for work that failed', async () => {
      const broken = storage.write(async (tx) => {
        await appendWithin(tx, ready)
        throw new RangeError('after the append')
      })
      await expect(broken).rejects.toThrow(RangeError)
      expect(await storage.read.activeChain(ready.unit.id)).toMatchObject({ lastIcv: 0 })
      expect((await append(storage, ready)).icv).toBe(1)
    })

    test('refuses a document that skips a number or continues from elsewhere', async () => {
      await expect(append(storage, ready, { icv: 2 })).rejects.toEqual(failing('storage/conflict'))
      await expect(append(storage, ready, { pih: 'elsewhere' })).rejects.toEqual(failing('storage/conflict'))
      expect(await storage.read.outboxCounts()).toMatchObject({ waiting: 0 })
    })

    test('keeps one active chain per unit, and none once it is frozen', async () => {
      const second = storage.write((tx) => tx.addChain(aChain(ready.unit, 2)))
      await expect(second).rejects.toEqual(failing('storage/conflict'))
      await storage.write((tx) => tx.freezeChain(ready.chain.id, 'hash of the answer differs'))
      expect(await storage.write((tx) => tx.lockChain(ready.unit.id))).toBeUndefined()
      await expect(append(storage, ready)).rejects.toThrow('no active chain')
    })

    test('retires a chain for the next epoch', async () => {
      await append(storage, ready)
      await storage.write(async (tx) => {
        await tx.retireChain(ready.unit.id)
        await tx.addChain(aChain(ready.unit, 2))
      })
      expect((await append(storage, ready)).icv).toBe(1)
      const chains = await storage.read.chains(ready.unit.id)
      expect(chains.map(({ epoch, state, lastIcv }) => [epoch, state, lastIcv])).toEqual([
        [1, 'draining', 1],
        [2, 'active', 1],
      ])
    })
  })

  describe('uniqueness', () => {
    const cases = [
      ['uuid', 'storage/conflict'],
      ['number', 'document/duplicate-number'],
      ['idempotencyKey', 'request/idempotency-mismatch'],
    ] as const
    test.each(cases)('a second document with the same %s is %s', async (field, code) => {
      const first = await append(storage, ready)
      await expect(append(storage, ready, { [field]: first[field] })).rejects.toEqual(failing(code))
      expect((await append(storage, ready)).icv).toBe(2)
    })

    test('the same number again is fine as a reissue', async () => {
      const first = await append(storage, ready)
      const again = await append(storage, ready, { number: first.number, reissueNo: 1, supersedes: first.id })
      const found = await storage.read.documentsByNumber(ready.company.id, 'PRACTICE', first.number)
      expect(found.map(({ document }) => document)).toEqual([first, again])
    })

    test('companies by VAT number, units by name, users by name', async () => {
      await expect(storage.write((tx) => tx.addCompany(aCompany()))).rejects.toEqual(failing('company/duplicate'))
      await expect(storage.write((tx) => tx.addUnit(aUnit(ready.company)))).rejects.toEqual(failing('unit/duplicate'))
      const user = aUser()
      await storage.write((tx) => tx.addUser(user))
      const again = storage.write((tx) => tx.addUser({ ...user, id: 'u2' }))
      await expect(again).rejects.toEqual(failing('access/duplicate-user'))
    })

    test('of two first users at once, each knows whether it was the first', async () => {
      const addAndCount = (user: User) =>
        storage.write(async (tx) => {
          await tx.addUser(user)
          return (await tx.users()).length
        })
      const counts = await Promise.all([aUser(), aUser({ id: 'u2', username: 'omar' })].map(addAndCount))
      expect(counts.sort()).toEqual([1, 2])
    })

    test('a unit needs its company', async () => {
      const orphan = storage.write((tx) => tx.addUnit(aUnit(aCompany())))
      await expect(orphan).rejects.toEqual(failing('storage/conflict'))
    })

    test('a failure says nothing of the values', async () => {
      const secret = 'canary-7c1f'
      const user = aUser()
      await storage.write((tx) => tx.addUser(user))
      const thrown = await storage.write((tx) => tx.addUser(user)).catch((failure: unknown) => failure)
      if (!(thrown instanceof Error)) throw new Error('nothing was thrown')
      expect(`${thrown.stack} ${JSON.stringify(thrown)} ${thrown.cause}`).not.toContain(secret)
    })
  })

  describe('documents', () => {
    test('are read back exactly, by id and by idempotency key', async () => {
      const document = await append(storage, ready, { buyerName: 'مؤسسة', idempotencyKey: 'key-1' })
      expect((await storage.read.documentStatus(document.id))?.document).toEqual(document)
      expect(await storage.read.documentsByKeys(ready.company.id, 'PRACTICE', ['key-0', 'key-1'])).toEqual([document])
      expect(await storage.read.documentsByKeys(ready.company.id, 'SANDBOX', ['key-1'])).toEqual([])
      expect(await storage.read.signedXml(document.id)).toEqual(Buffer.from(xmlOf(document)))
      const status = await storage.read.documentStatus(document.id)
      expect(status).toMatchObject({ state: 'waiting', outbox: aRow(document.id) })
    })

    test('come newest first in pages without gap or repeat', async () => {
      for (let day = 10; day < 17; day++) await append(storage, ready, { sealedAt: `2024-01-${day}T00:00:00.000Z` })
      await append(storage, ready, { sealedAt: '2024-01-16T00:00:00.000Z' })
      const seen: string[] = []
      let after: string | undefined
      do {
        const from = after === undefined ? {} : { after }
        const page = await storage.read.documents({ companyId: ready.company.id, limit: 3, ...from })
        seen.push(...page.rows.map(({ document }) => `${document.sealedAt} ${document.id}`))
        after = page.next
      } while (after !== undefined)
      expect(seen).toHaveLength(8)
      expect(seen).toEqual([...new Set(seen)].sort().reverse())
    })

    test('are found by state, environment and text, in which signs of the query language mean themselves', async () => {
      const { id } = await append(storage, ready, { number: '100%_A', buyerName: 'مؤسسة النخيل' })
      await append(storage, ready, { number: '100xxB' })
      const ids = async (filter: object) => {
        const page = await storage.read.documents({ companyId: ready.company.id, limit: 10, ...filter })
        return page.rows.map(({ document }) => document.id)
      }
      expect(await ids({ search: '0%_a' })).toEqual([id])
      expect(await ids({ search: 'النخيل' })).toEqual([id])
      expect(await ids({ state: 'cleared' })).toEqual([])
      expect(await ids({ state: 'waiting' })).toHaveLength(2)
      expect(await ids({ environment: 'PRODUCTION' })).toEqual([])
      expect(await ids({ companyId: randomUUID() })).toEqual([])
      await expect(ids({ after: 'nonsense' })).rejects.toEqual(failing('request/invalid'))
    })

    test('whose stored bytes were damaged are refused', async () => {
      const { id } = await append(storage, ready)
      await database.sql(dropTrigger('document_no_update', 'document')[name])
      const swapped = { SQLite: "zeroblob(20) || 'x'", Postgres: "'\\x789c0300000000'" }[name]
      await database.sql(`UPDATE document SET signed_xml = ${swapped}`)
      await expect(storage.read.signedXml(id)).rejects.toEqual(failing('storage/corrupt'))
    })
  })

  describe('audit log', () => {
    test('chains entries of all writers by hash, in the order of commit', async () => {
      const entry = (action: string) => ({ at: PAST, actor: 'a', action, subject: 's', details: { n: 1 } })
      await Promise.all(Array.from({ length: 10 }, (_, index) => storage.write((tx) => tx.addAudit(entry(`${index}`)))))
      expect(await storage.read.audit('s')).toHaveLength(10)
      const rows = await database.sql('SELECT seq, prev_hash, hash FROM audit ORDER BY seq')
      for (const [index, [seq, previous]] of rows.entries())
        expect([seq, previous]).toEqual([index + 1, rows[index - 1]?.[2] ?? '0'.repeat(64)])
    })

    test('shows where somebody changed or removed an entry past the triggers', async () => {
      const entry = { at: PAST, actor: 'a', action: 'b', subject: 's', details: { note: 'فاتورة' } }
      for (let count = 1; count <= 5; count++) await storage.write((tx) => tx.addAudit(entry))
      expect(await storage.read.brokenAudit()).toBeUndefined()
      await database.sql(dropTrigger('audit_no_update', 'audit')[name])
      await database.sql("UPDATE audit SET actor = 'nobody' WHERE seq = 3")
      expect(await storage.read.brokenAudit()).toBe(3)
      await database.sql(dropTrigger('audit_no_delete', 'audit')[name])
      await database.sql('DELETE FROM audit WHERE seq IN (2, 3)')
      expect(await storage.read.brokenAudit()).toBe(4)
    })
  })

  describe('opening', () => {
    test('finds everything again after closing', async () => {
      const document = await append(storage, ready)
      await storage.close()
      storage = await database.open()
      expect((await storage.read.documentStatus(document.id))?.document).toEqual(document)
      expect((await append(storage, ready)).icv).toBe(2)
    })

    test('refuses a schema from a later program', async () => {
      await database.sql(`INSERT INTO schema_version (version, applied_at) VALUES (999, '${PAST}')`)
      await expect(database.open()).rejects.toEqual(failing('storage/newer-schema'))
    })

    /** More with `MIGRATION_ROUNDS=50 npx vitest run test/storage/storage.test.ts -t migrate` */
    const rounds = Number(process.env['MIGRATION_ROUNDS'] ?? 1)
    test('many at once migrate exactly once (G11)', { timeout: 30_000 * rounds }, async () => {
      for (let round = 0; round < rounds; round++) {
        const fresh = await engine.create()
        const opened = await Promise.all(Array.from({ length: 4 }, () => fresh.open()))
        for (const one of opened) await one.close()
        const versions = await fresh.sql('SELECT version FROM schema_version ORDER BY version')
        expect(versions.map(([version]) => version)).toEqual(readMigrations('sqlite').map(({ version }) => version))
      }
    })

    test('gives no statement to whoever keeps a finished transaction', async () => {
      const kept = await storage.write(async (tx) => tx)
      await expect(kept.companies()).rejects.toEqual(failing('internal/unexpected'))
    })
  })
})

const dropTrigger = (trigger: string, table: string) => ({
  SQLite: `DROP TRIGGER ${trigger}`,
  Postgres: `DROP TRIGGER ${trigger} ON ${table}`,
})
