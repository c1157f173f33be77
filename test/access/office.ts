/** An empty office, on SQLite unless another storage is given, with a clock that a test turns. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import { systemIds } from '#core/keys/system.ts'
import type { KeyStore, Storage } from '#core/ports.ts'
import { openSqlite } from '#core/storage/sqlite.ts'

export const MINUTE = 60_000

export const openOffice = async (given: { readonly storage?: Storage; readonly keys?: KeyStore } = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-office-'))
  const file = join(folder, 'office.sqlite')
  let now = Date.parse('2024-06-01T08:00:00.000Z')
  const { storage = await openSqlite({ file }), keys = keyStore(memoryEncryption()) } = given
  return {
    file,
    storage,
    ids: systemIds,
    keys,
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
