/** Lines and totals of an issued document, computed from its draft as it was when it was issued. */
import { useMemo } from 'react'
import { isZero, money } from '#core/invoice/amount.ts'
import { totalsOf } from '#core/invoice/totals.ts'
import { Money } from '../../components/money.tsx'
import { useTexts } from '../../preferences.tsx'
import type { DocumentDetail } from '../../queries.ts'

export function Amounts({ document: { draft, currency } }: { document: DocumentDetail }) {
  const texts = useTexts()
  const totals = useMemo(() => totalsOf(draft), [draft])
  const rows = [
    ['taxExclusive', totals.taxExclusive],
    ['vat', totals.vat],
    ['taxInclusive', totals.taxInclusive],
    ...(isZero(totals.prepaid) ? [] : ([['prepaid', totals.prepaid]] as const)),
    ['payable', totals.payable],
  ] as const
  return (
    <table className="amounts">
      <caption>{texts.documents.lines(draft.lines.length)}</caption>
      <tbody>
        {draft.lines.map((line, index) => {
          const net = totals.lines[index]?.net
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an issued document's lines never move
            <tr key={index}>
              <td>
                <bdi>{line.name}</bdi>
              </td>
              <td className="figures">
                <bdi dir="ltr">{line.quantity}</bdi>
              </td>
              <td>{net === undefined ? null : <Money amount={money(net)} />}</td>
            </tr>
          )
        })}
      </tbody>
      <tfoot>
        {rows.map(([name, amount]) => (
          <tr key={name} data-strong={name === 'payable' || undefined}>
            <th scope="row" colSpan={2}>
              {texts.totals[name]} {name === 'payable' ? <bdi className="dim">{currency}</bdi> : null}
            </th>
            <td>
              <Money amount={money(amount)} />
            </td>
          </tr>
        ))}
      </tfoot>
    </table>
  )
}
