/** What one engine dumps, either engine takes, and dumps again in the same bytes. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { getTableConfig } from 'drizzle-orm/pg-core'
import { expect, onTestFinished, test } from 'vitest'
import type { Database, Storage, StoredRow, TableHead } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import * as schema from '#core/storage/schema.postgres.ts'
import { engines } from './databases.ts'
import { describeEngines, failing, type TestDatabase } from './engines.ts'
import { aCompany, addReady, anAttempt, append, appendWithin, aResult, aUser, finished, xmlOf } from './records.ts'

const at = ({ address }: TestDatabase): Database => databaseAt('file' in address ? address.file : address.url)

const opened = async (database: Database): Promise<Storage> => {
  const storage = await database.open()
  onTestFinished(() => storage.close())
  return storage
}

/** Something in most tables: two chains, Arabic, bytes, flags, JSON, absent values. */
const filled = async (storage: Storage) => {
  const ready = await addReady(storage)
  await addReady(storage, ready.company, 'Till 2')
  const documents = [await append(storage, ready), await append(storage, ready)]
  await storage.write(async (tx) => {
    const [claimed] = await tx.claimOutbox({ limit: 1, leaseSeconds: 90 })
    if (claimed === undefined) throw new Error('nothing was claimed')
    await tx.addAttempt(anAttempt(claimed.documentId, claimed.fence))
    await tx.finishAttempt(claimed.documentId, claimed.fence, finished)
    await tx.settle({ ...aResult(claimed.documentId, claimed.fence), duplicate: true }, new Uint8Array([0, 255, 10]))
    await tx.addUser(aUser())
    await tx.saveSetting({ name: 'x', value: { y: 1 }, changedAt: 'now', changedBy: 'u1' })
    await tx.addBackupRun({
      id: 'b1',
      startedAt: '1',
      finishedAt: '2',
      target: 'file',
      bytes: 2 ** 40,
      documents: 2,
      verified: true,
      problem: undefined,
    })
    await tx.addAudit({ at: 'now', actor: 'u1', action: 'test', subject: 's', details: { نص: 'قيمة' } })
  })
  return { ready, documents }
}

const digestOf = (storage: Storage): Promise<string> =>
  storage.dump(async ({ items }) => {
    const digest = createHash('sha256')
    for await (const item of items) digest.update(`${JSON.stringify(item)}\n`)
    return digest.digest('hex')
  })

const copy = (from: Storage, to: Database): Promise<void> => from.dump((dump) => to.fill(dump))

await describeEngines('transfer', (engine) => {
  test.each(engines)('everything arrives on $name and reads the same', async ({ start }) => {
    const source = await opened(at(await engine.create()))
    const { ready, documents } = await filled(source)
    const other = await start()
    if (other === undefined) throw new Error('the other engine cannot run here')
    onTestFinished(() => other.stop())
    const target = at(await other.create())
    await copy(source, target)
    const copied = await opened(target)
    expect(await digestOf(copied)).toBe(await digestOf(source))
    expect(await copied.read.chainDocuments(ready.chain.id, 0, 10)).toEqual(
      await source.read.chainDocuments(ready.chain.id, 0, 10),
    )
    for (const document of documents)
      expect(Buffer.from((await copied.read.signedXml(document.id)) ?? [])).toEqual(Buffer.from(xmlOf(document)))
    expect(await copied.read.brokenAudit()).toBeUndefined()
    expect(await append(copied, ready)).toMatchObject({ icv: 3, pih: documents[1]?.hash })
  })

  test('a dump shows one moment, whatever is written meanwhile', async () => {
    const storage = await opened(at(await engine.create()))
    const ready = await addReady(storage)
    await append(storage, ready)
    const rows: (TableHead | StoredRow)[] = []
    await storage.dump(async ({ items }) => {
      for await (const item of items) {
        if (!Array.isArray(item) && 'table' in item && item.table === 'chain') {
          await storage.write((tx) => appendWithin(tx, ready))
        }
        rows.push(item)
      }
    })
    const documents = rows.findIndex((item) => 'table' in item && item.table === 'document')
    const outbox = rows.findIndex((item) => 'table' in item && item.table === 'outbox')
    expect(outbox - documents - 1).toBe(1)
    expect((await storage.read.chainTally(ready.chain.id)).documents).toBe(2)
  })

  test('only an empty database is filled, and a failure leaves nothing behind', async () => {
    const source = await opened(at(await engine.create()))
    await filled(source)
    const used = at(await engine.create())
    const storage = await opened(used)
    await storage.write((tx) => tx.addCompany(aCompany('399999999999993')))
    await expect(copy(source, used)).rejects.toEqual(failing('storage/not-empty'))

    const target = at(await engine.create())
    const broken = source.dump(({ schema, items }) =>
      target.fill({
        schema,
        items: (async function* () {
          for await (const item of items) {
            if ('table' in item && item.table === 'audit') throw new Error('the source breaks off')
            yield item
          }
        })(),
      }),
    )
    await expect(broken).rejects.toThrow()
    await copy(source, target)
    expect(await (await opened(target)).read.companies()).toHaveLength(1)
  })

  test('rows of a newer program are refused', async () => {
    const target = at(await engine.create())
    const source = await opened(at(await engine.create()))
    const newer = source.dump((dump) => target.fill({ ...dump, schema: 1000 }))
    await expect(newer).rejects.toEqual(failing('storage/newer-schema'))
  })

  test('documents without an outbox row or a result are counted', async () => {
    const database = await engine.create()
    const storage = await opened(at(database))
    const { ready, documents } = await filled(storage)
    expect(await storage.read.chainTally(ready.chain.id)).toEqual({ documents: 2, unaccounted: [] })
    await database.sql(`DROP TRIGGER outbox_until_settled${'url' in database.address ? ' ON outbox' : ''}`)
    await database.sql('DELETE FROM outbox')
    const { unaccounted } = await storage.read.chainTally(ready.chain.id)
    expect(unaccounted).toHaveLength(1)
    expect(documents.map(({ id }) => id)).toContain(unaccounted[0]?.documentId)
    expect(unaccounted[0]?.rows).toBe('none')
  })
})

/** In a process of its own: Node gives what a module exports in another order than the test runner. */
test('a table comes behind those that it refers to', () => {
  const script = `import { dumped } from '#core/storage/transfer.ts'
    for await (const { table } of dumped(async function* () {})) console.log(table)`
  const cwd = resolve(import.meta.dirname, '../..')
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd, encoding: 'utf8' })
  const order = stdout.trim().split('\n')
  const references = Object.values(schema).flatMap((table) => {
    const { name, foreignKeys } = getTableConfig(table)
    return foreignKeys.map(({ reference }) => [getTableConfig(reference().foreignTable).name, name] as const)
  })
  expect(references.length).toBeGreaterThan(10)
  const wrong = references.filter(([to, from]) => order.includes(from) && order.indexOf(to) > order.indexOf(from))
  expect([order.length > 15, wrong]).toEqual([true, []])
})
