/** One line of the grid. It is drawn again only when its own line, amounts or findings change, so a thousand rows type like ten. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { grouped } from '../../components/money.tsx'
import { useTexts } from '../../preferences.tsx'
import { type Column, columns, isBlank } from './cells.ts'
import { GridCell, type GridRowProps } from './grid-cell.tsx'
import { TreatmentCell, UnitCell } from './grid-choices.tsx'
import type { Finding } from './judging.ts'
import { useSentence } from './sentences.ts'

const cellOf = { treatment: TreatmentCell, unit: UnitCell } as const
const isChoice = (column: Column): column is keyof typeof cellOf => column in cellOf

/** Findings are made anew on every judgement; their keys tell whether anything changed. */
const isSame = (a: GridRowProps, b: GridRowProps): boolean =>
  a.line === b.line &&
  a.net === b.net &&
  a.gross === b.gross &&
  a.findings.length === b.findings.length &&
  a.findings.every(({ key }, index) => key === b.findings[index]?.key)

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, line, net, gross, findings, remove } = props
  const texts = useTexts()
  const blank = isBlank(line)
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus */}
      <div className="grid-row" role="row" data-blank={blank || undefined}>
        <Cell className="grid-position">{row + 1}</Cell>
        {columns.map((column) => {
          const Input = isChoice(column) ? cellOf[column] : GridCell
          return (
            <Cell key={column}>
              <Input {...props} column={column} />
            </Cell>
          )
        })}
        <Computed amount={net} why={texts.totals.formulas.net(line.quantity ?? '', line.price ?? '')} />
        <Computed amount={gross} why={texts.totals.formulas.gross} />
        <Cell>
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
        </Cell>
      </div>
      <RowFindings findings={findings} />
    </>
  )
}, isSame)

function Cell({ className, children }: { className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: what it holds takes the focus
    <div role="gridcell" className={className}>
      {children}
    </div>
  )
}

function Computed({ amount, why }: { amount: string | undefined; why: string }) {
  if (amount === undefined) return <Cell className="grid-computed">{null}</Cell>
  return (
    <Cell className="grid-computed">
      <Tooltip label={why}>
        <bdi dir="ltr">{grouped(amount)}</bdi>
      </Tooltip>
    </Cell>
  )
}

function RowFindings({ findings }: { findings: readonly Finding[] }) {
  const sentence = useSentence()
  if (findings.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the cells above take the focus
    <div role="row">
      <Cell>
        {findings.map((finding) => (
          <p key={finding.key} className="grid-finding" data-severity={finding.severity}>
            {sentence(finding)}{' '}
            {finding.violation === undefined ? null : <bdi className="code">{finding.violation.rule}</bdi>}
          </p>
        ))}
      </Cell>
    </div>
  )
}
