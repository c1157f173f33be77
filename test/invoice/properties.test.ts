/** What must hold for every completed draft, judged with a second arithmetic: whole halalas and fractions of bigints. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { completeDraft } from '#core/invoice/complete.ts'
import type { Amount, Invoice, InvoiceLine, TaxCategory } from '#core/invoice/document.ts'
import type { Draft, DraftVat } from '#core/invoice/draft.ts'
import { draftTotals } from '#core/invoice/draft-totals.ts'
import { splitProRata } from '#core/invoice/pro-rata.ts'
import { anyDraft } from './arbitrary-draft.ts'

/** Halalas of an amount, which must be written with exactly two decimals. */
const halalas = (amount: Amount | undefined): bigint => {
  expect(amount?.value).toMatch(/^-?\d+\.\d\d$/)
  return BigInt((amount?.value ?? '').replace('.', ''))
}

/** A decimal literal as a fraction over a power of ten. */
const fraction = (literal: string): readonly [bigint, bigint] => {
  const [whole = '', decimals = ''] = literal.split('.')
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)]
}

/** Half up, away from zero. */
const rounded = (dividend: bigint, divisor: bigint): bigint => {
  const magnitude = dividend < 0n ? -dividend : dividend
  const result = (2n * magnitude + divisor) / (2n * divisor)
  return dividend < 0n ? -result : result
}

/** Halalas as a literal with two decimals. */
const literalOf = (units: number): string => `${Math.floor(units / 100)}.${String(units % 100).padStart(2, '0')}`

const total = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n)

const percentOf = (base: bigint, percent: string): bigint => {
  const [dividend, divisor] = fraction(percent)
  return rounded(base * dividend, divisor * 100n)
}

const amountsOf = (adjustments: Invoice['allowanceCharge'], charges: boolean): bigint =>
  total(
    (adjustments ?? [])
      .filter(({ chargeIndicator }) => chargeIndicator === String(charges))
      .map(({ amount }) => halalas(amount)),
  )

const isPrepayment = (line: InvoiceLine): boolean => line.documentReference !== undefined

const holds = (check: (invoice: Invoice, draft: Draft) => void): void =>
  fc.assert(
    fc.property(anyDraft, (draft) => check(completeDraft(draft), draft)),
    { numRuns: 200 },
  )

test('BR-CO-10 to BR-CO-16: every total is the sum it claims to be', () => {
  holds((invoice) => {
    const sums = invoice.legalMonetaryTotal
    const lines = total((invoice.invoiceLine ?? []).map((line) => halalas(line.lineExtensionAmount)))
    const allowances = amountsOf(invoice.allowanceCharge, false)
    const charges = amountsOf(invoice.allowanceCharge, true)
    const vat = total((invoice.taxTotal?.[1]?.taxSubtotal ?? []).map(({ taxAmount }) => halalas(taxAmount)))
    const rounding = sums?.payableRoundingAmount ? halalas(sums.payableRoundingAmount) : 0n
    expect(halalas(sums?.lineExtensionAmount)).toBe(lines)
    expect(halalas(sums?.allowanceTotalAmount)).toBe(allowances)
    expect(sums?.chargeTotalAmount ? halalas(sums.chargeTotalAmount) : 0n).toBe(charges)
    expect(halalas(sums?.taxExclusiveAmount)).toBe(lines - allowances + charges)
    expect(invoice.taxTotal?.map(({ taxAmount }) => halalas(taxAmount))).toEqual([vat, vat])
    expect(halalas(sums?.taxInclusiveAmount)).toBe(lines - allowances + charges + vat)
    expect(halalas(sums?.payableAmount)).toBe(
      halalas(sums?.taxInclusiveAmount) - halalas(sums?.prepaidAmount) + rounding,
    )
  })
})

