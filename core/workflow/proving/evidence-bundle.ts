/** Everything about one document for support, inspectors and courts: the bytes, what they prove, what was sent and answered, its place in the chain. */
import type { Attempt, Chain, Company, DocumentRecord, Ports, Unit } from '#core/ports.ts'
import { type Inspection, inspectXml } from '#core/zatca/inspect.ts'
import { sha256Hex } from '../fingerprint.ts'
import { riyadhText } from '../riyadh-time.ts'
import { unitOfCompany } from '../signing.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import type { LinkProof } from './verify-chain.ts'

/** A stored file with what can be proved from its bytes alone. */
export interface ProvenFile {
  readonly bytes: Uint8Array
  /** Hex, of the bytes as they are stored: what the journal of transmissions names */
  readonly sha256: string
  readonly inspection: Pick<Inspection, 'certificate' | 'proofs' | 'qr'>
}

export interface EvidenceBundle extends Evidence {
  readonly company: Company
  readonly unit: Unit
  readonly chain: Chain | undefined
  readonly previous: DocumentRecord | undefined
  readonly next: DocumentRecord | undefined
  readonly signed: ProvenFile
  /** As ZATCA stamped it */
  readonly cleared: ProvenFile | undefined
  /** That it stands between its neighbours, and that nothing but its bytes was ever sent */
  readonly proofs: readonly LinkProof[]
}

/** Throws `document/not-found`. Reads stored bytes only, so it can be repeated at any time with the same outcome. */
export const evidenceBundle = async (ports: Pick<Ports, 'storage'>, documentId: string): Promise<EvidenceBundle> => {
  const evidence = await evidenceOf(ports, documentId)
  const { document, attempts, signedXml, clearedXml } = evidence
  const { previous, next } = await neighbours(ports, document)
  const signed = await proven(document, signedXml)
  const chains = await ports.storage.read.chains(document.unitId)
  return {
    ...evidence,
    ...(await unitOfCompany(ports.storage.read, document.unitId)),
    chain: chains.find(({ id }) => id === document.chainId),
    previous,
    next,
    signed,
    cleared: clearedXml && (await proven(document, clearedXml)),
    proofs: [...neighbourProofs(document, previous, next), ...journalProofs(attempts, signed.sha256)],
  }
}

const neighbours = async ({ storage: { read } }: Pick<Ports, 'storage'>, { id, chainId, icv }: DocumentRecord) => {
  const around = (await read.chainDocuments(chainId, icv - 2, 3)).map(({ document }) => document)
  return {
    previous: around.find((document) => document.icv === icv - 1 && document.id !== id),
    next: around.find((document) => document.icv === icv + 1),
  }
}

/** As of the moment of sealing, so that the same bytes are judged alike for ever. */
const proven = async ({ sealedAt }: DocumentRecord, bytes: Uint8Array): Promise<ProvenFile> => ({
  bytes,
  sha256: sha256Hex(bytes),
  inspection: await inspectXml(bytes, { now: riyadhText(Date.parse(sealedAt)) }),
})

const same = (id: string, expected: string, found: string): LinkProof => ({
  id,
  ok: expected === found,
  expected,
  found,
})

/** G1: the hash of the one before is in this one, and that of this one in the next. */
const neighbourProofs = (
  document: DocumentRecord,
  previous: DocumentRecord | undefined,
  next: DocumentRecord | undefined,
): readonly LinkProof[] => [
  ...(previous === undefined ? [] : [same('CHAIN/previous', previous.hash, document.pih)]),
  ...(next === undefined ? [] : [same('CHAIN/next', document.hash, next.pih)]),
]

/** G5: every transmission carried the stored bytes. */
const journalProofs = (attempts: readonly Attempt[], sha256: string): readonly LinkProof[] => {
  const other = attempts.find(({ requestSha256 }) => requestSha256 !== sha256)
  return attempts.length === 0 ? [] : [same('JOURNAL/bytes', sha256, other?.requestSha256 ?? sha256)]
}
