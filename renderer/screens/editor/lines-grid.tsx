/** The lines: a grid that behaves like Excel. Enter goes down, Tab across, a pasted block fills rows, Ctrl+D copies from above. */
import { Button, Checkbox } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ClipboardEvent, type KeyboardEvent, useCallback, useRef, useState } from 'react'
import { money } from '#core/invoice/amount.ts'
import type { LineTotals } from '#core/invoice/line-totals.ts'
import { useTexts } from '../../preferences.tsx'
import { blankLine, type Column, cells, columns, type Line } from './cells.ts'
import { useEditor } from './context.tsx'
import { padded } from './draft-state.ts'
import { addressOf, arrowStep, focusCell } from './grid-keys.ts'
import { GridRow } from './grid-row.tsx'
import { isBlock, parseBlock, pasteBlock } from './paste.ts'

export function LinesGrid() {
  const texts = useTexts()
  const { draft, rowTotals, change, set, touch, findingsAt } = useEditor()
  const grid = useRef<HTMLDivElement>(null)
  const [pasted, setPasted] = useState<number>()
  const lines = draft.lines ?? []

  const changeLines = useCallback(
    (edit: (lines: readonly Line[]) => readonly Line[]) =>
      change((current) => ({ ...current, lines: padded(edit(current.lines ?? [])) })),
    [change],
  )
  const changeLine = useCallback(
    (row: number, edit: (line: Line) => Line) =>
      changeLines((all) => all.map((line, index) => (index === row ? edit(line) : line))),
    [changeLines],
  )
  const removeLine = useCallback(
    (row: number) => changeLines((all) => all.filter((_, index) => index !== row)),
    [changeLines],
  )

  const copyDown = (row: number, column: Column) => {
    const above = lines[row - 1]
    if (above !== undefined) changeLine(row, (line) => cells[column].type(line, cells[column].show(above)))
  }

  const pressed = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = addressOf(event.target)
    if (at === undefined) return
    const { row, column } = at
    const control = event.ctrlKey || event.metaKey
    if (control && event.code === 'KeyD') {
      copyDown(row, column)
      focusCell(grid.current, row, column)
    } else if (control && (event.key === '-' || event.code === 'Minus')) {
      removeLine(row)
      focusCell(grid.current, row, column)
    } else if (event.key === 'Enter' && !control) focusCell(grid.current, row + (event.shiftKey ? -1 : 1), column)
    else {
      const step = arrowStep(event)
      if (step === undefined) return
      focusCell(grid.current, row + step.rows, columns[columns.indexOf(column) + step.columns] ?? column)
    }
    event.preventDefault()
  }

  const pastedInto = (event: ClipboardEvent<HTMLDivElement>) => {
    const at = addressOf(event.target)
    const block = parseBlock(event.clipboardData.getData('text/plain'))
    if (at === undefined || !isBlock(block)) return
    event.preventDefault()
    const result = pasteBlock(lines, at, block)
    changeLines(() => result.lines)
    setPasted(result.rows)
  }

  return (
    <section className="lines" aria-label={texts.editor.lines}>
      {/* biome-ignore lint/a11y/useSemanticElements: a grid of inputs moves focus itself; a table has no such role */}
      <div
        ref={grid}
        className="grid"
        role="grid"
        tabIndex={-1}
        aria-label={texts.editor.lines}
        aria-rowcount={lines.length + 1}
        onKeyDown={pressed}
        onPaste={pastedInto}
      >
        <GridHead />
        {lines.map((line, row) => (
          <GridRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its position; inputs are controlled
            key={row}
            row={row}
            line={line}
            {...amountsOf(rowTotals.get(row))}
            findings={findingsAt(`lines[${row}]`)}
            change={changeLine}
            remove={removeLine}
            touch={touch}
          />
        ))}
      </div>
      <div className="grid-foot">
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={16} stroke={1.6} />}
          onClick={() => {
            changeLines((all) => [...all, blankLine])
            focusCell(grid.current, lines.length, 'name')
          }}
        >
          {texts.editor.addLine}
        </Button>
        <Checkbox
          size="xs"
          label={texts.editor.pricesIncludeVat}
          checked={draft.pricesIncludeVat ?? false}
          onChange={({ currentTarget }) => set('pricesIncludeVat', currentTarget.checked)}
        />
        <span className="dim" role="status">
          {pasted === undefined ? texts.editor.gridHint : texts.editor.pasted(pasted)}
        </span>
      </div>
    </section>
  )
}

const amountsOf = (totals: LineTotals | undefined) => ({
  net: totals && money(totals.net),
  gross: totals && money(totals.total),
})

function GridHead() {
  const texts = useTexts()
  const { columns: names } = texts.editor
  const heads = ['position', ...columns, 'net', 'gross'] as const
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the head takes no focus
    <div className="grid-row grid-head" role="row">
      {heads.map((name) => (
        // biome-ignore lint/a11y/useSemanticElements: see the grid
        // biome-ignore lint/a11y/useFocusableInteractive: the head takes no focus
        <div key={name} role="columnheader" data-column={name}>
          {names[name]}
        </div>
      ))}
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the head takes no focus */}
      <div role="columnheader">
        <span className="visually-hidden">{texts.common.remove}</span>
      </div>
    </div>
  )
}
