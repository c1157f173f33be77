/** A text cell. On entry everything is selected, so typing replaces; F2 edits; Escape takes back; Delete clears. */
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTexts } from '../../preferences.tsx'
import { type Column, cells, type Line, placeOf } from './cells.ts'
import type { Finding } from './judging.ts'
import { isWithin } from './paths.ts'

export type ChangeLine = (row: number, change: (line: Line) => Line) => void

export interface GridRowProps {
  readonly row: number
  readonly line: Line
  /** BT-131 and KSA-12 as text; undefined while the line cannot be computed */
  readonly net: string | undefined
  readonly gross: string | undefined
  readonly findings: readonly Finding[]
  readonly change: ChangeLine
  readonly remove: (row: number) => void
  readonly touch: (place: string) => void
}

export interface CellProps extends GridRowProps {
  readonly column: Column
}

/** What text cells and choices share: value, names for people and machines, findings. */
export const useCell = ({ row, column, line, change, findings, touch }: CellProps) => {
  const texts = useTexts()
  const place = `lines[${row}].${placeOf[column]}`
  const value = cells[column].show(line)
  const finding = findings.find(({ field = '' }) => isWithin(field, place))
  return {
    place,
    value,
    touch,
    write: (text: string) => change(row, (current) => cells[column].type(current, text)),
    marks: {
      'data-row': row,
      'data-column': column,
      'data-field': place,
      'data-severity': finding?.severity,
      'aria-label': texts.editor.cell(texts.editor.columns[column], row + 1),
      'aria-invalid': finding?.severity === 'error' || undefined,
    },
  }
}

export function GridCell(props: CellProps) {
  const { column, row } = props
  const { place, value, touch, write, marks } = useCell(props)
  const [editing, setEditing] = useState(false)
  const before = useRef(value)

  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    const input = event.currentTarget
    if (event.key === 'F2') {
      setEditing(true)
      input.setSelectionRange(value.length, value.length)
    } else if (event.key === 'Escape') {
      write(before.current)
      setEditing(false)
      input.select()
    } else if (event.key === 'Delete' && !editing) write('')
    else return
    event.preventDefault()
  }

  return (
    <input
      {...marks}
      className="grid-cell"
      dir={column === 'name' ? 'auto' : 'ltr'}
      inputMode={column === 'name' ? 'text' : 'decimal'}
      autoComplete="off"
      data-editing={editing || undefined}
      value={value}
      onFocus={(event) => {
        before.current = value
        event.currentTarget.select()
      }}
      onChange={(event) => {
        setEditing(true)
        write(event.currentTarget.value)
      }}
      onKeyDown={pressed}
      onBlur={() => {
        setEditing(false)
        if (value !== '' || row === 0) touch(place)
        const settled = cells[column].settle(value)
        if (settled !== value) write(settled)
      }}
    />
  )
}
