/** Allowances and charges of document and lines: amounts, percentages, categories and reasons. */
import { compare, type Decimal, parseDecimal, zero } from '../amount.ts'
import { chargeReasons } from '../codes/charge-reasons.ts'
import { double, hundredths } from './floating.ts'
import { joined } from './place.ts'
import { type Breaks, type Check, error, every, type Rules, type Select, silent, warning } from './rule.ts'
import type { Adjustment, Subject } from './subject.ts'
import { blank, filled, normalized, tooManyDecimals } from './text.ts'

type Kind = 'allowance' | 'charge'

const ofDocument = ({ adjustments }: Subject): readonly Adjustment[] => adjustments
const ofLines = ({ lineAdjustments }: Subject): readonly Adjustment[] => lineAdjustments
const all = ({ allAdjustments }: Subject): readonly Adjustment[] => allAdjustments
const withPrices = ({ allAdjustments, priceAdjustments }: Subject): readonly Adjustment[] =>
  joined(allAdjustments, priceAdjustments)

const only = (kind: Kind, parts: Select<Adjustment>) => every(parts, (part) => part.kind === kind)

const documentAllowances = only('allowance', ofDocument)
const documentCharges = only('charge', ofDocument)
const lineCharges = only('charge', ofLines)
const everyAllowance = only('allowance', all)
const everyCharge = only('charge', all)

const noAmount: Breaks<Adjustment> = ({ node }) => node.amount === undefined
const noReasonCode: Breaks<Adjustment> = ({ node }) => blank(node.allowanceChargeReasonCode)
const noReason: Breaks<Adjustment> = ({ node }) => blank(node.allowanceChargeReason?.[0]?.value)
const reasonBelow = 'cbc:AllowanceChargeReason[1]'
const reasonCodeBelow = 'cbc:AllowanceChargeReasonCode'

const hundred: Decimal = { units: 100n, scale: 0 }

const badPercentage: Breaks<Adjustment> = ({ node: { multiplierFactorNumeric: percentage } }) => {
  if (percentage === undefined || percentage === '') return false
  const value = parseDecimal(percentage)
  if (value === undefined || tooManyDecimals(percentage)) return true
  return compare(value, zero) < 0 || compare(value, hundred) > 0
}

const percentage = ({ node }: Adjustment) => ({ actual: node.multiplierFactorNumeric ?? '' })

/** BR-KSA-EN16931-03 in doubles, halves up: what the amount has to be, in hundredths. */
const shareOfBase = ({ node }: Adjustment): number | undefined => {
  const share = (double(node.baseAmount?.value) * double(node.multiplierFactorNumeric)) / 100
  return hundredths(Math.floor(share * 100 + 0.5) / 100)
}

const isNotShareOfBase: Breaks<Adjustment> = (part) =>
  filled(part.node.amount?.value) &&
  filled(part.node.baseAmount?.value) &&
  hundredths(double(part.node.amount?.value)) !== shareOfBase(part)

const shareParams = (part: Adjustment) => {
  const expected = shareOfBase(part)
  return {
    actual: part.node.amount?.value ?? '',
    expected: expected === undefined ? '' : (expected / 100).toFixed(2),
  }
}

const allReasonCodes = ` ${Object.keys(chargeReasons).join(' ')} `

/** Pieces of the list pass, and so does a missing code: the official test looks for the text inside the list. */
const unlistedReason: Breaks<Adjustment> = ({ node }) => !allReasonCodes.includes(node.allowanceChargeReasonCode ?? '')

const lacksVatCategory: Breaks<Adjustment> = ({ categories }) =>
  !categories.some(({ node, vat }) => vat && filled(node.id?.value))

const amountBelow = 'cbc:Amount'
const categoryBelow = 'cac:TaxCategory[1]/cbc:ID'
const factorBelow = 'cbc:MultiplierFactorNumeric'

const indicator: Check = every(withPrices)(
  ({ node, kind }) => node.chargeIndicator !== undefined && kind === undefined,
  'cbc:ChargeIndicator',
  ({ node }) => ({ actual: normalized(node.chargeIndicator) }),
)

export const allowanceRules = {
  'BR-31': error(documentAllowances(noAmount, amountBelow)),
  'BR-32': error(documentAllowances(lacksVatCategory, categoryBelow)),
  'BR-36': warning(documentCharges(noAmount, amountBelow)),
  'BR-37': warning(documentCharges(({ categories }) => !categories.some(({ node }) => node.id), categoryBelow)),
  'BR-41': silent('error', 'an empty template for the same element comes first; the schema demands the amount anyway'),
  'BR-43': warning(lineCharges(noAmount, amountBelow)),
  'BR-KSA-19': warning(documentCharges(noReasonCode, reasonCodeBelow)),
  'BR-KSA-20': warning(lineCharges(noReasonCode, reasonCodeBelow)),
  'BR-KSA-21': warning(documentCharges(noReason, reasonBelow)),
  'BR-KSA-22': warning(lineCharges(noReason, reasonBelow)),
  'BR-KSA-CL-06': warning(
    everyCharge(unlistedReason, reasonCodeBelow, ({ node }) => ({ actual: node.allowanceChargeReasonCode ?? '' })),
  ),
  'BR-KSA-DEC-01': error(everyAllowance(badPercentage, factorBelow, percentage)),
  'BR-KSA-EN16931-03': warning(every(all)(isNotShareOfBase, amountBelow, shareParams)),
  'BR-KSA-EN16931-04': warning(
    every(withPrices)(
      ({ node }) => node.multiplierFactorNumeric !== undefined && node.baseAmount === undefined,
      'cbc:BaseAmount',
    ),
  ),
  'BR-KSA-EN16931-05': warning(
    every(all)(({ node }) => node.baseAmount !== undefined && node.multiplierFactorNumeric === undefined, factorBelow),
  ),
  // Officially the stylesheet stops with an error on such a value; either way ZATCA refuses the document.
  'BR-KSA-F-02': error(indicator),
} satisfies Rules
