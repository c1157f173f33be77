/** Live totals for a form: the same computation as the issued document's, as decimal strings, tolerant of a draft that is being typed. */
import { type Decimal, format, money } from './amount.ts'
import type { VatCategory } from './draft.ts'
import { given } from './given.ts'
import { suggestedRounding, totalsOf } from './totals.ts'
import type { UnfinishedDraft } from './unfinished.ts'

/** Absent amounts cannot be computed yet. */
export interface DraftLineTotals {
  /** BT-131 */
  readonly net?: string
  /** KSA-11 */
  readonly vat?: string
  /** KSA-12 */
  readonly total?: string
}

export interface DraftTotals {
  /** In the order of the draft's lines */
  readonly lines: readonly DraftLineTotals[]
  readonly breakdown: readonly {
    readonly category: VatCategory
    readonly rate: string
    readonly exemption?: string
    readonly taxable: string
    readonly vat: string
  }[]
  readonly lineNet: string
  readonly allowances: string
  readonly charges: string
  readonly taxExclusive: string
  readonly vat: string
  /** Absent while a foreign currency lacks its exchange rate */
  readonly vatInSar?: string
  readonly taxInclusive: string
  readonly prepaid: string
  readonly rounding: string
  readonly payable: string
  /** What to enter as rounding so that prices with VAT add up; absent when nothing is missing */
  readonly suggestedRounding?: string
}

/** Lines that cannot be computed yet have no amounts and count for nothing; every sum is there at all times. */
export const draftTotals = (draft: UnfinishedDraft): DraftTotals => {
  const totals = totalsOf(draft)
  return given({
    lines: totals.lines.map((line) =>
      line === undefined ? {} : { net: money(line.net), vat: money(line.vat), total: money(line.total) },
    ),
    breakdown: totals.breakdown.map(({ treatment: { category, rate, exemption }, taxable, vat }) =>
      given({ category, rate: format(rate), exemption, taxable: money(taxable), vat: money(vat) }),
    ),
    lineNet: money(totals.lineNet),
    allowances: money(totals.allowances),
    charges: money(totals.charges),
    taxExclusive: money(totals.taxExclusive),
    vat: money(totals.vat),
    vatInSar: moneyOrAbsent(totals.vatInTaxCurrency),
    taxInclusive: money(totals.taxInclusive),
    prepaid: money(totals.prepaid),
    rounding: moneyOrAbsent(totals.rounding) ?? '0.00',
    payable: money(totals.payable),
    suggestedRounding: moneyOrAbsent(suggestedRounding(draft)),
  })
}

const moneyOrAbsent = (value: Decimal | undefined): string | undefined => value && money(value)
