/**
 * Arithmetic as the stylesheets do it in a few rules: in binary doubles, printed with two decimals.
 *
 * Everywhere else money is an exact decimal. Here an exact answer would be the wrong one: 50 % of 1.15 is 0.575, which these
 * rules see as 0.57499 and round to 0.57; an invoice that says 0.58 is warned by ZATCA and has to be warned here.
 */
import { type Decimal, parseDecimal } from '../amount.ts'
import { isDecimal } from './text.ts'

/** The double that XPath makes of a literal; NaN when absent or no number. */
export const double = (literal: string | undefined): number => (isDecimal(literal) ? Number(literal) : Number.NaN)

/** An exact value in hundredths, halves to the even neighbour (XPath `format-number` with two decimals). */
export const evenHundredths = ({ units, scale }: Decimal): bigint => {
  if (scale <= 2) return units * 10n ** BigInt(2 - scale)
  const divisor = 10n ** BigInt(scale - 2)
  const magnitude = units < 0n ? -units : units
  const quotient = magnitude / divisor
  const twice = (magnitude % divisor) * 2n
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n)
  const rounded = up ? quotient + 1n : quotient
  return units < 0n ? -rounded : rounded
}

/** The same for a double, by its shortest decimal form; undefined for NaN. */
export const hundredths = (value: number): number | undefined => {
  const nearest = Math.round(value * 100)
  // Away from halves the shortest form cannot matter.
  if (Math.abs(value * 100 - nearest) < 0.49 && Math.abs(nearest) < Number.MAX_SAFE_INTEGER) return nearest || 0
  const exact = Number.isFinite(value) ? parseDecimal(plain(value)) : undefined
  return exact && Number(evenHundredths(exact))
}

/** Without an exponent; far below a hundredth nothing is left to print. */
const plain = (value: number): string => (/e/.test(String(value)) ? value.toFixed(20) : String(value))

/** XPath `round(x * 100) div 100`. */
export const toCents = (value: number): number => Math.round(value * 100) / 100
