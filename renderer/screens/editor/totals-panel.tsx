/** Totals as they grow; each says on hover where its halalas come from. */
import { Tooltip } from '@mantine/core'
import { type Decimal, format, isZero, money } from '#core/invoice/amount.ts'
import type { Subtotal, Totals } from '#core/invoice/totals.ts'
import { Money } from '../../components/money.tsx'
import { usePreferences, useTexts } from '../../preferences.tsx'
import { useEditor } from './context.tsx'

export function TotalsPanel() {
  const { texts } = usePreferences()
  const { totals, draft } = useEditor()
  const currency = draft.currency || 'SAR'
  return (
    <section className="totals" aria-label={texts.totals.title}>
      <dl>
        {rowsOf(totals).map(({ name, amount, strong }) => (
          <Row
            key={name}
            label={texts.totals[name]}
            why={texts.totals.formulas[name]}
            amount={amount}
            strong={strong}
            currency={strong ? currency : undefined}
          />
        ))}
        {currency === 'SAR' || totals.vatInTaxCurrency === undefined ? null : (
          <Row
            label={texts.totals.vatSar}
            why={texts.totals.formulas.vatSar(money(totals.vat), draft.exchangeRate ?? '')}
            amount={totals.vatInTaxCurrency}
            strong={false}
            currency="SAR"
          />
        )}
      </dl>
    </section>
  )
}

type RowName =
  | 'lines'
  | 'allowances'
  | 'charges'
  | 'taxExclusive'
  | 'vatTotal'
  | 'taxInclusive'
  | 'prepaid'
  | 'rounding'
  | 'payable'

const rowsOf = (totals: Totals): readonly { name: RowName; amount: Decimal; strong: boolean }[] => {
  const row = (name: RowName, amount: Decimal | undefined, always = false, strong = false) =>
    amount === undefined || (!always && isZero(amount)) ? [] : [{ name, amount, strong }]
  return [
    ...row('lines', totals.lineNet, true),
    ...row('allowances', totals.allowances),
    ...row('charges', totals.charges),
    ...row('taxExclusive', totals.taxExclusive, true),
    ...row('vatTotal', totals.vat, true),
    ...row('taxInclusive', totals.taxInclusive, true),
    ...row('prepaid', totals.prepaid),
    ...row('rounding', totals.rounding),
    ...row('payable', totals.payable, true, true),
  ]
}

interface RowProps {
  readonly label: string
  readonly why: string
  readonly amount: Decimal
  readonly strong: boolean
  readonly currency: string | undefined
}

function Row({ label, why, amount, strong, currency }: RowProps) {
  return (
    <Tooltip label={why} multiline maw={320}>
      <div className="totals-row" data-strong={strong || undefined}>
        <dt>
          {label} {currency === undefined ? null : <bdi className="code">{currency}</bdi>}
        </dt>
        <dd>
          <Money amount={money(amount)} />
        </dd>
      </div>
    </Tooltip>
  )
}

/** One row per treatment: rate, reason, taxable amount, VAT. */
export function Breakdown() {
  const texts = useTexts()
  const { totals } = useEditor()
  if (totals.breakdown.length === 0) return null
  return (
    <table className="breakdown">
      <caption>{texts.totals.breakdown}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.vat.pick}</th>
          <th scope="col">{texts.totals.taxable}</th>
          <th scope="col">{texts.totals.vat}</th>
        </tr>
      </thead>
      <tbody>
        {totals.breakdown.map((subtotal) => (
          <BreakdownRow key={`${subtotal.treatment.category} ${format(subtotal.treatment.rate)}`} subtotal={subtotal} />
        ))}
      </tbody>
    </table>
  )
}

function BreakdownRow({ subtotal: { treatment, taxable, vat } }: { subtotal: Subtotal }) {
  const { language, texts } = usePreferences()
  const rate = format(treatment.rate, 0)
  const [english, arabic = english] = (treatment.exemptionText ?? '').split(' | ')
  return (
    <Tooltip label={texts.totals.formulas.vat(money(taxable), rate, money(vat))} multiline maw={320}>
      <tr>
        <th scope="row">
          {texts.vat[treatment.category]} <bdi dir="ltr">{rate}%</bdi>
          {treatment.exemptionText === undefined ? null : (
            <span className="dim"> {language === 'ar' ? arabic : english}</span>
          )}
        </th>
        <td>
          <Money amount={money(taxable)} />
        </td>
        <td>
          <Money amount={money(vat)} />
        </td>
      </tr>
    </Tooltip>
  )
}
