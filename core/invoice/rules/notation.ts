/** How amounts are written: no minus sign, at most two decimals where ZATCA says so; one table instead of a rule each. */
import { parseDecimal } from '../amount.ts'
import type { Invoice } from '../document.ts'
import { type Check, document, error, every, type Rules, silent, warning } from './rule.ts'
import type { AmountPart, Subject } from './subject.ts'
import { tooManyDecimals } from './text.ts'

const unusualAmounts = ({ unusualAmounts }: Subject): readonly AmountPart[] => unusualAmounts
const literal = ({ amount }: AmountPart) => ({ actual: amount.value })

/** The amounts of one element wherever it stands. */
const atMostTwo = (element: string): Check =>
  every(unusualAmounts, (part) => part.element === element)(({ amount }) => tooManyDecimals(amount.value), '', literal)

const ofTotals = (name: string): Check => atMostTwo(`cac:LegalMonetaryTotal/cbc:${name}`)

/** Amount or base amount of allowances or of charges. */
const ofAdjustments = (
  kind: 'allowance' | 'charge',
  level: 'document' | 'line',
  name: 'cbc:Amount' | 'cbc:BaseAmount',
): Check =>
  every(
    (subject) => (level === 'document' ? subject.adjustments : subject.lineAdjustments),
    (part) => part.kind === kind,
  )(
    ({ node }) => tooManyDecimals((name === 'cbc:Amount' ? node.amount : node.baseAmount)?.value),
    name,
    ({ node }) => ({ actual: (name === 'cbc:Amount' ? node.amount : node.baseAmount)?.value ?? '' }),
  )

/** BT-110 and BT-111: the VAT totals stated in one of the document's two currencies. */
const vatTotalIn = (currency: (invoice: Invoice) => string | undefined): Check =>
  every(unusualAmounts, ({ element }) => element === 'cac:TaxTotal/cbc:TaxAmount')(
    ({ amount }, { invoice }) => amount.currencyID === currency(invoice) && tooManyDecimals(amount.value),
    '',
    literal,
  )

/** BR-KSA-F-04 passes over the amount due, its rounding, and the net amount and the total with VAT of a line. */
const maybeNegative: ReadonlySet<string> = new Set([
  'cac:LegalMonetaryTotal/cbc:PayableAmount',
  'cac:LegalMonetaryTotal/cbc:PayableRoundingAmount',
  'cac:TaxTotal/cbc:RoundingAmount',
  'cac:InvoiceLine/cbc:LineExtensionAmount',
  'cac:InvoiceLine/cac:TaxTotal/cbc:RoundingAmount',
])

/** Also `-0.00`: to the official validator minus zero is less than zero. */
const belowZero = (value: string | undefined): boolean =>
  value?.includes('-') === true && parseDecimal(value) !== undefined

/** The taxable amount of category O is passed over. */
const isOutOfScope = ({ element, parent }: AmountPart, { breakdown }: Subject): boolean =>
  element === 'cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount' &&
  breakdown.some((row) => row.category?.code === 'O' && row === parent)

const negativeAmounts = every(unusualAmounts)(
  (part, subject) => belowZero(part.amount.value) && !maybeNegative.has(part.element) && !isOutOfScope(part, subject),
  '',
  literal,
)

const negativeQuantities = every((subject) => subject.lines)(
  ({ node }) => belowZero(node.invoicedQuantity?.value),
  'cbc:InvoicedQuantity',
  ({ node }) => ({ actual: node.invoicedQuantity?.value ?? '' }),
)

const negativeExchangeRate = document(
  ({ invoice }) => belowZero(invoice.taxExchangeRate?.calculationRate),
  '/Invoice/cac:TaxExchangeRate/cbc:CalculationRate',
  ({ invoice }) => ({ actual: invoice.taxExchangeRate?.calculationRate ?? '' }),
)

const hidden = 'an empty template for the same element comes first'

export const notationRules = {
  'BR-DEC-01': warning(ofAdjustments('allowance', 'document', 'cbc:Amount')),
  'BR-DEC-02': warning(ofAdjustments('allowance', 'document', 'cbc:BaseAmount')),
  'BR-DEC-05': warning(ofAdjustments('charge', 'document', 'cbc:Amount')),
  'BR-DEC-06': warning(ofAdjustments('charge', 'document', 'cbc:BaseAmount')),
  'BR-DEC-09': warning(ofTotals('LineExtensionAmount')),
  'BR-DEC-10': warning(ofTotals('AllowanceTotalAmount')),
  'BR-DEC-11': warning(ofTotals('ChargeTotalAmount')),
  'BR-DEC-12': warning(ofTotals('TaxExclusiveAmount')),
  'BR-DEC-13': warning(vatTotalIn((invoice) => invoice.documentCurrencyCode)),
  'BR-DEC-14': warning(ofTotals('TaxInclusiveAmount')),
  'BR-DEC-15': warning(vatTotalIn((invoice) => invoice.taxCurrencyCode)),
  'BR-DEC-16': warning(ofTotals('PrepaidAmount')),
  'BR-DEC-17': warning(ofTotals('PayableRoundingAmount')),
  'BR-DEC-18': warning(ofTotals('PayableAmount')),
  'BR-DEC-19': warning(atMostTwo('cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount')),
  'BR-DEC-20': warning(atMostTwo('cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount')),
  'BR-DEC-23': warning(atMostTwo('cac:InvoiceLine/cbc:LineExtensionAmount')),
  'BR-DEC-24': silent('warning', hidden),
  'BR-DEC-25': silent('warning', hidden),
  'BR-DEC-27': warning(ofAdjustments('charge', 'line', 'cbc:Amount')),
  'BR-DEC-28': warning(ofAdjustments('charge', 'line', 'cbc:BaseAmount')),
  'BR-KSA-DEC-03': warning(atMostTwo('cac:InvoiceLine/cac:TaxTotal/cbc:TaxAmount')),
  'BR-KSA-DEC-04': warning(atMostTwo('cac:InvoiceLine/cac:TaxTotal/cbc:RoundingAmount')),
  'BR-KSA-F-04': error((subject) => [
    ...negativeAmounts(subject),
    ...negativeQuantities(subject),
    ...negativeExchangeRate(subject),
  ]),
} satisfies Rules
