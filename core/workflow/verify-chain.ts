/** Walks a chain from its first document to its head and proves every link from the stored bytes (G1, G15). */
import { asFailure, Failure } from '#core/errors.ts'
import type { Chain, DocumentRecord, Ports } from '#core/ports.ts'
import { chainField, GENESIS_PIH } from '#core/zatca/chain.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { verify } from '#core/zatca/verify.ts'

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

const pageSize = 100

/** Stops at the first broken link: behind it nothing can be proved. */
export const verifyChain = async (
  { storage: { read } }: Pick<Ports, 'storage'>,
  chain: Chain,
  onProgress: (documents: number) => void = () => undefined,
): Promise<ChainReport> => {
  let head = { icv: 0, hash: GENESIS_PIH }
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

/** The report on the unit's newest chain, or the one named. Throws `unit/not-ready` when there is none. */
export const verifyUnitChain = async (ports: Pick<Ports, 'storage'>, unitId: string): Promise<ChainReport> => {
  const chains = await ports.storage.read.chains(unitId)
  const newest = chains.toSorted((a, b) => b.epoch - a.epoch)[0]
  if (newest === undefined) throw new Failure('unit/not-ready')
  return verifyChain(ports, newest)
}

const equal = (id: string, expected: string | undefined, found: string | undefined): LinkProof => ({
  id,
  ok: expected === found,
  ...(expected === undefined ? {} : { expected }),
  ...(found === undefined ? {} : { found }),
})

/** The record against its predecessor, the bytes against the record, and the stamp inside the bytes. */
const linkProofs = async (
  document: DocumentRecord,
  signedXml: Uint8Array,
  before: { readonly icv: number; readonly hash: string },
): Promise<readonly LinkProof[]> => {
  try {
    const { invoice } = readInvoice(signedXml)
    const { hash, checks } = await verify(signedXml)
    return [
      equal('CHAIN/icv', String(before.icv + 1), String(document.icv)),
      equal('CHAIN/pih', before.hash, document.pih),
      equal('CHAIN/icvInXml', String(document.icv), chainField(invoice, 'ICV')),
      equal('CHAIN/pihInXml', document.pih, chainField(invoice, 'PIH')),
      equal('CHAIN/uuidInXml', document.uuid, invoice.uuid),
      equal('CHAIN/hash', hash, document.hash),
      ...checks,
    ]
  } catch (error) {
    return [{ id: 'CHAIN/readable', ok: false, found: asFailure(error).code }]
  }
}

const headProofs = (chain: Chain, head: { readonly icv: number; readonly hash: string }): readonly LinkProof[] => [
  equal('CHAIN/headIcv', String(head.icv), String(chain.lastIcv)),
  equal('CHAIN/headHash', head.hash, chain.lastHash),
]
