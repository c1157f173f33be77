/**
 * An office that was restored or moved here by the command line has its keys under a key file in its folder, because only the app can
 * reach the keychain. At the next start they come under the keychain, and the file goes.
 */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { fileEncryption } from '#core/keys/providers.ts'
import { rewrapping } from '#core/keys/rewrapping.ts'
import type { Clock, KeyEncryption, Log, Storage } from '#core/ports.ts'
import { rewrapAll } from '#core/workflow/rewrap.ts'

interface Restored {
  readonly keyFile: string
  readonly storage: Storage
  readonly clock: Clock
  readonly log: Log
}

/** What opens the office from now on; the key file stays, and opens too, as long as something is left under it. */
export const withRestoredKeys = async (
  keychain: KeyEncryption,
  { keyFile, storage, clock, log }: Restored,
): Promise<KeyEncryption> => {
  if (!existsSync(keyFile)) return keychain
  const both = { ...keychain, previous: [await fileEncryption(keyFile, { create: false })] }
  const { keys, secrets, failed } = await rewrapAll({ storage, clock }, rewrapping(both, both), 'system')
  log.info('keys/restored', { keys, secrets, failed: failed.length })
  if (failed.length > 0) return both
  await rm(keyFile)
  return keychain
}
