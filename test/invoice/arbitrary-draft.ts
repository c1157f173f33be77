/** Random drafts of every kind of amount, for properties that must hold whatever people type. */
import fc from 'fast-check'
import type { Draft, DraftVat } from '#core/invoice/draft.ts'

/** A decimal literal with at most `places` decimals. */
const literal = (max: number, places: number, min = 0): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: min * 10 ** places, max: max * 10 ** places }), fc.constant(places))
    .map(([units, scale]) => {
      const digits = String(units).padStart(scale + 1, '0')
      return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
    })

const vat: fc.Arbitrary<DraftVat> = fc.constantFrom<DraftVat>(
  { category: 'S' },
  { category: 'S', rate: '5' },
  { category: 'Z', exemption: 'VATEX-SA-35' },
  { category: 'E', exemption: 'VATEX-SA-30' },
  { category: 'O' },
)

const percentage = literal(20, 2)

/** Small beside any line, so that no sum turns negative. */
const allowance = fc.oneof(
  fc.record({ amount: literal(2, 2), reason: fc.constant('خصم') }),
  fc.record({ percent: percentage, reason: fc.constant('خصم') }),
)
const charge = fc.oneof(
  fc.record({ amount: literal(50, 2), reason: fc.constant('أجور شحن'), reasonCode: fc.constant('FC') }),
  fc.record({ percent: percentage, reason: fc.constant('أجور شحن'), reasonCode: fc.constant('FC') }),
)

const line = fc.record(
  {
    name: fc.constant('صنف متنوع'),
    quantity: fc.oneof(literal(400, 0, 1), literal(40, 3, 1)),
    price: fc.oneof(literal(500, 2, 20), literal(90, 6, 20)),
    vat,
    priceDiscount: literal(3, 2),
    priceQuantity: fc.constantFrom('1', '10', '12'),
    allowances: fc.array(allowance, { maxLength: 2 }),
    charges: fc.array(charge, { maxLength: 1 }),
  },
  { requiredKeys: ['name', 'quantity', 'price'] },
)

const treated = <T extends object>(adjustment: fc.Arbitrary<T>): fc.Arbitrary<T & { vat?: DraftVat }> =>
  fc.tuple(adjustment, fc.option(vat, { nil: undefined })).map(([one, own]) => (own ? { ...one, vat: own } : one))

const prepayment = fc.record({
  number: fc.constant('ADV-7'),
  issueDate: fc.constant('2026-01-10'),
  issueTime: fc.constant('09:30:00'),
  taxable: literal(30, 2, 1),
  vat,
})

const party = (name: string, vatNumber: string, registration: string) => ({
  name,
  vatNumber,
  id: { scheme: 'CRN', value: registration },
  address: {
    street: 'طريق الملك فهد',
    building: '8421',
    district: 'العقيق',
    city: 'الرياض',
    postalCode: '13515',
    country: 'SA',
  },
})

export const anyDraft: fc.Arbitrary<Draft> = fc.record(
  {
    kind: fc.constant('invoice' as const),
    profile: fc.constant('standard' as const),
    number: fc.constant('INV-1'),
    uuid: fc.constant('8d487816-70b8-4ade-a618-9d620b73814a'),
    issueDate: fc.constant('2026-02-01'),
    issueTime: fc.constant('10:00:00'),
    seller: fc.constant(party('شركة الأفق للتجارة المحدودة', '310122393500003', '1010371952')),
    buyer: fc.constant(party('مؤسسة روابي الساحل للمقاولات', '300718254600003', '2050187364')),
    pricesIncludeVat: fc.boolean(),
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    allowances: fc.array(treated(allowance), { maxLength: 2 }),
    charges: fc.array(treated(charge), { maxLength: 2 }),
    prepayments: fc.array(prepayment, { maxLength: 2 }),
    rounding: fc.constantFrom('-0.01', '0.02'),
  },
  {
    requiredKeys: ['kind', 'profile', 'number', 'uuid', 'issueDate', 'issueTime', 'seller', 'buyer', 'lines'],
  },
)
