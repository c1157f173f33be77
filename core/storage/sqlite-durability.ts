/** What makes a commit of SQLite last: the settings of the writing connection, set, read back, and told to whoever asks. */
import type Database from 'better-sqlite3'
import { Failure } from '#core/errors.ts'

/**
 * With synchronous NORMAL, the default in WAL, a power cut may lose an invoice that is already printed, and its number would be used
 * again. `fullfsync` is macOS's: without it the disk may keep a commit in its own memory. Without `recursive_triggers`, INSERT OR
 * REPLACE deletes a row and asks no trigger.
 */
const settings = {
  journal_mode: { asked: 'WAL', found: 'wal' },
  synchronous: { asked: 'FULL', found: 2 },
  fullfsync: { asked: 'ON', found: 1 },
  foreign_keys: { asked: 'ON', found: 1 },
  recursive_triggers: { asked: 'ON', found: 1 },
} as const

/** Throws `storage/unavailable` when the file cannot be written to as safely as it must. */
export const makeDurable = (connection: Database.Database): void => {
  for (const [name, { asked }] of Object.entries(settings)) connection.pragma(`${name} = ${asked}`)
  assertDurable(connection)
}

/** The settings in force; also after a migration, which works with foreign keys off. */
export const assertDurable = (connection: Database.Database): void => {
  const details = durability(connection)
  const kept = Object.entries(settings).every(([name, { found }]) => details[name] === String(found))
  if (!kept) throw new Failure('storage/unavailable', { reason: 'commits would not be durable', details })
}

/** As SQLite itself says it, by the names of its pragmas. */
export const durability = (connection: Database.Database): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(settings).map((name) => [name, String(connection.pragma(name, { simple: true }))]))

/** Some 70,000 documents: read in 0.2 s from memory, in about two from a spinning disk. */
const CHECKED_BYTES = 256 * 1024 * 1024

/**
 * Looks whether the pages of the file still hang together, after a program that did not end by itself. A kill leaves SQLite's pages whole
 * and its log is replayed by itself; what this finds is a disk that lied about a write. It takes as long as reading the file, so that a
 * large one is left to the backup, which is opened and walked every night. Throws `storage/corrupt`.
 */
export const checkPages = (connection: Database.Database): void => {
  const bytes =
    Number(connection.pragma('page_count', { simple: true })) * Number(connection.pragma('page_size', { simple: true }))
  if (bytes > CHECKED_BYTES) return
  const found = connection.pragma('quick_check(1)', { simple: true })
  if (found !== 'ok') throw new Failure('storage/corrupt', { reason: `quick_check: ${found}` })
}
