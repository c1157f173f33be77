/**
 * Sends stored documents: attempt row, commit -> send the stored bytes -> verdict, commit.
 *
 * Nothing here holds a lock while the network is busy, and every step may be repeated: the bytes are the same each time, and a
 * worker that was overtaken (its fence is older) changes nothing.
 */
import { asFailure, Failure } from '#core/errors.ts'
import type { HeldReason } from '#core/messages/held.ts'
import type {
  Attempt,
  DocumentRecord,
  DocumentStatus,
  OutboxRow,
  Ports,
  Result,
  Submission,
  Verdict,
  Writer,
} from '#core/ports.ts'
import { type Consequence, consequences } from './answers.ts'
import { archiveCleared } from './archive.ts'
import { clearedMismatch } from './cleared.ts'
import { sha256Hex } from './fingerprint.ts'
import { instant } from './riyadh-time.ts'
import { delayOf, spreadOf } from './schedule.ts'
import { settings } from './settings.ts'
import { openCredentials, submissionCsid } from './signing.ts'

/** Longer than the gateway's timeout, so that nobody takes over a transmission that is still under way. */
const leaseSeconds = 90

/** A document that stopped its worker this often without an answer is put aside. */
const unfinishedLimit = 5

/** A claimed and journalled transmission. */
export interface Sending {
  readonly document: DocumentRecord
  readonly row: OutboxRow
  readonly bytes: Uint8Array
  /** Older attempts, oldest first */
  readonly earlier: readonly Attempt[]
  readonly startedAt: string
  /** When bytes may have arrived for the first time, before this transmission */
  readonly firstSentAt: string | undefined
}

/** Sends one document now and tells where it stands afterwards; a document that is settled or under way is left alone. */
export const submitDocument = async (ports: Ports, documentId: string): Promise<DocumentStatus> => {
  await takeOffHold(ports, documentId)
  const sendings = await claim(ports, { limit: 1, documentId })
  await Promise.all(sendings.map((sending) => deliver(ports, sending)))
  const status = await ports.storage.read.documentStatus(documentId)
  if (status === undefined) throw new Failure('document/not-found')
  return status
}

/** A person decides to send a held document after all. */
const takeOffHold = async (ports: Ports, documentId: string): Promise<void> => {
  const outbox = (await ports.storage.read.documentStatus(documentId))?.outbox
  if (outbox?.state !== 'held') return
  const state = outbox.firstSentAt === undefined ? 'pending' : 'unknown'
  await ports.storage.write((tx) => tx.releaseOutbox(documentId, outbox.fence, { state, heldReason: undefined }))
}

// ---- first commit: whose turn it is, and that we are about to send ------------------------------------------------------

/** Leases due documents (or the given one, due or not) to this worker and journals the transmissions. */
export const claim = (
  ports: Ports,
  options: { readonly limit: number; readonly documentId?: string },
): Promise<readonly Sending[]> =>
  ports.storage.write(async (tx) => {
    const sendings: Sending[] = []
    for (const row of await tx.claimOutbox({ leaseSeconds, ...options })) {
      const sending = await loadable(ports, tx, row)
      const reason = holdReason(row, sending, options.documentId !== undefined)
      if (sending === undefined || reason !== undefined) await hold(ports, tx, row, reason ?? 'quarantined')
      else {
        await tx.addAttempt(attemptOf(sending))
        sendings.push(sending)
      }
    }
    return sendings
  })

/** Undefined when its stored bytes can no longer be read: one damaged document must not stop all others (G8). */
const loadable = async (ports: Ports, tx: Writer, row: OutboxRow): Promise<Sending | undefined> => {
  try {
    return await load(ports, tx, row)
  } catch (error) {
    ports.log.error('submit/unreadable', { document: row.documentId, code: asFailure(error).code })
    return undefined
  }
}

