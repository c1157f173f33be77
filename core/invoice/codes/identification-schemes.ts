/** BT-29 and BT-46: how a party is identified besides its VAT number (BR-KSA-08, BR-KSA-14, BR-KSA-F-07..F-11). */
import type { Bilingual } from './bilingual.ts'

interface IdentificationScheme extends Bilingual {
  readonly seller: boolean
  readonly buyer: boolean
  /** Shape of the value where ZATCA prescribes one */
  readonly format?: RegExp
}

export const identificationSchemes = {
  TIN: { en: 'Tax identification number', ar: 'الرقم المميز', seller: false, buyer: true, format: /^3\d{9}$/ },
  CRN: { en: 'Commercial registration', ar: 'السجل التجاري', seller: true, buyer: true, format: /^\d{10}$/ },
  MOM: { en: 'Municipal licence (MOMRAH)', ar: 'رخصة بلدية', seller: true, buyer: true },
  MLS: {
    en: 'Labour licence (MHRSD)',
    ar: 'رخصة وزارة الموارد البشرية والتنمية الاجتماعية',
    seller: true,
    buyer: true,
  },
  '700': { en: 'Unified 700 number', ar: 'الرقم الوطني الموحد (700)', seller: true, buyer: true, format: /^7\d{9}$/ },
  SAG: { en: 'Investment licence (MISA)', ar: 'رخصة وزارة الاستثمار', seller: true, buyer: true },
  NAT: { en: 'National ID', ar: 'رقم الهوية الوطنية', seller: false, buyer: true, format: /^1\d{9}$/ },
  GCC: { en: 'GCC ID', ar: 'هوية مواطني دول مجلس التعاون', seller: false, buyer: true },
  IQA: { en: 'Iqama number', ar: 'رقم الإقامة', seller: false, buyer: true, format: /^2\d{9}$/ },
  PAS: { en: 'Passport number', ar: 'رقم جواز السفر', seller: false, buyer: true },
  OTH: { en: 'Other identifier', ar: 'معرّف آخر', seller: true, buyer: true },
} as const satisfies Record<string, IdentificationScheme>

export type IdentificationSchemeCode = keyof typeof identificationSchemes

/** ZATCA's order: whoever has several identifiers states the first one available. (The table's own order loses `700`: JavaScript puts it first.) */
export const schemePreference: readonly IdentificationSchemeCode[] = [
  'TIN',
  'CRN',
  'MOM',
  'MLS',
  '700',
  'SAG',
  'NAT',
  'GCC',
  'IQA',
  'PAS',
  'OTH',
]
