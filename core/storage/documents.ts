/** Issued documents: appended under their chain's lock, found by key, number and page, never changed. */
import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, lt, lte, or, type SQL } from 'drizzle-orm'
import { alias, type PgSelectBuilder } from 'drizzle-orm/pg-core'
import { Failure } from '#core/errors.ts'
import type {
  DocumentFilter,
  DocumentRecord,
  DocumentStatus,
  IssuedDocument,
  OutboxRow,
  Reader,
  Result,
  Scope,
  Writer,
} from '#core/ports.ts'
import type { DocumentState, Environment } from '#core/vocabulary.ts'
import { type ChainHead, type Db, record, type Transaction } from './db.ts'
import { inserter } from './insert.ts'
import { builder, prepared, selected } from './prepared.ts'
import { chain, document, outbox, result } from './schema.postgres.ts'
import { contains, wordsOf } from './searching.ts'
import { pack, unpack } from './xml.ts'

const { signedXml, signedLength, signedSha256, ...columns } = getTableColumns(document)
const { clearedXml, clearedLength, clearedSha256, ...resultColumns } = getTableColumns(result)
const packed = { bytes: signedXml, length: signedLength, sha256: signedSha256 }

const stateOf: Readonly<Record<OutboxRow['state'], DocumentState>> = {
  pending: 'waiting',
  sending: 'sending',
  unknown: 'unknown',
  held: 'held',
}

const inState = (state: DocumentState): SQL | undefined => {
  if (state === 'cleared' || state === 'reported' || state === 'rejected') return eq(result.outcome, state)
  return eq(outbox.state, state === 'waiting' ? 'pending' : state)
}

export const ofCompanies = (within: Scope): SQL | undefined =>
  within === 'all' ? undefined : inArray(document.companyId, [...within])

/** Found by the unique key of a number and its reissues. */
const successor = alias(document, 'successor')
const corrects = and(
  eq(successor.companyId, document.companyId),
  eq(successor.environment, document.environment),
  eq(successor.number, document.number),
  eq(successor.supersedes, document.id),
)

const standing = {
  document: columns,
  outbox: getTableColumns(outbox),
  result: resultColumns,
  successor: { id: successor.id },
}
const joined = (rows: PgSelectBuilder<typeof standing>) =>
  rows
    .from(document)
    .leftJoin(outbox, eq(outbox.documentId, document.id))
    .leftJoin(result, eq(result.documentId, document.id))
    .leftJoin(successor, corrects)

export const statuses = (db: Db) => joined(db.select(standing))

const statusById = selected(standing, (rows, { id }: { id: string }) => joined(rows).where(eq(document.id, id)))

type Joined = Awaited<ReturnType<typeof statuses>>[number]
type StatusRow = Pick<Joined, 'document'> & {
  readonly [Part in 'outbox' | 'result' | 'successor']: Joined[Part] | undefined
}

/** Final by its result, otherwise where the outbox stands; one of the two is there (G4). */
export const stateFrom = (row: {
  readonly document: { readonly id: string }
  readonly outbox: Pick<OutboxRow, 'state'> | null | undefined
  readonly result: Pick<Result, 'outcome'> | null | undefined
}): DocumentState => {
  const state = row.result?.outcome ?? (row.outbox ? stateOf[row.outbox.state] : undefined)
  if (state !== undefined) return state
  throw new Failure('storage/corrupt', { reason: `document ${row.document.id} has neither outbox row nor result` })
}

export const status = (row: StatusRow): DocumentStatus => ({
  document: record(row.document),
  state: stateFrom(row),
  outbox: row.outbox ? record(row.outbox) : undefined,
  result: row.result ?? undefined,
  supersededBy: row.successor?.id ?? undefined,
})

/** Newest first; the place of a row in that order travels as the page's opaque `next`. */
export const cursor = {
  write: ({ sealedAt, id }: Pick<DocumentRecord, 'sealedAt' | 'id'>): string =>
    Buffer.from(`${sealedAt} ${id}`).toString('base64url'),
  after: (text: string): SQL | undefined => {
    const [sealedAt, id] = Buffer.from(text, 'base64url').toString().split(' ')
    if (sealedAt === undefined || id === undefined)
      throw new Failure('request/invalid', { details: { findings: [{ path: 'after', code: 'cursor/malformed' }] } })
    return or(lt(document.sealedAt, sealedAt), and(eq(document.sealedAt, sealedAt), lt(document.id, id)))
  },
}

const given = <T>(value: T | undefined, condition: (value: T) => SQL | undefined): SQL | undefined =>
  value === undefined ? undefined : condition(value)

export const matching = (filter: DocumentFilter): SQL | undefined =>
  and(
    given(filter.within, ofCompanies),
    given(filter.companyId, (id) => eq(document.companyId, id)),
    given(filter.unitId, (id) => eq(document.unitId, id)),
    given(filter.environment, (environment) => eq(document.environment, environment)),
    given(filter.state, inState),
    given(filter.kind, (kind) => eq(document.kind, kind)),
    given(filter.profile, (profile) => eq(document.profile, profile)),
    given(filter.issuedFrom, (day) => gte(document.issueDate, day)),
    given(filter.issuedTo, (day) => lte(document.issueDate, day)),
    given(filter.number, (number) => eq(document.number, number)),
    given(filter.buyer, (name) => and(...wordsOf(name).map((word) => contains(document.buyerName, word)))),
    given(filter.search, containing),
    given(filter.after, cursor.after),
  )

