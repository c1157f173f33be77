/**
 * Where the envelopes of private keys live. In the database, unless another place was named: then the database keeps a reference, and decides
 * by it which version counts, while the wrapped data key, without which nobody opens anything, lies elsewhere under the SHA-256 of
 * the envelope. The sealed key itself stays in the row, where a trigger keeps it from ever being exchanged for another.
 */
import { createHash } from 'node:crypto'
import { Failure } from '#core/errors.ts'

export const placeNames = ['database', 'filesystem', 's3'] as const
export type PlaceName = (typeof placeNames)[number]

/** A place that never overwrites. */
export interface EnvelopePlace {
  readonly name: Exclude<PlaceName, 'database'>
  /** Makes a new object, flushed before it returns; one of this name is left as it is. Throws `key/locked`. */
  create(object: string, text: string): Promise<void>
  /** Undefined when there is none. Throws `key/locked` when the place cannot be reached. */
  read(object: string): Promise<string | undefined>
}

export interface Envelopes {
  /** An envelope -> what the database keeps of it */
  keep(envelope: string): Promise<string>
  /** What the database keeps -> the envelope. Throws `key/locked` when its place is not here, `key/malformed` when it holds something else. */
  open(kept: string): Promise<string>
}

/** `kept1.<provider>.<place>-<SHA-256 of the envelope>.<sealed key>`: as many parts as an envelope has, and the last one is the same. */
const reference = /^kept1\.([a-z0-9-]+)\.(filesystem|s3)-([0-9a-f]{64})\.([\w-]+)$/

/** Everything stays where it is: in the database. */
export const inDatabase: Envelopes = {
  keep: async (envelope) => envelope,
  open: async (kept) => {
    if (reference.test(kept)) throw absent('no place beside the database is set')
    return kept
  },
}

/** New envelopes go to `current`, or into the database; all `places` are read, so that keys can be brought from one to another. */
export const envelopesIn = (places: readonly EnvelopePlace[], current: PlaceName): Envelopes => {
  const target = places.find(({ name }) => name === current)
  /** Opened before: an envelope never changes under its name, and it is worth nothing without the key-encryption key. */
  const known = new Map<string, string>()
  return {
    keep: async (envelope) => {
      if (target === undefined) return envelope
      const kept = referenceTo(target.name, envelope)
      if (!known.has(kept)) await put(target, kept, envelope)
      known.set(kept, envelope)
      return kept
    },
    open: async (kept) => {
      if (!reference.test(kept)) return kept
      const envelope = known.get(kept) ?? (await taken(places, kept))
      known.set(kept, envelope)
      return envelope
    },
  }
}

const referenceTo = (place: EnvelopePlace['name'], envelope: string): string => {
  const [version, provider, wrapped, sealed] = envelope.split('.')
  if (version !== 'khatm1' || wrapped === undefined) throw new Failure('key/malformed', { reason: 'not an envelope' })
  return `kept1.${provider}.${place}-${sha256(envelope)}.${sealed}`
}

/** Read back before the database refers to it: whoever stores the reference may forget the envelope. */
const put = async (place: EnvelopePlace, kept: string, envelope: string): Promise<void> => {
  const object = objectOf(kept)
  await place.create(object, envelope)
  const found = await place.read(object)
  if (found !== envelope) throw new Failure('key/malformed', { reason: `${place.name} holds another envelope` })
}

const taken = async (places: readonly EnvelopePlace[], kept: string): Promise<string> => {
  const [, , name, hash, sealed] = reference.exec(kept) ?? []
  const place = places.find((each) => each.name === name)
  if (place === undefined) throw absent(`${name} is not set`)
  const envelope = await place.read(objectOf(kept))
  if (envelope === undefined) throw absent(`${name} does not hold the envelope`)
  if (sha256(envelope) !== hash || !envelope.endsWith(`.${sealed}`))
    throw new Failure('key/malformed', { reason: `${name} holds another envelope` })
  return envelope
}

const objectOf = (kept: string): string => `${reference.exec(kept)?.[3]}.envelope`
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const absent = (reason: string): Failure => new Failure('key/locked', { reason })
