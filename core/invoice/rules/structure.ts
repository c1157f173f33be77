/** What the UBL schema demands of literals: ZATCA's validator stops at a document that breaks it, before any other rule. */
import { everywhere } from './categories.ts'
import { isTime } from './dates.ts'
import { collect, joined, type Place, pathBelow, root } from './place.ts'
import { type Breach, type Check, error, every, none, type Params, type Rules } from './rule.ts'
import type { Line, Subject } from './subject.ts'
import { isDecimal } from './text.ts'

const malformed = (literal: string | undefined): boolean => literal !== undefined && !isDecimal(literal)

const notA = (expected: 'decimal' | 'time' | 'currency', actual = ''): Params => ({ actual, expected })

const notDecimal = (literal: string | undefined, parent: Place, below: string): readonly Breach[] =>
  malformed(literal) ? [{ path: pathBelow(parent, below), params: notA('decimal', literal) }] : none

const unusualAmounts = every((subject) => subject.unusualAmounts)

const amounts = unusualAmounts(
  ({ amount }) => malformed(amount.value),
  '',
  ({ amount }) => notA('decimal', amount.value),
)

const currencies = unusualAmounts(
  ({ amount }) => amount.currencyID === undefined,
  '@currencyID',
  () => notA('currency'),
)

const rates = every(everywhere)(
  ({ node, rate }) => node.percent !== undefined && rate.value === undefined,
  'cbc:Percent',
  ({ node }) => notA('decimal', node.percent),
)

const multipliers = every((subject) => joined(subject.adjustments, subject.adjustmentsBelowLines))(
  ({ node }) => malformed(node.multiplierFactorNumeric),
  'cbc:MultiplierFactorNumeric',
  ({ node }) => notA('decimal', node.multiplierFactorNumeric),
)

const quantitiesOf = (line: Line): readonly Breach[] =>
  joined(
    notDecimal(line.node.invoicedQuantity?.value, line, 'cbc:InvoicedQuantity'),
    notDecimal(line.node.price?.baseQuantity?.value, line, 'cac:Price/cbc:BaseQuantity'),
  )

const quantities: Check = ({ lines }) => collect(lines, quantitiesOf)

const exchangeRate: Check = ({ invoice }) =>
  notDecimal(invoice.taxExchangeRate?.calculationRate, root, 'cac:TaxExchangeRate/cbc:CalculationRate')

const issueTime = ({ invoice }: Subject): readonly Breach[] =>
  invoice.issueTime === undefined || isTime(invoice.issueTime)
    ? none
    : [{ path: '/Invoice/cbc:IssueTime', params: notA('time', invoice.issueTime) }]

const demands = [amounts, currencies, rates, multipliers, quantities, exchangeRate, issueTime]

export const structureRules = {
  XSD: error((subject) => collect(demands, (demand) => demand(subject))),
} satisfies Rules
