/** An empty office on SQLite with a clock that a test turns. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemIds } from '#core/keys/system.ts'
import { openSqlite } from '#core/storage/sqlite.ts'

export const MINUTE = 60_000

export const openOffice = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-office-'))
  const file = join(folder, 'office.sqlite')
  let now = Date.parse('2024-06-01T08:00:00.000Z')
  const storage = await openSqlite({ file })
  return {
    file,
    storage,
    ids: systemIds,
    clock: { now: () => now },
    pass: (milliseconds: number) => {
      now += milliseconds
    },
    close: async () => {
      await storage.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type TestOffice = Awaited<ReturnType<typeof openOffice>>
