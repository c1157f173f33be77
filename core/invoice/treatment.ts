/** VAT treatments: what decides the VAT of a line, an allowance or a prepayment, and what the VAT breakdown is grouped by (BG-23). */
import { add, type Decimal, decimal, divide, format, multiply, round, trim } from './amount.ts'
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
  /** Equal for treatments that share one subtotal of the breakdown: same category, rate and reason */
  readonly key: string
}

/** The treatment that a `vat` of the draft means; throws a RangeError on an unreadable rate. */
export type TreatmentOf = (vat: Unfinished<DraftVat> | undefined) => Treatment

/** The reasons that a draft states anywhere: code by category, text by code. */
interface StatedReasons {
  readonly codes: ReadonlyMap<string, string>
  readonly texts: ReadonlyMap<string, string>
}

/**
 * Resolves every `vat` of one draft. A reason stated once holds for its whole category, because the document has room for only one: the
 * first reason of each category and the first text of each reason count for those that state none.
 */
export const treatmentsOf = (all: Iterable<Unfinished<DraftVat> | undefined>): TreatmentOf => {
  const reasons = statedReasons(all)
  const known = new Map<string, Treatment>()
  return (vat) => {
    const stated = `${vat?.category}|${vat?.rate}|${vat?.exemption}|${vat?.exemptionText}`
    const found = known.get(stated)
    if (found !== undefined) return found
    const treatment = resolve(vat, reasons)
    known.set(stated, treatment)
    return treatment
  }
}

const statedReasons = (all: Iterable<Unfinished<DraftVat> | undefined>): StatedReasons => {
  const codes = new Map<string, string>()
  const texts = new Map<string, string>()
  for (const vat of all) {
    const code = vat && statedCode(vat)
    if (vat?.category === undefined || code === undefined) continue
    if (!codes.has(vat.category)) codes.set(vat.category, code)
    if (vat.exemptionText && !texts.has(code)) texts.set(code, vat.exemptionText)
  }
  return { codes, texts }
}

const outOfScope: ExemptionReasonCode = 'VATEX-SA-OOS'

/** Out of scope knows one reason code only, so it need not be stated. */
const statedCode = ({ category, exemption }: Unfinished<DraftVat>): string | undefined =>
  exemption || (category === 'O' ? outOfScope : undefined)

/** Rate by category unless stated. Throws a RangeError on an unreadable rate. */
const resolve = (vat: Unfinished<DraftVat> | undefined, reasons: StatedReasons): Treatment => {
  const category = vat?.category ?? 'S'
  const rate = trim(decimal(vat?.rate ? asciiDecimal(vat.rate) : vatCategoryTable[category].rates[0]))
  const exemption = (vat && statedCode(vat)) ?? reasons.codes.get(category)
  const key = `${category} ${format(rate)} ${exemption ?? ''}`
  if (exemption === undefined) return { category, rate, key }
  const text = vat?.exemptionText || reasons.texts.get(exemption) || officialText(exemption)
  return { category, rate, key, exemption, ...(text === undefined ? {} : { exemptionText: text }) }
}

const officialText = (code: string): string | undefined =>
  isCodeOf(exemptionReasons, code) ? exemptionText(exemptionReasons[code]) : undefined

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
