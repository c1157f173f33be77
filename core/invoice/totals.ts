/**
 * The totals of a document: VAT breakdown, document allowances and charges, prepayments and the amount due, by the formulae of
 * spec C10 and C11 in exact decimals.
 *
 * Every printed amount is rounded half up to two decimals once, and later sums are built from the rounded ones. VAT is rounded per
 * treatment on the document, so it may differ by a halala from the sum of the line VATs.
 *
 * Prices that include VAT: net price and VAT are rounded separately, so the amount due may miss the asked price by a halala
 * (1000.00 asked -> 869.57 + 130.44 = 1000.01). The difference is left visible; it goes into PayableRoundingAmount (BT-114) only when
 * the draft says so in `rounding`, because the buyer pays it and the seller decides it. `suggestedRounding` tells what to enter.
 */
import { add, compare, type Decimal, isZero, multiply, round, subtract, sum, zero } from './amount.ts'
import { taxCurrency } from './codes/currencies.ts'
import { type DraftPrepayment, type DraftVat, vatCategories } from './draft.ts'
import {
  type Adjustment,
  adjustmentOf,
  adjustmentSum,
  type LineTotals,
  lineTotals,
  optional,
  required,
  signedSum,
  toNetOf,
} from './line-totals.ts'
import { splitProRata } from './pro-rata.ts'
import { type Treatment, type TreatmentOf, treatmentsOf, vatOf } from './treatment.ts'
import type { Unfinished, UnfinishedDraft } from './unfinished.ts'

/** A document allowance or charge with the one treatment it belongs to (BT-95, BT-102). */
export interface DocumentAdjustment extends Adjustment {
  readonly treatment: Treatment
  /** Place among the draft's allowances or charges; the parts of a split one share it */
  readonly source: number
}

/** One row of the VAT breakdown (BG-23). */
export interface Subtotal {
  readonly treatment: Treatment
  /** BT-116 */
  readonly taxable: Decimal
  /** BT-117 */
  readonly vat: Decimal
}

export interface PrepaymentTotals {
  readonly treatment: Treatment
  /** KSA-31 */
  readonly taxable: Decimal
  /** KSA-32 */
  readonly vat: Decimal
}

export interface Totals {
  /** In the order of the draft; undefined where a line cannot be computed yet. It counts for nothing then. */
  readonly lines: readonly (LineTotals | undefined)[]
  readonly adjustments: readonly DocumentAdjustment[]
  /** In the order S, Z, E, O and the higher rate first. */
  readonly breakdown: readonly Subtotal[]
  readonly prepayments: readonly (PrepaymentTotals | undefined)[]
  /** BT-106 */
  readonly lineNet: Decimal
  /** BT-107 */
  readonly allowances: Decimal
  /** BT-108 */
  readonly charges: Decimal
  /** BT-109 */
  readonly taxExclusive: Decimal
  /** BT-110 */
  readonly vat: Decimal
  /** BT-111; undefined while a foreign currency lacks its rate */
  readonly vatInTaxCurrency: Decimal | undefined
  /** BT-112 */
  readonly taxInclusive: Decimal
  /** BT-113 */
  readonly prepaid: Decimal
  /** BT-114 */
  readonly rounding: Decimal | undefined
  /** BT-115 */
  readonly payable: Decimal
}

/** Never throws: what cannot be computed is undefined and left out of the sums. */
export const totalsOf = (draft: UnfinishedDraft): Totals => {
  const treatmentOf = treatmentsOf(allVat(draft))
  const includesVat = draft.pricesIncludeVat ?? false
  const lines = (draft.lines ?? []).map((line) => readable(() => lineTotals(line, treatmentOf(line.vat), includesVat)))
  const groups = lineGroups(lines.filter(isComputed))
  const adjustments = documentAdjustments(draft, groups, treatmentOf, includesVat)
  const breakdown = breakdownOf(groups, adjustments)
  const prepayments = (draft.prepayments ?? []).map((one) => readable(() => prepaymentOf(one, treatmentOf)))
  return { lines, adjustments, breakdown, prepayments, ...sums(draft, lines, adjustments, breakdown, prepayments) }
}

const sums = (
  draft: UnfinishedDraft,
  lines: Totals['lines'],
  adjustments: readonly Adjustment[],
  breakdown: readonly Subtotal[],
  prepayments: Totals['prepayments'],
) => {
  const lineNet = sum(lines.filter(isComputed).map(({ net }) => net))
  const allowances = adjustmentSum(adjustments, false)
  const charges = adjustmentSum(adjustments, true)
  const taxExclusive = add(subtract(lineNet, allowances), charges)
  const vat = sum(breakdown.map((subtotal) => subtotal.vat))
  const taxInclusive = add(taxExclusive, vat)
  const prepaid = sum(prepayments.filter(isComputed).map((paid) => add(paid.taxable, paid.vat)))
  const rounding = readable(() => roundedOptional(draft.rounding))
  const payable = add(subtract(taxInclusive, prepaid), rounding ?? zero)
  const vatInTaxCurrency = readable(() => inTaxCurrency(vat, draft))
  return { lineNet, allowances, charges, taxExclusive, vat, vatInTaxCurrency, taxInclusive, prepaid, rounding, payable }
}

