/** The key of a backup, read from a file that a command names: a passphrase, or 32 bytes in base64. */
import { type BackupKey, longEnough } from '#core/backup/container.ts'
import { Failure } from '#core/errors.ts'
import type { Invocation } from './arguments.ts'
import { readInput } from './files.ts'

/** Throws `usage/missing-option` unless exactly one is named, and `usage/invalid-value` when it cannot be one. */
export const backupKey = async (invocation: Invocation): Promise<BackupKey> => {
  const passphraseFile = invocation.text('passphrase-file')
  const keyFile = invocation.text('key-file')
  if ((passphraseFile === undefined) === (keyFile === undefined)) {
    throw new Failure('usage/missing-option', { details: { option: '--passphrase-file | --key-file' } })
  }
  return keyFile === undefined ? passphraseIn(passphraseFile ?? '') : keyIn(keyFile)
}

const passphraseIn = async (file: string): Promise<BackupKey> => {
  const passphrase = (await readInput(file)).toString().replace(/\r?\n$/, '')
  if (!longEnough(passphrase)) {
    throw new Failure('usage/invalid-value', {
      details: { option: '--passphrase-file' },
      reason: '12 characters or more',
    })
  }
  return { kind: 'passphrase', passphrase }
}

const keyIn = async (file: string): Promise<BackupKey> => {
  const key = Buffer.from((await readInput(file)).toString().trim(), 'base64')
  if (key.length !== 32) {
    throw new Failure('usage/invalid-value', { details: { option: '--key-file' }, reason: '32 bytes in base64' })
  }
  return { kind: 'key-file', key }
}
