/** Operations on the keys of programs: for people only, so that no key makes another. */
import { apiKeysFor, createApiKey, revokeApiKey } from '#core/access/api-keys.ts'
import type { ApiKey } from '#core/ports.ts'
import { type Actor, actorsOf, nameOf } from './actors.ts'
import type { Doors } from './doors.ts'
import type { Office } from './office.ts'

export const apiKeyHandlers = ({ people: { apiKeys } }: Doors) => ({
  list: apiKeys.list.handler(async ({ context: { office, user } }) => keyViews(office, await apiKeysFor(office, user))),
  create: apiKeys.create.handler(async ({ input, context: { office, user } }) => {
    const { key, secret } = await createApiKey(office, user, input)
    return { ...keyView(key, [user], office.clock.now()), apiKey: secret }
  }),
  revoke: apiKeys.revoke.handler(async ({ input, context: { office, user } }) => {
    const key = await revokeApiKey(office, user, input.id)
    return keyView(key, await actorsOf(office.storage.read), office.clock.now())
  }),
})

const keyViews = async ({ storage, clock }: Office, keys: readonly ApiKey[]) => {
  const actors = await actorsOf(storage.read)
  return keys.map((key) => keyView(key, actors, clock.now()))
}

const keyView = ({ keySha256: _hash, companies, ...key }: ApiKey, actors: readonly Actor[], now: number) => ({
  ...key,
  companies: companies && [...companies],
  createdBy: nameOf(key.createdBy, actors),
  state: stateOf(key, now),
})

const stateOf = ({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: number) => {
  if (revokedAt !== undefined) return 'revoked' as const
  return expiresAt !== undefined && now >= Date.parse(expiresAt) ? ('expired' as const) : ('valid' as const)
}
