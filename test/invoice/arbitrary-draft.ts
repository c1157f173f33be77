/**
 * Random drafts of every kind of amount, valid by construction, for properties that must hold whatever people type.
 *
 * Everything that is taken away (discounts, allowances, prepayments) is a share of what is there, so no sum turns negative. The shares
 * are of whole halalas, cut: what the draft is worth is known without the engine under test.
 */
import fc from 'fast-check'
import type { Draft, DraftAdjustment, DraftLine, DraftPrepayment, DraftVat } from '#core/invoice/draft.ts'

/** A number that is `units / 10^scale`. */
interface Units {
  readonly units: bigint
  readonly scale: number
}

const literalOf = ({ units, scale }: Units): string => {
  const digits = String(units).padStart(scale + 1, '0')
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

const halalasLiteral = (units: bigint): string => literalOf({ units, scale: 2 })

/** From `min` to `max` with `scale` decimals. */
const decimal = (max: number, scale: number, min = 0): fc.Arbitrary<Units> =>
  fc
    .bigInt({ min: BigInt(min) * 10n ** BigInt(scale), max: BigInt(max) * 10n ** BigInt(scale) })
    .map((units) => ({ units, scale }))

const share = (amount: bigint, percent: number): bigint => (amount * BigInt(percent)) / 100n

/** Each category has one reason only, because a breakdown has room for one (spec C7). */
const vatOf: Readonly<Record<DraftVat['category'], fc.Arbitrary<DraftVat>>> = {
  S: fc.constantFrom<DraftVat>({ category: 'S' }, { category: 'S', rate: '15.00' }, { category: 'S', rate: '5' }),
  Z: fc.constantFrom<DraftVat>(
    { category: 'Z', exemption: 'VATEX-SA-35' },
    { category: 'Z', exemption: 'VATEX-SA-35', rate: '0.00' },
  ),
  E: fc.constant<DraftVat>({ category: 'E', exemption: 'VATEX-SA-30' }),
  O: fc.constantFrom<DraftVat>({ category: 'O' }, { category: 'O', exemptionText: 'إعانة حكومية' }),
}
const anyVat = fc.oneof({ arbitrary: vatOf.S, weight: 3 }, vatOf.Z, vatOf.E, vatOf.O)

const allowanceTexts = { reason: 'خصم' }
const chargeTexts = { reason: 'أجور شحن', reasonCode: 'FC' }

/** How an allowance or charge is stated; all shares in percent of the goods it is for. */
interface Adjusting {
  readonly how: 'amount' | 'percent' | 'percent-of-base' | 'all'
  readonly percent: Units
  readonly base: number
}

const adjusting = (max: number): fc.Arbitrary<Adjusting> =>
  fc.record({
    how: fc.constantFrom<Adjusting['how'][]>('amount', 'percent', 'percent-of-base', 'all'),
    percent: fc.oneof(decimal(max, 2), decimal(max, 0), fc.constant<Units>({ units: 125n, scale: 1 })),
    base: fc.nat(100),
  })

/** A percentage of an amount in halalas, half up. */
const percentOf = (amount: bigint, { units, scale }: Units): bigint => {
  const divisor = 10n ** BigInt(scale + 2)
  return (2n * amount * units + divisor) / (2n * divisor)
}

const adjustment = ({ how, percent, base: part }: Adjusting, goods: bigint): DraftAdjustment => {
  const base = share(goods, part)
  const stated = { percent: literalOf(percent), base: halalasLiteral(base) }
  if (how === 'amount') return { amount: halalasLiteral(percentOf(base, percent)) }
  if (how === 'percent') return { percent: stated.percent }
  return how === 'all' ? { ...stated, amount: halalasLiteral(percentOf(base, percent)) } : stated
}

const none: Units = { units: 0n, scale: 2 }

const quantity = fc.oneof(
  { arbitrary: decimal(400, 0, 1), weight: 4 },
  { arbitrary: decimal(40, 3), weight: 3 },
  { arbitrary: decimal(2, 6), weight: 1 },
  { arbitrary: decimal(1_000_000, 0, 1), weight: 1 },
)

const price = fc.oneof(
  { arbitrary: decimal(5000, 2), weight: 5 },
  { arbitrary: decimal(90, 6), weight: 4 },
  { arbitrary: decimal(1, 2), weight: 2 },
  { arbitrary: decimal(1, 10), weight: 1 },
  { arbitrary: fc.constant(none), weight: 1 },
)

/** BT-149; a base quantity is not always a whole number. */
const priceQuantity = fc.constantFrom<Units[]>(
  { units: 1n, scale: 0 },
  { units: 3n, scale: 0 },
  { units: 12n, scale: 0 },
  { units: 1000n, scale: 0 },
  { units: 25n, scale: 1 },
)

interface StatedLine {
  readonly line: DraftLine
  /** Quantity x price in halalas, cut */
  readonly goods: bigint
}

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

const line: fc.Arbitrary<StatedLine> = fc
  .record({
    quantity,
    price,
    vat: sometimes(anyVat),
    per: sometimes(priceQuantity),
    discount: sometimes(fc.nat(50)),
    allowances: fc.array(adjusting(20), { maxLength: 2 }),
    charges: fc.array(adjusting(30), { maxLength: 1 }),
  })
  .map((stated) => {
    const off = { units: share(stated.price.units, stated.discount ?? 0), scale: stated.price.scale }
    const per = stated.per ?? { units: 1n, scale: 0 }
    const dividend = stated.quantity.units * (stated.price.units - off.units) * 10n ** BigInt(per.scale + 2)
    const goods = dividend / (per.units * 10n ** BigInt(stated.quantity.scale + stated.price.scale))
    return {
      goods,
      line: {
        name: 'صنف متنوع',
        quantity: literalOf(stated.quantity),
        price: literalOf(stated.price),
        ...(stated.vat && { vat: stated.vat }),
        ...(stated.per && { priceQuantity: literalOf(stated.per) }),
        ...(stated.discount !== undefined && { priceDiscount: literalOf(off) }),
        allowances: stated.allowances.map((one) => ({ ...adjustment(one, goods), ...allowanceTexts })),
        charges: stated.charges.map((one) => ({ ...adjustment(one, goods), ...chargeTexts })),
      },
    }
  })

const rateOf = (vat: DraftVat | undefined): number => ((vat?.category ?? 'S') === 'S' ? Number(vat?.rate ?? '15') : 0)

const keyOf = (vat: DraftVat | undefined): string => `${vat?.category ?? 'S'} ${rateOf(vat)}`

/** What remains of goods at least when two allowances of a fifth are taken off. */
const remaining = (lines: readonly StatedLine[]): bigint =>
  share(
    lines.reduce((sum, { goods }) => sum + goods, 0n),
    60,
  )

const vatOfLine = (lines: readonly StatedLine[], place: number): DraftVat =>
  lines[place % lines.length]?.line.vat ?? { category: 'S' }

/** `of`: the line whose treatment it belongs to; without it, to the whole document. */
interface DocumentAdjusting {
  readonly adjusting: Adjusting
  readonly of: number | undefined
}

const documentAdjusting = (max: number): fc.Arbitrary<DocumentAdjusting> =>
  fc.record({ adjusting: adjusting(max), of: fc.option(fc.nat(), { nil: undefined, freq: 3 }) })

const documentAdjustment = ({ adjusting, of }: DocumentAdjusting, lines: readonly StatedLine[]) => {
  if (of === undefined) return adjustment(adjusting, remaining(lines))
  const vat = vatOfLine(lines, of)
  const own = lines.filter(({ line }) => keyOf(line.vat) === keyOf(vat))
  return { ...adjustment(adjusting, remaining(own)), vat }
}

interface Prepaying {
  /** The line whose category was prepaid */
  readonly of: number
  /** In percent of what the lines are worth */
  readonly part: number
  readonly statesTax: boolean
  readonly atOldRate: boolean
}

const prepaying: fc.Arbitrary<Prepaying> = fc.record({
  of: fc.nat(),
  part: fc.integer({ min: 1, max: 15 }),
  statesTax: fc.boolean(),
  atOldRate: fc.boolean(),
})

/** Prepayments need lines that are worth something (BR-KSA-80 knows none of nothing); so does a rounding, not to end below zero. */
const isWorthMuch = (lines: readonly StatedLine[]): boolean => remaining(lines) >= 10_000n

const prepayment = ({ of, part, statesTax, atOldRate }: Prepaying, lines: readonly StatedLine[]): DraftPrepayment => {
  const own = vatOfLine(lines, of)
  const vat: DraftVat = own.category === 'S' && atOldRate ? { category: 'S', rate: '5' } : own
  const taxable = share(remaining(lines), part)
  const tax = percentOf(taxable, { units: BigInt(rateOf(vat)), scale: 0 })
  return {
    number: 'ADV-7',
    issueDate: '2026-01-10',
    issueTime: '09:30:00',
    taxable: halalasLiteral(taxable),
    vat,
    ...(statesTax && { tax: halalasLiteral(tax) }),
  }
}

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

const identity = {
  number: 'INV-1',
  uuid: '8d487816-70b8-4ade-a618-9d620b73814a',
  issueDate: '2026-02-01',
  issueTime: '10:00:00',
  seller: party('شركة الأفق للتجارة المحدودة', '310122393500003', '1010371952'),
  buyer: party('مؤسسة روابي الساحل للمقاولات', '300718254600003', '2050187364'),
} as const

/** A note names what it corrects and why. */
const kinds = {
  invoice: {},
  prepayment: {},
  'credit-note': { originals: [{ number: 'INV-0' }], reason: 'إرجاع بضاعة' },
  'debit-note': { originals: [{ number: 'INV-0' }], reason: 'فرق سعر' },
} as const satisfies Record<Draft['kind'], Partial<Draft>>

const kind = fc.constantFrom<Draft['kind'][]>(
  'invoice',
  'invoice',
  'invoice',
  'prepayment',
  'credit-note',
  'debit-note',
)

/** Riyals for one unit; some so near to one that small amounts of VAT are the same in both currencies. */
const foreign = fc.constantFrom(
  { currency: 'USD', exchangeRate: '3.75' },
  { currency: 'EUR', exchangeRate: '4.076531' },
  { currency: 'AED', exchangeRate: '1.021099' },
  { currency: 'JPY', exchangeRate: '0.0267' },
  { currency: 'KWD', exchangeRate: '12.2' },
)

interface DraftSizes {
  readonly maxLines: number
  readonly currencies: 'riyal' | 'any'
}

export const draftsOf = ({ maxLines, currencies }: DraftSizes): fc.Arbitrary<Draft> =>
  fc
    .record({
      kind,
      profile: fc.constantFrom<Draft['profile'][]>('standard', 'simplified'),
      pricesIncludeVat: fc.boolean(),
      lines: fc.oneof(
        { arbitrary: fc.array(line, { minLength: 1, maxLength: Math.min(6, maxLines) }), weight: 9 },
        { arbitrary: fc.array(line, { minLength: 1, maxLength: maxLines, size: 'max' }), weight: 1 },
      ),
      allowances: fc.array(documentAdjusting(15), { maxLength: 2 }),
      charges: fc.array(documentAdjusting(30), { maxLength: 2 }),
      prepayments: fc.array(prepaying, { maxLength: 3 }),
      rounding: sometimes(fc.constantFrom('-0.49', '-0.01', '0.00', '0.02', '0.5')),
      foreign: currencies === 'riyal' ? fc.constant(undefined) : fc.option(foreign, { nil: undefined, freq: 3 }),
    })
    .map(({ kind, profile, pricesIncludeVat, lines, rounding, foreign, ...stated }) => ({
      kind,
      profile,
      ...identity,
      ...kinds[kind],
      ...foreign,
      pricesIncludeVat,
      lines: lines.map(({ line }) => line),
      allowances: stated.allowances.map((one) => ({ ...documentAdjustment(one, lines), ...allowanceTexts })),
      charges: stated.charges.map((one) => ({ ...documentAdjustment(one, lines), ...chargeTexts })),
      ...(isWorthMuch(lines) && {
        ...(kind === 'invoice' && { prepayments: stated.prepayments.map((one) => prepayment(one, lines)) }),
        ...(rounding !== undefined && { rounding }),
      }),
    }))

/** Small drafts in riyals. */
export const anyDraft = draftsOf({ maxLines: 6, currencies: 'riyal' })