const load = async ({ clock }: Ports, tx: Writer, row: OutboxRow): Promise<Sending> => {
  const status = await tx.documentStatus(row.documentId)
  const bytes = await tx.signedXml(row.documentId)
  if (status === undefined || bytes === undefined) throw new Failure('document/not-found')
  const earlier = await tx.attempts(row.documentId)
  const startedAt = instant(clock.now())
  return {
    document: status.document,
    row,
    bytes,
    earlier,
    startedAt,
    firstSentAt: row.firstSentAt ?? firstSent(earlier),
  }
}

/** An attempt without an end (a crash) may have arrived just like one with an unknown end. */
const firstSent = (attempts: readonly Attempt[]): string | undefined =>
  attempts.find(({ finishedAt, verdict }) => finishedAt === undefined || verdict === 'unknown')?.startedAt

/** What a person asked for is sent in any case. */
const holdReason = (row: OutboxRow, sending: Sending | undefined, asked: boolean): HeldReason | undefined => {
  if (asked) return undefined
  if (row.claims > unfinishedLimit) return 'quarantined'
  if (sending?.firstSentAt === undefined) return undefined
  const age = Date.parse(sending.startedAt) - Date.parse(sending.firstSentAt)
  return age > settings.unknownOutcomeHours.value * 3_600_000 ? 'unsettled' : undefined
}

const hold = async ({ clock }: Ports, tx: Writer, row: OutboxRow, reason: HeldReason): Promise<void> => {
  const at = instant(clock.now())
  await tx.releaseOutbox(row.documentId, row.fence, { state: 'held', heldReason: reason })
  await tx.addAudit({ at, actor: 'system', action: 'document/held', subject: row.documentId, details: { reason } })
}

const attemptOf = ({ row, bytes, startedAt }: Sending): Attempt => ({
  documentId: row.documentId,
  fence: row.fence,
  endpoint: row.endpoint,
  startedAt,
  finishedAt: undefined,
  requestSha256: sha256Hex(bytes),
  verdict: undefined,
  httpStatus: undefined,
  response: undefined,
  cause: undefined,
})

// ---- outside any lock ----------------------------------------------------------------------------------------------------

/** Transmits and records. */
export const deliver = async (ports: Ports, sending: Sending): Promise<void> => {
  const verdict = await transmit(ports, sending)
  const mismatch = verdict.kind === 'accepted' ? await clearedMismatch(sending.document, verdict.clearedXml) : undefined
  await ports.storage.write((tx) => record(ports, tx, { ...sending, mismatch }, verdict))
  if (verdict.kind === 'accepted' && verdict.clearedXml !== undefined) await archiveCleared(ports, sending.document)
}

/** What fails on our side before the socket opens (a locked key) is no answer: nothing was sent. */
const transmit = async (ports: Ports, { document, row, bytes }: Sending): Promise<Verdict> => {
  const submission: Submission = { invoiceHash: document.hash, uuid: document.uuid, invoice: bytes }
  try {
    const credentials = await credentialsOf(ports, document)
    return await ports.gateway(document.environment).submit(row.endpoint, credentials, submission)
  } catch (error) {
    const { code } = asFailure(error)
    ports.log.error('submit/not-sent', { document: document.id, code })
    return { kind: 'unsent', cause: code, httpStatus: undefined, body: '' }
  }
}

const credentialsOf = async (ports: Ports, document: DocumentRecord) => {
  const unit = await ports.storage.read.unit(document.unitId)
  if (unit === undefined) throw new Failure('unit/not-ready')
  return openCredentials(ports, unit, await submissionCsid(ports.storage.read, document))
}

// ---- second commit: what came of it ----------------------------------------------------------------------------------------

interface Sent extends Sending {
  /** Set when ZATCA gave back another document than ours */
  readonly mismatch: string | undefined
}

const record = async (ports: Ports, tx: Writer, sending: Sent, verdict: Verdict): Promise<void> => {
  const now = ports.clock.now()
  await tx.finishAttempt(sending.row.documentId, sending.row.fence, {
    finishedAt: instant(now),
    verdict: verdict.kind,
    httpStatus: verdict.httpStatus,
    response: verdict.body,
    cause: 'cause' in verdict ? verdict.cause : undefined,
  })
  const owned = await applyVerdict(ports, tx, sending, verdict, now)
  if (!owned) ports.log.warn('submit/overtaken', { document: sending.document.id, fence: sending.row.fence })
}

