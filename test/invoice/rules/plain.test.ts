/** Whole numbers instead of decimals: wherever `plain.ts` answers, it says what `amount.ts` says, and the rules that use it judge alike. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, type Decimal, equals, parseDecimal, subtract, sum, zero } from '#core/invoice/amount.ts'
import type { Amount, Invoice, InvoiceLine } from '#core/invoice/document.ts'
import { judge, type RuleId } from '#core/invoice/rules/index.ts'
import { count, emptySum, scaled, totalOf, unitsOf } from '#core/invoice/rules/plain.ts'

/** Anything that might be taken for a number. */
const scribble = fc.string({ unit: fc.constantFrom(...'0123456789.- +e٣'), maxLength: 20 })

const literalOf = (units: bigint, decimals: number): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const text = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return units < 0n ? `-${text}` : text
}

/** Well-formed numbers on both sides of what a safe integer holds. */
const literal = (max: bigint, decimals = 6): fc.Arbitrary<string> =>
  fc.tuple(fc.bigInt({ min: 0n, max }), fc.nat(decimals)).map(([units, scale]) => literalOf(units, scale))

const usual = literal(10n ** 7n, 3)
const huge = literal(10n ** 19n)
/** The largest number of halalas that a safe integer holds: the next one must not be lost. */
const brink = fc.constantFrom('90071992547409.91', '90071992547409.9', '0.01', '0.02')
const amount = fc.oneof(usual, huge, brink, scribble)

test('a plain literal reads as the exact value in the asked unit, anything else as NaN', () => {
  fc.assert(
    fc.property(amount, fc.nat(9), (text, decimals) => {
      const units = scaled(text, decimals)
      if (Number.isNaN(units)) return
      expect(Number.isSafeInteger(units)).toBe(true)
      expect(parseDecimal(text)).toSatisfy((value: Decimal) => equals(value, { units: BigInt(units), scale: decimals }))
    }),
    { numRuns: 2000 },
  )
})

test('what people write is plain', () => {
  fc.assert(
    fc.property(usual, (text) => {
      expect([scaled(text, 3), unitsOf(text)].some(Number.isNaN)).toBe(false)
    }),
  )
})

test.each(['', '.', '5.', '.5', '-1', '+1', ' 1', '1,5', '1e3', '٣', '1.2.3', '9007199254740993', '0'.repeat(300)])(
  '%j is left to the decimals',
  (text) => {
    expect([scaled(text, 2), unitsOf(text)]).toEqual([Number.NaN, Number.NaN])
  },
)

test('a running sum of any amounts is their exact sum', () => {
  const entry = fc.record({ value: amount, sign: fc.constantFrom<1 | -1>(1, -1) })
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
      const running = emptySum()
      for (const { value, sign } of entries) count(running, { value }, sign)
      const exact = entries.map(({ value, sign }) => (sign === 1 ? add : subtract)(zero, parseDecimal(value) ?? zero))
      expect(equals(totalOf(running), sum(exact))).toBe(true)
    }),
  )
})

const sar = (value: string): Amount => ({ value, currencyID: 'SAR' })

const breaks = (rule: RuleId, line: InvoiceLine): boolean => {
  const invoice: Invoice = { documentCurrencyCode: 'SAR', invoiceLine: [line] }
  return judge(invoice, { now: '2026-01-01T00:00:00', stage: 'draft' }).some((violation) => violation.rule === rule)
}

/** A literal with at most `decimals` decimals in units of 10^-`decimals`. */
const unitsAt = (text: string, decimals: number): bigint => {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(decimals, '0'))
}

/** Half up, away from zero. */
const rounded = (dividend: bigint, divisor: bigint): bigint =>
  (dividend < 0n ? -1n : 1n) * (((dividend < 0n ? -dividend : dividend) * 2n + divisor) / (2n * divisor))

const nearby = fc.bigInt({ min: -3n, max: 3n })

