/** Currencies: of the document, of VAT, of each amount, and the exchange rate between the two. */

import { compare, type Decimal, equals, round, zero } from '../amount.ts'
import { currencies, taxCurrency } from '../codes/currencies.ts'
import type { ExchangeRate } from '../document.ts'
import { noParts, pathOf } from './place.ts'
import { decimalOf } from './plain.ts'
import { type Breach, document, error, every, none, type Rules, warning } from './rule.ts'
import type { AmountPart, Subject, TaxTotalPart } from './subject.ts'
import { filled, length, listed, normalized } from './text.ts'

const taxCurrencyPath = '/Invoice/cbc:TaxCurrencyCode'
const exchangePath = '/Invoice/cac:TaxExchangeRate'

const documentCurrency = ({ invoice }: Subject): string => normalized(invoice.documentCurrencyCode)
const actualTaxCurrency = ({ invoice }: Subject) => ({ actual: invoice.taxCurrencyCode ?? '' })

/** The totals without a breakdown: VAT in the tax currency (BT-111). */
export const plainTotals = ({ taxTotals }: Subject) => taxTotals.filter(({ subtotals }) => subtotals.length === 0)
export const brokenDownTotals = ({ taxTotals }: Subject) => taxTotals.filter(({ subtotals }) => subtotals.length > 0)

const isForeign = ({ invoice }: Subject): boolean =>
  filled(invoice.documentCurrencyCode) && invoice.documentCurrencyCode !== taxCurrency

/** Nothing for one total; else the place where it is missing, or the second of them. */
const exactlyOne = (found: readonly TaxTotalPart[], { taxTotals }: Subject): readonly Breach[] =>
  found.length === 1
    ? none
    : [{ path: found[1] === undefined ? `/Invoice/cac:TaxTotal[${taxTotals.length + 1}]` : pathOf(found[1]) }]

const positiveTax = ({ node }: TaxTotalPart): readonly Decimal[] => {
  const tax = decimalOf(node.taxAmount) ?? zero
  return compare(tax, zero) > 0 ? [tax] : []
}

/** Both positive and equal to the halala: the SAR total was not converted. */
const sameInBothCurrencies = (subject: Subject): boolean => {
  const ofInvoice = brokenDownTotals(subject).flatMap(positiveTax)
  const inRiyal = plainTotals(subject).flatMap(positiveTax)
  return ofInvoice.some((tax) => inRiyal.some((riyal) => equals(round(tax), round(riyal))))
}

const exchangeParts: readonly (readonly [name: string, read: (rate: ExchangeRate) => string | undefined])[] = [
  ['cbc:SourceCurrencyCode', (rate) => rate.sourceCurrencyCode],
  ['cbc:TargetCurrencyCode', (rate) => rate.targetCurrencyCode],
  ['cbc:CalculationRate', (rate) => rate.calculationRate],
]

const exchange = ({ invoice }: Subject) => invoice.taxExchangeRate

const amounts = every((subject) => subject.unusualAmounts)

const ownCurrency = ({ amount }: AmountPart) => ({ actual: amount.currencyID ?? '' })

/** The amounts that BR-KSA-CL-01 looks at besides the currency of the document. */
const prepaidOrRounding = ({ unusualAmounts }: Subject): readonly AmountPart[] =>
  unusualAmounts.length === 0
    ? noParts
    : [
        'cac:LegalMonetaryTotal/cbc:PayableRoundingAmount',
        'cac:InvoiceLine/cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount',
        'cac:InvoiceLine/cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount',
      ].flatMap((element) => unusualAmounts.filter((part) => part.element === element))

