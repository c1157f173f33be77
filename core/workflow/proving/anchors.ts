/**
 * Anchors: the head of every chain is kept outside the database as well. A database that is older than its anchors was restored or
 * copied, and would give counters a second time; its chains are frozen before anything is issued (G13).
 */
import { auditEntry } from '#core/audit-entry.ts'
import { asFailure } from '#core/errors.ts'
import type { FrozenReason } from '#core/messages/chains.ts'
import type { AnchoredHead, Anchors, Chain, Ports, Reader } from '#core/ports.ts'
import { pause } from '../pause.ts'

type AnchorPorts = Pick<Ports, 'storage' | 'anchors' | 'clock' | 'log'>

const headOf = ({ id, unitId, epoch, lastIcv, lastHash }: Chain): AnchoredHead => ({
  chainId: id,
  unitId,
  epoch,
  icv: lastIcv,
  hash: lastHash,
})

/** Writes down where every chain stands now; returns when it is on the disk. Throws `anchors/unavailable`. */
export const anchorHeads = async ({ storage, anchors }: AnchorPorts): Promise<void> => {
  if (anchors !== undefined) await anchors.put((await storage.read.allChains()).map(headOf))
}

/** `behind`: documents are missing here; `differs`: another document has the anchored counter. */
export type AnchorDifference = 'behind' | 'differs'

/** Undefined when the chain continues what was anchored. */
export const differsFromAnchor = async (
  read: Reader,
  chain: Chain,
  anchor: AnchoredHead,
): Promise<AnchorDifference | undefined> => {
  if (anchor.icv > chain.lastIcv) return 'behind'
  return (await hashAt(read, chain, anchor.icv)) === anchor.hash ? undefined : 'differs'
}

const hashAt = async (read: Reader, chain: Chain, icv: number): Promise<string | undefined> => {
  if (icv === chain.lastIcv) return chain.lastHash
  const [link] = await read.chainDocuments(chain.id, icv - 1, 1)
  // The first document states what the chain began with.
  return icv === 0 ? link?.document.pih : link?.document.hash
}

export interface AnchorComparison {
  /** There were documents, but nothing was anchored yet: a first start with anchors, or the folder was lost */
  readonly missing: boolean
  /** Chains that were frozen now */
  readonly frozen: readonly { readonly chainId: string; readonly difference: AnchorDifference | 'renewed-since' }[]
}

const behindAnchor: FrozenReason = 'behind-anchor'

/** At the start, before anything is issued: freezes what is older than its anchor or another chain, then anchors the rest. */
export const compareWithAnchors = async (ports: AnchorPorts): Promise<AnchorComparison> => {
  const { anchors, storage } = ports
  if (anchors === undefined) return { missing: false, frozen: [] }
  const kept = await anchors.read()
  const chains = await storage.read.allChains()
  const missing = kept === undefined && chains.some(({ lastIcv }) => lastIcv > 0)
  if (missing) await reportMissing(ports)
  const frozen = await freezeDifferent(ports, chains, kept ?? new Map())
  await anchorHeads(ports)
  return { missing, frozen }
}

const reportMissing = async (ports: AnchorPorts): Promise<void> => {
  ports.log.warn('anchors/missing')
  await ports.storage.write((tx) => tx.addAudit(auditEntry(ports, 'system', 'anchors/begun', 'anchors')))
}

const freezeDifferent = async (
  ports: AnchorPorts,
  chains: readonly Chain[],
  kept: ReadonlyMap<string, AnchoredHead>,
): Promise<AnchorComparison['frozen']> => {
  const frozen: { chainId: string; difference: AnchorComparison['frozen'][number]['difference'] }[] = []
  const epochs = newestEpochs(kept)
  for (const chain of chains) {
    const anchor = kept.get(chain.id)
    const difference =
      (anchor && (await differsFromAnchor(ports.storage.read, chain, anchor))) ??
      ((epochs.get(chain.unitId) ?? 0) > chain.epoch && chain.state === 'active' ? 'renewed-since' : undefined)
    if (difference === undefined) continue
    ports.log.error('anchors/differ', { chain: chain.id, difference, icv: chain.lastIcv, anchored: anchor?.icv })
    if (chain.state !== 'active') continue
    const details = { difference, icv: chain.lastIcv, anchored: anchor?.icv ?? null }
    await ports.storage.write(async (tx) => {
      await tx.freezeChain(chain.id, behindAnchor)
      await tx.addAudit(auditEntry(ports, 'system', 'chain/frozen', chain.id, details))
    })
    frozen.push({ chainId: chain.id, difference })
  }
  return frozen
}

/** A unit that was renewed after the backup went on in another chain: the old one would begin a second sequence. */
const newestEpochs = (kept: ReadonlyMap<string, AnchoredHead>): ReadonlyMap<string, number> => {
  const epochs = new Map<string, number>()
  for (const { unitId, epoch } of kept.values()) epochs.set(unitId, Math.max(epoch, epochs.get(unitId) ?? 0))
  return epochs
}

const everyDocuments = 100

/** For whoever issues, after the commit: every hundredth document of a chain is anchored before it is handed out. */
export const anchorHundredth = async (
  ports: AnchorPorts,
  issued: readonly { readonly icv: number }[],
): Promise<void> => {
  if (ports.anchors !== undefined && issued.some(({ icv }) => icv % everyDocuments === 0)) await anchorSafely(ports)
}

/** Anchors what has moved, once every `everyMs`, until the signal; a disk that fails is tried again and does not stop issuing. */
export const runAnchors = async (
  ports: AnchorPorts,
  { signal, everyMs = 1000 }: { readonly signal: AbortSignal; readonly everyMs?: number },
): Promise<void> => {
  while (ports.anchors !== undefined && !signal.aborted) {
    await pause(everyMs, signal)
    await anchorSafely(ports)
  }
}

const anchorSafely = async (ports: AnchorPorts): Promise<void> => {
  try {
    await anchorHeads(ports)
  } catch (error) {
    ports.log.error('anchors/failed', { code: asFailure(error).code })
  }
}

/** Two places for the same anchors (another folder, a second disk): as long as one works, issuing is guarded. */
export const joinedAnchors = (places: readonly Anchors[], log: Ports['log']): Anchors => {
  const each = async <T>(ask: (place: Anchors) => Promise<T>): Promise<readonly T[]> => {
    const answers = await Promise.allSettled(places.map(ask))
    const failed = answers.filter((answer) => answer.status === 'rejected')
    for (const { reason } of failed) log.warn('anchors/place-failed', { code: asFailure(reason).code })
    if (failed.length === places.length && failed[0] !== undefined) throw failed[0].reason
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  }
  return {
    put: async (heads) => void (await each((place) => place.put(heads))),
    read: async () => {
      const known = (await each((place) => place.read())).filter((heads) => heads !== undefined)
      return known.length === 0 ? undefined : newestOf(known.flatMap((heads) => [...heads.values()]))
    },
  }
}

/** Of several heads of a chain the one with the highest counter. */
export const newestOf = (heads: Iterable<AnchoredHead>): Map<string, AnchoredHead> => {
  const newest = new Map<string, AnchoredHead>()
  for (const head of heads) if (head.icv > (newest.get(head.chainId)?.icv ?? -1)) newest.set(head.chainId, head)
  return newest
}
