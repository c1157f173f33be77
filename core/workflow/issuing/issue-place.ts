/** Under the chain's lock: the moment of sealing, each document's place in the chain, and the seal on it. */
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Chain, DocumentRecord, PackedXml, Ports, Prepared, Sealed, Writer } from '#core/ports.ts'
import { turns } from '#core/turns.ts'
import { withChainFields } from '#core/zatca/chain.ts'
import { prepare, stampAll } from '#core/zatca/seal.ts'
import { riyadhText, riyadhTime } from '../riyadh-time.ts'
import { assertSameEpoch } from '../signing.ts'
import type { Issuer } from './check-sale.ts'
import { recordOf } from './document-record.ts'
import type { Place, Plan } from './plan.ts'

/** Throws `unit/not-ready`, `chain/frozen`, and `chain/busy` when the certificate was renewed in this moment. */
export const lockChain = async (tx: Writer, { unit, csid }: Issuer): Promise<Chain> => {
  const chain = await tx.lockChain(unit.id)
  if (chain?.state === 'active') {
    assertSameEpoch(chain, csid)
    return chain
  }
  const frozen = (await tx.chains(unit.id)).some(({ state }) => state === 'frozen')
  throw new Failure(frozen ? 'chain/frozen' : 'unit/not-ready')
}

/** G14: never before the chain's last sealing; a small step back of the clock is waited out, a larger one refused. */
export const sealingTime = async (
  { clock }: Pick<Ports, 'clock'>,
  { chosen }: Pick<Issuer, 'chosen'>,
  { lastSealedAt }: Pick<Chain, 'lastSealedAt'>,
): Promise<number> => {
  const last = lastSealedAt === undefined ? 0 : Date.parse(lastSealedAt)
  let patience = chosen.clockStepBackSeconds * 1000
  let now = clock.now()
  // Perhaps more than once: a timer may end a millisecond before the clock says so.
  while (now < last && last - now <= patience) {
    const behind = last - now
    await new Promise((resolve) => setTimeout(resolve, behind))
    patience -= behind
    now = clock.now()
  }
  if (now >= last) return now
  throw new Failure('clock/stepped-back', { details: { now: instant(now), lastSealedAt } })
}

/** A plan that has its place in the chain and its seal. */
export interface Placed {
  readonly plan: Plan
  readonly document: DocumentRecord
  readonly bytes: Uint8Array
  readonly signedXml: Uint8Array | PackedXml
}

/** So many documents are stamped at a time: enough to be worth a message to another thread, few enough to overlap with the writing. */
const STAMPED_TOGETHER = 10

/**
 * A document's hash, which the next one carries, does not depend on its signature: the chain is walked document by document while
 * earlier ones are being stamped. All documents of one transaction are sealed at the same moment.
 */
export const placeAndSeal = async (
  ports: Ports,
  issuer: Issuer,
  chain: Chain,
  plans: readonly Plan[],
  sealedAt: number,
): Promise<readonly Placed[]> => {
  const turn = turns()
  const { signer } = issuer
  const signingTime = riyadhText(sealedAt)
  // One document is stamped here and now; many go to other threads where there are any.
  const elsewhere = plans.length > 1 ? signer.stampElsewhere : undefined
  const stamp = (prepared: readonly Prepared[]) =>
    elsewhere?.(prepared, signingTime) ?? stampAll(prepared, { signer, signingTime })
  const walk = placesFrom(ports, chain, sealedAt)
  const batches: Promise<readonly Placed[]>[] = []
  for (let from = 0; from < plans.length; from += STAMPED_TOGETHER) {
    const places = plans.slice(from, from + STAMPED_TOGETHER).map(walk)
    const batch = stamp(places.map(({ prepared }) => prepared)).then((sealed) =>
      places.map((place, index) => placed(ports, issuer, chain, place, sealed[index])),
    )
    // Heard below, when all are waited for.
    batch.catch(() => undefined)
    batches.push(batch)
    // On this thread stamping ahead gains nothing, and would hold it for all of them at once.
    if (elsewhere === undefined) await batch
    await turn()
  }
  return (await Promise.all(batches)).flat()
}

/** Gives each plan in turn its counter, previous hash, UUID, and (unless it brings its own) the time of this moment. */
const placesFrom = ({ ids }: Ports, { lastIcv, lastHash }: Chain, sealedAt: number): ((plan: Plan) => Place) => {
  const { date, time } = riyadhTime(sealedAt)
  let head = { icv: lastIcv, hash: lastHash }
  return (plan) => {
    const { draft } = plan
    const dated = { ...plan.invoice, issueDate: draft.issueDate ?? date, issueTime: draft.issueTime ?? time }
    const place = { icv: head.icv + 1, pih: head.hash }
    const invoice = withChainFields(dated, { ...place, uuid: ids.uuid() })
    const prepared = prepare(invoice)
    head = { icv: place.icv, hash: prepared.hash }
    return { ...place, plan, sealedAt, invoice, prepared }
  }
}

const placed = (ports: Ports, issuer: Issuer, chain: Chain, place: Place, sealed: Sealed | undefined): Placed => {
  if (sealed === undefined || sealed.hash !== place.prepared.hash)
    throw new Failure('document/self-check', { reason: 'the seal belongs to another document' })
  const { bytes, packed } = sealed
  return {
    plan: place.plan,
    document: recordOf(ports, issuer, chain, place, sealed),
    bytes,
    signedXml: packed ?? bytes,
  }
}
