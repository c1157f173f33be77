/** Folders of migrations as they were in an earlier program, or will be in a later one. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Storage } from '#core/ports.ts'
import { openPostgres } from '#core/storage/postgres.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import type { Address } from './databases.ts'

export type Dialect = 'sqlite' | 'postgres'

export const committed = (dialect: Dialect): string => resolve(import.meta.dirname, '../../migrations', dialect)

interface Journal {
  readonly entries: readonly object[]
}

/** The committed migrations, their list changed, and files added to it. */
const copied = async (
  dialect: Dialect,
  change: (entries: Journal['entries']) => Journal['entries'],
  files: Readonly<Record<string, string>>,
): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-migrations-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await cp(committed(dialect), folder, { recursive: true })
  const journal = join(folder, 'meta', '_journal.json')
  const { entries, ...rest }: Journal = JSON.parse(await readFile(journal, 'utf8'))
  await writeFile(journal, JSON.stringify({ ...rest, entries: change(entries) }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, `${name}.sql`), text)
  return folder
}

/** As a program had it that knew only the first `count` of them. */
export const firstMigrations = (dialect: Dialect, count: number): Promise<string> =>
  copied(dialect, (entries) => entries.slice(0, count), {})

/** As the next program will have it. */
export const oneMore = (dialect: Dialect, statements: string): Promise<string> => {
  const entry = { idx: 9999, version: '7', when: 9_999_999_999_999, tag: '9999_later', breakpoints: true }
  return copied(dialect, (entries) => [...entries, entry], { '9999_later': statements })
}

/** A program with these migrations on this database. */
export const openWith = (address: Address, migrations: string): Promise<Storage> =>
  'file' in address ? openSqlite({ ...address, migrations }) : openPostgres({ ...address, migrations, connections: 3 })
