/** What the UBL schema demands of literals: ZATCA's validator stops at a document that breaks it, before any other rule. */
import { parseDecimal } from '../amount.ts'
import { isTime } from './dates.ts'
import { type Breach, error, type Rules } from './rule.ts'
import type { Adjustment, Category, Subject } from './subject.ts'

type Literal = readonly [path: string, value: string | undefined]

const quantities = ({ lines }: Subject): readonly Literal[] =>
  lines.flatMap(({ node, path }): readonly Literal[] => [
    [`${path}/cbc:InvoicedQuantity`, node.invoicedQuantity?.value],
    [`${path}/cac:Price/cbc:BaseQuantity`, node.price?.baseQuantity?.value],
  ])

const percentages = (subject: Subject): readonly Literal[] =>
  everyCategory(subject).map(({ node, path }) => [`${path}/cbc:Percent`, node.percent])

const everyAdjustment = ({ adjustments, lines }: Subject): readonly Adjustment[] => [
  ...adjustments,
  ...lines.flatMap((line) => [...line.adjustments, ...line.priceAdjustments]),
]

const everyCategory = (subject: Subject): readonly Category[] => [
  ...everyAdjustment(subject).flatMap(({ categories }) => categories),
  ...subject.breakdown.flatMap(({ category }) => category ?? []),
  ...subject.lines.flatMap(({ categories, taxTotals }) => [
    ...categories,
    ...taxTotals.flatMap(({ subtotals }) => subtotals.flatMap(({ category }) => category ?? [])),
  ]),
]

const decimals = (subject: Subject): readonly Literal[] => [
  ...subject.amounts.map(({ path, amount }): Literal => [path, amount.value]),
  ...quantities(subject),
  ...percentages(subject),
  ...everyAdjustment(subject).map(
    ({ node, path }): Literal => [`${path}/cbc:MultiplierFactorNumeric`, node.multiplierFactorNumeric],
  ),
  ['/Invoice/cac:TaxExchangeRate/cbc:CalculationRate', subject.invoice.taxExchangeRate?.calculationRate],
]

const notDecimal = (subject: Subject): readonly Breach[] =>
  decimals(subject)
    .filter(([, value]) => value !== undefined && parseDecimal(value) === undefined)
    .map(([path, value]) => ({ path, params: { actual: value ?? '', expected: 'decimal' } }))

const notTime = ({ invoice }: Subject): readonly Breach[] =>
  invoice.issueTime === undefined || isTime(invoice.issueTime)
    ? []
    : [{ path: '/Invoice/cbc:IssueTime', params: { actual: invoice.issueTime, expected: 'time' } }]

const withoutCurrency = ({ amounts }: Subject): readonly Breach[] =>
  amounts
    .filter(({ amount }) => amount.currencyID === undefined)
    .map(({ path }) => ({ path: `${path}/@currencyID`, params: { actual: '', expected: 'currency' } }))

export const structureRules = {
  XSD: error((subject) => [...notDecimal(subject), ...notTime(subject), ...withoutCurrency(subject)]),
} satisfies Rules
