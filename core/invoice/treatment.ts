/** VAT treatments: what decides the VAT of a line, an allowance or a prepayment, and what the VAT breakdown is grouped by (BG-23). */
import { add, type Decimal, decimal, divide, format, multiply, round } from './amount.ts'
import { isCodeOf } from './codes/bilingual.ts'
import { type ExemptionReasonCode, exemptionReasons, exemptionText } from './codes/exemption-reasons.ts'
import { vatCategoryTable } from './codes/vat-categories.ts'
import type { DraftVat, VatCategory } from './draft.ts'
import { asciiDecimal } from './numerals.ts'
import type { Unfinished } from './unfinished.ts'

export interface Treatment {
  readonly category: VatCategory
  /** BT-152, BT-119 in percent */
  readonly rate: Decimal
  /** BT-121 */
  readonly exemption?: string
  /** BT-120 */
  readonly exemptionText?: string
}

/** The reasons that a draft states anywhere: code by category, text by code. A reason stated once holds for its whole category. */
export interface StatedReasons {
  readonly codes: ReadonlyMap<string, string>
  readonly texts: ReadonlyMap<string, string>
}

/** The first reason of each category and the first text of each reason count. */
export const statedReasons = (all: Iterable<Unfinished<DraftVat> | undefined>): StatedReasons => {
  const codes = new Map<string, string>()
  const texts = new Map<string, string>()
  for (const vat of all) {
    if (vat?.category === undefined || !vat.exemption) continue
    if (!codes.has(vat.category)) codes.set(vat.category, vat.exemption)
    if (vat.exemptionText && !texts.has(vat.exemption)) texts.set(vat.exemption, vat.exemptionText)
  }
  return { codes, texts }
}

const outOfScope: ExemptionReasonCode = 'VATEX-SA-OOS'

/** Rate by category unless stated; out of scope knows one reason code only. Throws a RangeError on an unreadable rate. */
export const treatmentOf = (vat: Unfinished<DraftVat> | undefined, reasons: StatedReasons): Treatment => {
  const category = vat?.category ?? 'S'
  const rate = decimal(vat?.rate ? asciiDecimal(vat.rate) : vatCategoryTable[category].rates[0])
  const exemption = vat?.exemption || reasons.codes.get(category) || (category === 'O' ? outOfScope : undefined)
  if (exemption === undefined) return { category, rate }
  const text = vat?.exemptionText || reasons.texts.get(exemption) || officialText(exemption)
  return { category, rate, exemption, ...(text === undefined ? {} : { exemptionText: text }) }
}

const officialText = (code: string): string | undefined =>
  isCodeOf(exemptionReasons, code) ? exemptionText(exemptionReasons[code]) : undefined

/** Equal for treatments that share one subtotal of the breakdown. */
export const treatmentKey = (treatment: Treatment): string =>
  `${treatment.category} ${format(treatment.rate)} ${treatment.exemption ?? ''}`

const hundred = decimal('100')

/** BT-117, KSA-11, KSA-32: round(taxable x rate / 100, 2). */
export const vatOf = (taxable: Decimal, treatment: Treatment): Decimal =>
  round(divideByHundred(multiply(taxable, treatment.rate)), 2)

/** Shifting the point is exact where a division would have to name its scale. */
const divideByHundred = (value: Decimal): Decimal => ({ units: value.units, scale: value.scale + 2 })

/** `percent` of a base, to the halala. */
export const percentOf = (base: Decimal, percent: Decimal): Decimal =>
  round(divideByHundred(multiply(base, percent)), 2)

/** What remains of an amount that includes VAT: amount x 100 / (100 + rate), with `scale` decimals. */
export const withoutVat = (amount: Decimal, treatment: Treatment, scale: number): Decimal =>
  divide(multiply(amount, hundred), add(hundred, treatment.rate), scale)
