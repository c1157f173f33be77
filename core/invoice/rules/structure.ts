/** What the UBL schema demands of literals: ZATCA's validator stops at a document that breaks it, before any other rule. */
import { lineAdjustments, onEverythingTaxed, onLineAdjustments } from './categories.ts'
import { isTime } from './dates.ts'
import { type Breach, error, type Rules } from './rule.ts'
import type { Subject } from './subject.ts'
import { isDecimal } from './text.ts'

const malformed = (literal: string | undefined): boolean => literal !== undefined && !isDecimal(literal)

const notA = (expected: 'decimal' | 'time' | 'currency', path: string, actual = ''): Breach => ({
  path,
  params: { actual, expected },
})

const amounts = (subject: Subject): readonly Breach[] =>
  subject.amounts
    .filter(({ amount }) => malformed(amount.value))
    .map(({ path, amount }) => notA('decimal', path, amount.value))

const withoutCurrency = (subject: Subject): readonly Breach[] =>
  subject.amounts
    .filter(({ amount }) => amount.currencyID === undefined)
    .map(({ path }) => notA('currency', `${path}/@currencyID`))

const rates = (subject: Subject): readonly Breach[] =>
  [...onEverythingTaxed(subject), ...onLineAdjustments(subject)]
    .filter(({ node }) => malformed(node.percent))
    .map(({ node, path }) => notA('decimal', `${path}/cbc:Percent`, node.percent))

const multipliers = (subject: Subject): readonly Breach[] =>
  [...subject.adjustments, ...lineAdjustments(subject)]
    .filter(({ node }) => malformed(node.multiplierFactorNumeric))
    .map(({ node, path }) => notA('decimal', `${path}/cbc:MultiplierFactorNumeric`, node.multiplierFactorNumeric))

const quantities = ({ lines }: Subject): readonly Breach[] =>
  lines.flatMap(({ node, path }) => [
    ...(malformed(node.invoicedQuantity?.value)
      ? [notA('decimal', `${path}/cbc:InvoicedQuantity`, node.invoicedQuantity?.value)]
      : []),
    ...(malformed(node.price?.baseQuantity?.value)
      ? [notA('decimal', `${path}/cac:Price/cbc:BaseQuantity`, node.price?.baseQuantity?.value)]
      : []),
  ])

const exchangeRate = ({ invoice }: Subject): readonly Breach[] => {
  const rate = invoice.taxExchangeRate?.calculationRate
  return malformed(rate) ? [notA('decimal', '/Invoice/cac:TaxExchangeRate/cbc:CalculationRate', rate)] : []
}

const issueTime = ({ invoice }: Subject): readonly Breach[] =>
  invoice.issueTime === undefined || isTime(invoice.issueTime)
    ? []
    : [notA('time', '/Invoice/cbc:IssueTime', invoice.issueTime)]

const demands = [amounts, withoutCurrency, rates, multipliers, quantities, exchangeRate, issueTime]

export const structureRules = {
  XSD: error((subject) => demands.flatMap((demand) => demand(subject))),
} satisfies Rules