/** Each word stands in the number, the buyer's name or the UUID. */
const containing = (text: string): SQL | undefined => {
  const fields = [document.number, document.buyerName, document.uuid]
  return and(...wordsOf(text).map((word) => or(...fields.map((field) => contains(field, word)))))
}

type Keyed = { readonly companyId: string; readonly environment: Environment }

const ofEnvironment = ({ companyId, environment }: Keyed) =>
  and(eq(document.companyId, companyId), eq(document.environment, environment))
const byKeys = selected(columns, (rows, { keys, ...given }: Keyed & { keys: readonly string[] }) =>
  rows.from(document).where(and(ofEnvironment(given), inArray(document.idempotencyKey, [...keys]))),
)
const usedNumbers = selected(
  { number: document.number },
  (rows, { numbers, ...given }: Keyed & { numbers: readonly string[] }) =>
    rows.from(document).where(and(ofEnvironment(given), inArray(document.number, [...numbers]))),
)

type DocumentReader = Pick<
  Reader,
  | 'documentStatus'
  | 'documentsByKeys'
  | 'takenNumbers'
  | 'documentsByNumber'
  | 'documents'
  | 'chainDocuments'
  | 'signedXml'
>

const bytesById = selected(packed, (rows, { id }: { id: string }) => rows.from(document).where(eq(document.id, id)))

export const documentReader = (db: Db): DocumentReader => ({
  documentStatus: async (id) => {
    const [row] = await statusById(db, { id })
    return row?.document ? status({ ...row, document: row.document }) : undefined
  },
  documentsByKeys: (companyId, environment, keys) => byKeys(db, { companyId, environment, keys }),
  takenNumbers: async (companyId, environment, numbers) => {
    const rows = await usedNumbers(db, { companyId, environment, numbers })
    return [...new Set(rows.map(({ number }) => number))]
  },
  documentsByNumber: async (companyId, environment, number) => {
    const numbered = and(
      eq(document.companyId, companyId),
      eq(document.environment, environment),
      eq(document.number, number),
    )
    return (await statuses(db).where(numbered).orderBy(asc(document.reissueNo))).map(status)
  },
  documents: async (filter) => {
    const rows = await statuses(db)
      .where(matching(filter))
      .orderBy(desc(document.sealedAt), desc(document.id))
      .limit(filter.limit + 1)
    const page = rows.slice(0, filter.limit).map(status)
    const last = page.at(-1)
    return { rows: page, next: rows.length > filter.limit && last ? cursor.write(last.document) : undefined }
  },
  chainDocuments: async (chainId, afterIcv, limit) => {
    const rows = await db
      .select({ document: columns, packed })
      .from(document)
      .where(and(eq(document.chainId, chainId), gt(document.icv, afterIcv)))
      .orderBy(asc(document.icv))
      .limit(limit)
    return rows.map((row) => ({ document: record(row.document), signedXml: unpack(row.packed) }))
  },
  signedXml: async (id) => (await bytesById(db, { id })).map(unpack)[0],
})

const insertDocuments = inserter(document)
const insertOutbox = inserter(outbox)
const moveHead = prepared(
  ({ chainId, ...head }: { chainId: string; lastIcv: number; lastHash: string; lastSealedAt: string }) =>
    builder.update(chain).set(head).where(eq(chain.id, chainId)),
)

export const documentWriter = ({ post, heads, rowsAtOnce }: Transaction): Pick<Writer, 'appendDocuments'> => ({
  appendDocuments: async (issued) => {
    const last = issued.at(-1)?.document
    if (last === undefined) return
    assertContinues(heads.get(last.chainId), issued)
    for (let from = 0; from < issued.length; from += rowsAtOnce) {
      const rows = issued.slice(from, from + rowsAtOnce)
      await post(insertDocuments(rows.map(stored), rowsAtOnce))
      await post(
        insertOutbox(
          rows.map((row) => row.outbox),
          rowsAtOnce,
        ),
      )
    }
    const { chainId, icv: lastIcv, hash: lastHash, sealedAt: lastSealedAt } = last
    await post(moveHead({ chainId, lastIcv, lastHash, lastSealedAt }))
    heads.set(chainId, { id: chainId, lastIcv, lastHash })
  },
})

const stored = ({ document: record, signedXml: xml }: IssuedDocument) => {
  const { bytes, length, sha256 } = xml instanceof Uint8Array ? pack(xml) : xml
  return { ...record, signedXml: bytes, signedLength: length, signedSha256: sha256 }
}

/**
 * Each document follows the one before it and the first one the locked head, which nobody else can move. A trigger holds the same in
 * the database.
 */
const assertContinues = (head: ChainHead | undefined, issued: readonly IssuedDocument[]): void => {
  let expected = { chainId: head?.id, icv: (head?.lastIcv ?? 0) + 1, pih: head?.lastHash }
  for (const { document } of issued) {
    const { chainId, icv, pih, hash } = document
    if (chainId !== expected.chainId || icv !== expected.icv || pih !== expected.pih)
      throw new Failure('storage/conflict', { reason: 'the document does not continue its chain', details: { icv } })
    expected = { chainId, icv: icv + 1, pih: hash }
  }
}
