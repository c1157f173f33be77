/** Exact decimals: literals, rounding and the laws of arithmetic, against hand-computed values and a second, scaled-integer reading. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  absolute,
  add,
  compare,
  decimal,
  divide,
  equals,
  format,
  isNegative,
  isZero,
  money,
  multiply,
  negate,
  parseDecimal,
  round,
  subtract,
  sum,
  zero,
} from '#core/invoice/amount.ts'

describe('literals', () => {
  test.each([
    ['285', '285.00'],
    ['00.0', '0.00'],
    ['-0.01', '-0.01'],
    ['.5', '0.50'],
    ['5.', '5.00'],
    ['+7', '7.00'],
    [' \n12.345\t', '12.345'],
    ['-0', '0.00'],
    ['99999999999999999999.01', '99999999999999999999.01'],
  ])('reads %j as %s', (text, printed) => {
    expect(format(decimal(text))).toBe(printed)
  })

  test.each(['', ' ', '.', '-', '1e3', '1,000', '1 0', '--1', '0x10', 'NaN', '١٢', '1.2.3', '\u00a01'])(
    'refuses %j',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined()
      expect(() => decimal(text)).toThrow(RangeError)
    },
  )

  test('keeps more decimals than asked for, and can print none', () => {
    expect(format(decimal('0.333333'))).toBe('0.333333')
    expect(format(decimal('12'), 0)).toBe('12')
    expect(format(decimal('12.5'), 0)).toBe('12.5')
  })
})

describe('rounding', () => {
  test.each([
    ['0.125', '0.13'],
    ['-0.125', '-0.13'],
    ['0.124999', '0.12'],
    ['1.005', '1.01'],
    ['2.675', '2.68'],
    ['0.045', '0.05'],
    ['-0.004', '0.00'],
    ['130.4355', '130.44'],
    ['7', '7.00'],
  ])('%s becomes %s', (text, printed) => {
    expect(money(decimal(text))).toBe(printed)
  })

  test('division rounds half up on the last decimal asked for', () => {
    expect(format(divide(decimal('1000'), decimal('1.15'), 2))).toBe('869.57')
    expect(format(divide(decimal('1'), decimal('3'), 6))).toBe('0.333333')
    expect(format(divide(decimal('-1'), decimal('8'), 2))).toBe('-0.13')
    expect(format(divide(decimal('1'), decimal('-8'), 2))).toBe('-0.13')
    expect(format(divide(decimal('0.123456'), decimal('1'), 2))).toBe('0.12')
    expect(() => divide(decimal('1'), zero, 2)).toThrow(RangeError)
  })
})

test('hand-computed sums', () => {
  expect(money(multiply(decimal('3'), decimal('10.10')))).toBe('30.30')
  expect(money(subtract(multiply(decimal('3'), decimal('33.33')), decimal('9.99')))).toBe('90.00')
  expect(money(sum(['0.1', '0.2', '-0.3'].map(decimal)))).toBe('0.00')
  expect(format(sum([]))).toBe('0.00')
  expect([compare(decimal('1.5'), decimal('1.50')), compare(decimal('-1'), zero), compare(decimal('2'), zero)]).toEqual(
    [0, -1, 1],
  )
  expect([isNegative(decimal('-0')), isNegative(decimal('-0.01')), isZero(decimal('0.000'))]).toEqual([
    false,
    true,
    true,
  ])
  expect(format(absolute(decimal('-3')))).toBe('3.00')
})

const anyDecimal = fc.record({ units: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), scale: fc.nat(9) })
/** The value as a whole number of 10^-18, computed without the code under test. */
const scaled = (value: { units: bigint; scale: number }, places = 18) =>
  value.units * 10n ** BigInt(places - value.scale)

test('arithmetic agrees with scaled integers', () => {
  fc.assert(
    fc.property(anyDecimal, anyDecimal, (a, b) => {
      expect(scaled(add(a, b))).toBe(scaled(a) + scaled(b))
      expect(scaled(subtract(a, b))).toBe(scaled(a) - scaled(b))
      expect(scaled(multiply(a, b), 36)).toBe(scaled(a) * scaled(b))
      expect(equals(add(a, negate(a)), zero)).toBe(true)
      expect(Math.sign(compare(a, b))).toBe(scaled(a) < scaled(b) ? -1 : scaled(a) > scaled(b) ? 1 : 0)
    }),
  )
})

test('rounding never moves a value by more than half a unit, and ties go away from zero', () => {
  fc.assert(
    fc.property(anyDecimal, fc.nat(6), (value, scale) => {
      const rounded = round(value, scale)
      const moved = scaled(absolute(rounded)) - scaled(absolute(value))
      const half = 10n ** BigInt(18 - scale) / 2n
      expect(moved > -half && moved <= half).toBe(true)
      expect(rounded.scale).toBe(scale)
    }),
  )
})

test('what is printed reads back as the same value', () => {
  fc.assert(fc.property(anyDecimal, (value) => equals(decimal(format(value)), value)))
})