/** False when a newer worker owns the document: its word counts, not ours. */
const applyVerdict = async (ports: Ports, tx: Writer, sending: Sent, verdict: Verdict, now: number) => {
  if (verdict.kind === 'rejected') return settle(tx, sending, { ...verdict, outcome: 'rejected' }, undefined, now)
  if (verdict.kind !== 'accepted') return postpone(ports, tx, sending, verdict, now)
  if (sending.mismatch !== undefined) return freeze(ports, tx, sending, sending.mismatch, now)
  return settle(tx, sending, verdict, verdict.clearedXml, now)
}

const settle = async (
  tx: Writer,
  { document, row }: Sending,
  outcome: Pick<Result, 'outcome' | 'findings'> & { readonly duplicate?: boolean },
  clearedXml: Uint8Array | undefined,
  now: number,
): Promise<boolean> => {
  const at = instant(now)
  const { outcome: word, findings, duplicate = false } = outcome
  const result = { documentId: document.id, outcome: word, duplicate, findings, decidedByFence: row.fence, at }
  const owned = await tx.settle(result, clearedXml)
  if (owned) await tx.closeDrained(document.chainId)
  const details = { duplicate, findings: findings.filter(({ type }) => type !== 'info').length }
  if (owned) await tx.addAudit({ at, actor: 'system', action: `document/${word}`, subject: document.id, details })
  return owned
}

const postpone = async (
  ports: Ports,
  tx: Writer,
  sending: Sending,
  verdict: Exclude<Verdict, { kind: 'accepted' | 'rejected' }>,
  now: number,
): Promise<boolean> => {
  const { document, row } = sending
  const consequence = consequences[verdict.kind]
  if (consequence.alert) ports.log.error('submit/stopped', { document: document.id, verdict: verdict.kind })
  const firstSentAt = sending.firstSentAt ?? (verdict.kind === 'unknown' ? sending.startedAt : undefined)
  return tx.releaseOutbox(row.documentId, row.fence, {
    state: stateAfter(consequence, firstSentAt),
    heldReason: consequence.reason,
    nextAt: instant(now + waitAfter(sending, verdict, consequence, now)),
    ...(consequence.endpoint === undefined ? {} : { endpoint: consequence.endpoint }),
    ...(firstSentAt === undefined ? {} : { firstSentAt }),
  })
}

/** A later attempt that was not sent does not make an earlier unknown outcome known. */
const stateAfter = ({ state }: Consequence, firstSentAt: string | undefined): OutboxRow['state'] =>
  state === 'pending' && firstSentAt !== undefined ? 'unknown' : state

const waitAfter = (sending: Sending, verdict: Verdict, { schedule }: Consequence, now: number): number => {
  const { earlier, document, row } = sending
  const others = earlier.findLastIndex((attempt) => attempt.verdict !== verdict.kind)
  return delayOf(schedule, {
    repeats: earlier.length - others,
    spread: spreadOf(document.uuid, row.fence),
    secondsToDeadline: (Date.parse(row.deadlineAt) - now) / 1000,
    retryAfterSeconds: verdict.kind === 'throttled' ? verdict.retryAfterSeconds : undefined,
  })
}

/** ZATCA gave back another document than ours: nobody goes on with this chain before a person has looked. */
const freeze = async (ports: Ports, tx: Writer, sending: Sending, mismatch: string, now: number): Promise<boolean> => {
  const { document, row } = sending
  ports.log.error('submit/cleared-mismatch', { document: document.id, mismatch })
  const owned = await tx.releaseOutbox(row.documentId, row.fence, {
    state: 'held',
    heldReason: 'cleared-mismatch',
    firstSentAt: sending.firstSentAt ?? sending.startedAt,
  })
  if (!owned) return false
  await tx.freezeChain(document.chainId, 'cleared-mismatch')
  const details = { mismatch, chain: document.chainId }
  await tx.addAudit({ at: instant(now), actor: 'system', action: 'chain/frozen', subject: document.id, details })
  return true
}
