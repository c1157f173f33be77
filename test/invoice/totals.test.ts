/** The formulae of spec C10 and C11 against values computed by hand. */
import { describe, expect, test } from 'vitest'
import type { Draft } from '#core/invoice/draft.ts'
import { draftTotals } from '#core/invoice/draft-totals.ts'
import { draftOf, line } from './drafts.ts'

const zeroRated = { category: 'Z', exemption: 'VATEX-SA-35' } as const
const totals = (lines: Parameters<typeof draftOf>[0], more?: Partial<Draft>) => draftTotals(draftOf(lines, more))

describe('lines', () => {
  test.each([
    ['3 x 10.10', line('3', '10.10'), '30.30', '4.55', '34.85'],
    ['3 x 33.33 - 9.99', line('3', '33.33', { allowances: [{ amount: '9.99' }] }), '90.00', '13.50', '103.50'],
    ['0.10', line('1', '0.10'), '0.10', '0.02', '0.12'],
    ['869.57', line('1', '869.57'), '869.57', '130.44', '1000.01'],
    ['12.5 % of 200', line('2', '100', { allowances: [{ percent: '12.5' }] }), '175.00', '26.25', '201.25'],
    [
      'charge of 10 % of a stated base',
      line('1', '100', { charges: [{ percent: '10', base: '50' }] }),
      '105.00',
      '15.75',
      '120.75',
    ],
    ['price for 1000', line('3500', '48.125', { priceQuantity: '1000' }), '168.44', '25.27', '193.71'],
    ['price discount', line('4', '25.50', { priceDiscount: '0.50' }), '100.00', '15.00', '115.00'],
    ['six decimals', line('12750', '1.443478'), '18404.34', '2760.65', '21164.99'],
    ['the transitional rate', line('1', '2000', { vat: { category: 'S', rate: '5' } }), '2000.00', '100.00', '2100.00'],
    ['no VAT', line('1', '100', { vat: zeroRated }), '100.00', '0.00', '100.00'],
  ])('%s', (_name, one, net, vat, total) => {
    expect(totals([one]).lines).toEqual([{ net, vat, total }])
  })
})

describe('documents', () => {
  test('VAT is rounded once on the sum: three lines of 0.10', () => {
    expect(totals([line('1', '0.10'), line('1', '0.10'), line('1', '0.10')])).toMatchObject({
      lines: [{ vat: '0.02' }, { vat: '0.02' }, { vat: '0.02' }],
      vat: '0.05',
      payable: '0.35',
    })
  })

  test('90 - 10 + 5 at 15 %', () => {
    const more = {
      allowances: [{ amount: '10', vat: { category: 'S' } }],
      charges: [{ amount: '5', vat: { category: 'S' } }],
    } satisfies Partial<Draft>
    expect(totals([line('1', '90')], more)).toMatchObject({
      breakdown: [{ category: 'S', rate: '15.00', taxable: '85.00', vat: '12.75' }],
      lineNet: '90.00',
      allowances: '10.00',
      charges: '5.00',
      taxExclusive: '85.00',
      payable: '97.75',
    })
  })

  test('869.57 and a rounding of -0.01 are 1000.00 due', () => {
    expect(totals([line('1', '869.57')], { rounding: '-0.01' })).toMatchObject({
      vat: '130.44',
      taxInclusive: '1000.01',
      payable: '1000.00',
    })
  })

  test('285 USD of VAT are 1068.75 SAR', () => {
    expect(totals([line('1', '1900')], { currency: 'USD', exchangeRate: '3.75' })).toMatchObject({
      vat: '285.00',
      vatInSar: '1068.75',
    })
  })

  test('VAT in SAR is unknown without a rate, and zero needs none', () => {
    expect(totals([line('1', '1')], { currency: 'USD' }).vatInSar).toBeUndefined()
    expect(totals([line('1', '1', { vat: zeroRated })], { currency: 'USD' }).vatInSar).toBe('0.00')
  })

  test('a prepayment at the old rate: 2000 - 100, prepaid 1000 + 50, 1135 due', () => {
    const more = {
      allowances: [{ amount: '100' }],
      prepayments: [
        {
          number: 'ADV-1',
          issueDate: '2020-06-01',
          issueTime: '09:00:00',
          taxable: '1000',
          vat: { category: 'S', rate: '5' },
        },
      ],
    } satisfies Partial<Draft>
    expect(totals([line('1', '2000')], more)).toMatchObject({
      vat: '285.00',
      taxInclusive: '2185.00',
      prepaid: '1050.00',
      payable: '1135.00',
    })
  })

  test('the breakdown has one row per category, rate and reason, ordered S, Z, E, O', () => {
    const { breakdown } = totals([
      line('1', '50', { vat: { category: 'O' } }),
      line('1', '10', { vat: { category: 'S', rate: '5' } }),
      line('1', '100', { vat: zeroRated }),
      line('1', '20'),
      line('2', '10', { vat: { category: 'Z' } }),
    ])
    expect(breakdown).toEqual([
      { category: 'S', rate: '15.00', taxable: '20.00', vat: '3.00' },
      { category: 'S', rate: '5.00', taxable: '10.00', vat: '0.50' },
      { category: 'Z', rate: '0.00', exemption: 'VATEX-SA-35', taxable: '120.00', vat: '0.00' },
      { category: 'O', rate: '0.00', exemption: 'VATEX-SA-OOS', taxable: '50.00', vat: '0.00' },
    ])
  })
})