test('BR-KSA-EN16931-11: a line is judged as fractions of bigints judge it, one halala either way included', () => {
  const number = fc.oneof(usual, literal(10n ** 12n))
  const adjustment = fc.record({ units: fc.bigInt({ min: 0n, max: 10n ** 6n }), charge: fc.boolean() })
  const base = fc.option(fc.constantFrom('1', '3', '7', '10', '12.5', '0.3'), { nil: undefined })
  const line = fc.record({ quantity: number, price: number, base, adjustments: fc.array(adjustment, { maxLength: 2 }) })
  fc.assert(
    fc.property(line, nearby, ({ quantity, price, base, adjustments }, off) => {
      // The price for one unit has 18 decimals, the product is cut to thousandths.
      const perUnit = rounded(unitsAt(price, 6) * 10n ** 18n, unitsAt(base ?? '1', 6))
      let thousandths = (unitsAt(quantity, 6) * perUnit) / 10n ** 21n
      for (const { units, charge } of adjustments) thousandths += charge ? units : -units
      const net = rounded(thousandths, 10n) + off
      const judged = breaks('BR-KSA-EN16931-11', {
        invoicedQuantity: { value: quantity },
        lineExtensionAmount: sar(literalOf(net, 2)),
        allowanceCharge: adjustments.map(({ units, charge }) => ({
          chargeIndicator: String(charge),
          amount: sar(literalOf(units, 3)),
        })),
        price: { priceAmount: sar(price), ...(base !== undefined && { baseQuantity: { value: base } }) },
      })
      expect(judged).toBe(off < -1n || off > 1n)
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['halves go up', { quantity: '1', price: '0.125' }, ['0.12', '0.13', '0.14'], ['0.11', '0.15']],
  ['what is below a thousandth is cut', { quantity: '1', price: '0.1249' }, ['0.11', '0.13'], ['0.10', '0.14']],
  ['below zero halves go down', { quantity: '1', price: '0.005', allowance: '0.01' }, ['-0.02', '0.00'], ['0.01']],
  ['a third is rounded', { quantity: '3', price: '1.105', base: '3' }, ['1.09', '1.11'], ['1.08', '1.12']],
])('BR-KSA-EN16931-11: %s', (_rule, { quantity, price, ...parts }, fitting, breaking) => {
  const judged = (net: string): boolean =>
    breaks('BR-KSA-EN16931-11', {
      invoicedQuantity: { value: quantity },
      lineExtensionAmount: sar(net),
      ...('allowance' in parts && { allowanceCharge: [{ chargeIndicator: 'false', amount: sar(parts.allowance) }] }),
      price: { priceAmount: sar(price), ...('base' in parts && { baseQuantity: { value: parts.base } }) },
    })
  expect(fitting.map(judged)).not.toContain(true)
  expect(breaking.map(judged)).not.toContain(false)
})

test('BR-KSA-51: the total of a line is net and VAT to the halala', () => {
  const halalas = fc.bigInt({ min: 0n, max: 10n ** 11n })
  fc.assert(
    fc.property(halalas, halalas, nearby, (net, vat, off) => {
      const judged = breaks('BR-KSA-51', {
        lineExtensionAmount: sar(literalOf(net, 2)),
        taxTotal: [{ taxAmount: sar(literalOf(vat, 2)), roundingAmount: sar(literalOf(net + vat + off, 2)) }],
      })
      expect(judged).toBe(off !== 0n)
    }),
  )
})

test('BR-KSA-EN16931-07: the price is the one before the discount minus the discount, to the last decimal', () => {
  const millionths = fc.bigInt({ min: 0n, max: 10n ** 17n })
  fc.assert(
    fc.property(millionths, millionths, nearby, (price, discount, off) => {
      const judged = breaks('BR-KSA-EN16931-07', {
        price: {
          priceAmount: sar(literalOf(price + off, 6)),
          allowanceCharge: [{ amount: sar(literalOf(discount, 6)), baseAmount: sar(literalOf(price + discount, 6)) }],
        },
      })
      expect(judged).toBe(off !== 0n)
    }),
  )
})
