/** Document totals: each is there and follows from the lines, allowances, charges and the VAT breakdown. */
import { add, type Decimal, equals, money, round, subtract, sum, zero } from '../amount.ts'
import { totalElements } from './amounts.ts'
import { totalsPath } from './place.ts'
import { count, emptySum, totalOf } from './plain.ts'
import { type Check, document, error, type Params, type Rules, warning } from './rule.ts'
import type { Subject, TotalName } from './subject.ts'

const pathOf = (name: TotalName): string => `${totalsPath}/${totalElements[name]}`
const isThere = ({ invoice }: Subject, name: TotalName): boolean => invoice.legalMonetaryTotal?.[name] !== undefined

/** The element is there; a document without any totals is told so once per element. */
const required = (name: TotalName): Check =>
  document((subject) => subject.invoice.legalMonetaryTotal !== undefined && !isThere(subject, name), pathOf(name))

const same = (left: Decimal | undefined, right: Decimal | undefined): boolean =>
  left !== undefined && right !== undefined && equals(left, right)

const minus = (left: Decimal | undefined, right: Decimal | undefined): Decimal | undefined =>
  left && right && round(subtract(left, right))

const sumOf = (subject: Subject, kind: 'allowance' | 'charge'): Decimal => {
  const total = emptySum()
  for (const part of subject.adjustments) if (part.kind === kind) count(total, part.node.amount)
  return round(totalOf(total))
}

/** BT-107 and BT-108: the total of allowances or charges, which may be absent when there are none. */
const adjustmentsTotal = (name: 'allowanceTotalAmount' | 'chargeTotalAmount', kind: 'allowance' | 'charge') =>
  document(
    (subject) => {
      const none = !isThere(subject, name) && !subject.adjustments.some((part) => part.kind === kind)
      return !none && hasTotals(subject) && !same(subject.totals[name], sumOf(subject, kind))
    },
    pathOf(name),
    (subject) => compared(subject, name, sumOf(subject, kind)),
  )

const hasTotals = ({ invoice }: Subject): boolean => invoice.legalMonetaryTotal !== undefined

const compared = ({ invoice }: Subject, name: TotalName, expected: Decimal | undefined): Params => ({
  actual: invoice.legalMonetaryTotal?.[name]?.value ?? '',
  expected: expected === undefined ? '' : money(expected),
})

/** BT-109; without allowances and charges it is compared with BT-106 as stated, else with the sum of the lines. */
const expectedTaxExclusive = (subject: Subject): Decimal | undefined => {
  const { totals } = subject
  const withAllowances = isThere(subject, 'allowanceTotalAmount')
  const withCharges = isThere(subject, 'chargeTotalAmount')
  if (!withAllowances && !withCharges) return totals.lineExtensionAmount
  const less = withAllowances ? totals.allowanceTotalAmount : zero
  const more = withCharges ? totals.chargeTotalAmount : zero
  return less && more && round(subtract(add(subject.linesNet, more), less))
}

/** BT-112; `round` for BT-109 with more than two decimals. */
const expectedTaxInclusive = ({ totals, breakdown }: Subject): Decimal | undefined =>
  totals.taxExclusiveAmount && round(add(totals.taxExclusiveAmount, sum(breakdown.map(({ tax }) => tax ?? zero))))

const statesVatInItsCurrency = ({ invoice }: Subject): boolean =>
  (invoice.taxTotal ?? []).some(({ taxAmount }) => taxAmount?.currencyID === invoice.documentCurrencyCode)

/** BT-115: each of prepaid and rounding counts only when it is there. */
const payableFits = (subject: Subject): boolean => {
  const { payableAmount, taxInclusiveAmount, prepaidAmount, payableRoundingAmount } = subject.totals
  const isPrepaid = isThere(subject, 'prepaidAmount')
  const isRounded = isThere(subject, 'payableRoundingAmount')
  const left = isRounded ? minus(payableAmount, payableRoundingAmount) : payableAmount
  return same(left, isPrepaid ? minus(taxInclusiveAmount, prepaidAmount) : taxInclusiveAmount)
}

const expectedPayable = ({ totals }: Subject): Decimal | undefined =>
  totals.taxInclusiveAmount &&
  add(subtract(totals.taxInclusiveAmount, totals.prepaidAmount ?? zero), totals.payableRoundingAmount ?? zero)

export const totalRules = {
  'BR-13': warning(required('taxExclusiveAmount')),
  'BR-14': error(required('taxInclusiveAmount')),
  'BR-15': error(required('payableAmount')),
  'BR-CO-10': warning(
    document(
      (subject) => hasTotals(subject) && !same(subject.totals.lineExtensionAmount, round(subject.linesNet)),
      pathOf('lineExtensionAmount'),
      (subject) => compared(subject, 'lineExtensionAmount', subject.linesNet),
    ),
  ),
  'BR-CO-11': error(adjustmentsTotal('allowanceTotalAmount', 'allowance')),
  'BR-CO-12': error(adjustmentsTotal('chargeTotalAmount', 'charge')),
  'BR-CO-13': warning(
    document(
      (subject) => hasTotals(subject) && !same(subject.totals.taxExclusiveAmount, expectedTaxExclusive(subject)),
      pathOf('taxExclusiveAmount'),
      (subject) => compared(subject, 'taxExclusiveAmount', expectedTaxExclusive(subject)),
    ),
  ),
  'BR-CO-15': error(
    document(
      (subject) =>
        subject.invoice.documentCurrencyCode !== undefined &&
        !(statesVatInItsCurrency(subject) && same(subject.totals.taxInclusiveAmount, expectedTaxInclusive(subject))),
      pathOf('taxInclusiveAmount'),
      (subject) => compared(subject, 'taxInclusiveAmount', expectedTaxInclusive(subject)),
    ),
  ),
  'BR-CO-16': warning(
    document(
      (subject) => hasTotals(subject) && !payableFits(subject),
      pathOf('payableAmount'),
      (subject) => compared(subject, 'payableAmount', expectedPayable(subject)),
    ),
  ),
} satisfies Rules
