/**
 * Issues documents: check -> lock chain -> number -> write -> hash -> sign -> QR -> self-check -> store, in one commit.
 *
 * Everything that can be refused is refused before the lock: an invalid document takes no number. Everything that takes a number is
 * stored in the same transaction: a number without a document cannot exist. One document is a batch of one.
 */
import { Failure } from '#core/errors.ts'
import type { AuditEntry, DocumentRecord, Ports, Reader, Writer } from '#core/ports.ts'
import { archiveSigned } from '../archiving/archive.ts'
import { archiveKeys } from '../archiving/request-keys.ts'
import { fingerprint } from '../fingerprint.ts'
import { anchorHundredth } from '../proving/anchors.ts'
import { type UnitOfCompany, unitOfCompany } from '../signing.ts'
import { assertNoOwnDate, checkSale, type Issuer, openIssuer } from './check-sale.ts'
import { outboxRowOf } from './document-record.ts'
import { lockChain, type Placed, placeAndSeal, sealingTime } from './issue-place.ts'
import type { IssueRequest, Plan, Predecessor } from './plan.ts'

/** What became of one request. */
export type Outcome =
  /** Numbered, signed and stored now; `bytes` are what was signed */
  | { readonly kind: 'issued'; readonly document: DocumentRecord; readonly bytes: Uint8Array }
  /** Issued by an earlier request with the same key and body */
  | { readonly kind: 'known'; readonly document: DocumentRecord }
  /** Took no number */
  | { readonly kind: 'refused'; readonly failure: Failure }

/**
 * Issues and stores; sending is another step. Throws `document/invalid` with all violations, `request/idempotency-mismatch`,
 * `document/duplicate-number`, `certificate/...`, `unit/...`, `chain/...` or `clock/...`; nothing is numbered then.
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
  const body = { request, bodySha256: bodyOf(request, predecessor), predecessor }
  const outcome = (await knownRequests(ports.storage.read, owner, [body]))(body) ?? (await issueOne(ports, owner, body))
  if (outcome.kind === 'refused') throw outcome.failure
  const { document } = outcome
  if (outcome.kind === 'issued')
    await Promise.all([archiveSigned(ports, document, outcome.bytes), archiveKeys(ports, [document])])
  return document
}

const issueOne = async (ports: Ports, owner: UnitOfCompany, body: Body): Promise<Outcome> => {
  const issuer = await openIssuer(ports, owner)
  const [outcome] = await issueAll(ports, issuer, [{ ...body, ...checkSale(ports, issuer, body.request.draft) }])
  if (outcome === undefined) throw new Failure('internal/unexpected', { reason: 'a plan without an outcome' })
  return outcome
}

/** Stores in one transaction; every hundredth document is anchored before anybody hears of it (G13). Outcomes in the order of plans. */
export const issueAll = async (ports: Ports, issuer: Issuer, plans: readonly Plan[]): Promise<readonly Outcome[]> => {
  const outcomes = await storeAll(ports, issuer, plans)
  const issued = outcomes.flatMap((outcome) => (outcome.kind === 'issued' ? [outcome.document] : []))
  await anchorHundredth(ports, issued)
  return outcomes
}

/** The one transaction, for one document or a hundred: from taking the lock to the stored documents. */
const storeAll = (ports: Ports, issuer: Issuer, plans: readonly Plan[]): Promise<readonly Outcome[]> =>
  ports.storage.write(async (tx) => {
    const chain = await lockChain(tx, issuer)
    const decisions = await decide(tx, issuer, plans)
    const free = [...new Set(decisions.filter(isPlan))]
    if (free.length === 0) return outcomesOf(decisions, [])
    const sealedAt = await sealingTime(ports, issuer, chain)
    // Writes the XML, hashes, signs, builds the QR, and reads it all back; throws when anything disagrees.
    const placed = await placeAndSeal(ports, issuer, chain, free, sealedAt)
    await tx.appendDocuments(placed.map((each) => ({ ...each, outbox: outboxRowOf(each.document) })))
    for (const { plan, document } of placed) await tx.addAudit(auditOf(plan, document))
    return outcomesOf(decisions, placed)
  })

const auditOf = ({ request, predecessor }: Plan, document: DocumentRecord): AuditEntry => ({
  at: document.sealedAt,
  actor: request.actor,
  action: predecessor === undefined ? 'document/issued' : 'document/reissued',
  subject: document.id,
  details: { number: document.number, icv: document.icv, hash: document.hash, road: request.road ?? 'form' },
})

