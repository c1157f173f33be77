/**
 * Issues any number of documents of one unit: a stream of requests in, a stream of outcomes out, up to a hundred documents in one
 * transaction. While one group is being sealed and stored, the next one is read and checked and the one before is archived, so that no
 * more than three groups are ever in memory.
 */
import { asFailure } from '#core/errors.ts'
import type { Draft } from '#core/invoice/draft.ts'
import type { Ports } from '#core/ports.ts'
import { othersTurn, turns } from '#core/turns.ts'
import { archiveSigned } from '../archiving/archive.ts'
import { archiveKeys } from '../archiving/request-keys.ts'
import { unitOfCompany } from '../signing.ts'
import { assertNoOwnDate, checkSale, type Issuer, openIssuer } from './check-sale.ts'
import { type Body, bodyOf, isPlan, issueAll, knownRequests, type Outcome } from './issue.ts'
import type { IssueRequest, Plan } from './plan.ts'

export interface BatchRow {
  readonly draft: Draft
  /** For ever the key of this one document (G3): a batch that is run again issues nothing twice */
  readonly idempotencyKey: string
}

export interface BatchRequest {
  readonly unitId: string
  readonly requests: Iterable<BatchRow> | AsyncIterable<BatchRow>
  readonly actor: string
  readonly road?: IssueRequest['road']
  /** Heard after each transaction */
  readonly onProgress?: (progress: BatchProgress) => void
  /** Ends the batch between two transactions; what was not yet issued stays unissued */
  readonly signal?: AbortSignal
}

/** Counts of rows since the start. */
export type BatchProgress = Readonly<Record<Outcome['kind'] | 'rows', number>>

/** What became of a row; `row` counts from 1. */
export type RowOutcome = { readonly row: number; readonly idempotencyKey: string } & Outcome

/**
 * One outcome for each row, in order, each after its commit. A row that cannot be issued is an outcome (`refused`, with all its
 * violations) and takes no number; what stops everything (`unit/not-ready`, `chain/...`, `clock/...`, `storage/...`) is thrown, and the
 * same batch can then be run again. Nothing is issued before the outcomes are asked for.
 */
export async function* issueBatch(ports: Ports, batch: BatchRequest): AsyncGenerator<RowOutcome> {
  const progress = { rows: 0, issued: 0, known: 0, refused: 0 }
  let archived: Promise<void> = Promise.resolve()
  try {
    for await (const group of oneAhead(checkedGroups(ports, batch))) {
      if (batch.signal?.aborted === true) return
      const outcomes = await issueGroup(ports, group)
      await othersTurn()
      await archived
      archived = archiveAll(ports, outcomes)
      for (const { kind } of outcomes) progress[kind] += 1
      const done = progress.rows
      progress.rows += outcomes.length
      batch.onProgress?.({ ...progress })
      for (const [index, outcome] of outcomes.entries())
        yield { row: done + index + 1, idempotencyKey: group.keys[index] ?? '', ...outcome }
    }
  } finally {
    await archived
  }
}

// ---- groups -------------------------------------------------------------------------------------------------------------

/** As many documents, or so many lines, as one transaction takes: a long document must not make a group a hundred times as large. */
const groupLimits = { documents: 100, lines: 2000 }

/** Rows of one transaction, each a plan or, when it needs none, its outcome. */
interface Group {
  readonly keys: readonly string[]
  readonly entries: readonly (Plan | Outcome)[]
  /** Undefined when no row is a plan */
  readonly issuer: Issuer | undefined
}

async function* checkedGroups(ports: Ports, batch: BatchRequest): AsyncGenerator<Group> {
  for await (const rows of grouped(batch.requests)) yield await checkGroup(ports, batch, rows)
}

async function* grouped(requests: BatchRequest['requests']): AsyncGenerator<readonly BatchRow[]> {
  let rows: BatchRow[] = []
  let lines = 0
  for await (const row of requests) {
    rows.push(row)
    lines += row.draft.lines.length
    if (rows.length < groupLimits.documents && lines < groupLimits.lines) continue
    yield rows
    rows = []
    lines = 0
  }
  if (rows.length > 0) yield rows
}

/** Everything that can be found out before the lock. */
const checkGroup = async (ports: Ports, batch: BatchRequest, rows: readonly BatchRow[]): Promise<Group> => {
  const { unitId, actor, road = 'form' } = batch
  const turn = turns()
  const owner = await unitOfCompany(ports.storage.read, unitId)
  const bodies: Body[] = []
  for (const row of rows) {
    const request = { ...row, unitId, actor, road }
    bodies.push({ request, bodySha256: bodyOf(request, undefined), predecessor: undefined })
    await turn()
  }
  const known = await knownRequests(ports.storage.read, owner, bodies)
  const issuer = bodies.every((body) => known(body) !== undefined) ? undefined : await openIssuer(ports, owner)
  const entries: (Plan | Outcome)[] = []
  for (const body of bodies) {
    entries.push(known(body) ?? planOf(ports, issuer, body))
    await turn()
  }
  return { keys: rows.map(({ idempotencyKey }) => idempotencyKey), entries, issuer }
}

/** Whatever is wrong with a row is a matter of that row. */
const planOf = (ports: Ports, issuer: Issuer | undefined, body: Body): Plan | Outcome => {
  const { request } = body
  try {
    if (issuer === undefined) throw new Error('a row to be issued and nobody to issue it')
    if (request.road !== 'import') assertNoOwnDate(request.draft)
    return { ...body, ...checkSale(ports, issuer, request.draft) }
  } catch (thrown) {
    const failure = asFailure(thrown)
    if (failure.code === 'internal/unexpected') ports.log.error('batch/row-failed', { reason: failure.reason })
    return { kind: 'refused', failure }
  }
}

const issueGroup = async (ports: Ports, { entries, issuer }: Group): Promise<readonly Outcome[]> => {
  const plans = entries.filter(isPlan)
  const issued = issuer === undefined || plans.length === 0 ? [] : await issueAll(ports, issuer, plans)
  const answers = issued.values()
  return entries.flatMap((entry) => (isPlan(entry) ? (answers.next().value ?? []) : [entry]))
}

/** The next one is made while the caller works on this one. */
async function* oneAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  const ask = (): Promise<IteratorResult<T>> => {
    const asked = source.next()
    // Heard when its turn comes, which may be never.
    asked.catch(() => undefined)
    return asked
  }
  try {
    let next = ask()
    for (;;) {
      const result = await next
      if (result.done === true) return
      next = ask()
      yield result.value
    }
  } finally {
    await source.return(undefined)
  }
}

// ---- archive ------------------------------------------------------------------------------------------------------------

/** Files being written at a time: each waits for the disk most of the time. */
const WRITERS = 4

const archiveAll = async (ports: Ports, outcomes: readonly Outcome[]): Promise<void> => {
  const waiting = outcomes.values()
  const writer = async (): Promise<void> => {
    for (const outcome of waiting) {
      if (outcome.kind === 'issued') await archiveSigned(ports, outcome.document, outcome.bytes)
    }
  }
  const issued = outcomes.flatMap((outcome) => (outcome.kind === 'issued' ? [outcome.document] : []))
  await Promise.all([archiveKeys(ports, issued), ...Array.from({ length: WRITERS }, writer)])
}
