/** Brings what was committed from SQLite's log into the file: apart from the commits, so that nobody who waits for one waits for this. */
import type Database from 'better-sqlite3'
import { othersTurn } from '#core/turns.ts'

/** As many pages as SQLite by itself would let gather. */
const PAGES = 1000

/** Takes the work from the commits of this connection; called between them, it does it when there is enough. */
export const checkpoints = (connection: Database.Database): (() => Promise<void>) => {
  connection.pragma('wal_autocheckpoint = 0')
  const logged = connection.prepare<[], [busy: number, pages: number]>('PRAGMA wal_checkpoint(NOOP)').raw(true)
  return async () => {
    if ((logged.get()?.[1] ?? 0) < PAGES) return
    await othersTurn()
    try {
      connection.pragma('wal_checkpoint(PASSIVE)')
    } catch {
      // The log has everything; the next one tries again.
    }
  }
}
