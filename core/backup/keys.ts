/**
 * Keys that vanish: the private keys in a database are wrapped by the office's key-encryption key, which lives in a file or in the
 * keychain of one machine. A backup that only copied them would be worthless on a new machine. So their wrapping (never a key itself)
 * is exchanged: in the backup they are wrapped by a key of the backup's own, which only its passphrase or key file leads to, inside the
 * encryption of the file; when it is restored, the key-encryption key of the new place wraps them again. They are bound to company, unit
 * and purpose throughout.
 */
import type { Database, Reader, Rewrapping } from '#core/ports.ts'
import { sealedItems } from '#core/workflow/rewrap.ts'
import type { RowChanges } from './rows.ts'

/** Given a key of the backup's own: how to wrap by it what the office has wrapped, or the other way round. */
export type RewrapBy = (wrappingKey: Uint8Array) => Rewrapping

export type DatabaseAt = (address: string) => Database

/** For rows that leave a database: the same keys and secrets in another wrapping. Throws `key/locked` when the old one cannot be reached. */
export const rewrappedRows = async (read: Reader, { key, secret }: Rewrapping): Promise<RowChanges> => {
  const bindings = new Map((await sealedItems(read)).map(({ id, binding }) => [id, binding]))
  const rewrappedSecret: RowChanges[string] = async ({ id, sealed_secret: sealed }) => {
    const binding = bindings.get(String(id))
    return binding === undefined ? undefined : { sealed_secret: await secret(String(sealed), binding) }
  }
  return {
    key_envelope: async ({ id, envelope }) => {
      const binding = bindings.get(String(id))
      // A key that no unit names cannot be opened by anybody.
      return binding === undefined ? undefined : { envelope: await key(String(envelope), binding) }
    },
    user_account: async ({ id, sealed_totp_secret: sealed }) => {
      const binding = bindings.get(String(id))
      return binding === undefined ? undefined : { sealed_totp_secret: await secret(String(sealed), binding) }
    },
    csid: rewrappedSecret,
    webhook: rewrappedSecret,
  }
}
