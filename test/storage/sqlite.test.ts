/** What only SQLite promises: durable commits, a backup before a migration, several processes on one file. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { migrateSqlite, openSqlite } from '#core/storage/sqlite.ts'
import { failing } from './engines.ts'
import { aCompany, addReady, append } from './records.ts'
import { firstMigrations } from './synthetic-migrations.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-sqlite-'))
  file = join(folder, 'khatm.sqlite')
  return () => rm(folder, { recursive: true, force: true })
})

test('an older database is backed up, then brought forward with all it holds', async () => {
  const before = await openSqlite({ file, migrations: await firstMigrations('sqlite', 1) })
  const company = aCompany()
  await before.write((tx) => tx.addCompany(company))
  await before.close()

  const { from, to } = await migrateSqlite({ file })
  expect([from, to > from]).toEqual([1, true])
  const after = await openSqlite({ file })
  onTestFinished(() => after.close())
  expect(await after.read.company(company.id)).toEqual(company)

  const backup = new Database(`${file}.before-schema-${to}`, { readonly: true })
  onTestFinished(() => void backup.close())
  expect(backup.prepare('SELECT max(version) FROM schema_version').pluck().get()).toBe(1)
  expect(backup.prepare('SELECT id FROM company').pluck().all()).toEqual([company.id])
})

test('two programs on one file wait for each other and do not fork the chain', async () => {
  const [one, other] = [await openSqlite({ file }), await openSqlite({ file })]
  onTestFinished(async () => {
    await one.close()
    await other.close()
  })
  const ready = await addReady(one)
  await Promise.all(Array.from({ length: 20 }, (_, index) => append(index % 2 === 0 ? one : other, ready)))
  const documents = await one.read.chainDocuments(ready.chain.id, 0, 100)
  expect(documents.map(({ document }) => document.icv)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

test('replacing an issued document is deleting it, and refused', async () => {
  const storage = await openSqlite({ file })
  onTestFinished(() => storage.close())
  await append(storage, await addReady(storage))
  const connection = new Database(file)
  onTestFinished(() => void connection.close())
  connection.pragma('recursive_triggers = ON')
  expect(() => connection.exec('INSERT OR REPLACE INTO document SELECT * FROM document')).toThrow('written once')
})

test('a file that is no database is refused and left as it was', async () => {
  await writeFile(file, 'these are not the books you are looking for, and long enough to be looked at'.repeat(20))
  const before = await readFile(file)
  await expect(openSqlite({ file })).rejects.toEqual(failing('storage/corrupt'))
  expect(await readFile(file)).toEqual(before)
})

test('a folder that does not exist is said to be unavailable', async () => {
  await expect(openSqlite({ file: join(folder, 'missing', 'x.sqlite') })).rejects.toEqual(
    failing('storage/unavailable'),
  )
})
