/** The virtual table: only the rows in view exist, so ten thousand documents scroll like ten. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Day } from '../../components/day.tsx'
import { Deadline } from '../../components/deadline.tsx'
import { Money } from '../../components/money.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTexts } from '../../preferences.tsx'
import type { DocumentSummary } from '../../queries.ts'

interface Props {
  readonly rows: readonly DocumentSummary[]
  readonly selected: string | undefined
  readonly open: (id: string | undefined) => void
  readonly more: (() => void) | undefined
}

const rowHeight = 40
/** Rows beyond the window that are drawn, and from which the next page is asked for. */
const overscan = 12

export function DocumentTable({ rows, selected, open, more }: Props) {
  const texts = useTexts()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
  })
  const items = virtual.getVirtualItems()
  const lastDrawn = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (more !== undefined && lastDrawn >= rows.length - overscan) more()
  }, [lastDrawn, rows.length, more])

  const position = rows.findIndex(({ id }) => id === selected)
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      const next = Math.min(rows.length - 1, Math.max(0, position + step))
      open(rows[next]?.id)
      virtual.scrollToIndex(next)
    } else if (event.key === 'Escape') open(undefined)
    else return
    event.preventDefault()
  }
  const [first] = rows
  const currency = rows.every((row) => row.currency === first?.currency) ? first?.currency : undefined
  return (
    <div className="table-frame" ref={scroller}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table element forbids */}
      <div
        role="grid"
        className="table"
        aria-label={texts.documents.table}
        aria-rowcount={rows.length}
        tabIndex={0}
        onKeyDown={pressed}
      >
        <Head currency={currency} />
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, start }) => {
            const row = rows[index]
            return row === undefined ? null : (
              <Row
                key={row.id}
                row={row}
                top={start}
                selected={row.id === selected}
                open={() => open(row.id)}
                ownCurrency={currency === undefined}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

function Head({ currency }: { currency: string | undefined }) {
  const { columns } = useTexts().documents
  const heads = [
    ['state', columns.state],
    ['number', columns.number],
    ['date', columns.date],
    ['buyer', columns.buyer],
    ['kind', columns.kind],
    ['amount', currency === undefined ? columns.amountMixed : columns.amount(currency)],
    ['vat', columns.vat],
  ] as const
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the table
    // biome-ignore lint/a11y/useFocusableInteractive: the head takes no focus
    <div className="table-row table-head" role="row">
      {heads.map(([name, label]) => (
        // biome-ignore lint/a11y/useSemanticElements: see the table
        // biome-ignore lint/a11y/useFocusableInteractive: the head takes no focus
        <div key={name} role="columnheader" data-column={name}>
          {label}
        </div>
      ))}
    </div>
  )
}

interface RowProps {
  readonly row: DocumentSummary
  readonly top: number
  readonly selected: boolean
  readonly open: () => void
  readonly ownCurrency: boolean
}

function Row({ row, top, selected, open, ownCurrency }: RowProps) {
  const texts = useTexts()
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the table
    // biome-ignore lint/a11y/useKeyWithClickEvents: arrows on the table walk through its rows
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      role="row"
      className="table-row"
      data-state={row.state}
      aria-selected={selected}
      aria-label={row.number}
      style={{ transform: `translateY(${top}px)`, height: rowHeight }}
      onClick={open}
    >
      <Cell name="state">
        <StateBadge of={row} />
      </Cell>
      <Cell name="number">
        <bdi dir="ltr" className="figures">
          {row.number}
        </bdi>
      </Cell>
      <Cell name="date">
        <Day date={row.issueDate} time={row.issueTime} />
      </Cell>
      <Cell name="buyer" dir="auto">
        {row.buyerName ?? <span className="dim">{texts.documents.noBuyer}</span>}
      </Cell>
      <Cell name="kind">
        {texts.kinds[row.kind]}
        {row.profile === 'simplified' ? <span className="dim">{texts.profiles.simplified}</span> : null}
        {row.deadlineAt === undefined ? null : <Deadline at={row.deadlineAt} compact />}
      </Cell>
      <Cell name="amount">
        <Money amount={row.taxInclusiveAmount} {...(ownCurrency && { currency: row.currency })} />
      </Cell>
      <Cell name="vat">
        <Money amount={row.taxAmountSar} />
      </Cell>
    </div>
  )
}

function Cell({ name, dir, children }: { name: string; dir?: 'auto'; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the table
    // biome-ignore lint/a11y/useFocusableInteractive: the table itself takes the focus
    <div role="gridcell" data-column={name} dir={dir}>
      {children}
    </div>
  )
}
