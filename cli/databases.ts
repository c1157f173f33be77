/** The database, folders and keys that a command works on: named by its options, otherwise found where the server looks for them. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from '#core/errors.ts'
import type { Database, KeyEncryption } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { readConfig } from '../server/config.ts'
import { readDatabase } from '../server/database-settings.ts'
import { keyEncryption } from '../server/keys.ts'

const dataDir = (): string => process.env['DATA_DIR'] ?? 'data'

const isUrl = (address: string): boolean => address.includes('://')

/** Given, or DATABASE_URL, or the file of SQLite in DATA_DIR. */
export const addressOf = (given: string | undefined): string =>
  given ?? readDatabase(process.env).databaseUrl ?? join(dataDir(), 'khatm.sqlite')

/** A database that is there. Throws `usage/unreadable-file`, so that a mistyped name does not make an empty one. */
export const existingDatabase = (address: string): Database => {
  if (!isUrl(address) && !existsSync(address))
    throw new Failure('usage/unreadable-file', { details: { file: address } })
  return databaseAt(address)
}

/** The folder beside the database, where archive, anchors and key file lie unless named. */
export const folderOf = (address: string): string => (isUrl(address) ? dataDir() : dirname(address))

/**
 * The office's key-encryption key, found as the server finds it; without any setting its own file in the folder, which `create` makes.
 * Undefined where there is none: in an office of the desktop it lives in the keychain of the system, which only the app opens.
 */
export const officeEncryption = async (folder: string, create: boolean): Promise<KeyEncryption | undefined> => {
  const { keys } = readConfig(process.env)
  const isThere = keys.current !== undefined || existsSync(join(folder, 'key-encryption.key'))
  return create || isThere ? keyEncryption({ keys, dataDir: folder }) : undefined
}
