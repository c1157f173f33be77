/** Walks a chain from its first document to its head and proves every link from the stored bytes (G1, G15). */
import { asFailure, Failure } from '#core/errors.ts'
import type { Invoice } from '#core/invoice/document.ts'
import type { Chain, DocumentRecord, Ports } from '#core/ports.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { chainField, GENESIS_PIH } from '#core/zatca/chain.ts'
import { hashOf } from '#core/zatca/check.ts'
import { readInvoice, type SignatureBlock } from '#core/zatca/read.ts'
import { selfCheck } from '#core/zatca/self-check.ts'
import { type Check, sealChecks } from '#core/zatca/verify.ts'

/** One named proof of a link; the ids of signature and QR checks are those of `core/zatca/verify.ts`. */
export interface LinkProof {
  readonly id: string
  readonly ok: boolean
  readonly expected?: string
  readonly found?: string
}

export interface BrokenLink extends LinkProof {
  readonly icv: number
  readonly documentId: string | undefined
  readonly number: string | undefined
}

export interface ChainReport {
  readonly chainId: string
  readonly documents: number
  readonly ok: boolean
  readonly firstBroken: BrokenLink | undefined
}

/** Where the next document of a chain continues. */
export interface ChainHead {
  readonly icv: number
  readonly hash: string
}

export const start: ChainHead = { icv: 0, hash: GENESIS_PIH }

const pageSize = 100

/** Stops at the first broken link: behind it nothing can be proved. */
export const verifyChain = async (
  { storage: { read } }: Pick<Ports, 'storage'>,
  chain: Chain,
  onProgress: (documents: number) => void = () => undefined,
): Promise<ChainReport> => {
  let head = await beginning(read, chain)
  const report = (firstBroken?: BrokenLink): ChainReport => ({
    chainId: chain.id,
    documents: head.icv,
    ok: firstBroken === undefined,
    firstBroken,
  })
  for (;;) {
    const page = await read.chainDocuments(chain.id, head.icv, pageSize)
    for (const { document, signedXml } of page) {
      const broken = (await linkProofs(document, signedXml, head)).find(({ ok }) => !ok)
      if (broken !== undefined)
        return report({ ...broken, icv: document.icv, documentId: document.id, number: document.number })
      head = { icv: document.icv, hash: document.hash }
    }
    onProgress(head.icv)
    if (page.length < pageSize) break
  }
  const tip = headProofs(chain, head).find(({ ok }) => !ok)
  return report(tip && { ...tip, icv: head.icv, documentId: undefined, number: undefined })
}

/**
 * A chain begins with the genesis value or, where `pihAfterRenewal` says so, with the end of the chain before it. Its first document tells
 * which: both are possible values and nothing else is, so nobody has to remember what was in force when it was begun.
 */
const beginning = async (read: Ports['storage']['read'], chain: Chain): Promise<ChainHead> => {
  const [first] = await read.chainDocuments(chain.id, 0, 1)
  const begunWith = first?.document.pih ?? chain.lastHash
  const earlier = (await read.chains(chain.unitId)).filter(({ epoch }) => epoch < chain.epoch)
  const before = earlier.toSorted((one, other) => other.epoch - one.epoch)[0]
  return before?.lastHash === begunWith ? { ...start, hash: begunWith } : start
}

/** The report on the unit's newest chain, or the one named. Throws `unit/not-ready` when there is none. */
export const verifyUnitChain = async (ports: Pick<Ports, 'storage'>, unitId: string): Promise<ChainReport> => {
  const chains = await ports.storage.read.chains(unitId)
  const newest = chains.toSorted((a, b) => b.epoch - a.epoch)[0]
  if (newest === undefined) throw new Failure('unit/not-ready')
  return verifyChain(ports, newest)
}

export const equal = (id: string, expected: string | undefined, found: string | undefined): LinkProof => ({
  id,
  ok: expected === found,
  ...(expected === undefined ? {} : { expected }),
  ...(found === undefined ? {} : { found }),
})

/** What a stamped document says about itself, read and hashed by libxml2 and not by what wrote it. */
export interface ReadLink {
  readonly invoice: Invoice
  readonly stamp: SignatureBlock
  readonly hash: string
  readonly checks: readonly Check[]
}

/** Throws what reading throws, and `xml/not-signed`. */
export const readLink = async (signedXml: Uint8Array): Promise<ReadLink> => {
  const { invoice, stamp } = readInvoice(signedXml)
  if (stamp?.signatureValue === undefined) throw new Failure('xml/not-signed')
  const hash = await hashOf(signedXml)
  return { invoice, stamp, hash, checks: sealChecks(invoice, stamp, hash) }
}

/** The place in a chain that a document claims. */
export type Place = Pick<DocumentRecord, 'icv' | 'pih' | 'uuid' | 'hash'>

/** The place against its predecessor, the bytes against the place, and the stamp inside the bytes. */
export const placeProofs = (place: Place, before: ChainHead, link: ReadLink): readonly LinkProof[] => [
  equal('CHAIN/icv', String(before.icv + 1), String(place.icv)),
  equal('CHAIN/pih', before.hash, place.pih),
  equal('CHAIN/icvInXml', String(place.icv), chainField(link.invoice, 'ICV')),
  equal('CHAIN/pihInXml', place.pih, chainField(link.invoice, 'PIH')),
  equal('CHAIN/uuidInXml', place.uuid, link.invoice.uuid),
  equal('CHAIN/hash', link.hash, place.hash),
  ...link.checks,
]

/** Two judges have to agree: libxml2, and the scanner that judged the bytes before they were stored. */
const linkProofs = async (
  document: DocumentRecord,
  signedXml: Uint8Array,
  before: ChainHead,
): Promise<readonly LinkProof[]> => {
  try {
    const link = await readLink(signedXml)
    return [...placeProofs(document, before, link), ownProof(link, signedXml)]
  } catch (error) {
    return [{ id: 'CHAIN/readable', ok: false, found: asFailure(error).code }]
  }
}

const ownProof = ({ invoice, stamp, hash }: ReadLink, bytes: Uint8Array): LinkProof => {
  try {
    selfCheck({ bytes, hash, qr: chainField(invoice, 'QR') ?? '' }, parseCertificate(stamp.certificate ?? ''))
    return { id: 'CHAIN/selfCheck', ok: true }
  } catch (error) {
    const { code, reason = code } = asFailure(error)
    return { id: 'CHAIN/selfCheck', ok: false, found: reason }
  }
}

const headProofs = (chain: Chain, head: ChainHead): readonly LinkProof[] => [
  equal('CHAIN/headIcv', String(head.icv), String(chain.lastIcv)),
  equal('CHAIN/headHash', head.hash, chain.lastHash),
]
