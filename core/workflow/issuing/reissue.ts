/** Corrects a rejected document: same number, original issue date and time, new UUID, next counter (spec A11). */
import { Failure } from '#core/errors.ts'
import type { Draft } from '#core/invoice/draft.ts'
import type { DocumentRecord, Ports } from '#core/ports.ts'
import { unitOfCompany } from '../signing.ts'
import { issueFor } from './issue.ts'

export interface ReissueRequest {
  /** The rejected document */
  readonly documentId: string
  readonly draft: Draft
  readonly idempotencyKey: string
  readonly actor: string
}

/** The rejected document keeps its counter and its bytes. Throws `document/not-rejected`, or what issuing throws. */
export const reissueDocument = async (ports: Ports, request: ReissueRequest): Promise<DocumentRecord> => {
  const status = await ports.storage.read.documentStatus(request.documentId)
  if (status === undefined) throw new Failure('document/not-found')
  const { document, state } = status
  if (state !== 'rejected') throw new Failure('document/not-rejected', { details: { number: document.number, state } })
  const owner = await unitOfCompany(ports.storage.read, document.unitId)
  const { documentId: _rejected, ...rest } = request
  return issueFor(
    ports,
    owner,
    { ...rest, unitId: document.unitId, draft: asOriginal(request.draft, document) },
    document,
  )
}

/** What a correction may not change: kind and number of the document and the moment of the sale. */
const asOriginal = (draft: Draft, { kind, profile, number, issueDate, issueTime }: DocumentRecord): Draft => {
  const { uuid: _old, ...rest } = draft
  return { ...rest, kind, profile, number, issueDate, issueTime }
}
