/** Exports: any number of documents, or of transmissions, as text that is made while it is read; never more than a page in memory. */
import type { Attempt, DocumentFilter, DocumentRow, Page, Reader } from '#core/ports.ts'
import { byteOrderMark, csvLine } from './csv.ts'

export const exportFormats = ['csv', 'jsonl'] as const
export type ExportFormat = (typeof exportFormats)[number]

export type Asked = Omit<DocumentFilter, 'after' | 'limit'>
type Read = Pick<Reader, 'documentRows' | 'attemptsOf'>

/** Rows asked of the database at a time. */
const pageRows = 500

/** Newest first, as in the list. */
export async function* pagesOf(read: Pick<Read, 'documentRows'>, asked: Asked): AsyncGenerator<readonly DocumentRow[]> {
  let page: Page<DocumentRow> = { rows: [], next: undefined }
  do {
    page = await read.documentRows({ ...asked, after: page.next, limit: pageRows })
    yield page.rows
  } while (page.next !== undefined)
}

const documentColumns = [
  'number',
  'kind',
  'profile',
  'state',
  'issueDate',
  'issueTime',
  'buyerName',
  'currency',
  'taxInclusiveAmount',
  'taxAmountSar',
  'environment',
  'icv',
  'uuid',
  'reissueNo',
  'sealedAt',
  'settledAt',
  'id',
  'companyId',
  'unitId',
] as const satisfies readonly (keyof DocumentRow)[]

type Transmission = Omit<Attempt, 'response' | 'requestSha256'> &
  Pick<DocumentRow, 'number' | 'companyId' | 'environment'>

const transmissionColumns = [
  'number',
  'startedAt',
  'finishedAt',
  'endpoint',
  'verdict',
  'httpStatus',
  'cause',
  'fence',
  'environment',
  'documentId',
  'companyId',
] as const satisfies readonly (keyof Transmission)[]

/** The text in pieces, a page of documents each. */
export const exportDocuments = (read: Read, asked: Asked, format: ExportFormat): AsyncGenerator<string> =>
  written(pagesOf(read, asked), documentColumns, format)

/** Every transmission of these documents: when, where to, and what came of it. */
export const exportTransmissions = (read: Read, asked: Asked, format: ExportFormat): AsyncGenerator<string> =>
  written(transmissions(read, asked), transmissionColumns, format)

async function* transmissions(read: Read, asked: Asked): AsyncGenerator<readonly Transmission[]> {
  for await (const documents of pagesOf(read, asked)) {
    const attempts = await read.attemptsOf(documents.map(({ id }) => id))
    const byDocument = Map.groupBy(attempts, ({ documentId }) => documentId)
    yield documents.flatMap(({ id, number, companyId, environment }) =>
      (byDocument.get(id) ?? []).map((attempt) => ({ ...attempt, number, companyId, environment })),
    )
  }
}

type Row<Column extends string> = Readonly<Record<Column, string | number | undefined>>

const lines: {
  readonly [Format in ExportFormat]: {
    readonly head: (columns: readonly string[]) => string
    readonly line: <Column extends string>(columns: readonly Column[], row: Row<Column>) => string
  }
} = {
  csv: {
    head: (columns) => byteOrderMark + csvLine(columns),
    line: (columns, row) => csvLine(columns.map((column) => row[column])),
  },
  jsonl: {
    head: () => '',
    line: (columns, row) => `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, row[column]])))}\n`,
  },
}

async function* written<Column extends string>(
  pages: AsyncIterable<readonly Row<Column>[]>,
  columns: readonly Column[],
  format: ExportFormat,
): AsyncGenerator<string> {
  const { head, line } = lines[format]
  yield head(columns)
  for await (const rows of pages) yield rows.map((row) => line(columns, row)).join('')
}
