/** The key of a backup, read from the file that a command names. */
import type { BackupKey } from '#core/backup/container.ts'
import { backupKeyOf } from '#core/backup/key-text.ts'
import { Failure } from '#core/errors.ts'
import type { Invocation } from './command.ts'
import { readInput } from './files.ts'

/** Throws `usage/missing-option` unless exactly one is named, and `key/malformed` when it holds no key. */
export const backupKey = async (invocation: Invocation): Promise<BackupKey> => {
  const passphrase = invocation.text('passphrase-file')
  const key = invocation.text('key-file')
  if ((passphrase === undefined) === (key === undefined)) {
    throw new Failure('usage/missing-option', { details: { option: '--passphrase-file | --key-file' } })
  }
  const kind = key === undefined ? 'passphrase' : 'key-file'
  return backupKeyOf(kind, (await readInput(key ?? passphrase ?? '')).toString())
}
