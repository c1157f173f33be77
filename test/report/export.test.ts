/** Exports: what a spreadsheet opens without running it, and a hundred thousand documents without keeping them. */
import { describe, expect, it } from 'vitest'
import type { DocumentFilter, DocumentRow } from '#core/ports.ts'
import { csvLine } from '#core/report/csv.ts'
import { exportDocuments, exportTransmissions } from '#core/report/export.ts'
import { statesOf, turnover, vatByMonth } from '#core/report/figures.ts'
import { byteStream } from '#core/report/stream.ts'

const row = (change: Partial<DocumentRow> = {}): DocumentRow => ({
  id: 'd1',
  companyId: 'c1',
  unitId: 'u1',
  environment: 'PRODUCTION',
  number: 'INV-1',
  kind: 'invoice',
  profile: 'standard',
  icv: 1,
  uuid: 'x',
  issueDate: '2024-01-31',
  issueTime: '23:59:59',
  buyerName: 'شركة الأفق',
  currency: 'SAR',
  taxInclusiveAmount: '115.00',
  taxAmountSar: '15.00',
  reissueNo: 0,
  sealedAt: '2024-01-31T20:59:59.000Z',
  state: 'cleared',
  settledAt: undefined,
  ...change,
})

/** A storage of so many documents that makes each page when it is asked for, and counts what it has given. */
const storageOf = (documents: number, each: (index: number) => Partial<DocumentRow> = () => ({})) => {
  const given = { rows: 0, pages: 0 }
  const documentRows = async ({ after = '0', limit }: DocumentFilter) => {
    const from = Number(after)
    const to = Math.min(documents, from + limit)
    given.rows += to - from
    given.pages += 1
    const rows = Array.from({ length: to - from }, (_, index) => row({ id: `d${from + index}`, ...each(from + index) }))
    return { rows, next: to < documents ? String(to) : undefined }
  }
  const attemptsOf = async (documentIds: readonly string[]) =>
    documentIds.map((documentId) => ({
      documentId,
      fence: 1,
      endpoint: 'clearance' as const,
      startedAt: '2024-01-31T21:00:00.000Z',
      finishedAt: undefined,
      requestSha256: 'secret of nobody',
      verdict: 'unknown' as const,
      httpStatus: undefined,
      cause: 'timeout',
    }))
  return { given, read: { documentRows, attemptsOf } }
}

const textOf = async (pieces: AsyncIterable<string>) => (await Array.fromAsync(pieces)).join('')

describe('a cell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+966', "'+966"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['a,b', '"a,b"'],
    ['سطر\nسطر', '"سطر\nسطر"'],
    ['شركة = الأفق', 'شركة = الأفق'],
  ])('%j is written %j', (cell, written) => expect(csvLine([cell])).toBe(`${written}\r\n`))

  it('is empty for what is absent, and a number stays one', () => expect(csvLine([undefined, -5, 0])).toBe(',-5,0\r\n'))
})

describe('an export', () => {
  it('begins with the mark by which Excel knows UTF-8, and names its columns', async () => {
    const text = await textOf(exportDocuments(storageOf(2).read, {}, 'csv'))
    const lines = text.split('\r\n')
    expect(text.startsWith('\ufeffnumber,kind,profile,state,')).toBe(true)
    expect(lines).toHaveLength(4)
    expect(lines[1]).toContain('INV-1,invoice,standard,cleared,2024-01-31,23:59:59,شركة الأفق,SAR,115.00,15.00')
  })

  it('is a document a line in JSON, without a mark', async () => {
    const lines = (await textOf(exportDocuments(storageOf(2).read, {}, 'jsonl'))).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ id: 'd0', number: 'INV-1' }, { id: 'd1' }])
  })

  it('tells of transmissions by the number of their document, and nothing of what was sent', async () => {
    const text = await textOf(exportTransmissions(storageOf(3).read, {}, 'csv'))
    expect(text.match(/INV-1,2024-01-31T21:00:00.000Z,,clearance,unknown,,timeout,1,PRODUCTION,d\d,c1/g)).toHaveLength(
      3,
    )
    expect(text).not.toContain('secret')
  })

  it.each(['csv', 'jsonl'] as const)('of 100,000 documents as %s never holds more than two pages', async (format) => {
    const documents = 100_000
    const { given, read } = storageOf(documents)
    let consumed = 0
    let most = 0
    for await (const piece of exportDocuments(read, {}, format)) {
      consumed += piece.split('\n').length - 1
      most = Math.max(most, given.rows - consumed)
    }
    expect(consumed).toBe(format === 'csv' ? documents + 1 : documents)
    expect(most).toBeLessThanOrEqual(1000)
  })

  it('reads on only as fast as its reader takes, and stops reading when nobody listens any more', async () => {
    const { given, read } = storageOf(100_000)
    const reader = byteStream(exportDocuments(read, {}, 'csv')).getReader()
    for (let piece = 0; piece < 3; piece++) await reader.read()
    await reader.cancel()
    expect(given.pages).toBeLessThanOrEqual(4)
  })
})

describe('figures', () => {
  const months = ['2024-01-31', '2024-02-01']
  const kinds = ['invoice', 'credit-note', 'debit-note', 'prepayment'] as const
  const states = ['cleared', 'reported', 'rejected', 'waiting'] as const
  /** Each combination once: 2 months, 4 kinds, 4 states. */
  const { read } = storageOf(32, (index) => ({
    issueDate: months[index % 2] ?? '',
    kind: kinds[Math.floor(index / 2) % 4] ?? 'invoice',
    state: states[Math.floor(index / 8)] ?? 'cleared',
    taxAmountSar: '0.10',
    taxInclusiveAmount: '0.70',
  }))

  it('charge what invoices, prepayments and debit notes do, less credit notes, and count what is open', async () => {
    const month = { charged: '0.60', credited: '0.20', net: '0.40', documents: 8, notAccepted: 4 }
    expect(await vatByMonth(read, {})).toEqual([
      { month: '2024-01', ...month },
      { month: '2024-02', ...month },
    ])
  })

  it('sum accepted documents by month and kind, exactly', async () => {
    const rows = await turnover(read, {})
    expect(rows).toHaveLength(8)
    expect(rows[0]).toEqual({
      ...{ month: '2024-01', kind: 'credit-note', profile: 'standard', currency: 'SAR', documents: 2 },
      ...{ taxInclusiveAmount: '1.40', taxAmountSar: '0.20' },
    })
  })

  it('count states', async () => {
    expect(await statesOf(read, {})).toEqual(states.toSorted().map((state) => ({ state, documents: 8 })))
  })
})
