/** The server's key-encryption keys: the current one seals, those of before go on opening what they wrapped. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '#core/errors.ts'
import { type Envelopes, envelopesIn, inDatabase } from '#core/keys/envelope-places.ts'
import { folderPlace } from '#core/keys/folder-place.ts'
import { fileEncryption, openPassphrase, passphraseEncryption } from '#core/keys/providers.ts'
import { s3Place } from '#core/keys/s3-place.ts'
import { signingPool } from '#core/keys/signing-pool.ts'
import { keyStore } from '#core/keys/store.ts'
import type { KeyEncryption, KeyStore } from '#core/ports.ts'
import type { Config } from './config.ts'
import type { KeySource } from './key-settings.ts'

type Given = Pick<Config, 'keys' | 'dataDir'>
type Opening = Given & Pick<Config, 'signingThreads' | 'certStore'>

/** Batches are stamped in threads beside the one that serves people. */
export const openKeys = async (config: Opening): Promise<KeyStore> =>
  keyStore(await keyEncryption(config), signingPool({ threads: config.signingThreads }), openEnvelopes(config))

/** All places that are set are read; new envelopes go to the current one. */
export const openEnvelopes = ({ certStore: { current, folder, s3 } }: Pick<Config, 'certStore'>): Envelopes =>
  envelopesIn([folderPlace(folder), ...(s3 === undefined ? [] : [s3Place(s3)])], current)

/** The same for a backup, which has to open without any of them: what leaves is the envelope itself. */
export const takenAlong = (config: Pick<Config, 'certStore'>): Envelopes => ({
  ...inDatabase,
  open: openEnvelopes(config).open,
})

/** Throws `key/locked` with what does not open. One after the other: a passphrase takes 128 MB for half a second. */
export const keyEncryption = async ({ keys, dataDir }: Given): Promise<KeyEncryption> => {
  const previous: KeyEncryption[] = []
  for (const source of keys.previous) previous.push(await opened(source, dataDir, 'known'))
  const own = { kind: 'own', file: join(dataDir, 'key-encryption.key') } as const
  const current = await opened(keys.current ?? own, dataDir, previous.length > 0 ? 'new' : 'first')
  return { ...current, previous }
}

/** Whether a passphrase was seen before, may be the first one here, or may be one more. */
type Acquaintance = 'known' | 'first' | 'new'

/** `readConfig` has made sure that production does not come to a key of the server's own making. */
const opened = async (
  source: KeySource | { readonly kind: 'own'; readonly file: string },
  folder: string,
  acquaintance: Acquaintance,
): Promise<KeyEncryption> => {
  if (source.kind === 'passphrase') return byPassphrase(folder, source.passphrase, acquaintance)
  if (source.kind === 'pkcs11') return (await import('#core/keys/pkcs11.ts')).pkcs11Encryption(source.options)
  return fileEncryption(source.file, { create: source.kind === 'own' })
}

/** A typing mistake must never make a new key: one more passphrase is accepted only while a key of before is named. */
const byPassphrase = async (folder: string, passphrase: string, acquaintance: Acquaintance): Promise<KeyEncryption> => {
  const salts = await saltFiles(folder)
  for (const salt of salts) {
    const encryption = await openPassphrase(join(folder, salt), passphrase)
    if (encryption !== undefined) return encryption
  }
  const mayBeMade = acquaintance === 'new' || (acquaintance === 'first' && salts.length === 0)
  if (!mayBeMade) throw new Failure('key/locked', { reason: 'wrong passphrase' })
  return passphraseEncryption(join(folder, newName(salts)), passphrase)
}

const newName = (taken: readonly string[]): string => {
  let name = 'passphrase.salt'
  for (let number = 2; taken.includes(name); number++) name = `passphrase-${number}.salt`
  return name
}

/** Each passphrase has a file of its own: its salt, and what tells whether it is right. */
const saltFiles = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => /^passphrase(?:-\d+)?\.salt$/.test(name)).toSorted()
