/** Writes `docs/schema/sqlite.sql` and `docs/schema/postgres.sql` from databases that the migrations have just made: `npm run docs:schema`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { engines } from '../../test/storage/databases.ts'
import { schemaText } from './dump.ts'

for (const { name, start } of engines) {
  const engine = name === 'SQLite' ? 'sqlite' : 'postgres'
  const running = await start()
  if (running === undefined) throw new Error(`${name} does not run here`)
  const database = await running.create()
  await (await database.open()).close()
  writeFileSync(join(import.meta.dirname, `${engine}.sql`), await schemaText(engine, database.sql))
  await running.stop()
}
