/** Holds what was acknowledged, what is stored and what the gateway took against each other, and counts every difference. */
import { createHash } from 'node:crypto'
import type { Chain, DocumentRecord, DocumentStatus, Reader, Storage } from '#core/ports.ts'
import { verifyChain } from '#core/workflow/proving/verify-chain.ts'
import { GENESIS_PIH } from '#core/zatca/chain.ts'
import type { Ledger } from './gateway.ts'
import type { Acknowledgement } from './messages.ts'
import { keyOf } from './sales.ts'

/** Every number but the first must be zero. */
export interface Count {
  readonly documents: number
  /** Acknowledged but not stored as acknowledged; or final here and not taken by the gateway, or the other way round */
  readonly lost: number
  /** Two documents for one key; or one number taken by the gateway in two forms */
  readonly duplicated: number
  /** A previous hash used twice, a link that does not hold, a head that is not the last document's */
  readonly forked: number
  /** Counters that are missing: here, or at the gateway */
  readonly gaps: number
  /** Without a final result */
  readonly unsettled: number
  /** Transmissions without a row in the journal, or of other bytes than the stored ones */
  readonly unjournalled: number
}

interface Kept extends DocumentStatus {
  readonly sha256: string
  /** Of what was transmitted, by the journal */
  readonly transmitted: readonly string[]
  readonly stamped: boolean
}

export const countAll = async (
  storage: Storage,
  acknowledged: readonly Acknowledgement[],
  ledger: Ledger,
): Promise<Count> => {
  const { read } = storage
  const chains = await read.allChains()
  const kept = (await Promise.all(chains.map((chain) => keptOf(read, chain)))).flat()
  const taken = ledger.entries.filter(({ endpoint }) => endpoint !== 'compliance')
  return {
    documents: kept.length,
    lost: lost(kept, acknowledged, taken),
    duplicated: duplicated(kept, acknowledged, taken),
    forked: (await forks(storage, chains, kept)) + (await brokenAudit(read)),
    gaps: gaps(chains, kept) + Object.values(ledger.gaps).flat().length,
    unsettled: kept.filter(({ result }) => result === undefined).length,
    unjournalled: Math.max(0, unjournalled(kept, taken) - ledger.ownRepeats),
  }
}

/** One after the other: thousands of questions at once would wait for a connection until they give up. */
const keptOf = async (read: Reader, chain: Chain): Promise<readonly Kept[]> => {
  const kept: Kept[] = []
  for (const { document, signedXml } of await read.chainDocuments(chain.id, 0, 100_000))
    kept.push(await keptDocument(read, document, signedXml))
  return kept
}

const keptDocument = async (read: Reader, document: DocumentRecord, signedXml: Uint8Array): Promise<Kept> => {
  const status = await read.documentStatus(document.id)
  if (status === undefined) throw new Error(`document ${document.id} is in its chain and nowhere else`)
  const attempts = await read.attempts(document.id)
  return {
    ...status,
    sha256: sha256(signedXml),
    transmitted: attempts.map(({ requestSha256 }) => requestSha256),
    stamped: (await read.clearedXml(document.id)) !== undefined,
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

type Entry = Ledger['entries'][number]
const isAccepted = ({ outcome }: Entry): boolean => outcome.startsWith('accepted')

/** How many of these do not hold. */
const failing = <T>(all: readonly T[], holds: (each: T) => boolean): number => all.filter((each) => !holds(each)).length

const lost = (kept: readonly Kept[], acknowledged: readonly Acknowledgement[], taken: readonly Entry[]): number => {
  const stored = new Map(kept.map((each) => [each.document.id, each.document]))
  const accepted = new Set(taken.filter(isAccepted).map(({ uuid, invoiceSha256 }) => `${uuid} ${invoiceSha256}`))
  const known = new Set(kept.map(({ document, sha256 }) => `${document.uuid} ${sha256}`))
  const final = kept.filter(({ state }) => state === 'cleared' || state === 'reported')
  return (
    failing(acknowledged, ({ id, uuid, icv, hash, sale }) => {
      const document = stored.get(id)
      return (
        document?.uuid === uuid &&
        document.icv === icv &&
        document.hash === hash &&
        document.idempotencyKey === keyOf(sale)
      )
    }) +
    failing(final, ({ document, sha256 }) => accepted.has(`${document.uuid} ${sha256}`)) +
    failing([...accepted], (copy) => known.has(copy)) +
    failing(final, ({ state, stamped }) => (state === 'cleared') === stamped)
  )
}

const duplicated = (kept: readonly Kept[], acknowledged: readonly Acknowledgement[], taken: readonly Entry[]): number =>
  surplus(kept.map(({ document }) => document.idempotencyKey)) +
  surplusOf(
    acknowledged,
    ({ sale }) => String(sale),
    ({ id }) => id,
  ) +
  surplusOf(
    taken.filter(isAccepted),
    ({ number }) => number,
    ({ invoiceSha256 }) => invoiceSha256,
  )

/** How many values are there besides the first of each. */
const surplus = (values: readonly string[]): number => values.length - new Set(values).size

/** How many more values there are than keys. */
const surplusOf = <T>(all: readonly T[], key: (each: T) => string, value: (each: T) => string): number =>
  new Set(all.map((each) => `${key(each)} ${value(each)}`)).size - new Set(all.map(key)).size

const forks = async (storage: Storage, chains: readonly Chain[], kept: readonly Kept[]): Promise<number> => {
  const reports = await Promise.all(chains.map((chain) => verifyChain({ storage }, chain)))
  const pihs = kept.map(({ document }) => `${document.chainId} ${document.pih}`)
  const icvs = kept.map(({ document }) => `${document.chainId} ${document.icv}`)
  return failing(reports, ({ ok }) => ok) + surplus(pihs) + surplus(icvs) + failing(chains, headFits(kept))
}

const headFits =
  (kept: readonly Kept[]) =>
  ({ id, lastHash, lastIcv }: Chain): boolean =>
    (kept.find(({ document }) => document.chainId === id && document.icv === lastIcv)?.document.hash ?? GENESIS_PIH) ===
    lastHash

const brokenAudit = async (read: Reader): Promise<number> => ((await read.brokenAudit()) === undefined ? 0 : 1)

const gaps = (chains: readonly Chain[], kept: readonly Kept[]): number =>
  chains.reduce((sum, { id, lastIcv }) => {
    const icvs = new Set(kept.filter(({ document }) => document.chainId === id).map(({ document }) => document.icv))
    return sum + failing([...Array(lastIcv).keys()], (index) => icvs.has(index + 1))
  }, 0)

/** G5: what arrived was announced in the journal before, and was what is stored. */
const unjournalled = (kept: readonly Kept[], taken: readonly Entry[]): number => {
  const arrivals = Map.groupBy(taken, ({ uuid }) => uuid)
  return kept.reduce((sum, { document, sha256, transmitted }) => {
    const arrived = arrivals.get(document.uuid) ?? []
    return (
      sum +
      Math.max(0, arrived.length - transmitted.length) +
      failing(arrived, ({ invoiceSha256 }) => invoiceSha256 === sha256) +
      failing(transmitted, (sent) => sent === sha256)
    )
  }, 0)
}
