/** BT-151, BT-118: the four VAT categories (UNTDID 5305 subset, BR-KSA-18) and their rates. */
import type { VatCategory } from '../draft.ts'
import type { Bilingual } from './bilingual.ts'

interface VatCategoryEntry extends Bilingual {
  /** Rates in percent; the first is the default. 5 is the transitional rate from before July 2020 (BR-KSA-84). */
  readonly rates: readonly [string, ...string[]]
  /** Whether the breakdown states a reason (BR-KSA-23, -24, -69) or may not (BR-S-10) */
  readonly needsReason: boolean
}

export const vatCategoryTable: Readonly<Record<VatCategory, VatCategoryEntry>> = {
  S: { en: 'Standard rate', ar: 'النسبة الأساسية', rates: ['15.00', '5.00'], needsReason: false },
  Z: { en: 'Zero rate', ar: 'نسبة الصفر', rates: ['0.00'], needsReason: true },
  E: { en: 'Exempt', ar: 'معفى من الضريبة', rates: ['0.00'], needsReason: true },
  O: { en: 'Out of scope', ar: 'خارج نطاق الضريبة', rates: ['0.00'], needsReason: true },
}
