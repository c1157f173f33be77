/** Moving through the grid: which cell an event comes from and where an arrow leads. */
import { type Column, columns } from './cells.ts'

export interface CellAddress {
  readonly row: number
  readonly column: Column
}

const isColumn = (text: string | undefined): text is Column => columns.some((column) => column === text)

export const addressOf = (target: EventTarget | null): CellAddress | undefined => {
  if (!(target instanceof HTMLElement)) return undefined
  const { row, column } = target.dataset
  return row !== undefined && isColumn(column) ? { row: Number(row), column } : undefined
}

/** After the rows have been drawn; everything in the cell is selected, so that typing replaces it. */
export const focusCell = (grid: HTMLElement | null, row: number, column: Column): void => {
  requestAnimationFrame(() => {
    const cell = grid?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)
    cell?.focus()
    if (cell instanceof HTMLInputElement) cell.select()
  })
}

interface Step {
  readonly rows: number
  readonly columns: number
}

const vertical: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 }

/** Arrows move between cells unless the text is being edited (F2) or a list is open; sideways follows the reading direction. */
export const arrowStep = (event: {
  readonly key: string
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly target: EventTarget
}): Step | undefined => {
  if (event.altKey || event.shiftKey || !(event.target instanceof HTMLElement)) return undefined
  const rows = vertical[event.key]
  if (rows !== undefined) return { rows, columns: 0 }
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (sideways === undefined || event.target.dataset['editing'] !== undefined) return undefined
  const isRightToLeft = getComputedStyle(document.documentElement).direction === 'rtl'
  return { rows: 0, columns: isRightToLeft ? -sideways : sideways }
}
