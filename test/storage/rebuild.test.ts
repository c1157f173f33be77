/** Migrations of SQLite that rebuild a table: rows that refer to it stay, and what would dangle is found before the commit. */
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openSqlite } from '#core/storage/sqlite.ts'
import { failing } from './engines.ts'
import { addReady, append } from './records.ts'
import { oneMore, openWith } from './synthetic-migrations.ts'

let file: string
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-rebuild-'))
  file = join(folder, 'khatm.sqlite')
  return () => rm(folder, { recursive: true, force: true })
})

/** As drizzle-kit writes it; with foreign keys on, dropping a table deletes its rows first. */
const rebuild = (rows: string): string =>
  [
    'CREATE TABLE `__new_company` (`id` text PRIMARY KEY NOT NULL, `name` text NOT NULL, `vat_number` text NOT NULL, `party` text NOT NULL, `industry` text NOT NULL, `created_at` text NOT NULL, `remark` text);',
    `INSERT INTO __new_company SELECT id, name, vat_number, party, industry, created_at, NULL FROM company ${rows};`,
    'DROP TABLE company;',
    'ALTER TABLE `__new_company` RENAME TO `company`;',
    'CREATE UNIQUE INDEX `company_vat_number` ON `company` (`vat_number`);',
  ].join('\n--> statement-breakpoint\n')

const filled = async () => {
  const storage = await openSqlite({ file })
  const ready = await addReady(storage)
  await append(storage, ready)
  await storage.close()
  return ready
}

test('what refers to the table is all there afterwards, and foreign keys hold again', async () => {
  const { company, unit, chain } = await filled()
  const later = await openWith({ file }, await oneMore('sqlite', rebuild('')))
  onTestFinished(() => later.close())
  expect(await later.read.company(company.id)).toMatchObject({ name: company.name })
  expect(await later.read.units(company.id)).toEqual([unit])
  expect(await later.read.chainDocuments(chain.id, 0, 10)).toHaveLength(1)
  expect((await later.health()).durability['foreign_keys']).toBe('1')
  const orphan = later.write((tx) => tx.addUnit({ ...unit, id: 'orphan', companyId: 'nobody', name: 'orphan' }))
  await expect(orphan).rejects.toEqual(failing('storage/conflict'))
})

test('a rebuild that loses rows is taken back, and a copy from before lies beside the file', async () => {
  const { company, unit } = await filled()
  const migrations = await oneMore('sqlite', rebuild('WHERE false'))
  await expect(openWith({ file }, migrations)).rejects.toEqual(failing('storage/corrupt'))
  const storage = await openSqlite({ file })
  onTestFinished(() => storage.close())
  expect(await storage.read.units(company.id)).toEqual([unit])
  const { program } = await storage.health()
  await access(`${file}.before-schema-${program + 1}`)
})
