/**
 * Keeps a database of this program's schema version, filled with one of everything, for the programs to come:
 * `npm run fixtures:databases`. Each engine gives its database and a list of all that this program reads in it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { schemaStatements } from '../../docs/schema/dump.ts'
import { openOffice, type TestOffice } from '../workflow/office.ts'
import { engines, type TestDatabase } from './databases.ts'
import { everything } from './everything.ts'
import { fillOffice } from './fill-office.ts'

const folder = join(import.meta.dirname, '..', 'fixtures', 'databases')

const fill = async (database: TestDatabase): Promise<{ version: number; contents: object }> => {
  const office: TestOffice = await openOffice({ open: () => database.open() })
  await fillOffice(office)
  const [[version] = []] = await database.sql('SELECT max(version) FROM schema_version')
  const contents = await everything(office.ports.storage.read)
  await office.close()
  return { version: Number(version), contents }
}

/** Tables behind those that they refer to. */
const tables = `WITH RECURSIVE behind(oid, depth) AS (
    SELECT oid, 0 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    UNION ALL SELECT conrelid, depth + 1 FROM behind JOIN pg_constraint ON confrelid = behind.oid AND contype = 'f' WHERE conrelid <> confrelid
  ) SELECT oid::regclass::text FROM behind GROUP BY oid ORDER BY max(depth), 1`

/** The rows of a table as one INSERT each, written by Postgres itself. */
const insertsOf = async (database: TestDatabase, table: string): Promise<readonly string[]> => {
  const columns = `SELECT attname FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`
  const names = (await database.sql(columns)).map(([name]) => String(name))
  const values = names.map((name) => `quote_nullable("${name}")`).join(", ', ', ")
  const rows = await database.sql(`SELECT concat(${values}) FROM ${table} ORDER BY 1`)
  return rows.map(([row]) => `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${row})`)
}

const keepers: Readonly<Record<string, (database: TestDatabase) => Promise<{ ending: string; bytes: Buffer }>>> = {
  SQLite: async ({ address }) => ({ ending: 'sqlite', bytes: readFileSync('file' in address ? address.file : '') }),
  Postgres: async (database) => {
    const statements = [...(await schemaStatements('postgres', database.sql))]
    for (const [table] of await database.sql(tables)) statements.push(...(await insertsOf(database, String(table))))
    return { ending: 'sql', bytes: Buffer.from(statements.map((statement) => `${statement};\n`).join('')) }
  },
}

for (const { name, start } of engines) {
  const running = await start()
  if (running === undefined) throw new Error(`${name} does not run here`)
  const database = await running.create()
  const { version, contents } = await fill(database)
  const kept = await keepers[name]?.(database)
  const file = join(folder, `${name.toLowerCase()}-${version}`)
  if (kept !== undefined) writeFileSync(`${file}.${kept.ending}.gz`, gzipSync(kept.bytes, { level: 9 }))
  writeFileSync(`${file}.json.gz`, gzipSync(JSON.stringify(contents), { level: 9 }))
  await running.stop()
}
