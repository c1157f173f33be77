/** Exact decimals on bigint: every sum of money, quantity, price and rate is computed here and never as a JavaScript number. */

/** The value is `units / 10^scale`. Equal values may have different scales (`1.5` and `1.50`): compare with `equals`. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

export const zero: Decimal = { units: 0n, scale: 0 }

/** The lexical form of xs:decimal: no exponent, no thousands; a leading or trailing point is allowed (`.5`, `5.`). */
const literal = /^[ \t\r\n]*([+-]?)(\d*)(?:\.(\d*))?[ \t\r\n]*$/

/** No sum of money needs more, and a number of a million digits would stop the program. */
const longestLiteral = 200

/** The value of a decimal literal as XML may write it (`285`, `00.0`, `-0.01`, ` .5 `), or undefined when it is none or endless. */
export const parseDecimal = (text: string): Decimal | undefined => {
  if (text.length > longestLiteral) return undefined
  const [, sign, whole = '', fraction = ''] = literal.exec(text) ?? []
  if (sign === undefined || (whole === '' && fraction === '')) return undefined
  const units = BigInt(whole + fraction)
  return { units: sign === '-' ? -units : units, scale: fraction.length }
}

/** The same for text that has been checked before; anything else is a mistake of the program. */
export const decimal = (text: string): Decimal => {
  const value = parseDecimal(text)
  if (value === undefined) throw new RangeError('not a decimal number')
  return value
}

const powers: bigint[] = [1n]

/** 10 to the power of `exponent`, computed once. */
const power = (exponent: number): bigint => {
  for (let next = powers.length; next <= exponent; next += 1) powers.push(10n ** BigInt(next))
  return powers[exponent] ?? 10n ** BigInt(exponent)
}

/** The units of a value on a scale that is at least its own. */
const unitsAt = (value: Decimal, scale: number): bigint =>
  value.scale === scale ? value.units : value.units * power(scale - value.scale)

/** Integer quotient rounded half up, away from zero. */
const quotient = (dividend: bigint, divisor: bigint): bigint => {
  const negative = dividend < 0n !== divisor < 0n
  const top = dividend < 0n ? -dividend : dividend
  const bottom = divisor < 0n ? -divisor : divisor
  const rounded = (top * 2n + bottom) / (bottom * 2n)
  return negative ? -rounded : rounded
}

export const add = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale)
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale }
}

export const negate = (value: Decimal): Decimal => ({ units: -value.units, scale: value.scale })

export const subtract = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale)
  return { units: unitsAt(a, scale) - unitsAt(b, scale), scale }
}

export const multiply = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, scale: a.scale + b.scale })

/** Quotient with `scale` decimals, rounded half up; dividing by zero throws a RangeError. */
export const divide = (a: Decimal, b: Decimal, scale: number): Decimal => {
  const shift = scale + b.scale - a.scale
  const units = shift >= 0 ? quotient(a.units * power(shift), b.units) : quotient(a.units, b.units * power(-shift))
  return { units, scale }
}

/** To `scale` decimals, half up away from zero (spec C10: 0.125 -> 0.13, -0.125 -> -0.13). Pads when there are fewer. */
export const round = (value: Decimal, scale = 2): Decimal =>
  value.scale <= scale
    ? { units: unitsAt(value, scale), scale }
    : { units: quotient(value.units, power(value.scale - scale)), scale }

/** Negative, zero or positive, as for `Array.prototype.sort`. */
export const compare = (a: Decimal, b: Decimal): -1 | 0 | 1 => {
  const scale = Math.max(a.scale, b.scale)
  const left = unitsAt(a, scale)
  const right = unitsAt(b, scale)
  if (left === right) return 0
  return left < right ? -1 : 1
}

export const equals = (a: Decimal, b: Decimal): boolean => compare(a, b) === 0

export const isNegative = (value: Decimal): boolean => value.units < 0n

export const isZero = (value: Decimal): boolean => value.units === 0n

export const absolute = (value: Decimal): Decimal => (isNegative(value) ? negate(value) : value)

export const sum = (values: Iterable<Decimal>): Decimal => {
  let total = zero
  for (const value of values) total = add(total, value)
  return total
}

/** The same value on the smallest scale: `8.6000` becomes `8.6`. */
export const trim = (value: Decimal): Decimal => {
  let { units, scale } = value
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n
    scale -= 1
  }
  return { units, scale }
}

/** All digits of the value, padded to at least `minimumFractionDigits`. */
export const format = (value: Decimal, minimumFractionDigits = 2): string => {
  const scale = Math.max(value.scale, minimumFractionDigits)
  const units = unitsAt(value, scale)
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const text = scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`
  return units < 0n ? `-${text}` : text
}

/** An amount as it is printed: rounded to exactly two decimals. */
export const money = (value: Decimal): string => format(round(value, 2))
