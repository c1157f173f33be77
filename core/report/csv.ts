/** Comma-separated values as spreadsheets open them: RFC 4180, UTF-8 with a byte order mark, and no cell that acts as a formula. */

/** Tells Excel that what follows is UTF-8. */
export const byteOrderMark = '\ufeff'

/** A spreadsheet runs what begins like this; an apostrophe before it shows it as it is. */
const formula = /^[=+\-@\t\r]/
const needsQuotes = /[",\r\n]/

type Cell = string | number | boolean | undefined

const written = (cell: Cell): string => {
  const text = cell === undefined ? '' : String(cell)
  const harmless = typeof cell === 'string' && formula.test(text) ? `'${text}` : text
  return needsQuotes.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(written).join(',')}\r\n`
