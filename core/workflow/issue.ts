/**
 * Issues a document: check -> lock chain -> number -> write -> hash -> sign -> QR -> self-check -> store, in one commit.
 *
 * Everything that can be refused is refused before the lock: an invalid document takes no number. Everything that takes a number is
 * stored in the same transaction: a number without a document cannot exist.
 */
import { Failure } from '#core/errors.ts'
import type { Invoice } from '#core/invoice/document.ts'
import type { Draft } from '#core/invoice/draft.ts'
import type { Chain, DocumentRecord, Ports, Writer } from '#core/ports.ts'
import { withChainFields } from '#core/zatca/chain.ts'
import { seal } from '#core/zatca/seal.ts'
import { archiveSigned } from './archive.ts'
import { assertNoOwnDate, type CheckedSale, checkSale } from './check-sale.ts'
import { outboxRowOf, recordOf } from './document-record.ts'
import { fingerprint } from './fingerprint.ts'
import { instant, riyadhText, riyadhTime } from './riyadh-time.ts'
import { settings } from './settings.ts'
import { assertSameEpoch, type UnitOfCompany, unitOfCompany } from './signing.ts'

export interface IssueRequest {
  readonly unitId: string
  readonly draft: Draft
  /** The same key with the same body gives the same document, for ever (G3) */
  readonly idempotencyKey: string
  readonly actor: string
  /** `import`: the sale was made earlier at the client's till, so the draft brings its own date and time */
  readonly road?: 'form' | 'import'
}

/** The rejected document that a corrected one takes the place of. */
export interface Predecessor {
  readonly id: string
  readonly reissueNo: number
}

/** All that is known before the lock is taken. */
export interface Plan extends UnitOfCompany, CheckedSale {
  readonly request: IssueRequest
  readonly bodySha256: string
  readonly predecessor: Predecessor | undefined
}

/**
 * Issues and stores; sending is another step. Throws `document/invalid` with all violations, `request/idempotency-mismatch`,
 * `document/duplicate-number`, `certificate/...`, `unit/...`, `chain/...` or `clock/stepped-back`; nothing is numbered then.
 */
export const issueDocument = async (ports: Ports, request: IssueRequest): Promise<DocumentRecord> => {
  const owner = await unitOfCompany(ports.storage.read, request.unitId)
  if (request.road !== 'import') assertNoOwnDate(request.draft)
  return issueFor(ports, owner, request, undefined)
}

/** The road that issuing and reissuing share. */
export const issueFor = async (
  ports: Ports,
  owner: UnitOfCompany,
  request: IssueRequest,
  predecessor: Predecessor | undefined,
): Promise<DocumentRecord> => {
  const bodySha256 = fingerprint({ unit: request.unitId, draft: request.draft, supersedes: predecessor?.id })
  const known = await sameRequest(ports.storage.read, owner, request.idempotencyKey, bodySha256)
  if (known !== undefined) return known
  const plan = { ...owner, request, bodySha256, predecessor, ...(await checkSale(ports, owner, request.draft)) }
  const document = await ports.storage.write((tx) => numberSealAndStore(ports, tx, plan))
  await archiveSigned(ports, document)
  return document
}

/** The one transaction: from taking the lock to the stored document. */
const numberSealAndStore = async (ports: Ports, tx: Writer, plan: Plan): Promise<DocumentRecord> => {
  const chain = await lockChain(tx, plan)
  const known = await sameRequest(tx, plan, plan.request.idempotencyKey, plan.bodySha256)
  if (known !== undefined) return known
  await assertNumberFree(tx, plan)
  const sealedAt = await sealingTime(ports, chain)
  const numbered = takePlace(plan, chain, { uuid: ports.ids.uuid(), sealedAt })
  // Writes the XML, hashes, signs, builds the QR, and reads it all back; throws when anything disagrees.
  const sealed = await seal(numbered, { signer: plan.signer, signingTime: riyadhText(sealedAt) })
  const document = recordOf(ports, plan, chain, numbered, sealed, sealedAt)
  await tx.appendDocuments([{ document, signedXml: sealed.bytes, outbox: outboxRowOf(document) }])
  await tx.addAudit({
    at: document.sealedAt,
    actor: plan.request.actor,
    action: plan.predecessor === undefined ? 'document/issued' : 'document/reissued',
    subject: document.id,
    details: { number: document.number, icv: document.icv, hash: document.hash, road: plan.request.road ?? 'form' },
  })
  return document
}

const sameRequest = async (
  reader: Pick<Writer, 'documentsByKeys'>,
  { unit }: UnitOfCompany,
  key: string,
  bodySha256: string,
): Promise<DocumentRecord | undefined> => {
  const [known] = await reader.documentsByKeys(unit.companyId, unit.environment, [key])
  if (known !== undefined && known.bodySha256 !== bodySha256) {
    throw new Failure('request/idempotency-mismatch', { details: { number: known.number } })
  }
  return known
}

// ---- under the lock -------------------------------------------------------------------------------------------------

const lockChain = async (tx: Writer, { unit, epoch }: Plan): Promise<Chain> => {
  const chain = await tx.lockChain(unit.id)
  if (chain?.state === 'active') {
    assertSameEpoch(chain, { epoch })
    return chain
  }
  const frozen = (await tx.chains(unit.id)).some(({ state }) => state === 'frozen')
  throw new Failure(frozen ? 'chain/frozen' : 'unit/not-ready')
}

/** A number is used once; a correction takes it over from a rejected document, and only from the latest one. */
const assertNumberFree = async (tx: Writer, { unit, draft, predecessor }: Plan): Promise<void> => {
  const holders = await tx.documentsByNumber(unit.companyId, unit.environment, draft.number)
  const latest = holders.toSorted((a, b) => b.document.reissueNo - a.document.reissueNo)[0]
  if (latest === undefined && predecessor === undefined) return
  if (predecessor === undefined) throw new Failure('document/duplicate-number', { details: { number: draft.number } })
  if (latest?.document.id !== predecessor.id || latest.state !== 'rejected') {
    throw new Failure('document/not-rejected', { details: { number: draft.number } })
  }
}

/** G14: never before the chain's last sealing; a small step back of the clock is waited out, a larger one refused. */
const sealingTime = async ({ clock }: Ports, { lastSealedAt }: Chain): Promise<number> => {
  const last = lastSealedAt === undefined ? 0 : Date.parse(lastSealedAt)
  const behind = last - clock.now()
  if (behind > 0 && behind <= settings.clockStepBackSeconds.value * 1000) {
    await new Promise((resolve) => setTimeout(resolve, behind))
  }
  const now = clock.now()
  if (now >= last) return now
  throw new Failure('clock/stepped-back', { details: { now: instant(now), lastSealedAt } })
}

/** Gives the invoice its counter, previous hash, UUID, and (unless it brings its own) the time of this moment. */
const takePlace = (
  { draft, invoice }: Plan,
  chain: Chain,
  { uuid, sealedAt }: { readonly uuid: string; readonly sealedAt: number },
): Invoice => {
  const { date, time } = riyadhTime(sealedAt)
  const dated = { ...invoice, issueDate: draft.issueDate ?? date, issueTime: draft.issueTime ?? time }
  return withChainFields(dated, { icv: chain.lastIcv + 1, pih: chain.lastHash, uuid })
}
