/** The second commit of a transmission: what came of it, for the document and for the roads it travelled on. */
import { instant } from '#core/instant.ts'
import type { DocumentStatus, OutboxRow, Ports, Result, Verdict, Writer } from '#core/ports.ts'
import { submissionCsid } from '../signing.ts'
import { type Consequence, consequences } from './answers.ts'
import { type Sending, tripOf } from './claim.ts'
import { noteArrival } from './roads.ts'
import { delayOf, spreadOf } from './schedule.ts'

export interface Sent extends Sending {
  readonly verdict: Verdict
  /** Set when the answer speaks of another document than ours */
  readonly mismatch: string | undefined
}

type Accepted = Extract<Verdict, { kind: 'accepted' }>

/** A worker that was overtaken (its fence is older) changes nothing, except that a success is never thrown away. */
export const recordOutcome = async (ports: Ports, tx: Writer, sent: Sent): Promise<void> => {
  const now = ports.clock.now()
  const { verdict, row } = sent
  await tx.finishAttempt(row.documentId, row.fence, {
    finishedAt: instant(now),
    verdict: verdict.kind,
    httpStatus: verdict.httpStatus,
    response: verdict.body,
    cause: 'cause' in verdict ? verdict.cause : undefined,
  })
  if (await applyVerdict(ports, tx, sent, now)) return tellRoads(ports, tx, sent, now)
  ports.log.warn('submit/overtaken', { document: row.documentId, fence: row.fence, verdict: verdict.kind })
  if (verdict.kind === 'accepted' && sent.mismatch === undefined) await acceptLate(tx, sent, verdict, now)
}

/** False when a newer worker owns the document: its word counts, not ours. */
const applyVerdict = async (ports: Ports, tx: Writer, sent: Sent, now: number): Promise<boolean> => {
  const { verdict } = sent
  if (verdict.kind === 'accepted' && sent.mismatch !== undefined) return freeze(ports, tx, sent, sent.mismatch, now)
  if (verdict.kind !== 'accepted' && verdict.kind !== 'rejected') return postpone(ports, tx, sent, verdict, now)
  const result = resultOf(sent, verdict, now)
  const clearedXml = verdict.kind === 'accepted' ? verdict.clearedXml : undefined
  return (await tx.settle(result, clearedXml)) && settled(tx, sent, result)
}

const tellRoads = async (ports: Ports, tx: Writer, sent: Sent, now: number): Promise<void> => {
  const { verdict, startedAt, probes, earlier } = sent
  if (verdict.kind === 'unsent' && verdict.local) return
  if (verdict.kind === 'sign-in-refused' && (await credentialChanged(tx, sent))) return
  const repeated = earlier.some((attempt) => attempt.verdict !== undefined && failing.has(attempt.verdict))
  const probed = probes.map(({ id }) => id)
  return noteArrival(ports, tx, tripOf(sent), verdict.kind, { at: now, startedAt, probed, repeated })
}

/** A renewal revoked the credential that was on the way; the next transmission signs in with the new one (A5). */
const credentialChanged = async (tx: Writer, { document, startedAt }: Sent): Promise<boolean> =>
  (await submissionCsid(tx, document)).createdAt > startedAt

const failing: ReadonlySet<Verdict['kind']> = new Set(['unknown', 'unsent'])

// ---- final -----------------------------------------------------------------------------------------------------------------

const resultOf = (
  { document, row }: Sent,
  verdict: Extract<Verdict, { kind: 'accepted' | 'rejected' }>,
  now: number,
): Result => ({
  documentId: document.id,
  outcome: verdict.kind === 'accepted' ? verdict.outcome : 'rejected',
  duplicate: verdict.kind === 'accepted' && verdict.duplicate,
  findings: verdict.findings,
  decidedByFence: row.fence,
  at: instant(now),
})

const settled = async (tx: Writer, { document }: Sent, result: Result): Promise<true> => {
  const { at, outcome, duplicate, findings } = result
  const details = { duplicate, findings: findings.filter(({ type }) => type !== 'info').length }
  await tx.addAudit({ at, actor: 'system', action: `document/${outcome}`, subject: document.id, details })
  await tx.closeDrained(document.chainId)
  return true
}

