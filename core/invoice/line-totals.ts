/** The amounts of one line: net price, allowances and charges, BT-131, KSA-11 and KSA-12 (spec C9, C10). */
import {
  absolute,
  add,
  type Decimal,
  decimal,
  divide,
  equals,
  isZero,
  multiply,
  parseDecimal,
  round,
  subtract,
  sum,
  trim,
} from './amount.ts'
import type { DraftAdjustment, DraftLine } from './draft.ts'
import { asciiDecimal } from './numerals.ts'
import { percentOf, type Treatment, vatOf, withoutVat } from './treatment.ts'
import type { Unfinished } from './unfinished.ts'

/** An allowance (`charge` false) or a charge with its amounts without VAT. */
export interface Adjustment {
  readonly charge: boolean
  readonly amount?: Decimal
  readonly percent?: Decimal
  readonly base?: Decimal
  readonly reason?: string
  readonly reasonCode?: string
}

/** Unit prices without VAT; `gross` and `discount` only when the draft states a price discount (BT-147, BT-148). */
export interface UnitPrice {
  readonly net: Decimal
  readonly gross?: Decimal
  readonly discount?: Decimal
  /** BT-149 */
  readonly per?: Decimal
}

export interface LineTotals {
  readonly quantity: Decimal
  readonly price: UnitPrice
  readonly treatment: Treatment
  readonly adjustments: readonly Adjustment[]
  /** BT-131 */
  readonly net: Decimal
  /** KSA-11 */
  readonly vat: Decimal
  /** KSA-12 */
  readonly total: Decimal
}

/** Takes an amount that the draft states to the amount without VAT. */
export type ToNet = (stated: Decimal, scale: number) => Decimal

/** With prices that include VAT every amount a shop types is what the customer sees, so VAT is taken out of each. */
export const toNetOf = (treatment: Treatment, includesVat: boolean): ToNet =>
  includesVat ? (stated, scale) => withoutVat(stated, treatment, scale) : (stated) => stated

const one = decimal('1')
const halala = decimal('0.01')
const two = decimal('2')
const twoHundred = decimal('200')

/** Throws a RangeError when quantity or price is missing or any number is unreadable. */
export const lineTotals = (line: Unfinished<DraftLine>, treatment: Treatment, includesVat: boolean): LineTotals => {
  const quantity = required(line.quantity)
  const toNet = toNetOf(treatment, includesVat)
  const price = unitPrice(line, quantity, toNet)
  const goods = divide(multiply(quantity, price.net), price.per ?? one, 2)
  const adjustments = [
    ...(line.allowances ?? []).map((allowance) => adjustmentOf(false, allowance, goods, toNet)),
    ...(line.charges ?? []).map((charge) => adjustmentOf(true, charge, goods, toNet)),
  ]
  const net = add(goods, signedSum(adjustments))
  const vat = vatOf(net, treatment)
  return { quantity, price, treatment, adjustments, net, vat, total: add(net, vat) }
}

/** BR-KSA-EN16931-07: net price = gross price - discount, exactly; hence the subtraction comes after VAT is taken out. */
const unitPrice = (line: Unfinished<DraftLine>, quantity: Decimal, toNet: ToNet): UnitPrice => {
  const stated = required(line.price)
  const statedDiscount = optional(line.priceDiscount)
  const per = optional(line.priceQuantity)
  const scale = priceScale(quantity, stated, per)
  const gross = trim(toNet(stated, scale))
  const basis = per === undefined ? {} : { per }
  if (statedDiscount === undefined) return { net: gross, ...basis }
  const discount = trim(toNet(statedDiscount, scale))
  return { net: subtract(gross, discount), gross, discount, ...basis }
}

/**
 * How many decimals a price without VAT needs so that quantity x price rounds as the undivided value would: the nearest that the
 * exact value can come to half a halala shrinks by one decimal for each digit of quantity and base quantity and each decimal of the
 * price. Six at least, so that one article has one price whatever the quantity.
 */
const priceScale = (quantity: Decimal, price: Decimal, per: Decimal = one): number =>
  Math.max(6, digits(quantity) + price.scale + 2 + digits(per) - 1)

const digits = (value: Decimal): number => value.units.toString().length

/**
 * BT-136, BT-141 and their document-level counterparts: the stated amount, or `percent` of the stated base or else of `defaultBase`,
 * which is always without VAT. Nothing stated yet means no amount, which the rules report (BR-31, BR-41).
 */
export const adjustmentOf = (
  charge: boolean,
  stated: Unfinished<DraftAdjustment>,
  defaultBase: Decimal,
  toNet: ToNet,
): Adjustment => ({
  charge,
  ...adjustmentAmounts(stated, defaultBase, toNet),
  ...(stated.reason && { reason: stated.reason }),
  ...(stated.reasonCode && { reasonCode: stated.reasonCode }),
})

const adjustmentAmounts = (
  stated: Unfinished<DraftAdjustment>,
  defaultBase: Decimal,
  toNet: ToNet,
): Pick<Adjustment, 'amount' | 'percent' | 'base'> => {
  const statedPercent = optional(stated.percent)
  const percent = statedPercent && trim(statedPercent)
  const statedBase = optional(stated.base)
  const statedAmount = optional(stated.amount)
  const base = statedBase ? round(toNet(statedBase, 2)) : percent && round(defaultBase)
  const terms = { ...(percent && { percent }), ...(base && { base }) }
  const net = statedAmount && round(toNet(statedAmount, 2))
  if (percent === undefined || base === undefined) return net ? { ...terms, amount: net } : terms
  const amount = net ?? percentOf(base, percent)
  return missesByRounding(amount, base, percent) ? { amount } : { ...terms, amount }
}

/**
 * Whether rounding alone keeps ZATCA's validator from arriving at the amount (BR-KSA-EN16931-03), which is then stated without
 * percentage and base: the percentage comes out at half a halala, which the validator's doubles take to either side by chance, or the
 * amount was stated beside it and is a halala off, as happens where VAT is taken out of both. A greater difference is a contradiction in
 * the draft and stays for the rule to report.
 */
const missesByRounding = (amount: Decimal, base: Decimal, percent: Decimal): boolean => {
  const share = percentOf(base, percent)
  const difference = absolute(subtract(amount, share))
  return equals(difference, halala) || (isZero(difference) && isHalfway(share, base, percent))
}

const isHalfway = (share: Decimal, base: Decimal, percent: Decimal): boolean =>
  equals(multiply(share, twoHundred), add(multiply(multiply(base, percent), two), one))

/** Charges minus allowances. */
export const signedSum = (adjustments: readonly Adjustment[]): Decimal =>
  subtract(adjustmentSum(adjustments, true), adjustmentSum(adjustments, false))

export const adjustmentSum = (adjustments: readonly Adjustment[], charges: boolean): Decimal =>
  sum(adjustments.flatMap(({ charge, amount }) => (amount !== undefined && charge === charges ? [amount] : [])))

/** A number that has to be there; throws a RangeError otherwise. */
export const required = (text: string | undefined): Decimal => {
  const value = parseDecimal(text ?? '') ?? parseDecimal(asciiDecimal(text ?? ''))
  if (value === undefined) throw new RangeError('not a decimal number')
  return value
}

/** A number that may be absent or blank; throws a RangeError when it is there and unreadable. */
export const optional = (text: string | undefined): Decimal | undefined =>
  text === undefined || text.trim() === '' ? undefined : required(text)
