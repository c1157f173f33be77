/** The audit of everything that is stored: every chain link by link, each document's way to ZATCA, the anchors, the audit log itself. */
import type { Chain, Company, Ports, Unit } from '#core/ports.ts'
import { differsFromAnchor } from './anchors.ts'
import { type BrokenLink, type ChainReport, equal, type LinkProof, verifyChain } from './verify-chain.ts'

export interface ChainAudit extends ChainReport {
  readonly company: Pick<Company, 'id' | 'name' | 'vatNumber'>
  readonly unit: Pick<Unit, 'id' | 'name' | 'environment'>
  readonly chain: Pick<Chain, 'epoch' | 'state' | 'lastIcv' | 'lastHash' | 'frozenReason'>
  /** The first broken link in front, then whatever else does not agree; empty in a whole chain */
  readonly problems: readonly BrokenLink[]
}

export interface DatabaseAudit {
  readonly ok: boolean
  readonly documents: number
  readonly chains: readonly ChainAudit[]
  /** Sequence number of the first entry of the audit log that does not fit */
  readonly brokenAuditEntry: number | undefined
}

export interface AuditOptions {
  /** Only this company's chains */
  readonly companyId?: string | undefined
  /** Documents proved so far, of all chains together */
  readonly onProgress?: (documents: number) => void
}

type AuditPorts = Pick<Ports, 'storage' | 'anchors'>

/** Reads in pages: memory does not grow with the number of documents. */
export const auditDatabase = async (ports: AuditPorts, options: AuditOptions = {}): Promise<DatabaseAudit> => {
  const { companyId, onProgress = () => undefined } = options
  const owners = await ownersOf(ports, companyId)
  const chains: ChainAudit[] = []
  let documents = 0
  for (const chain of await ports.storage.read.allChains()) {
    const owner = owners.get(chain.unitId)
    if (owner === undefined) continue
    const audit = await auditChain(ports, chain, owner, (proved) => onProgress(documents + proved))
    documents += audit.documents
    chains.push(audit)
  }
  const brokenAuditEntry = await ports.storage.read.brokenAudit()
  return { ok: brokenAuditEntry === undefined && chains.every(({ ok }) => ok), documents, chains, brokenAuditEntry }
}

type Owner = Pick<ChainAudit, 'company' | 'unit'>

const ownersOf = async ({ storage: { read } }: AuditPorts, companyId: string | undefined) => {
  const owners = new Map<string, Owner>()
  for (const { id, name, vatNumber } of await read.companies()) {
    if (companyId !== undefined && companyId !== id) continue
    for (const unit of await read.units(id)) {
      const { id: unitId, name: unitName, environment } = unit
      owners.set(unitId, { company: { id, name, vatNumber }, unit: { id: unitId, name: unitName, environment } })
    }
  }
  return owners
}

const auditChain = async (
  ports: AuditPorts,
  chain: Chain,
  owner: Owner,
  onProgress: (documents: number) => void,
): Promise<ChainAudit> => {
  const report = await verifyChain(ports, chain, onProgress)
  const { epoch, state, lastIcv, lastHash, frozenReason } = chain
  const problems = [
    ...(report.firstBroken === undefined ? [] : [report.firstBroken]),
    ...(await tallyProblems(ports, chain)),
    ...(await anchorProblems(ports, chain)),
  ]
  return {
    ...report,
    ...owner,
    chain: { epoch, state, lastIcv, lastHash, frozenReason },
    ok: problems.length === 0,
    problems,
  }
}

const atHead = (chain: Chain, proof: LinkProof): BrokenLink => ({
  ...proof,
  icv: chain.lastIcv,
  documentId: undefined,
  number: undefined,
})

/** As many documents as the counter says, and each either settled or on its way, never both (G4). */
const tallyProblems = async ({ storage: { read } }: AuditPorts, chain: Chain): Promise<readonly BrokenLink[]> => {
  const { documents, unaccounted } = await read.chainTally(chain.id)
  const count = equal('CHAIN/count', String(chain.lastIcv), String(documents))
  return [
    ...(count.ok ? [] : [atHead(chain, count)]),
    ...unaccounted.map(({ documentId, icv, rows }) => ({
      id: `OUTBOX/${rows}`,
      ok: false,
      icv,
      documentId,
      number: undefined,
    })),
  ]
}

const anchorProblems = async ({ storage, anchors }: AuditPorts, chain: Chain): Promise<readonly BrokenLink[]> => {
  const anchor = (await anchors?.read())?.get(chain.id)
  const difference = anchor && (await differsFromAnchor(storage.read, chain, anchor))
  if (anchor === undefined || difference === undefined) return []
  const proof = { id: `ANCHOR/${difference}`, ok: false, expected: `${anchor.icv} ${anchor.hash}` }
  return [atHead(chain, { ...proof, found: `${chain.lastIcv} ${chain.lastHash}` })]
}