/**
 * A success that came late is the truth all the same: it settles a document that waits for another try or was put aside, and brings the
 * stamped copy of one that has its result. While a newer worker sends it, that one hears of it by itself.
 */
const acceptLate = async (tx: Writer, sent: Sent, verdict: Accepted, now: number): Promise<void> => {
  const status = await tx.documentStatus(sent.document.id)
  const result = resultOf(sent, verdict, now)
  if (mayBeSettled(status) && (await tx.settleLate(result, verdict.clearedXml))) await settled(tx, sent, result)
  if (status?.result === undefined || status.result.outcome === 'rejected' || verdict.clearedXml === undefined) return
  const { at } = result
  if (!(await tx.completeResult(sent.document.id, verdict.clearedXml))) return
  await tx.addAudit({ at, actor: 'system', action: 'document/completed', subject: sent.document.id, details: {} })
}

/** After another document came back a person has to look first. */
const mayBeSettled = (status: DocumentStatus | undefined): boolean =>
  status?.outbox !== undefined && status.outbox.heldReason !== 'cleared-mismatch'

/** ZATCA spoke of another document than ours: nobody goes on with this chain before a person has looked. */
const freeze = async (ports: Ports, tx: Writer, sent: Sent, mismatch: string, now: number): Promise<boolean> => {
  const { document, row } = sent
  ports.log.error('submit/cleared-mismatch', { document: document.id, mismatch })
  const owned = await tx.releaseOutbox(row.documentId, row.fence, {
    state: 'held',
    heldReason: 'cleared-mismatch',
    firstSentAt: sent.firstSentAt ?? sent.startedAt,
  })
  if (!owned) return false
  await tx.freezeChain(document.chainId, 'cleared-mismatch')
  const details = { mismatch, chain: document.chainId }
  await tx.addAudit({ at: instant(now), actor: 'system', action: 'chain/frozen', subject: document.id, details })
  return true
}

// ---- not final ---------------------------------------------------------------------------------------------------------------

type Open = Exclude<Verdict, { kind: 'accepted' | 'rejected' }>

const postpone = async (ports: Ports, tx: Writer, sent: Sent, verdict: Open, now: number): Promise<boolean> => {
  const { document, row } = sent
  const consequence = consequences[verdict.kind]
  if (consequence.alert) ports.log.error('submit/stopped', { document: document.id, verdict: verdict.kind })
  const firstSentAt = sent.firstSentAt ?? (verdict.kind === 'unknown' ? sent.startedAt : undefined)
  const state = stateAfter(consequence, firstSentAt)
  const owned = await tx.releaseOutbox(row.documentId, row.fence, {
    state,
    heldReason: consequence.reason,
    nextAt: instant(now + waitAfter(sent, verdict, consequence, now)),
    ...(consequence.endpoint === undefined ? {} : { endpoint: consequence.endpoint }),
    ...(firstSentAt === undefined ? {} : { firstSentAt }),
  })
  const details = { reason: consequence.reason }
  if (owned && state === 'held')
    await tx.addAudit({ at: instant(now), actor: 'system', action: 'document/held', subject: document.id, details })
  return owned
}

/** A later attempt that was not sent does not make an earlier unknown outcome known. */
const stateAfter = ({ state }: Consequence, firstSentAt: string | undefined): OutboxRow['state'] =>
  state === 'pending' && firstSentAt !== undefined ? 'unknown' : state

const waitAfter = (sent: Sent, verdict: Open, { schedule }: Consequence, now: number): number => {
  const { earlier, document, row } = sent
  const others = earlier.findLastIndex((attempt) => attempt.verdict !== verdict.kind)
  return delayOf(schedule, {
    repeats: earlier.length - others,
    spread: spreadOf(document.uuid, row.fence),
    secondsToDeadline: (Date.parse(row.deadlineAt) - now) / 1000,
    retryAfterSeconds: verdict.kind === 'throttled' ? verdict.retryAfterSeconds : undefined,
  })
}
