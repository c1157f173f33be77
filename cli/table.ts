/** A plain table for terminals: columns as wide as their widest cell, also with Arabic in them. */

/** Marks that stand above or below a letter, and marks of direction, take no column. */
const zeroWidth = /\p{Mn}|[\u200e\u200f\u2066-\u2069]/gu

const width = (text: string): number => [...text.replaceAll(zeroWidth, '')].length

export const table = (heading: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = heading.map((title, column) => Math.max(width(title), ...rows.map((row) => width(row[column] ?? ''))))
  const line = (cells: readonly string[]): string =>
    widths
      .map((wide, column) => padded(cells[column] ?? '', wide))
      .join('  ')
      .trimEnd()
  return [line(heading), line(widths.map((wide) => '-'.repeat(wide))), ...rows.map(line)]
}

const padded = (text: string, wide: number): string => text + ' '.repeat(Math.max(0, wide - width(text)))