describe('document discount over mixed categories', () => {
  const mixed = [line('1', '100'), line('1', '100', { vat: zeroRated }), line('1', '100', { vat: { category: 'O' } })]

  test('an amount is split in proportion, the odd halala goes to the first of equals', () => {
    expect(totals(mixed, { allowances: [{ amount: '10' }] })).toMatchObject({
      breakdown: [{ taxable: '96.66' }, { taxable: '96.67' }, { taxable: '96.67' }],
      allowances: '10.00',
      taxExclusive: '290.00',
    })
  })

  test('the largest remainder wins before the first place does', () => {
    // 10.00 over 100 : 250 = 2.857142... and 7.142857...; rounded down 2.85 and 7.14, the halala goes to the larger loss.
    const two = [line('1', '100'), line('1', '250', { vat: zeroRated })]
    expect(totals(two, { allowances: [{ amount: '10' }] }).breakdown).toMatchObject([
      { taxable: '97.14' },
      { taxable: '242.86' },
    ])
  })

  test('a percentage is of the sum of all lines', () => {
    expect(totals(mixed, { allowances: [{ percent: '10' }] }).allowances).toBe('30.00')
  })

  test('two halves of everything leave nothing, and of no treatment less than nothing', () => {
    // Of 33.33 and 66.67 the first half takes 16.67 and 33.33; what it left is 16.66 and 33.34.
    const two = [line('1', '33.33'), line('1', '66.67', { vat: zeroRated })]
    expect(totals(two, { allowances: [{ amount: '50' }, { amount: '50' }] })).toMatchObject({
      breakdown: [{ taxable: '0.00' }, { taxable: '0.00' }],
      allowances: '100.00',
    })
  })

  test('one with its own treatment touches only that treatment', () => {
    expect(totals(mixed, { allowances: [{ percent: '10', vat: zeroRated }] })).toMatchObject({
      breakdown: [{ taxable: '100.00' }, { taxable: '90.00' }, { taxable: '100.00' }],
      allowances: '10.00',
    })
  })
})

describe('prices that include VAT', () => {
  const gross = { pricesIncludeVat: true } as const

  test('VAT is taken out of the price', () => {
    expect(totals([line('1', '115')], gross).lines).toEqual([{ net: '100.00', vat: '15.00', total: '115.00' }])
    // 3 x 27.50 = 82.50; 82.50 / 1.15 = 71.739...
    expect(totals([line('3', '27.50')], gross).lines).toEqual([{ net: '71.74', vat: '10.76', total: '82.50' }])
  })

  test('the halala between asked and computed price is shown, not hidden', () => {
    expect(totals([line('1', '1000')], gross)).toMatchObject({ payable: '1000.01', suggestedRounding: '-0.01' })
    expect(totals([line('1', '1000')], { ...gross, rounding: '-0.01' }).payable).toBe('1000.00')
    expect(totals([line('1', '115')], gross).suggestedRounding).toBeUndefined()
  })

  describe('and are given away', () => {
    // 1.20 without VAT is 1.04, ten times 10.40; 12.00 without VAT is 10.43.
    const ten = Array.from({ length: 10 }, () => line('1', '1.20'))

    test('take no more than the lines came to', () => {
      expect(totals(ten, { ...gross, allowances: [{ amount: '12' }] })).toMatchObject({
        breakdown: [{ taxable: '0.00', vat: '0.00' }],
        allowances: '10.40',
        payable: '0.00',
      })
    })

    test('an allowance that rounding does not explain stays for the rules to report', () => {
      expect(totals(ten, { ...gross, allowances: [{ amount: '13' }] }).breakdown).toMatchObject([{ taxable: '-0.90' }])
    })
  })

  test('discounts are what the customer sees too', () => {
    const discounted = line('1', '230', { allowances: [{ amount: '23' }] })
    expect(totals([discounted], { ...gross, allowances: [{ amount: '11.50' }] })).toMatchObject({
      lines: [{ net: '180.00', vat: '27.00', total: '207.00' }],
      allowances: '10.00',
      payable: '195.50',
    })
  })

  test('a discount split over mixed categories lowers the amount due by itself', () => {
    const mixed = [line('1', '115'), line('1', '115', { vat: zeroRated })]
    expect(totals(mixed, { ...gross, allowances: [{ amount: '23' }] })).toMatchObject({
      breakdown: [{ taxable: '90.00' }, { taxable: '103.50' }],
      payable: '207.00',
    })
  })
})

describe('a draft that is being typed', () => {
  test('unreadable and missing numbers leave their line without amounts', () => {
    const { lines, lineNet } = draftTotals({
      lines: [{ quantity: '2', price: '5' }, { quantity: 'two', price: '5' }, { quantity: '2' }, {}],
    })
    expect(lines).toEqual([{ net: '10.00', vat: '1.50', total: '11.50' }, {}, {}, {}])
    expect(lineNet).toBe('10.00')
  })

  test('a base quantity of zero divides nothing', () => {
    expect(draftTotals({ lines: [{ quantity: '1', price: '5', priceQuantity: '0' }] }).lines).toEqual([{}])
  })

  test('Arabic digits count, blank fields do not', () => {
    const typed = { quantity: '٢', price: '١٠٫٥', priceDiscount: '', allowances: [{ amount: ' ' }] }
    expect(draftTotals({ lines: [typed] }).lines).toEqual([{ net: '21.00', vat: '3.15', total: '24.15' }])
  })

  test('nothing at all is zero', () => {
    expect(draftTotals({})).toMatchObject({ lines: [], breakdown: [], vat: '0.00', payable: '0.00' })
  })
})
