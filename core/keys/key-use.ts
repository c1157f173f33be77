/** How much is under which key-encryption key: tells whether an old one may be taken away. */
import type { Reader } from '#core/ports.ts'
import { providerOf } from './envelope.ts'

/** What one key-encryption key protects. */
export interface KeyUse {
  /** Kind and fingerprint; `unreadable` for what is no envelope */
  readonly provider: string
  readonly keys: number
  readonly secrets: number
}

/** How many private keys, and how many secrets of CSIDs, people and webhooks, are under which key-encryption key, by its name. */
export const keyUse = async (reader: Reader): Promise<readonly KeyUse[]> => {
  const keys = (await reader.keyEnvelopes()).map(({ envelope }) => nameOf(envelope))
  const factors = (await reader.users()).flatMap(({ sealedTotpSecret }) => sealedTotpSecret ?? [])
  const [csids, webhooks] = [await allCsids(reader), await reader.webhooks()]
  const sealed = [...csids, ...webhooks].map(({ sealedSecret }) => sealedSecret)
  const secrets = [...sealed, ...factors].map(nameOf)
  return [...new Set([...keys, ...secrets])].toSorted().map((provider) => ({
    provider,
    keys: keys.filter((found) => found === provider).length,
    secrets: secrets.filter((found) => found === provider).length,
  }))
}

const nameOf = (envelope: string): string => providerOf(envelope) ?? 'unreadable'

const allCsids = async (reader: Reader) => {
  const companies = await reader.companies()
  const units = await Promise.all(companies.map(({ id }) => reader.units(id)))
  return (await Promise.all(units.flat().map(({ id }) => reader.csids(id)))).flat()
}
