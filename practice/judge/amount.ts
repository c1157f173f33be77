/** Exact decimals for the judge's sums: integers that count units of 10^-10. */

const DIGITS = 10
const UNIT = 10n ** BigInt(DIGITS)
const FORM = /^-?\d+(\.\d{1,10})?$/

export const CENT = UNIT / 100n

export const isAmount = (text: string): boolean => FORM.test(text.trim())

/** The value of a decimal text; an absent amount ('') counts as zero. Throws on anything else that is no amount. */
export function amount(text: string): bigint {
  if (text === '') return 0n
  if (!isAmount(text)) throw new RangeError('not a decimal amount')
  const [whole = '', fraction = ''] = text.trim().split('.')
  return BigInt(whole + fraction.padEnd(DIGITS, '0'))
}

export const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n)

/** base × rate / 100, rounded half up to cents; both are units of 10^-10. */
export function percentage(base: bigint, rate: bigint): bigint {
  const divisor = UNIT * 100n * CENT
  const product = base * rate
  const half = product < 0n ? -divisor / 2n : divisor / 2n
  return ((product + half) / divisor) * CENT
}

export const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a)
