/** What must be true whatever happened: the small model of the guarantees G1 to G8, asked after every step. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Attempt, DocumentRecord, DocumentStatus, Reader } from '#core/ports.ts'

/** One document as the model remembers it. */
export interface Known {
  readonly sale: number
  readonly document: DocumentRecord
  /** SHA-256 of the signed bytes at the first look */
  readonly sha256: string
  /** A person asked to send it, whatever the clock says */
  asked: boolean
  /** The final result at the first look that found one */
  result: DocumentStatus['result']
}

export interface Model {
  /** By idempotency key */
  readonly known: Map<string, Known>
  /** Head of each chain as the model has counted it */
  readonly heads: Map<string, { icv: number; hash: string }>
  sales: number
}

const ledger = z.object({
  entries: z.array(
    z.object({
      endpoint: z.string(),
      uuid: z.string(),
      number: z.string(),
      outcome: z.string(),
      invoiceSha256: z.string(),
    }),
  ),
})

export type Arrival = z.infer<typeof ledger>['entries'][number]

export const arrivals = (answer: unknown): readonly Arrival[] =>
  ledger.parse(answer).entries.filter(({ endpoint }) => endpoint !== 'compliance')

const sha256 = (bytes: Uint8Array | undefined): string =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex')

/** The model learns of a document that a caller got: it must continue its chain (G1). */
export const learn = async (read: Reader, model: Model, sale: number, document: DocumentRecord): Promise<void> => {
  const { chainId, icv, pih, hash, idempotencyKey } = document
  const head = model.heads.get(chainId) ?? { icv: 0, hash: undefined }
  must('G1', icv === head.icv + 1 && (head.hash === undefined || pih === head.hash), { icv, after: head.icv })
  model.heads.set(chainId, { icv, hash })
  const bytes = await read.signedXml(document.id)
  model.known.set(idempotencyKey, { sale, document, sha256: sha256(bytes), asked: false, result: undefined })
}

/** Asks everything of every document and of the chains. */
export const assertGuarantees = async (read: Reader, model: Model, arrived: readonly Arrival[]): Promise<void> => {
  const chains = await read.allChains()
  for (const { id, lastIcv, lastHash } of chains) {
    const head = model.heads.get(id)
    must('G1', head === undefined ? lastIcv === 0 : head.icv === lastIcv && head.hash === lastHash, { lastIcv })
  }
  const byUuid = Map.groupBy(arrived, ({ uuid }) => uuid)
  for (const known of model.known.values()) await assertDocument(read, known, byUuid.get(known.document.uuid) ?? [])
  must('G1', (await read.brokenAudit()) === undefined, { log: 'audit' })
}

const isRejected = ({ outcome }: Arrival): boolean => outcome === 'rejected'
const isAccepted = ({ outcome }: Arrival): boolean => outcome.startsWith('accepted')

const assertDocument = async (read: Reader, known: Known, arrived: readonly Arrival[]): Promise<void> => {
  const { document, sha256: signed, result: before } = known
  const status = await read.documentStatus(document.id)
  const number = document.number
  must('G2', sha256(await read.signedXml(document.id)) === signed, { number })
  must('G4', (status?.result === undefined) !== (status?.outbox === undefined), { number, state: status?.state })
  const attempts = await read.attempts(document.id)
  must(
    'G5',
    [...attempts.map(({ requestSha256 }) => requestSha256), ...arrived.map(({ invoiceSha256 }) => invoiceSha256)].every(
      (sent) => sent === signed,
    ),
    { number },
  )
  must('G5', arrived.length <= attempts.length, { number, arrived: arrived.length, journalled: attempts.length })
  must('G6', before === undefined || same(before, status?.result), { number })
  const outcome = status?.result?.outcome
  // Both may be true: after an answer was lost the document may be sent to the other endpoint, which does not know it yet.
  must('G6', outcome === undefined || arrived.some(outcome === 'rejected' ? isRejected : isAccepted), {
    number,
    outcome,
  })
  must('G7', known.asked || attempts.every((attempt) => !isTooLate(attempt, attempts)), { number })
  known.result = status?.result
}

const unknownHours = 23.5

/** Sent again longer after the first transmission that may have arrived than the gateway remembers. */
const isTooLate = ({ startedAt }: Attempt, attempts: readonly Attempt[]): boolean => {
  const first = attempts.find(({ finishedAt, verdict }) => finishedAt === undefined || verdict === 'unknown')
  return first !== undefined && Date.parse(startedAt) - Date.parse(first.startedAt) > unknownHours * 3_600_000
}

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Throws the guarantee that does not hold, with what was found. */
export const must = (guarantee: string, holds: boolean, found: object): void => {
  if (!holds) throw new Error(`${guarantee} does not hold: ${JSON.stringify(found)}`)
}
