/** Percentages: what we complete from them is what ZATCA's validator computes in doubles (BR-KSA-EN16931-03), whatever is typed. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { completeDraft } from '#core/invoice/complete.ts'
import type { Draft, DraftAdjustment } from '#core/invoice/draft.ts'
import { judge } from '#core/invoice/rules/index.ts'

const literal = (max: number): fc.Arbitrary<string> =>
  fc.maxSafeNat().map((number) => {
    const units = String(number % (max * 100)).padStart(3, '0')
    return `${units.slice(0, -2)}.${units.slice(-2)}`
  })

/** Cents and hundreds of millions alike; above 10^11 riyals doubles are too coarse to tell one halala from the next. */
const money = fc.oneof(literal(10), literal(10_000), literal(10 ** 9))
const percentage = (max: number, ...usual: string[]) => fc.oneof(literal(max), fc.constantFrom(...usual))

/** Three of them leave something over: a sum below zero has no percentage that ZATCA would read. */
const allowance: fc.Arbitrary<DraftAdjustment> = fc.record({
  percent: percentage(30, '12.5', '2.50', '0.5', '20'),
  reason: fc.constant('خصم'),
})
const charge: fc.Arbitrary<DraftAdjustment> = fc.record(
  {
    percent: percentage(100, '50', '2.50', '0.5', '100'),
    base: money,
    reason: fc.constant('أجور شحن'),
    reasonCode: fc.constant('FC'),
  },
  { requiredKeys: ['percent', 'reason', 'reasonCode'] },
)
const allowances = fc.array(allowance, { maxLength: 3 })
const charges = fc.array(charge, { maxLength: 3 })

const draft: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constant('invoice' as const),
  profile: fc.constant('simplified' as const),
  number: fc.constant('INV-1'),
  pricesIncludeVat: fc.boolean(),
  lines: fc.array(
    fc.record({
      name: fc.constant('صنف متنوع'),
      quantity: fc.constantFrom('1', '3', '0.125'),
      price: money,
      allowances,
      charges,
    }),
    { minLength: 1, maxLength: 3 },
  ),
  allowances,
  charges,
})

test('an amount completed from a percentage never misses the one that the validator computes', () => {
  fc.assert(
    fc.property(draft, (one) => {
      const found = judge(completeDraft(one), { now: '2026-01-01T00:00:00', stage: 'draft' })
      expect(found.filter(({ rule }) => rule === 'BR-KSA-EN16931-03')).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test('half a halala is stated without percentage and base, everything else with them', () => {
  const allowanceOf = (base: string) =>
    completeDraft({
      kind: 'invoice',
      profile: 'simplified',
      number: 'INV-1',
      lines: [{ name: 'صنف متنوع', quantity: '1', price: '100', allowances: [{ percent: '50', base, reason: 'خصم' }] }],
    }).invoiceLine?.[0]?.allowanceCharge?.[0]
  expect(allowanceOf('1.15')).toMatchObject({ amount: { value: '0.58' } })
  expect(allowanceOf('1.15')).not.toHaveProperty('multiplierFactorNumeric')
  expect(allowanceOf('1.16')).toMatchObject({ amount: { value: '0.58' }, baseAmount: { value: '1.16' } })
})
