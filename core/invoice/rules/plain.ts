/**
 * Exact arithmetic on literals as they almost always are: digits, perhaps with a point between them.
 *
 * Such a literal is read as a whole number of some decimal unit (`1234.50` is 123450 halalas), which a safe integer holds exactly:
 * nothing here is ever a fraction. Whatever is written otherwise (a sign, blanks) or is too large reads as NaN, which passes through
 * every sum and fails every comparison, and the rule falls back on the decimals of `amount.ts`.
 */
import { add, type Decimal, parseDecimal, subtract, zero } from '../amount.ts'
import type { Amount } from '../document.ts'

const powers: readonly number[] = Array.from({ length: 16 }, (_, exponent) => Number(`1e${exponent}`))

/** 10 to the power of `exponent`, NaN where a safe integer would not hold it. */
export const power = (exponent: number): number => powers[exponent] ?? Number.NaN

/** The number when it is a whole one that is held exactly, else NaN. */
export const safe = (whole: number): number => (Number.isSafeInteger(whole) ? whole : Number.NaN)

/** As long as a safe integer with a point; longer ones may still be small, but nobody writes them so. */
const longestPlain = 17
const zeroCode = 48
const point = 46

/** Digits after the point, as written. */
export const decimalsOf = (literal: string): number => {
  const at = literal.indexOf('.')
  return at < 0 ? 0 : literal.length - at - 1
}

/** A plain value in units of 10^-`decimals`; NaN when it has more decimals than that, is not plain or absent. */
export const scaled = (literal: string | undefined, decimals: number): number => {
  if (literal === undefined || literal === '' || literal.length > longestPlain) return Number.NaN
  const last = literal.length - 1
  let units = 0
  let pointAt = last
  for (let index = 0; index <= last; index += 1) {
    const code = literal.charCodeAt(index)
    const digit = code - zeroCode
    if (digit >= 0 && digit <= 9) units = units * 10 + digit
    else if (code === point && pointAt === last && index > 0 && index < last) pointAt = index
    else return Number.NaN
  }
  return safe(units * power(decimals - (last - pointAt)))
}

/** The digits as one whole number; NaN unless the literal is plain. */
export const unitsOf = (literal: string): number => scaled(literal, decimalsOf(literal))

/** A plain amount with at most two decimals, in hundredths; else NaN. */
export const halalasOf = (amount: Pick<Amount, 'value'> | undefined): number => scaled(amount?.value, 2)

/** Plain digits with any number of decimals. */
export const isPlain = (literal: string): boolean => !Number.isNaN(unitsOf(literal))

/** A sum in the making: plain amounts as whole halalas, the others exactly. */
export interface RunningSum {
  halalas: number
  rest: Decimal
}

export const emptySum = (): RunningSum => ({ halalas: 0, rest: zero })

/** Adds an amount or takes it away; one that is absent or no number counts as nothing. */
export const count = (sum: RunningSum, amount: Pick<Amount, 'value'> | undefined, sign: 1 | -1 = 1): void => {
  const halalas = sum.halalas + sign * halalasOf(amount)
  if (Number.isSafeInteger(halalas)) sum.halalas = halalas
  else if (amount !== undefined) sum.rest = (sign === 1 ? add : subtract)(sum.rest, parseDecimal(amount.value) ?? zero)
}

export const totalOf = ({ halalas, rest }: RunningSum): Decimal => add(rest, { units: BigInt(halalas), scale: 2 })

export const decimalOf = (amount: Pick<Amount, 'value'> | undefined): Decimal | undefined =>
  amount === undefined ? undefined : parseDecimal(amount.value)
