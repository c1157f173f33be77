/** Sums over documents, exact: turnover by month and kind, VAT by month, and how many documents stand where. */
import { add, type Decimal, decimal, money, subtract, sum, zero } from '#core/invoice/amount.ts'
import type { DocumentRow, DocumentState, Reader } from '#core/ports.ts'
import { type Asked, pagesOf } from './export.ts'

type Read = Pick<Reader, 'documentRows'>

/** Only what ZATCA has accepted counts as issued to the world. */
const accepted: ReadonlySet<DocumentState> = new Set(['cleared', 'reported'])

interface Group<Key> {
  readonly key: Key
  readonly documents: number
  readonly taxInclusiveAmount: Decimal
  readonly taxAmountSar: Decimal
}

/** Documents with the same key together, in the order of the keys; a document without a key is left out. */
const grouped = async <Key extends object>(
  read: Read,
  asked: Asked,
  keyOf: (row: DocumentRow) => Key | undefined,
): Promise<readonly Group<Key>[]> => {
  const groups = new Map<string, Group<Key>>()
  for await (const rows of pagesOf(read, asked)) {
    for (const row of rows) {
      const key = keyOf(row)
      if (key === undefined) continue
      const name = Object.values(key).join(' ')
      groups.set(name, withRow(groups.get(name) ?? { key, ...nothing }, row))
    }
  }
  return [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group)
}

const nothing = { documents: 0, taxInclusiveAmount: zero, taxAmountSar: zero }

const withRow = <Key>(group: Group<Key>, row: DocumentRow): Group<Key> => ({
  key: group.key,
  documents: group.documents + 1,
  taxInclusiveAmount: add(group.taxInclusiveAmount, decimal(row.taxInclusiveAmount)),
  taxAmountSar: add(group.taxAmountSar, decimal(row.taxAmountSar)),
})

const monthOf = ({ issueDate }: DocumentRow): string => issueDate.slice(0, 7)

/** Accepted documents by month, kind, profile and currency. */
export const turnover = async (read: Read, asked: Asked) => {
  const groups = await grouped(read, asked, (row) => {
    const { kind, profile, currency, state } = row
    return accepted.has(state) ? { month: monthOf(row), kind, profile, currency } : undefined
  })
  return groups.map(({ key, documents, taxInclusiveAmount, taxAmountSar }) => ({
    ...key,
    documents,
    taxInclusiveAmount: money(taxInclusiveAmount),
    taxAmountSar: money(taxAmountSar),
  }))
}

/**
 * VAT in riyals (BT-111) by month: what invoices, prepayments and debit notes charge, less what credit notes give back. What ZATCA has not
 * accepted yet is counted and not summed.
 */
export const vatByMonth = async (read: Read, asked: Asked) => {
  const groups = await grouped(read, asked, (row) => {
    if (row.state === 'rejected') return undefined
    const role = row.kind === 'credit-note' ? 'credited' : 'charged'
    return { month: monthOf(row), role: accepted.has(row.state) ? role : 'open' } as const
  })
  return [...Map.groupBy(groups, ({ key }) => key.month)].map(([month, parts]) => {
    const of = (role: 'charged' | 'credited' | 'open') => parts.filter(({ key }) => key.role === role)
    const vat = (role: 'charged' | 'credited') => sum(of(role).map(({ taxAmountSar }) => taxAmountSar))
    const count = (some: typeof parts) => some.reduce((total, { documents }) => total + documents, 0)
    return {
      month,
      charged: money(vat('charged')),
      credited: money(vat('credited')),
      net: money(subtract(vat('charged'), vat('credited'))),
      documents: count(parts) - count(of('open')),
      notAccepted: count(of('open')),
    }
  })
}

/** How many documents are in each state that occurs. */
export const statesOf = async (read: Read, asked: Asked) =>
  (await grouped(read, asked, ({ state }) => ({ state }))).map(({ key, documents }) => ({ ...key, documents }))
