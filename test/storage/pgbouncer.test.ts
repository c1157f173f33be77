/** Behind PgBouncer in transaction mode: nothing may hang on the session, neither prepared statements, nor settings, nor locks. */
import pg from 'pg'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openPostgres } from '#core/storage/postgres.ts'
import { postgres, type TestDatabase } from './engines.ts'
import { hasPgbouncer, startPgbouncer } from './pgbouncer.ts'
import { addReady, append, PAST } from './records.ts'

const engine = hasPgbouncer() ? await postgres.start() : undefined
afterAll(() => engine?.stop())

const pooled = async (database: TestDatabase) => {
  const bouncer = await startPgbouncer('url' in database.address ? database.address.url : '')
  onTestFinished(() => bouncer.close())
  const open = async () => {
    const storage = await openPostgres({ url: bouncer.url, connections: 8 })
    onTestFinished(() => storage.close())
    return storage
  }
  return { open }
}

describe.skipIf(engine === undefined)('storage behind PgBouncer', () => {
  const created = async (): Promise<TestDatabase> => {
    if (engine === undefined) throw new Error('Postgres does not run')
    return engine.create()
  }

  test('many at once migrate exactly once', async () => {
    const database = await created()
    const { open } = await pooled(database)
    await Promise.all(Array.from({ length: 4 }, open))
    const [row] = await database.sql('SELECT count(*) = max(version) FROM schema_version')
    expect(row).toEqual([true])
  })

  test('no read hangs on what a connection was told before', async () => {
    const { open } = await pooled(await created())
    const storage = await open()
    const said = vi.spyOn(pg.Client.prototype, 'query')
    onTestFinished(() => said.mockRestore())
    await storage.read.companies()
    await storage.within([]).read.companies()
    const texts = said.mock.calls.flatMap(([text]) => (typeof text === 'string' ? [text] : []))
    expect(texts).toEqual(
      ['*', '-'].flatMap((seen) => [`BEGIN READ ONLY; SET LOCAL khatm.companies = '${seen}'`, 'COMMIT']),
    )
  })

  test('two replicas with more connections than the server has number, audit and claim without a fork', async () => {
    const { open } = await pooled(await created())
    const [one, other] = [await open(), await open()]
    const ready = await addReady(one)
    const issue = async (index: number) => {
      const storage = index % 2 === 0 ? one : other
      const { id } = await append(storage, ready)
      const entry = { at: PAST, actor: 'a', action: 'document/issued', subject: id, details: { index } }
      await storage.write((tx) => tx.addAudit(entry))
      expect((await storage.read.documentStatus(id))?.state).toBe('waiting')
    }
    await Promise.all(Array.from({ length: 40 }, (_, index) => issue(index)))

    const documents = (await one.read.chainDocuments(ready.chain.id, 0, 100)).map(({ document }) => document)
    expect(documents.map(({ icv }) => icv)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
    expect(documents.slice(1).map(({ pih }) => pih)).toEqual(documents.slice(0, -1).map(({ hash }) => hash))
    expect(await other.read.brokenAudit()).toBeUndefined()
    const claim = { limit: 10, leaseSeconds: 90 }
    const claimed = await Promise.all(
      [one, other, one, other].map((storage) => storage.write((tx) => tx.claimOutbox(claim))),
    )
    expect(new Set(claimed.flat().map(({ documentId }) => documentId)).size).toBe(40)
  })
})
