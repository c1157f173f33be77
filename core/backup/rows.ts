/** A dump as text: a line for the head, each table and each row, and one that says how much there was; and changes to rows on their way. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '#core/errors.ts'
import type { Dump, StoredRow, StoredValue, TableHead } from '#core/ports.ts'

type Items = Dump['items']

// ---- counting ---------------------------------------------------------------------------------------------------------

export interface TableTally {
  readonly rows: number
  /** SHA-256 over the rows in their order, hex */
  readonly sha256: string
}

/** What a dump holds, by table: two dumps with the same tally hold the same. */
export type Tally = Readonly<Record<string, TableTally>>

/** The items as they are; `tally` is complete once they have been read. */
export const tallied = (items: Items): { readonly items: Items; readonly tally: () => Tally } => {
  const tables = new Map<string, { rows: number; digest: ReturnType<typeof createHash> }>()
  const count = async function* (): AsyncGenerator<TableHead | StoredRow> {
    let current = { rows: 0, digest: createHash('sha256') }
    for await (const item of items) {
      if (isRow(item)) current.rows += 1
      else {
        current = { rows: 0, digest: createHash('sha256') }
        tables.set(item.table, current)
      }
      current.digest.update(`${lineOf(item)}\n`)
      yield item
    }
  }
  const tally = () =>
    Object.fromEntries(
      [...tables].map(([table, { rows, digest }]) => [table, { rows, sha256: digest.copy().digest('hex') }]),
    )
  return { items: count(), tally }
}

/** Names of the tables that differ. */
export const differences = (one: Tally, other: Tally): readonly string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (table) => one[table]?.sha256 !== other[table]?.sha256,
  )

// ---- changing ---------------------------------------------------------------------------------------------------------

type NamedRow = Readonly<Record<string, StoredValue>>

/** Changes named columns of the rows of some tables; undefined leaves a row as it is. */
export type RowChanges = Readonly<
  Record<string, (row: NamedRow) => NamedRow | undefined | Promise<NamedRow | undefined>>
>

export async function* changed(items: Items, changes: RowChanges): AsyncGenerator<TableHead | StoredRow> {
  let head: TableHead = { table: '', columns: [] }
  for await (const item of items) {
    if (!isRow(item)) head = item
    const change = isRow(item) ? changes[head.table] : undefined
    yield isRow(item) && change !== undefined ? await changedRow(head, item, change) : item
  }
}

const changedRow = async ({ columns }: TableHead, row: StoredRow, change: RowChanges[string]): Promise<StoredRow> => {
  const named = Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))
  const laidOver = await change?.(named)
  return laidOver === undefined ? row : columns.map((column) => laidOver[column] ?? named[column] ?? null)
}

// ---- text -------------------------------------------------------------------------------------------------------------

const isRow = (item: TableHead | StoredRow): item is StoredRow => Array.isArray(item)

const isBytes = (value: StoredValue): value is Uint8Array => value instanceof Uint8Array

const lineOf = (item: TableHead | StoredRow): string =>
  JSON.stringify(isRow(item) ? item.map((value) => (isBytes(value) ? { base64: base64(value) } : value)) : item)

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')

export interface BackupHead {
  readonly takenAt: string
  /** Version of the program that wrote it */
  readonly program: string
  /** Whether the private keys can be brought back with this file alone */
  readonly keys: 'in-backup' | 'as-wrapped-by-the-office'
}

const headLine = z.object({
  format: z.literal('khatm-rows-1'),
  schema: z.int(),
  takenAt: z.string(),
  program: z.string(),
  keys: z.enum(['in-backup', 'as-wrapped-by-the-office']),
})
const tallyShape = z.record(z.string(), z.object({ rows: z.int(), sha256: z.string() }))
const tableLine = z.object({ table: z.string(), columns: z.array(z.string()) })
const rowLine = z.array(z.union([z.string(), z.number(), z.null(), z.object({ base64: z.base64() })]))
const endLine = z.object({ end: tallyShape })

/** UTF-8 in blocks of some size, because a compressor likes few large pieces. */
export async function* written(head: BackupHead, dump: Dump): AsyncGenerator<Uint8Array> {
  const { items, tally } = tallied(dump.items)
  let block = `${JSON.stringify({ format: 'khatm-rows-1', schema: dump.schema, ...head })}\n`
  for await (const item of items) {
    block += `${lineOf(item)}\n`
    if (block.length < 64 * 1024) continue
    yield Buffer.from(block)
    block = ''
  }
  yield Buffer.from(`${block}${JSON.stringify({ end: tally() })}\n`)
}

export interface ReadBackup {
  readonly head: BackupHead
  readonly dump: Dump
  /** Complete once the dump was read to its end */
  readonly tally: () => Tally
}

/** Throws `backup/damaged` on anything that `written` does not write; the end must be there and fit. */
export const parsed = async (text: AsyncIterable<Uint8Array>): Promise<ReadBackup> => {
  const lines = linesOf(text)[Symbol.asyncIterator]()
  const first = await lines.next()
  const { schema, format: _format, ...head } = fits(headLine, first.done ? undefined : first.value)
  const { items, tally } = tallied(itemsOf(lines, (end) => differences(end, tally())))
  return { head, dump: { schema, items }, tally }
}

/** `check` compares what the end says with what was read. */
async function* itemsOf(
  lines: AsyncIterator<unknown>,
  check: (end: Tally) => readonly string[],
): AsyncGenerator<TableHead | StoredRow> {
  for (;;) {
    const { done, value } = await lines.next()
    if (done) throw damaged('it ends before its end')
    if (isEnd(value)) {
      const different = check(fits(endLine, value).end)
      if (different.length > 0) throw damaged(`other rows than were written: ${different.join(', ')}`)
      return
    }
    yield Array.isArray(value) ? fits(rowLine, value).map(storedValue) : fits(tableLine, value)
  }
}

const isEnd = (value: unknown): boolean => typeof value === 'object' && value !== null && 'end' in value

const storedValue = (value: z.infer<typeof rowLine>[number]): StoredValue =>
  typeof value === 'object' && value !== null ? Buffer.from(value.base64, 'base64') : value

const fits = <T>(shape: z.ZodType<T>, value: unknown): T => {
  const { success, data } = shape.safeParse(value)
  if (!success) throw damaged('a line that is none of ours')
  return data
}

const damaged = (reason: string): Failure => new Failure('backup/damaged', { reason })

const NEW_LINE = 0x0a

async function* linesOf(text: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  let held: Uint8Array[] = []
  for await (const piece of text) {
    let from = 0
    for (let at = piece.indexOf(NEW_LINE); at >= 0; at = piece.indexOf(NEW_LINE, from)) {
      yield jsonOf(Buffer.concat([...held, piece.subarray(from, at)]))
      held = []
      from = at + 1
    }
    if (from < piece.length) held.push(piece.subarray(from))
  }
}

const jsonOf = (line: Buffer): unknown => {
  try {
    return JSON.parse(line.toString())
  } catch {
    throw damaged('a line that is not JSON')
  }
}
