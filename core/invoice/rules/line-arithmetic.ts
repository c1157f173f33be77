/**
 * How the amounts of a line follow from each other, as the official tests compute it.
 *
 * Each question is first answered with whole numbers (`plain.ts`), which can only say that a line fits; what they do not say is decided
 * with exact decimals or with doubles, as the official test demands.
 */
import { add, type Decimal, divide, equals, isZero, multiply, negate, round, subtract, zero } from '../amount.ts'
import type { AllowanceCharge, InvoiceLine, Price, TaxTotal } from '../document.ts'
import { double, hundredths, toCents } from './floating.ts'
import { decimalOf, decimalsOf, halalasOf, power, safe, scaled, unitsOf } from './plain.ts'
import type { Line } from './subject.ts'

const oneHalala: Decimal = { units: 1n, scale: 2 }
const thousandth = 3

/** Cut, not rounded, to three decimals: the official test does so before it rounds to two. */
const cut = ({ units, scale }: Decimal): Decimal => {
  if (scale <= thousandth) return { units, scale }
  return { units: units / 10n ** BigInt(scale - thousandth), scale: thousandth }
}

/** Quantity x price per unit, or undefined when a part is missing or the price is for zero units. */
const grossOf = ({ node }: Line): Decimal | undefined => {
  const quantity = decimalOf(node.invoicedQuantity)
  const price = decimalOf(node.price?.priceAmount)
  if (quantity === undefined || price === undefined) return undefined
  if (node.price?.baseQuantity === undefined) return multiply(quantity, price)
  const per = decimalOf(node.price.baseQuantity)
  return per === undefined || isZero(per) ? undefined : multiply(quantity, divide(price, per, 18))
}

const adjusted = (line: Line, gross: Decimal): Decimal =>
  line.adjustments.reduce((net, { kind, node }) => {
    if (kind === undefined) return net
    return (kind === 'charge' ? add : subtract)(net, decimalOf(node.amount) ?? zero)
  }, gross)

/** BT-131 = quantity x price / base quantity + charges - allowances, rounded to the halala. */
export const expectedNet = (line: Line): Decimal | undefined => {
  const gross = grossOf(line)
  return gross && round(adjusted(line, cut(gross)))
}

/** Quantity x price / base quantity in thousandths, cut; the quotient of two safe integers is never rounded past a whole number. */
const plainGross = ({ invoicedQuantity, price }: InvoiceLine): number => {
  const quantity = invoicedQuantity?.value ?? ''
  const perBase = price?.priceAmount?.value ?? ''
  const base = price?.baseQuantity?.value ?? '1'
  const excess = decimalsOf(quantity) + decimalsOf(perBase) - decimalsOf(base) - thousandth
  const dividend = safe(unitsOf(quantity) * unitsOf(perBase) * power(Math.max(-excess, 0)))
  return Math.trunc(dividend / safe(unitsOf(base) * power(Math.max(excess, 0))))
}

/** The same as `expectedNet` in halalas; NaN for what is not plain or negative. */
const plainNet = ({ node, adjustments }: Line): number => {
  let net = plainGross(node)
  for (const { kind, node: part } of adjustments) {
    if (kind !== undefined) net = safe(net + scaled(part.amount?.value, thousandth) * (kind === 'charge' ? 1 : -1))
  }
  return net < 0 ? Number.NaN : Math.floor(safe(net + 5) / 10)
}

/** With a base quantity the official price per unit is rounded, so what we expect may itself be a halala off. */
const netFitsPlainly = (line: Line): boolean => {
  const tolerance = line.node.price?.baseQuantity === undefined ? 1 : 0
  return Math.abs(plainNet(line) - halalasOf(line.node.lineExtensionAmount)) <= tolerance
}

/** The stated net amount is the expected one, or exactly one halala off. */
export const netFits = (line: Line): boolean => {
  if (netFitsPlainly(line)) return true
  const expected = expectedNet(line)
  const net = decimalOf(line.node.lineExtensionAmount)
  if (expected === undefined || net === undefined) return false
  return [zero, oneHalala, negate(oneHalala)].some((offset) => equals(net, add(expected, offset)))
}

/** Up to here, in halalas, doubles add up as whole halalas do. */
const doublesAreExact = 1e12

const totalFitsPlainly = ({ taxAmount, roundingAmount }: TaxTotal, { lineExtensionAmount }: InvoiceLine): boolean => {
  const total = halalasOf(roundingAmount)
  return total < doublesAreExact && halalasOf(taxAmount) + halalasOf(lineExtensionAmount) === total
}

/** KSA-12 = BT-131 + KSA-11, in doubles; two unknown sides count as equal. */
export const totalFits = (total: TaxTotal, line: InvoiceLine): boolean => {
  if (totalFitsPlainly(total, line)) return true
  const expected = toCents(double(total.taxAmount?.value) + double(line.lineExtensionAmount?.value))
  return hundredths(double(total.roundingAmount?.value)) === hundredths(expected)
}

/** Price before the discount minus the discount. */
export const afterDiscount = (discount: AllowanceCharge): Decimal | undefined => {
  const before = decimalOf(discount.baseAmount)
  const amount = decimalOf(discount.amount)
  return before && amount && subtract(before, amount)
}

/** As many decimals as plain prices are compared with. */
const priceDecimals = 9

const discountFitsPlainly = ({ amount, baseAmount }: AllowanceCharge, price: Price | undefined): boolean => {
  const before = scaled(baseAmount?.value, priceDecimals)
  return scaled(price?.priceAmount?.value, priceDecimals) + scaled(amount?.value, priceDecimals) === before
}

/** BT-146 = BT-148 - BT-147, to the last decimal. */
export const discountFits = (discount: AllowanceCharge, price: Price | undefined): boolean => {
  if (discountFitsPlainly(discount, price)) return true
  const net = decimalOf(price?.priceAmount)
  const expected = afterDiscount(discount)
  return net !== undefined && expected !== undefined && equals(net, expected)
}
