/** BT-3, invoice type code: the four kinds of document and their titles (UNTDID 1001 subset, BR-KSA-05). */
import type { DocumentKind, Profile } from '../draft.ts'
import type { Bilingual } from './bilingual.ts'

export const documentTypeCodes = {
  invoice: '388',
  'credit-note': '381',
  'debit-note': '383',
  prepayment: '386',
} as const satisfies Record<DocumentKind, string>

export type DocumentTypeCode = (typeof documentTypeCodes)[DocumentKind]

const kindsByCode: ReadonlyMap<string, DocumentKind> = new Map([
  ['388', 'invoice'],
  ['381', 'credit-note'],
  ['383', 'debit-note'],
  ['386', 'prepayment'],
])

/** The kind behind a type code that was read, undefined when ZATCA does not know the code. */
export const documentKindOf = (code: string): DocumentKind | undefined => kindsByCode.get(code)

/** Credit and debit notes refer to an original and state a reason (BR-KSA-17, BR-KSA-56). */
export const isNote = (kind: DocumentKind): boolean => kind === 'credit-note' || kind === 'debit-note'

/** The titles that the VAT regulations give each document, by profile. */
export const documentTitles: Readonly<Record<Profile, Readonly<Record<DocumentKind, Bilingual>>>> = {
  standard: {
    invoice: { en: 'Tax invoice', ar: 'فاتورة ضريبية' },
    'credit-note': { en: 'Credit note for tax invoice', ar: 'إشعار دائن للفاتورة الضريبية' },
    'debit-note': { en: 'Debit note for tax invoice', ar: 'إشعار مدين للفاتورة الضريبية' },
    prepayment: { en: 'Prepayment tax invoice', ar: 'فاتورة ضريبية لدفعة مقدمة' },
  },
  simplified: {
    invoice: { en: 'Simplified tax invoice', ar: 'فاتورة ضريبية مبسطة' },
    'credit-note': { en: 'Credit note for simplified tax invoice', ar: 'إشعار دائن للفاتورة الضريبية المبسطة' },
    'debit-note': { en: 'Debit note for simplified tax invoice', ar: 'إشعار مدين للفاتورة الضريبية المبسطة' },
    prepayment: { en: 'Simplified prepayment tax invoice', ar: 'فاتورة ضريبية مبسطة لدفعة مقدمة' },
  },
}

/** The title of a self-billed tax invoice (KSA-2 position 7). */
export const selfBilledTitle: Bilingual = { en: 'Self-billed tax invoice', ar: 'فاتورة ضريبية ذاتية' }
