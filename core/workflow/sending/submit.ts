/**
 * Sends stored documents: attempt row, commit -> send the stored bytes -> verdict, commit.
 *
 * Nothing here holds a lock while the network is busy, and every step may be repeated: the bytes are the same each time, and a
 * worker that was overtaken (its fence is older) changes nothing.
 */
import { asFailure, Failure } from '#core/errors.ts'
import type { DocumentRecord, DocumentStatus, Ports, Submission, Verdict } from '#core/ports.ts'
import { archiveCleared } from '../archiving/archive.ts'
import { openCredentials, submissionCsid } from '../signing.ts'
import { claim, type Sending } from './claim.ts'
import { mismatchOf } from './cleared.ts'
import { recordOutcome } from './outcome.ts'

/**
 * Sends one document now and tells where it stands afterwards; one that is settled or under way is left alone, and one whose road is
 * closed or full waits for the outbox. `insist`: a person asks, so a held document goes after all and a road that failures closed is
 * tried before its time; a paused one is not.
 */
export const submitDocument = async (
  ports: Ports,
  documentId: string,
  { insist = false }: { readonly insist?: boolean } = {},
): Promise<DocumentStatus> => {
  if (insist) await takeOffHold(ports, documentId)
  const sendings = await claim(ports, { limit: 1, documentId, insist })
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

/** Transmits, outside any lock, and records. */
export const deliver = async (ports: Ports, sending: Sending): Promise<void> => {
  const verdict = await transmit(ports, sending)
  const mismatch = verdict.kind === 'accepted' ? await mismatchOf(sending, verdict) : undefined
  await ports.storage.write((tx) => recordOutcome(ports, tx, { ...sending, verdict, mismatch }))
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
    return { kind: 'unsent', cause: code, local: true, httpStatus: undefined, body: '' }
  }
}

const credentialsOf = async (ports: Ports, document: DocumentRecord) => {
  const unit = await ports.storage.read.unit(document.unitId)
  if (unit === undefined) throw new Failure('unit/not-ready')
  return openCredentials(ports, unit, await submissionCsid(ports.storage.read, document))
}
