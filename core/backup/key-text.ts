/** The key of a backup from the text of a file: 32 bytes in base64, or a passphrase. */
import { Failure } from '#core/errors.ts'
import type { BackupKey } from './container.ts'

/** A backup lies where others may copy it and try: short passphrases are refused when it is made. */
const shortest = 12

/** Throws `key/malformed`; nothing of the text is repeated. */
export const backupKeyOf = (kind: BackupKey['kind'], text: string): BackupKey => {
  if (kind === 'passphrase') return passphraseOf(text.replace(/\r?\n$/, ''))
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== 32) throw new Failure('key/malformed', { reason: 'not 32 bytes in base64' })
  return { kind, key }
}

/** Whether a new backup may be made with it. */
export const isLongEnough = (passphrase: string): boolean => [...passphrase.normalize('NFKC')].length >= shortest

const passphraseOf = (passphrase: string): BackupKey => {
  if (!isLongEnough(passphrase))
    throw new Failure('key/malformed', { reason: `a passphrase of ${shortest} characters or more is needed` })
  return { kind: 'passphrase', passphrase }
}
