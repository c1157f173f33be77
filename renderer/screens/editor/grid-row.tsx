/** One line of the grid. It is drawn again only when its own line, amounts or findings change. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { type Decimal, money } from '#core/invoice/amount.ts'
import { grouped } from '../../components/money.tsx'
import { useTexts } from '../../preferences.tsx'
import { type Column, columns, isBlank, type Line } from './cells.ts'
import { useEditor } from './context.tsx'
import { GridCell } from './grid-cell.tsx'
import { TreatmentCell, UnitCell } from './grid-choices.tsx'

export type ChangeLine = (row: number, change: (line: Line) => Line) => void

interface Props {
  readonly row: number
  readonly line: Line
  readonly change: ChangeLine
  readonly remove: (row: number) => void
}

const cellOf = { treatment: TreatmentCell, unit: UnitCell } as const
const isChoice = (column: Column): column is keyof typeof cellOf => column in cellOf

export function GridRow({ row, line, change, remove }: Props) {
  const texts = useTexts()
  const { rowTotals, findingsAt, sentence } = useEditor()
  const totals = rowTotals.get(row)
  const findings = findingsAt(`lines[${row}]`)
  const blank = isBlank(line)
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus */}
      <div className="grid-row" role="row" data-blank={blank || undefined}>
        <div className="grid-position" data-column="position">
          {row + 1}
        </div>
        {columns.map((column) => {
          const Cell = isChoice(column) ? cellOf[column] : GridCell
          return <Cell key={column} row={row} column={column} line={line} change={change} />
        })}
        <Computed amount={totals?.net} why={texts.totals.formulas.net(line.quantity ?? '', line.price ?? '')} />
        <Computed amount={totals?.total} why={texts.totals.formulas.gross} />
        <ActionIcon
          className="grid-remove"
          variant="subtle"
          color="gray"
          size="sm"
          tabIndex={-1}
          disabled={blank}
          aria-label={texts.editor.removeLine(row + 1)}
          onClick={() => remove(row)}
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </div>
      {findings.map((finding) => (
        <p key={finding.key} className="grid-finding" data-severity={finding.severity}>
          {sentence(finding)}{' '}
          {finding.violation === undefined ? null : <bdi className="code">{finding.violation.rule}</bdi>}
        </p>
      ))}
    </>
  )
}

function Computed({ amount, why }: { amount: Decimal | undefined; why: string }) {
  if (amount === undefined) return <div className="grid-computed" />
  return (
    <Tooltip label={why}>
      <div className="grid-computed">
        <bdi dir="ltr">{grouped(money(amount))}</bdi>
      </div>
    </Tooltip>
  )
}