const roundedOptional = (text: string | undefined): Decimal | undefined => {
  const value = optional(text)
  return value && round(value)
}

/** BT-111 = BT-110 in SAR: itself, or converted with KSA-39. No VAT needs no rate. */
const inTaxCurrency = (vat: Decimal, draft: UnfinishedDraft): Decimal | undefined => {
  if (isZero(vat) || (draft.currency || taxCurrency) === taxCurrency) return vat
  const rate = optional(draft.exchangeRate)
  return rate && round(multiply(vat, rate))
}

/**
 * A document allowance or charge with its own `vat` belongs to that treatment; a percentage is of the lines of that treatment.
 * One without `vat` belongs to the whole document: when the lines know several treatments it is split over them in proportion to their
 * net sums (with VAT when prices include it), and the parts state plain amounts, since a rounded part is no exact percentage of its base
 * (BR-KSA-EN16931-03). For an allowance the net sums are what earlier allowances have left, so that several of them together take
 * everything and from no treatment more than it has (BR-KSA-F-04).
 */
const documentAdjustments = (
  draft: UnfinishedDraft,
  groups: readonly LineGroup[],
  treatmentOf: TreatmentOf,
  includesVat: boolean,
): readonly DocumentAdjustment[] => {
  const allowances = draft.allowances ?? []
  const tolerance = includesVat ? roundings((draft.lines?.length ?? 0) + allowances.length) : zero
  let left = groups
  return [
    ...allowances.flatMap((stated, source) => {
      const parts = partsOf(false, stated, { groups, weights: left, treatmentOf, includesVat })
      const taken = parts.map((part) => atMostLeft(part, left, tolerance))
      left = withoutTaken(left, taken)
      return taken.map((part) => ({ ...part, source }))
    }),
    ...(draft.charges ?? []).flatMap((stated, source) =>
      partsOf(true, stated, { groups, weights: groups, treatmentOf, includesVat }).map((part) => ({ ...part, source })),
    ),
  ]
}

/** What an allowance or charge of the document is computed from; `weights` has the same treatments as `groups`. */
interface Adjusted {
  readonly groups: readonly LineGroup[]
  readonly weights: readonly LineGroup[]
  readonly treatmentOf: TreatmentOf
  readonly includesVat: boolean
}

const partsOf = (charge: boolean, stated: StatedAdjustment, adjusted: Adjusted): readonly TreatedAdjustment[] => {
  const isSplit = stated.vat === undefined && adjusted.groups.length > 1
  const parts = readable(() =>
    isSplit ? splitAdjustment(charge, stated, adjusted) : [wholeAdjustment(charge, stated, adjusted)],
  )
  return parts ?? []
}

/** Half a halala for each amount that VAT was taken out of. */
const roundings = (amounts: number): Decimal => ({ units: BigInt(5 * amounts), scale: 3 })

/**
 * VAT is taken out of every line and of every allowance, and each is rounded: an allowance that gives everything away may exceed what
 * the lines came to by as much as rounding explains. It then takes what is left. Any greater excess stays for the rules to report.
 */
const atMostLeft = (part: TreatedAdjustment, left: readonly LineGroup[], tolerance: Decimal): TreatedAdjustment => {
  const net = left.find(({ treatment }) => treatment.key === part.treatment.key)?.net
  if (net === undefined || part.amount === undefined) return part
  const excess = subtract(part.amount, net)
  if (compare(excess, zero) <= 0 || compare(excess, tolerance) > 0) return part
  const { percent: _percent, base: _base, ...texts } = part
  return { ...texts, amount: net }
}

const withoutTaken = (left: readonly LineGroup[], taken: readonly TreatedAdjustment[]): readonly LineGroup[] =>
  left.map(({ treatment, net }) => {
    const own = taken.filter((part) => part.treatment.key === treatment.key)
    return { treatment, net: add(net, signedSum(own)) }
  })

type TreatedAdjustment = Omit<DocumentAdjustment, 'source'>
type StatedAdjustment = NonNullable<UnfinishedDraft['allowances']>[number]

const wholeAdjustment = (
  charge: boolean,
  stated: StatedAdjustment,
  { groups, treatmentOf, includesVat }: Adjusted,
): TreatedAdjustment => {
  const treatment = stated.vat === undefined && groups[0] ? groups[0].treatment : treatmentOf(stated.vat)
  const base = groups.find((group) => group.treatment.key === treatment.key)?.net ?? zero
  return { ...adjustmentOf(charge, stated, base, toNetOf(treatment, includesVat)), treatment }
}

