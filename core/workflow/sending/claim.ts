/** The first commit of a transmission: whose turn it is, and that we are about to send. */
import { auditEntry } from '#core/audit-entry.ts'
import { asFailure, Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { HeldReason } from '#core/messages/held.ts'
import type { Attempt, DocumentRecord, OutboxRow, Ports, Road, Trip, Writer } from '#core/ports.ts'
import { sha256Hex } from '../fingerprint.ts'
import { settings } from '../settings.ts'
import { beginProbes, trafficOf } from './roads.ts'

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
  /** Closed roads that it tries */
  readonly probes: readonly Road[]
}

export interface ClaimOptions {
  readonly limit: number
  /** Only this one, due or not */
  readonly documentId?: string
  /** A person asked for it: it is sent although it had been put aside, and tries a road that failures closed */
  readonly insist?: boolean
  /** Who holds the lease, for the people who look for it */
  readonly owner?: string | undefined
}

/** Leases due documents to this worker, as many as the roads have room for, and journals the transmissions. */
export const claim = (ports: Ports, { insist = false, owner, ...options }: ClaimOptions): Promise<readonly Sending[]> =>
  ports.storage.write(async (tx) => {
    const { now, trips } = await tx.underWay()
    const traffic = trafficOf(await tx.roads(), { now, trips, insist })
    const sendings: Sending[] = []
    while (sendings.length < options.limit) {
      const { admit } = traffic
      const limit = options.limit - sendings.length
      const as = owner === undefined ? {} : { owner }
      const rows = await tx.claimOutbox({ ...options, ...as, limit, leaseSeconds, closed: traffic.closed(), admit })
      if (rows.length === 0) break
      for (const row of rows) sendings.push(...(await journalled(ports, tx, row, insist)))
    }
    const probing = sendings.map((sending) => ({ ...sending, probes: traffic.probes(tripOf(sending)) }))
    const tried = probing.flatMap(({ probes, row }) => probes.map((road) => ({ road, until: row.leaseUntil ?? now })))
    await beginProbes(tx, tried)
    return probing
  })

export const tripOf = ({ document: { environment, csidId }, row: { endpoint } }: Sending): Trip => ({
  environment,
  endpoint,
  csidId,
})

/** The transmission, written down before the socket opens (G5); nothing when the document is put aside instead. */
const journalled = async (ports: Ports, tx: Writer, row: OutboxRow, insist: boolean): Promise<readonly Sending[]> => {
  const sending = await loadable(ports, tx, row)
  const reason = sending === undefined ? 'quarantined' : insist ? undefined : holdReason(row, sending)
  if (sending === undefined || reason !== undefined) {
    await hold(ports, tx, row, reason ?? 'quarantined')
    return []
  }
  await tx.addAttempt(attemptOf(sending))
  return [sending]
}

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
  const { documentId: id } = row
  const [status, bytes, earlier] = await Promise.all([tx.documentStatus(id), tx.signedXml(id), tx.attempts(id)])
  if (status === undefined || bytes === undefined) throw new Failure('document/not-found')
  return {
    document: status.document,
    row,
    bytes,
    earlier,
    startedAt: instant(clock.now()),
    firstSentAt: row.firstSentAt ?? firstSent(earlier),
    probes: [],
  }
}

/** An attempt without an end (a crash) may have arrived just like one with an unknown end. */
const firstSent = (attempts: readonly Attempt[]): string | undefined =>
  attempts.find(({ finishedAt, verdict }) => finishedAt === undefined || verdict === 'unknown')?.startedAt

const holdReason = (row: OutboxRow, { startedAt, firstSentAt }: Sending): HeldReason | undefined => {
  if (row.claims > unfinishedLimit) return 'quarantined'
  if (firstSentAt === undefined) return undefined
  const age = Date.parse(startedAt) - Date.parse(firstSentAt)
  return age > settings.unknownOutcomeHours.value * 3_600_000 ? 'unsettled' : undefined
}

const hold = async (ports: Ports, tx: Writer, row: OutboxRow, reason: HeldReason): Promise<void> => {
  await tx.releaseOutbox(row.documentId, row.fence, { state: 'held', heldReason: reason })
  await tx.addAudit(auditEntry(ports, 'system', 'document/held', row.documentId, { reason }))
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
