/** Takes keys and secrets from under one key-encryption key to under another, for backups, moves and a change of provider. */
import { createHash } from 'node:crypto'
import type { KeyEncryption, Rewrapping } from '#core/ports.ts'
import { decrypt, encrypt, rewrapEnvelope } from './envelope.ts'
import { type Envelopes, inDatabase } from './envelope-places.ts'
import { forKey, forSecret } from './store.ts'

/**
 * Nothing is ever opened but the wrapping: no private key and no secret is in memory. With `envelopes` they come from where they lie and
 * go to where new ones go.
 */
export const rewrapping = (from: KeyEncryption, to: KeyEncryption, envelopes: Envelopes = inDatabase): Rewrapping => ({
  key: async (kept, binding) =>
    envelopes.keep(await rewrapEnvelope(from, to, await envelopes.open(kept), forKey(binding))),
  secret: (sealed, binding) => rewrapEnvelope(from, to, sealed, forSecret(binding)),
})

/** The key-encryption key of one backup file, which nothing but its passphrase or key file leads to. */
export const backupEncryption = (key: Uint8Array): KeyEncryption => ({
  // Names the very file: what another backup wrapped is another provider's.
  provider: `backup-${createHash('sha256').update('khatm backup').update(key).digest('hex').slice(0, 16)}`,
  wrap: async (dataKey, binding) => encrypt(key, dataKey, binding),
  unwrap: async (wrapped, binding) => decrypt(key, wrapped, binding),
})