// ---- the same request again -------------------------------------------------------------------------------------------

export type Body = Pick<Plan, 'request' | 'bodySha256' | 'predecessor'>

export const bodyOf = ({ unitId, draft }: IssueRequest, predecessor: Predecessor | undefined): string =>
  fingerprint({ unit: unitId, draft, supersedes: predecessor?.id })

/** Tells of a request what an earlier one with its key has become; undefined when there was none. */
export const knownRequests = async (
  reader: Pick<Reader, 'documentsByKeys'>,
  { unit }: UnitOfCompany,
  bodies: readonly Body[],
): Promise<(body: Body) => Outcome | undefined> => {
  const keys = bodies.map(({ request }) => request.idempotencyKey)
  const documents = await reader.documentsByKeys(unit.companyId, unit.environment, keys)
  const byKey = new Map(documents.map((document) => [document.idempotencyKey, document]))
  return ({ request, bodySha256 }) => {
    const document = byKey.get(request.idempotencyKey)
    if (document === undefined) return undefined
    return document.bodySha256 === bodySha256 ? { kind: 'known', document } : mismatch(document.number)
  }
}

const refused = (...given: ConstructorParameters<typeof Failure>): Outcome => ({
  kind: 'refused',
  failure: new Failure(...given),
})

const mismatch = (number: string): Outcome => refused('request/idempotency-mismatch', { details: { number } })

// ---- under the lock ---------------------------------------------------------------------------------------------------

/** Still to be issued, or already answered. The same plan twice: asked for twice in one batch. */
type Decision = Plan | Outcome

export const isPlan = (decision: Decision): decision is Plan => 'invoice' in decision

/** What the keys and numbers of these plans have become since they were checked, in the database and within the batch. */
const decide = async (tx: Writer, issuer: Issuer, plans: readonly Plan[]): Promise<readonly Decision[]> => {
  const { companyId, environment } = issuer.unit
  const numbers = plans.map(({ draft }) => draft.number)
  const [known, used] = await Promise.all([
    knownRequests(tx, issuer, plans),
    tx.takenNumbers(companyId, environment, numbers),
  ])
  const taken = new Set(used)
  const byKey = new Map<string, { readonly plan: Plan; readonly decision: Decision }>()
  const decided: Decision[] = []
  for (const plan of plans) {
    const twin = byKey.get(plan.request.idempotencyKey)
    const decision =
      twin === undefined ? (known(plan) ?? (await numbered(tx, issuer, plan, taken))) : repeated(twin, plan)
    if (twin === undefined) byKey.set(plan.request.idempotencyKey, { plan, decision })
    decided.push(decision)
  }
  return decided
}

const repeated = (first: { readonly plan: Plan; readonly decision: Decision }, plan: Plan): Decision =>
  first.plan.bodySha256 === plan.bodySha256 ? first.decision : mismatch(first.plan.draft.number)

/** A number is used once; a correction takes it over from a rejected document, and only from the latest one. */
const numbered = async (tx: Writer, { unit }: Issuer, plan: Plan, taken: Set<string>): Promise<Decision> => {
  const { number } = plan.draft
  if (plan.predecessor !== undefined) {
    const holders = await tx.documentsByNumber(unit.companyId, unit.environment, number)
    const latest = holders.toSorted((a, b) => b.document.reissueNo - a.document.reissueNo)[0]
    const succeeds = latest?.document.id === plan.predecessor.id && latest.state === 'rejected'
    return succeeds ? plan : refused('document/not-rejected', { details: { number } })
  }
  if (taken.has(number)) return refused('document/duplicate-number', { details: { number } })
  taken.add(number)
  return plan
}

const outcomesOf = (decisions: readonly Decision[], placed: readonly Placed[]): readonly Outcome[] => {
  const byPlan = new Map(placed.map((each) => [each.plan, each]))
  const answered = new Set<Plan>()
  return decisions.map((decision) => {
    if (!isPlan(decision)) return decision
    const done = byPlan.get(decision)
    if (done === undefined) throw new Failure('internal/unexpected', { reason: 'a plan that was not sealed' })
    if (answered.has(decision)) return { kind: 'known', document: done.document }
    answered.add(decision)
    return { kind: 'issued', document: done.document, bytes: done.bytes }
  })
}