test('BR-S/Z/E/O-08, -09: each subtotal is its lines, allowances and charges, and its VAT that sum times the rate', () => {
  const keyOf = (category: TaxCategory | undefined) => `${category?.id?.value} ${category?.percent}`
  holds((invoice) => {
    const expected = new Map<string, bigint>()
    const count = (category: TaxCategory | undefined, value: bigint) =>
      expected.set(keyOf(category), (expected.get(keyOf(category)) ?? 0n) + value)
    for (const line of (invoice.invoiceLine ?? []).filter((line) => !isPrepayment(line)))
      count(line.item?.classifiedTaxCategory?.[0], halalas(line.lineExtensionAmount))
    for (const { chargeIndicator, amount, taxCategory } of invoice.allowanceCharge ?? [])
      count(taxCategory?.[0], chargeIndicator === 'true' ? halalas(amount) : -halalas(amount))
    const subtotals = invoice.taxTotal?.[1]?.taxSubtotal ?? []
    expect(new Map(subtotals.map((one) => [keyOf(one.taxCategory), halalas(one.taxableAmount)]))).toEqual(expected)
    expect(subtotals).toHaveLength(expected.size)
    for (const { taxableAmount, taxAmount, taxCategory } of subtotals)
      expect(halalas(taxAmount)).toBe(percentOf(halalas(taxableAmount), taxCategory?.percent ?? ''))
  })
})

test('BR-KSA-EN16931-11 and BR-KSA-51: a line is quantity x price / base + charges - allowances, and its VAT on top', () => {
  holds((invoice) => {
    for (const line of invoice.invoiceLine ?? []) {
      const [quantity, perQuantity] = fraction(line.invoicedQuantity?.value ?? '')
      const [price, perPrice] = fraction(line.price?.priceAmount?.value ?? '')
      const [base, perBase] = fraction(line.price?.baseQuantity?.value ?? '1')
      const goods = rounded(quantity * price * perBase * 100n, perQuantity * perPrice * base)
      const net = goods + amountsOf(line.allowanceCharge, true) - amountsOf(line.allowanceCharge, false)
      const vat = percentOf(net, line.item?.classifiedTaxCategory?.[0]?.percent ?? '')
      expect(halalas(line.lineExtensionAmount)).toBe(net)
      expect(halalas(line.taxTotal?.[0]?.taxAmount)).toBe(vat)
      expect(halalas(line.taxTotal?.[0]?.roundingAmount)).toBe(net + vat)
    }
  })
})

test('BR-KSA-EN16931-03 and -07: a stated percentage gives the amount, a price discount the net price', () => {
  holds((invoice) => {
    const lines = invoice.invoiceLine ?? []
    const adjustments = [...(invoice.allowanceCharge ?? []), ...lines.flatMap((line) => line.allowanceCharge ?? [])]
    for (const { multiplierFactorNumeric, baseAmount, amount } of adjustments) {
      expect(multiplierFactorNumeric === undefined).toBe(baseAmount === undefined)
      if (multiplierFactorNumeric !== undefined)
        expect(halalas(amount)).toBe(percentOf(halalas(baseAmount), multiplierFactorNumeric))
    }
    for (const { price } of lines) {
      const discount = price?.allowanceCharge?.[0]
      if (discount === undefined) continue
      const [net, perNet] = fraction(price?.priceAmount?.value ?? '')
      const [gross, perGross] = fraction(discount.baseAmount?.value ?? '')
      const [off, perOff] = fraction(discount.amount?.value ?? '')
      expect(net * perGross * perOff).toBe((gross * perOff - off * perGross) * perNet)
    }
  })
})

test('BR-KSA-80, -82: prepaid is what the prepayment lines state, and those lines are zero otherwise', () => {
  holds((invoice, draft) => {
    const settled = (invoice.invoiceLine ?? []).filter(isPrepayment)
    const stated = settled.flatMap(({ taxTotal }) => taxTotal?.[0]?.taxSubtotal ?? [])
    expect(settled).toHaveLength(draft.prepayments?.length ?? 0)
    expect(halalas(invoice.legalMonetaryTotal?.prepaidAmount)).toBe(
      total(stated.map(({ taxableAmount, taxAmount }) => halalas(taxableAmount) + halalas(taxAmount))),
    )
    for (const line of settled) {
      const zeros = [line.lineExtensionAmount, line.price?.priceAmount, line.taxTotal?.[0]?.taxAmount]
      expect(zeros.map(halalas)).toEqual([0n, 0n, 0n])
      expect(line.invoicedQuantity?.value).toBe('0.00')
    }
  })
})

test('what the form shows is what the invoice says', () => {
  holds((invoice, draft) => {
    const shown = draftTotals(draft)
    const sums = invoice.legalMonetaryTotal
    expect(shown.payable).toBe(sums?.payableAmount?.value)
    expect(shown.taxExclusive).toBe(sums?.taxExclusiveAmount?.value)
    expect(shown.vatInSar).toBe(invoice.taxTotal?.[0]?.taxAmount?.value)
    expect(shown.lines.map(({ net }) => net)).toEqual(
      (invoice.invoiceLine ?? []).filter((line) => !isPrepayment(line)).map((line) => line.lineExtensionAmount?.value),
    )
  })
})

