/** Documents without what makes them heavy (draft, findings, QR): for exports and reports that read a hundred thousand of them. */
import { and, asc, desc, eq, getTableColumns, inArray } from 'drizzle-orm'
import type { Reader } from '#core/ports.ts'
import { type Db, record } from './db.ts'
import { cursor, matching, ofCompanies, stateFrom } from './documents.ts'
import { attempt, document, outbox, result } from './schema.postgres.ts'

const columns = {
  id: document.id,
  companyId: document.companyId,
  unitId: document.unitId,
  environment: document.environment,
  number: document.number,
  kind: document.kind,
  profile: document.profile,
  icv: document.icv,
  uuid: document.uuid,
  issueDate: document.issueDate,
  issueTime: document.issueTime,
  buyerName: document.buyerName,
  currency: document.currency,
  taxInclusiveAmount: document.taxInclusiveAmount,
  taxAmountSar: document.taxAmountSar,
  reissueNo: document.reissueNo,
  sealedAt: document.sealedAt,
}

const { response: _response, ...attemptColumns } = getTableColumns(attempt)

export const documentRowReader = (db: Db): Pick<Reader, 'documentRows' | 'attemptsOf'> => ({
  documentRows: async (filter) => {
    const found = await db
      .select({
        document: columns,
        outbox: { state: outbox.state },
        result: { outcome: result.outcome, at: result.at },
      })
      .from(document)
      .leftJoin(outbox, eq(outbox.documentId, document.id))
      .leftJoin(result, eq(result.documentId, document.id))
      .where(matching(filter))
      .orderBy(desc(document.sealedAt), desc(document.id))
      .limit(filter.limit + 1)
    const rows = found
      .slice(0, filter.limit)
      .map((row) => record({ ...row.document, state: stateFrom(row), settledAt: row.result?.at ?? null }))
    const last = rows.at(-1)
    return { rows, next: found.length > filter.limit && last ? cursor.write(last) : undefined }
  },
  attemptsOf: async (documentIds, within = 'all') => {
    const rows = await db
      .select(attemptColumns)
      .from(attempt)
      .innerJoin(document, eq(document.id, attempt.documentId))
      .where(and(inArray(attempt.documentId, [...documentIds]), ofCompanies(within)))
      .orderBy(asc(attempt.startedAt), asc(attempt.fence))
    return rows.map(record)
  },
})
