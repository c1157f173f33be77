/** A database by the address that a person types: a Postgres URL, or the file of SQLite. */
import type { Clock, Database } from '#core/ports.ts'

const isUrl = (address: string): boolean => /^postgres(?:ql)?:\/\//.test(address)

/** Each engine's driver is loaded only when it is used. `clock` is the time that SQLite's leases count from. */
export const databaseAt = (address: string, clock?: Clock): Database =>
  isUrl(address) ? postgresAt(address) : sqliteAt(address, clock)

const postgresAt = (url: string): Database => ({
  address: withoutPassword(url),
  open: async () => (await import('./postgres.ts')).openPostgres({ url }),
  fill: async (dump) => (await import('./postgres.ts')).fillPostgres({ url }, dump),
})

const sqliteAt = (file: string, clock: Clock | undefined): Database => ({
  address: file,
  open: async ({ exclusive = false } = {}) =>
    (await import('./sqlite.ts')).openSqlite({ file, exclusive, ...(clock && { clock }) }),
  fill: async (dump) => (await import('./sqlite.ts')).fillSqlite({ file }, dump),
})

const withoutPassword = (url: string): string => {
  const shown = new URL(url)
  shown.password = ''
  return shown.toString()
}
