/**
 * Brings every private key and every CSID secret under another key-encryption key while the office goes on signing: page by page, the
 * audit entry in the commit of its page. What is done says so itself, so that after a crash the same call goes on where it stopped.
 */
import { totpBinding } from '#core/access/totp-binding.ts'
import { auditEntry } from '#core/audit-entry.ts'
import { asFailure, type FailureCode } from '#core/errors.ts'
import type { Csid, Ports, Reader, Rewrapping, Unit, User, Webhook, Writer } from '#core/ports.ts'
import { keyBinding, secretBinding } from './signing.ts'
import { webhookBinding } from './webhook-binding.ts'

export interface Rewrapped {
  /** Wrapped anew by this call */
  readonly keys: number
  readonly secrets: number
  /** Were under the new key already */
  readonly unchanged: number
  /** Stay as they were; the others are not kept waiting for them */
  readonly failed: readonly RewrapProblem[]
}

export interface RewrapProblem {
  readonly kind: SealedItem['kind']
  /** Of the key, of the CSID, of the user, or of the webhook */
  readonly id: string
  readonly code: FailureCode
}

type RewrapPorts = Pick<Ports, 'storage' | 'clock'>

const PAGE = 100

/** Throws what the storage throws; an envelope that does not open is named in the outcome instead. */
export const rewrapAll = async (ports: RewrapPorts, rewrapping: Rewrapping, actor: string): Promise<Rewrapped> => {
  const items = await sealedItems(ports.storage.read)
  let outcome: Rewrapped = { keys: 0, secrets: 0, unchanged: 0, failed: await ownerless(ports.storage.read, items) }
  for (let start = 0; start < items.length; start += PAGE) {
    const page = await Promise.all(items.slice(start, start + PAGE).map((item) => rewrapped(rewrapping, item)))
    outcome = sum(outcome, await stored(ports, page, actor))
  }
  return outcome
}

// ---- what there is -------------------------------------------------------------------------------------------------------

/** A wrapped key or secret, and what it is bound to. */
export interface SealedItem {
  readonly kind: 'key' | 'secret' | 'totp' | 'webhook'
  /** Of the key, of the CSID, of the user whose second factor it is, or of the webhook whose messages it signs */
  readonly id: string
  readonly envelope: string
  readonly binding: string
}

export const sealedItems = async (reader: Reader): Promise<readonly SealedItem[]> => {
  const envelopes = new Map((await reader.keyEnvelopes()).map(({ keyId, envelope }) => [keyId, envelope]))
  const companies = await reader.companies()
  const units = (await Promise.all(companies.map(({ id }) => reader.units(id)))).flat()
  const items = units.map(async (unit) => itemsOf(unit, await reader.csids(unit.id), envelopes))
  const [users, webhooks] = await Promise.all([reader.users(), reader.webhooks()])
  return [...(await Promise.all(items)).flat(), ...users.flatMap(secondFactor), ...webhooks.map(verificationKey)]
}

const secondFactor = ({ id, sealedTotpSecret }: User): readonly SealedItem[] =>
  sealedTotpSecret === undefined ? [] : [{ kind: 'totp', id, envelope: sealedTotpSecret, binding: totpBinding(id) }]

const verificationKey = ({ id, sealedSecret }: Webhook): SealedItem => ({
  kind: 'webhook',
  id,
  envelope: sealedSecret,
  binding: webhookBinding(id),
})

/** The unit's key of now and those its certificates were issued for, and the secret of each certificate. */
const itemsOf = (unit: Unit, csids: readonly Csid[], envelopes: ReadonlyMap<string, string>): readonly SealedItem[] => {
  const keyIds = new Set([unit.keyId, ...csids.map(({ keyId }) => keyId)])
  const keys = [...keyIds].flatMap((id) => {
    const envelope = id === undefined ? undefined : envelopes.get(id)
    if (id === undefined || envelope === undefined) return []
    return [{ kind: 'key', id, envelope, binding: keyBinding(unit) } as const]
  })
  const secrets = csids.map(({ id, purpose, sealedSecret }) => {
    return {
      kind: 'secret',
      id,
      envelope: sealedSecret,
      binding: secretBinding(unit, purpose),
    } as const
  })
  return [...keys, ...secrets]
}

/** A key that no unit names cannot be opened, because what it is bound to is unknown. */
const ownerless = async (reader: Reader, items: readonly SealedItem[]): Promise<readonly RewrapProblem[]> => {
  const owned = new Set(items.map(({ id }) => id))
  const lone = (await reader.keyEnvelopes()).filter(({ keyId }) => !owned.has(keyId))
  return lone.map(({ keyId }) => ({ kind: 'key', id: keyId, code: 'unit/not-found' }))
}

// ---- one page ------------------------------------------------------------------------------------------------------------

type Attempted = SealedItem & ({ readonly renewed: string } | { readonly code: FailureCode })

/** Outside the transaction: a slow security module must not hold up who issues. */
const rewrapped = async (rewrapping: Rewrapping, item: SealedItem): Promise<Attempted> => {
  try {
    return { ...item, renewed: await rewrapping[item.kind === 'key' ? 'key' : 'secret'](item.envelope, item.binding) }
  } catch (thrown) {
    return { ...item, code: asFailure(thrown).code }
  }
}

const stored = async (
  { storage, clock }: RewrapPorts,
  page: readonly Attempted[],
  actor: string,
): Promise<Rewrapped> => {
  const renewed = page.flatMap((item) => ('renewed' in item && item.renewed !== item.envelope ? [item] : []))
  const failed = page.flatMap((item) => ('code' in item ? [{ kind: item.kind, id: item.id, code: item.code }] : []))
  const keys = renewed.filter(({ kind }) => kind === 'key').length
  const done = { keys, secrets: renewed.length - keys }
  if (renewed.length > 0)
    await storage.write(async (tx) => {
      for (const item of renewed) await replace(tx, item)
      await tx.addAudit(auditEntry({ clock }, actor, 'keys/rewrap', 'keys', done))
    })
  return { ...done, unchanged: page.length - renewed.length - failed.length, failed }
}

const replace = (tx: Writer, { kind, id, renewed }: SealedItem & { readonly renewed: string }): Promise<void> =>
  ({
    key: () => tx.rewrapKey(id, renewed),
    secret: () => tx.rewrapSecret(id, renewed),
    totp: () => tx.updateUser(id, { sealedTotpSecret: renewed }),
    webhook: () => tx.updateWebhook(id, { sealedSecret: renewed }),
  })[kind]()

const sum = (one: Rewrapped, other: Rewrapped): Rewrapped => ({
  keys: one.keys + other.keys,
  secrets: one.secrets + other.secrets,
  unchanged: one.unchanged + other.unchanged,
  failed: [...one.failed, ...other.failed],
})
