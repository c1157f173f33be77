/** A block of cells from Excel, Sheets or a web table: read from the clipboard's text and laid over the lines. */
import { repairArabic } from './arabic-repair.ts'
import { blankLine, type Column, cells, columns, type Line } from './cells.ts'

/** Rows of cells. A cell with tabs or line breaks stands in quotes, a quote in it is doubled, as spreadsheets write them. */
export const parseBlock = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [[]]
  for (const [, quoted, bare = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/g,
  )) {
    rows.at(-1)?.push(repairArabic(quoted === undefined ? bare : quoted.replaceAll('""', '"')))
    if (end === '') break
    if (end !== '\t') rows.push([])
  }
  const isTrailing = rows.at(-1)?.every((cell) => cell === '') ?? false
  return isTrailing ? rows.slice(0, -1) : rows
}

/** More than one cell; a single one is pasted into the cell as text. */
export const isBlock = (block: readonly (readonly string[])[]): boolean =>
  block.length > 1 || (block[0]?.length ?? 0) > 1

/** What offices call the columns that hold numbers. Only a known word makes a row a heading: a row of goods must never be lost. */
const headings = /^(الكمية|كمية|العدد|السعر|سعر الوحدة|سعر|الإفرادي|qty|quantity|price|unit price|rate)$/i

const isHeading = (row: readonly string[], start: number): boolean => {
  const numeric = row.filter((_, offset) => isNumeric(columns[start + offset]))
  return numeric.length > 0 && numeric.every((cell) => headings.test(cell.trim()))
}

const isNumeric = (column: Column | undefined): boolean => column === 'quantity' || column === 'price'

/** The lines with the block laid over them from a cell on; rows are added as needed, headings left out. */
export const pasteBlock = (
  lines: readonly Line[],
  at: { readonly row: number; readonly column: Column },
  block: readonly (readonly string[])[],
): { readonly lines: readonly Line[]; readonly rows: number } => {
  const start = columns.indexOf(at.column)
  const [first = []] = block
  const body = block.length > 1 && isHeading(first, start) ? block.slice(1) : block
  const length = Math.max(lines.length, at.row + body.length)
  const pasted = Array.from({ length }, (_, row) => pasteRow(lines[row] ?? blankLine, body[row - at.row], start))
  return { lines: pasted, rows: body.length }
}

const pasteRow = (line: Line, row: readonly string[] | undefined, start: number): Line =>
  (row ?? []).reduce((changed, text, offset) => {
    const column = columns[start + offset]
    if (column === undefined) return changed
    const cell = cells[column]
    return cell.type(changed, cell.settle(text))
  }, line)
