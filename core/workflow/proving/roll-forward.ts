/**
 * Rolls a chain forward from the archive: the signed files carry counter, previous hash, UUID, hash and stamp, so every document that a
 * restored database lacks can be proved and appended again. Whatever is appended goes out once more, byte for byte; ZATCA answers that
 * it has it already.
 */
import { asFailure, Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { FrozenReason } from '#core/messages/chains.ts'
import type {
  AnchoredHead,
  AuditEntry,
  Chain,
  Csid,
  DocumentRecord,
  OutboxRow,
  Ports,
  Unit,
  Writer,
} from '#core/ports.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { chainField } from '#core/zatca/chain.ts'
import { archivedKeys, type RequestKey } from '../archiving/request-keys.ts'
import { companyIn } from '../environments.ts'
import { outboxRowOf } from '../issuing/document-record.ts'
import { unitOfCompany } from '../signing.ts'
import { anchorHeads, differsFromAnchor } from './anchors.ts'
import { clearedBytesOf, type RecoveredRecord, recoveredRecord, withoutKey } from './recovered-record.ts'
import { type ChainHead, equal, type LinkProof, placeProofs, type ReadLink, readLink } from './verify-chain.ts'

/** Nothing is sent and no key is opened. */
type RollPorts = Pick<Ports, 'storage' | 'anchors' | 'blobs' | 'clock' | 'ids' | 'log'>

export interface RollForwardOptions {
  readonly chainId: string
  readonly actor: string
  /** A person says that the last document found is the last one issued, where no anchor says it */
  readonly acceptHead?: boolean
}

export interface RollForward {
  readonly chainId: string
  readonly from: number
  readonly to: number
  /** Appended documents whose cleared file proved itself, so that nothing has to be sent */
  readonly settled: number
  /** Counters that were issued and for which no file proves itself */
  readonly missing: readonly number[]
  /** What is wrong with the file of the first of them, when there is one */
  readonly obstacle: LinkProof | undefined
  readonly outcome:
    | 'thawed'
    /** Files are missing, or another document has the anchored counter: close the chain and onboard the unit anew */
    | 'close-and-reonboard'
    /** Nothing says where the chain ended: anchors, or a person's word */
    | 'head-unknown'
    /** Frozen for another reason, or not frozen at all: left alone */
    | 'untouched'
}

const reconcilable: readonly (string | undefined)[] = ['restored', 'behind-anchor'] satisfies FrozenReason[]

/** Not after the unit was onboarded anew: it has another chain then. */
const isReconcilable = async ({ storage }: RollPorts, { state, frozenReason, unitId }: Chain): Promise<boolean> =>
  state === 'frozen' && reconcilable.includes(frozenReason) && (await storage.read.activeChain(unitId)) === undefined

/** Throws `request/not-found` for a chain that is not there. */
export const rollForward = async (ports: RollPorts, options: RollForwardOptions): Promise<RollForward> => {
  const chain = await chainById(ports, options.chainId)
  const idle = {
    chainId: chain.id,
    from: chain.lastIcv,
    to: chain.lastIcv,
    settled: 0,
    missing: [],
    obstacle: undefined,
  }
  if (!(await isReconcilable(ports, chain))) return { ...idle, outcome: 'untouched' }
  const { company, unit } = await unitOfCompany(ports.storage.read, chain.unitId)
  const { vatNumber } = companyIn(unit.environment, company)
  const anchor = (await ports.anchors?.read())?.get(chain.id)
  const certificate = await certificateOf(ports, chain)
  const place = `${unit.environment}/${vatNumber}`
  const candidates = await findCandidates(ports, `${place}/signed`, chain, certificate)
  const keys = await archivedKeys(ports, place, chain.id)
  const appended = await appendAll(ports, { chain, unit, certificate, candidates, keys, actor: options.actor })
  const target = Math.max(anchor?.icv ?? 0, ...candidates.keys())
  const missing = range(appended.to + 1, target)
  const outcome = await finish(ports, options, { missing, anchor })
  return { ...idle, ...appended, missing, outcome }
}

/** Every chain that a restore or a comparison with the anchors has frozen. */
export const rollForwardAll = async (
  ports: RollPorts,
  options: Omit<RollForwardOptions, 'chainId'>,
): Promise<readonly RollForward[]> => {
  const reports: RollForward[] = []
  for (const { id, state } of await ports.storage.read.allChains()) {
    if (state === 'frozen') reports.push(await rollForward(ports, { ...options, chainId: id }))
  }
  return reports
}

const chainById = async ({ storage }: RollPorts, chainId: string): Promise<Chain> => {
  const chain = (await storage.read.allChains()).find(({ id }) => id === chainId)
  if (chain === undefined) throw new Failure('request/not-found', { details: { chain: chainId } })
  return chain
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)

// ---- what the archive has ----------------------------------------------------------------------------------------------

type Candidates = ReadonlyMap<number, readonly string[]>

const counterInText = /<cbc:ID>ICV<\/cbc:ID>\s*<cbc:UUID>(\d+)<\/cbc:UUID>/

/** Files of this chain's certificate whose counter it has not reached: all units of a taxpayer, and all their chains, share the folder. */
const findCandidates = async (
  { blobs }: RollPorts,
  folder: string,
  chain: Chain,
  certificate: ChainCertificate,
): Promise<Candidates> => {
  const candidates = new Map<number, string[]>()
  for await (const path of blobs.list(folder)) {
    const bytes = path.endsWith('.xml') ? await blobs.get(path) : undefined
    const text = Buffer.from(bytes ?? []).toString('latin1')
    const icv = text.includes(certificate.text) ? Number(counterInText.exec(text)?.[1] ?? 0) : 0
    if (icv > chain.lastIcv) candidates.set(icv, [...(candidates.get(icv) ?? []), path])
  }
  return candidates
}

interface ChainCertificate {
  readonly csid: Csid
  /** Base64 of the DER, as it stands in each stamp */
  readonly text: string
}

/** A chain is signed by the one certificate that opened it. */
const certificateOf = async ({ storage }: RollPorts, { unitId, epoch }: Chain): Promise<ChainCertificate> => {
  const csids = await storage.read.csids(unitId)
  const csid = csids.find((entry) => entry.purpose === 'production' && entry.epoch === epoch)
  if (csid === undefined) throw new Failure('unit/not-ready', { reason: 'the chain has no certificate' })
  return { csid, text: parseCertificate(csid.token).text }
}

// ---- proving and appending ---------------------------------------------------------------------------------------------

interface Work {
  readonly chain: Chain
  readonly unit: Unit
  readonly certificate: ChainCertificate
  readonly candidates: Candidates
  /** What was asked for, by UUID */
  readonly keys: ReadonlyMap<string, RequestKey>
  readonly actor: string
}

const batchSize = 50

/** In batches, each in one commit; the chain is open only inside such a commit, so that nobody issues in between. */
const appendAll = async (ports: RollPorts, work: Work) => {
  let head: ChainHead = { icv: work.chain.lastIcv, hash: work.chain.lastHash }
  let settled = 0
  for (;;) {
    const { links, obstacle } = await provenLinks(ports, work, head)
    if (links.length > 0) settled += await ports.storage.write((tx) => appendBatch(ports, tx, work, links))
    const last = links.at(-1)?.document
    if (last !== undefined) head = { icv: last.icv, hash: last.hash }
    if (links.length < batchSize) return { to: head.icv, settled, obstacle }
  }
}

interface ProvenLink {
  readonly document: Omit<DocumentRecord, 'reissueNo' | 'supersedes'>
  readonly bytes: Uint8Array
  readonly clearedXml: Uint8Array | undefined
}

const provenLinks = async (ports: RollPorts, work: Work, start: ChainHead) => {
  const links: ProvenLink[] = []
  let head = start
  let obstacle: LinkProof | undefined
  while (links.length < batchSize) {
    const found = await nextLink(ports, work, head)
    obstacle = found.obstacle
    if (found.link === undefined) break
    links.push(found.link)
    head = { icv: found.link.document.icv, hash: found.link.document.hash }
  }
  return { links, obstacle }
}

/** The one file with the next counter that proves itself; otherwise what is wrong with the last one tried. */
const nextLink = async (
  ports: RollPorts,
  work: Work,
  head: ChainHead,
): Promise<{ readonly link?: ProvenLink; readonly obstacle: LinkProof | undefined }> => {
  let obstacle: LinkProof | undefined
  for (const path of work.candidates.get(head.icv + 1) ?? []) {
    const bytes = await ports.blobs.get(path)
    if (bytes === undefined) continue
    const { link, broken } = await proved(work, head, bytes)
    if (link === undefined) obstacle = broken
    else return { link: await withRecord(ports, work, path, bytes, link), obstacle: undefined }
  }
  return { obstacle }
}

const proved = async (work: Work, head: ChainHead, bytes: Uint8Array) => {
  try {
    const link = await readLink(bytes)
    const place = {
      icv: Number(chainField(link.invoice, 'ICV')),
      pih: chainField(link.invoice, 'PIH') ?? '',
      uuid: link.invoice.uuid ?? '',
      hash: link.hash,
    }
    const certificate = equal('CHAIN/certificate', work.certificate.text, link.stamp.certificate)
    const broken = [certificate, ...placeProofs(place, head, link)].find(({ ok }) => !ok)
    return broken === undefined ? { link: { ...link, place } } : { broken }
  } catch (error) {
    return { broken: { id: 'CHAIN/readable', ok: false, found: asFailure(error).code } }
  }
}

const withRecord = async (
  ports: RollPorts,
  { chain, unit, certificate, keys }: Work,
  path: string,
  bytes: Uint8Array,
  link: ReadLink & { readonly place: Pick<DocumentRecord, 'icv' | 'pih' | 'uuid' | 'hash'> },
): Promise<ProvenLink> => {
  const key = keys.get(link.place.uuid)
  const document = recoveredRecord(ports, { chain, unit, csidId: certificate.csid.id, link, key })
  const clearedXml = await clearedBytesOf(ports, document, path.replace('/signed/', '/cleared/'))
  return { document, bytes, clearedXml }
}

/** The number of those that are settled by their cleared file. */
const appendBatch = async (
  ports: RollPorts,
  tx: Writer,
  { chain, actor }: Work,
  links: readonly ProvenLink[],
): Promise<number> => {
  const at = instant(ports.clock.now())
  const documents = await numbered(tx, links)
  await tx.thawChain(chain.id)
  await tx.lockChain(chain.unitId)
  await tx.appendDocuments(documents.map((entry) => ({ ...entry, outbox: resendable(entry.document) })))
  for (const { document, clearedXml } of documents) {
    if (clearedXml !== undefined) await tx.settle({ ...settledBefore, documentId: document.id, at }, clearedXml)
    const { id: subject, number, icv, hash } = document
    await tx.addAudit({ at, actor, action: 'document/recovered', subject, details: { number, icv, hash } })
  }
  await tx.freezeChain(chain.id, chain.frozenReason ?? '')
  return documents.filter(({ clearedXml }) => clearedXml !== undefined).length
}

const settledBefore = { outcome: 'cleared', duplicate: false, findings: [], decidedByFence: 0 } as const

/** It may have been sent when it was issued, so the 24 hours of an unknown outcome count from then (G7). */
const resendable = (document: DocumentRecord): OutboxRow => ({
  ...outboxRowOf(document),
  state: 'unknown',
  firstSentAt: document.sealedAt,
})

/** A number that is there already was corrected by the document that repeats it (spec A11). */
const numbered = async (tx: Writer, links: readonly ProvenLink[]) => {
  const latest = new Map<string, Pick<DocumentRecord, 'id' | 'reissueNo'>>()
  const done: { document: DocumentRecord; signedXml: Uint8Array; clearedXml: Uint8Array | undefined }[] = []
  for (const { document, bytes, clearedXml } of links) {
    const { companyId, environment, number } = document
    const holders = (await tx.documentsByNumber(companyId, environment, number)).map((holder) => holder.document)
    const before = latest.get(number) ?? holders.toSorted((one, other) => other.reissueNo - one.reissueNo)[0]
    const reissueNo = before === undefined ? 0 : before.reissueNo + 1
    const record = { ...document, ...(await freeKey(tx, document, done)), reissueNo, supersedes: before?.id }
    latest.set(number, record)
    done.push({ document: record, signedXml: bytes, clearedXml })
  }
  return done
}

/** Nobody vouches for the file of keys: one that another document has already does not stop the recovery. */
const freeKey = async (
  tx: Writer,
  { companyId, environment, idempotencyKey, bodySha256, uuid, hash }: RecoveredRecord,
  done: readonly { readonly document: DocumentRecord }[],
) => {
  const holders = await tx.documentsByKeys(companyId, environment, [idempotencyKey])
  const isTaken = holders.length > 0 || done.some(({ document }) => document.idempotencyKey === idempotencyKey)
  return isTaken ? withoutKey({ uuid, hash }) : { idempotencyKey, bodySha256 }
}

// ---- the end -----------------------------------------------------------------------------------------------------------

const finish = async (
  ports: RollPorts,
  { chainId, actor, acceptHead = false }: RollForwardOptions,
  { missing, anchor }: { readonly missing: readonly number[]; readonly anchor: AnchoredHead | undefined },
): Promise<RollForward['outcome']> => {
  const chain = await chainById(ports, chainId)
  if (missing.length > 0) return 'close-and-reonboard'
  if (anchor !== undefined && (await differsFromAnchor(ports.storage.read, chain, anchor)) !== undefined)
    return 'close-and-reonboard'
  if (await renewedSince(ports, chain)) return 'close-and-reonboard'
  if (anchor === undefined && !acceptHead) return 'head-unknown'
  await ports.storage.write(async (tx) => {
    await tx.thawChain(chainId)
    await tx.addAudit(thawed(ports, chain, actor, anchor))
  })
  await anchorHeads(ports)
  return 'thawed'
}

/** The anchors know a later chain of the unit: this one has ended, whatever its head. */
const renewedSince = async ({ anchors }: RollPorts, { unitId, epoch }: Chain): Promise<boolean> => {
  const heads = (await anchors?.read())?.values() ?? []
  return [...heads].some((head) => head.unitId === unitId && head.epoch > epoch)
}

const thawed = ({ clock }: RollPorts, chain: Chain, actor: string, anchor: AnchoredHead | undefined): AuditEntry => ({
  at: instant(clock.now()),
  actor,
  action: 'chain/thawed',
  subject: chain.id,
  details: { icv: chain.lastIcv, hash: chain.lastHash, provedBy: anchor === undefined ? 'person' : 'anchor' },
})