test('a document adjustment without a treatment is split into parts that sum to it exactly', () => {
  const weight = fc.bigInt({ min: -1000n, max: 10n ** 9n }).map((units) => ({ units, scale: 2 }))
  fc.assert(
    fc.property(
      fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
      fc.array(weight, { minLength: 1, maxLength: 6 }),
      (amount, weights) => {
        const parts = splitProRata({ units: BigInt(amount), scale: 2 }, weights)
        expect(parts).toHaveLength(weights.length)
        expect(total(parts.map(({ units }) => units))).toBe(BigInt(amount))
        const whole = total(weights.map(({ units }) => (units > 0n ? units : 0n)))
        if (whole === 0n) return
        parts.forEach(({ units }, index) => {
          const own = weights[index]?.units ?? 0n
          // Never a whole halala away from the exact share.
          const off = units * whole - BigInt(amount) * (own > 0n ? own : 0n)
          expect(off < whole && off > -whole).toBe(true)
        })
      },
    ),
  )
})

test('allowances that give everything away leave nothing, and of no treatment less than nothing', () => {
  const item = fc.record({
    units: fc.integer({ min: 0, max: 10 ** 5 }),
    vat: fc.constantFrom<DraftVat>({ category: 'S' }, { category: 'S', rate: '5' }, { category: 'O' }),
  })
  const cuts = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 3 })
  fc.assert(
    fc.property(
      fc.array(item, { minLength: 1, maxLength: 30 }),
      cuts,
      fc.boolean(),
      (items, cuts, pricesIncludeVat) => {
        const asked = items.reduce((sum, { units }) => sum + units, 0)
        const ends = [...cuts.toSorted((a, b) => a - b), 100].map((percent) => Math.floor((asked * percent) / 100))
        const { breakdown } = draftTotals({
          pricesIncludeVat,
          lines: items.map(({ units, vat }) => ({ quantity: '1', price: literalOf(units), vat })),
          allowances: ends.map((end, index) => ({ amount: literalOf(end - (ends[index - 1] ?? 0)) })),
        })
        for (const { taxable } of breakdown) {
          const left = halalas({ value: taxable })
          expect(left >= 0n && left <= (pricesIncludeVat ? BigInt(items.length + ends.length) : 0n)).toBe(true)
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('prices that include VAT: net is the price without VAT rounded once, and the line total misses the asked one by a halala at most', () => {
  const price = fc.integer({ min: 1, max: 10 ** 7 })
  fc.assert(
    fc.property(price, fc.integer({ min: 1, max: 5000 }), (units, quantity) => {
      const asked = BigInt(units) * BigInt(quantity)
      const [line] =
        completeDraft({
          kind: 'invoice',
          profile: 'simplified',
          number: 'POS-1',
          pricesIncludeVat: true,
          lines: [{ name: 'صنف متنوع', quantity: String(quantity), price: literalOf(units) }],
        }).invoiceLine ?? []
      expect(halalas(line?.lineExtensionAmount)).toBe(rounded(asked * 100n, 115n))
      const difference = halalas(line?.taxTotal?.[0]?.roundingAmount) - asked
      expect(difference >= -1n && difference <= 1n).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('with the suggested rounding the amount due is what the prices ask for', () => {
  const item = fc.record({
    units: fc.integer({ min: 1, max: 10 ** 6 }),
    quantity: fc.integer({ min: 1, max: 300 }),
    vat: fc.constantFrom<DraftVat>({ category: 'S' }, { category: 'Z', exemption: 'VATEX-SA-35' }),
  })
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 8 }), (items) => {
      const draft = {
        pricesIncludeVat: true,
        lines: items.map(({ units, quantity, vat }) => ({ price: literalOf(units), quantity: String(quantity), vat })),
      }
      const { payable } = draftTotals({ ...draft, rounding: draftTotals(draft).suggestedRounding })
      const asked = total(items.map(({ units, quantity }) => BigInt(units) * BigInt(quantity)))
      expect(halalas({ value: payable })).toBe(asked)
    }),
  )
})
