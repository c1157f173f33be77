/** A VAT rate with the answers to everything that rules ask of it. */
import { compare, type Decimal, equals, isZero, parseDecimal, zero } from '../amount.ts'
import { tooManyDecimals } from './text.ts'

export interface Rate {
  /** Undefined when no rate is stated or it is no number */
  readonly value: Decimal | undefined
  readonly isZero: boolean
  readonly isPositive: boolean
  /** 5 or 15 percent; 15.99 passes for 15: the official test cuts the rate down to a whole number. */
  readonly isStandard: boolean
  /** From 0 to 100 with at most two decimals (BR-KSA-DEC-02) */
  readonly isPercentage: boolean
}

const whole = (units: bigint): Decimal => ({ units, scale: 0 })
const five = whole(5n)
const fifteen = whole(15n)
const sixteen = whole(16n)
const hundred = whole(100n)

const noRate: Rate = { value: undefined, isZero: false, isPositive: false, isStandard: false, isPercentage: false }

const read = (percent: string): Rate => {
  const value = parseDecimal(percent)
  if (value === undefined) return noRate
  return {
    value,
    isZero: isZero(value),
    isPositive: compare(value, zero) > 0,
    isStandard: equals(value, five) || (compare(value, fifteen) >= 0 && compare(value, sixteen) < 0),
    isPercentage: compare(value, zero) >= 0 && compare(value, hundred) <= 0 && !tooManyDecimals(percent),
  }
}

/** The rates that the law knows, as people write them: read once, not once for every line. */
const usual: ReadonlyMap<string, Rate> = new Map(
  ['0', '0.0', '0.00', '5', '5.0', '5.00', '15', '15.0', '15.00'].map((percent) => [percent, read(percent)]),
)

export const rateOf = (percent: string | undefined): Rate =>
  percent === undefined ? noRate : (usual.get(percent) ?? read(percent))
