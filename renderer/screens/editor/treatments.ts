/** The VAT treatments that a person can pick: rate or exemption reason as one choice, with the official texts. */

import { isCodeOf } from '#core/invoice/codes/bilingual.ts'
import { type ExemptionReasonCode, exemptionReasons } from '#core/invoice/codes/exemption-reasons.ts'
import type { DraftVat, VatCategory } from '#core/invoice/draft.ts'
import type { Unfinished } from '#core/invoice/unfinished.ts'
import type { Language } from '../../preferences.tsx'

export interface TreatmentOption {
  /** `S`, `S:5`, `Z:VATEX-SA-32` */
  readonly value: string
  readonly category: VatCategory
  readonly label: string
}

type Vat = Unfinished<DraftVat>

const reasonCodes = Object.keys(exemptionReasons).filter((code) => isCodeOf(exemptionReasons, code))

const reasonOption = (code: ExemptionReasonCode, language: Language): TreatmentOption => {
  const reason = exemptionReasons[code]
  return { value: `${reason.category}:${code}`, category: reason.category, label: `0% ${reason[language]} · ${code}` }
}

export const treatmentOptions = (language: Language): readonly TreatmentOption[] => [
  { value: 'S', category: 'S', label: '15%' },
  { value: 'S:5', category: 'S', label: '5%' },
  ...reasonCodes.map((code) => reasonOption(code, language)),
]

/** The choice that a draft's treatment amounts to; the standard rate when nothing is said. */
export const treatmentValue = (vat: Vat | undefined): string => {
  if (vat?.category === undefined || vat.category === 'S') return Number(vat?.rate ?? 15) === 5 ? 'S:5' : 'S'
  return vat.exemption === undefined ? vat.category : `${vat.category}:${vat.exemption}`
}

export const vatOfTreatment = (value: string): Vat => {
  const [category = 'S', detail] = value.split(':')
  if (category === 'Z' || category === 'E' || category === 'O') {
    return detail === undefined ? { category } : { category, exemption: detail }
  }
  return detail === undefined ? { category: 'S' } : { category: 'S', rate: detail }
}

/** From a pasted cell: a rate (`15%`, `٠`), a category letter or a reason code. */
export const treatmentOfText = (text: string): string | undefined => {
  const word = text.trim().toUpperCase().replace('%', '')
  const reason = reasonCodes.find((code) => code.toUpperCase() === word)
  if (reason !== undefined) return `${exemptionReasons[reason].category}:${reason}`
  if (/^[ZEO]$/.test(word)) return word
  if (/^(S|15(\.0+)?)$/.test(word)) return 'S'
  return /^5(\.0+)?$/.test(word) ? 'S:5' : undefined
}