export const currencyRules = {
  'BR-53': warning(
    every(plainTotals)(
      ({ node: { taxAmount } }, { invoice: { taxCurrencyCode } }) =>
        taxCurrencyCode !== undefined &&
        (taxAmount === undefined || (taxAmount.currencyID !== undefined && taxAmount.currencyID !== taxCurrencyCode)),
      'cbc:TaxAmount',
      ({ node }, { invoice }) => ({
        actual: node.taxAmount?.currencyID ?? '',
        expected: invoice.taxCurrencyCode ?? '',
      }),
    ),
  ),
  'BR-CL-03': error(
    amounts(
      ({ element, amount }) =>
        filled(amount.currencyID) &&
        !listed(currencies, amount.currencyID) &&
        element !== 'cac:InvoiceLine/cac:TaxTotal/cbc:RoundingAmount',
      '@currencyID',
      ownCurrency,
    ),
  ),
  'BR-CL-05': error(
    document(
      ({ invoice }) => invoice.taxCurrencyCode !== undefined && !listed(currencies, invoice.taxCurrencyCode),
      taxCurrencyPath,
      actualTaxCurrency,
    ),
  ),
  'BR-KSA-68': error(document(({ invoice }) => !filled(invoice.taxCurrencyCode), taxCurrencyPath)),
  'BR-KSA-87': warning((subject) => {
    const rate = exchange(subject)
    if (rate === undefined) return none
    return exchangeParts
      .filter(([, read]) => !filled(read(rate)))
      .map(([name]) => ({ path: `${exchangePath}/${name}` }))
  }),
  'BR-KSA-88': error(
    document(
      (subject) => !documentCurrency(subject).includes(exchange(subject)?.sourceCurrencyCode ?? ''),
      `${exchangePath}/cbc:SourceCurrencyCode`,
      (subject) => ({ actual: exchange(subject)?.sourceCurrencyCode ?? '', expected: documentCurrency(subject) }),
    ),
  ),
  'BR-KSA-89': error(
    document(
      (subject) => !normalized(subject.invoice.taxCurrencyCode).includes(exchange(subject)?.targetCurrencyCode ?? ''),
      `${exchangePath}/cbc:TargetCurrencyCode`,
      (subject) => ({
        actual: exchange(subject)?.targetCurrencyCode ?? '',
        expected: normalized(subject.invoice.taxCurrencyCode),
      }),
    ),
  ),
  'BR-KSA-90': error(
    document(
      (subject) => length(normalized(exchange(subject)?.calculationRate)) >= 15,
      `${exchangePath}/cbc:CalculationRate`,
      (subject) => ({ actual: exchange(subject)?.calculationRate ?? '' }),
    ),
  ),
  'BR-KSA-97': warning(
    every((subject) => (isForeign(subject) ? plainTotals(subject).slice(0, 1) : noParts))(
      (_total, subject) => sameInBothCurrencies(subject),
      'cbc:TaxAmount',
    ),
  ),
  'BR-KSA-CL-01': error((subject) => {
    const code = subject.invoice.documentCurrencyCode
    const own = every(prepaidOrRounding)(
      ({ amount }) => amount.currencyID !== undefined && !listed(currencies, amount.currencyID),
      '@currencyID',
      ownCurrency,
    )(subject)
    if (code === undefined || listed(currencies, code)) return own
    return [{ path: '/Invoice/cbc:DocumentCurrencyCode', params: { actual: code } }, ...own]
  }),
  // All amounts but the two VAT totals. The official test looks for the attribute inside the document's code, so `SA` would pass for `SAR`.
  'BR-KSA-CL-02': error(
    amounts(
      ({ element, amount }, subject) =>
        element !== 'cac:TaxTotal/cbc:TaxAmount' &&
        (!filled(amount.currencyID) || !documentCurrency(subject).includes(amount.currencyID ?? '')),
      '@currencyID',
      ({ amount }, subject) => ({ actual: amount.currencyID ?? '', expected: documentCurrency(subject) }),
    ),
  ),
  'BR-KSA-EN16931-02': error(
    document(
      ({ invoice }) =>
        invoice.taxCurrencyCode !== undefined && normalized(invoice.taxCurrencyCode).toUpperCase() !== taxCurrency,
      taxCurrencyPath,
      actualTaxCurrency,
    ),
  ),
  'BR-KSA-EN16931-08': warning((subject) => exactlyOne(brokenDownTotals(subject), subject)),
  'BR-KSA-EN16931-09': warning((subject) =>
    subject.invoice.taxCurrencyCode === undefined ? none : exactlyOne(plainTotals(subject), subject),
  ),
} satisfies Rules