const splitAdjustment = (
  charge: boolean,
  stated: StatedAdjustment,
  { groups, weights, includesVat }: Adjusted,
): readonly TreatedAdjustment[] => {
  const lineNet = sum(groups.map(({ net }) => net))
  const { amount, percent: _percent, base: _base, ...texts } = adjustmentOf(charge, stated, lineNet, (value) => value)
  if (amount === undefined) return []
  // A percentage of the net sum is itself without VAT; a stated amount, or a percentage of a stated base, is what the shop sees.
  const withVat = includesVat && Boolean(stated.amount || stated.base)
  const shares = weights.map(({ net, treatment }) => (withVat ? add(net, vatOf(net, treatment)) : net))
  const parts = splitProRata(amount, shares)
  return groups.flatMap(({ treatment }, index) => {
    const part = parts[index] ?? zero
    return isZero(part) ? [] : [{ ...texts, amount: round(toNetOf(treatment, withVat)(part, 2)), treatment }]
  })
}

interface LineGroup {
  readonly treatment: Treatment
  readonly net: Decimal
}

/** The lines by treatment, in order of first appearance. */
const lineGroups = (lines: readonly LineTotals[]): readonly LineGroup[] => {
  const groups = new Map<string, LineGroup>()
  for (const { treatment, net } of lines) addToGroup(groups, treatment, net)
  return [...groups.values()]
}

const addToGroup = (groups: Map<string, LineGroup>, treatment: Treatment, net: Decimal): void => {
  const known = groups.get(treatment.key)
  groups.set(treatment.key, known ? { ...known, net: add(known.net, net) } : { treatment, net })
}

/** BG-23: taxable = lines - allowances + charges of the treatment; VAT rounded once on that sum (BR-S-08, BR-S-09, BR-CO-17). */
const breakdownOf = (lines: readonly LineGroup[], adjustments: readonly DocumentAdjustment[]): readonly Subtotal[] => {
  const groups = new Map(lines.map((group) => [group.treatment.key, group]))
  for (const adjustment of adjustments) addToGroup(groups, adjustment.treatment, signedSum([adjustment]))
  return [...groups.values()]
    .map(({ treatment, net }) => ({ treatment, taxable: net, vat: vatOf(net, treatment) }))
    .sort((a, b) => inOrder(a.treatment, b.treatment))
}

const inOrder = (a: Treatment, b: Treatment): number =>
  vatCategories.indexOf(a.category) - vatCategories.indexOf(b.category) || compare(b.rate, a.rate)

const prepaymentOf = (stated: Unfinished<DraftPrepayment>, treatmentOf: TreatmentOf): PrepaymentTotals => {
  const treatment = treatmentOf(stated.vat)
  const taxable = round(required(stated.taxable))
  const tax = optional(stated.tax)
  return { treatment, taxable, vat: tax ? round(tax) : vatOf(taxable, treatment) }
}

function* allVat(draft: UnfinishedDraft): Iterable<Unfinished<DraftVat> | undefined> {
  for (const { vat } of draft.lines ?? []) yield vat
  for (const { vat } of draft.allowances ?? []) yield vat
  for (const { vat } of draft.charges ?? []) yield vat
  for (const { vat } of draft.prepayments ?? []) yield vat
}

const isComputed = <T>(value: T | undefined): value is T => value !== undefined

/** The value, or undefined while a number in it is missing or unreadable. */
const readable = <T>(compute: () => T): T | undefined => {
  try {
    return compute()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/**
 * BT-114 that brings the amount due to what prices with VAT ask for; undefined when prices are without VAT or nothing is missing.
 * What they ask for is the same draft computed as if nothing bore VAT.
 */
export const suggestedRounding = (draft: UnfinishedDraft): Decimal | undefined => {
  if (!draft.pricesIncludeVat) return undefined
  const asked = totalsOf(withoutAnyVat(draft)).taxInclusive
  const difference = subtract(asked, totalsOf(draft).taxInclusive)
  return isZero(difference) ? undefined : difference
}

const withoutAnyVat = (draft: UnfinishedDraft): UnfinishedDraft => ({
  ...draft,
  pricesIncludeVat: false,
  lines: draft.lines?.map((line) => ({ ...line, vat: { category: 'S', ...line.vat, rate: '0' } })),
  allowances: draft.allowances?.map(untaxed),
  charges: draft.charges?.map(untaxed),
})

const untaxed = (stated: StatedAdjustment): StatedAdjustment =>
  stated.vat === undefined ? stated : { ...stated, vat: { ...stated.vat, rate: '0' } }
