/** `khatm migrate`: brings a SQLite database to the schema of this program, before the new version is started. */
import { join } from 'node:path'
import { migrateSqlite } from '#core/storage/sqlite.ts'
import type { Run } from '../commands.ts'

export const run: Run = async (invocation, terminal) => {
  const file = invocation.text('database') ?? join(process.env['DATA_DIR'] ?? 'data', 'khatm.sqlite')
  const { from, to } = await migrateSqlite({ file })
  terminal.out(`${file}: schema ${from} -> ${to}`)
  return 0
}
