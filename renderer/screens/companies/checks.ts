/** Identifier checks beside the field: the same shapes that ZATCA warns about, before a CSR or an invoice depends on them (spec B3, C4). */
import { type IdentificationSchemeCode, identificationSchemes } from '#core/invoice/codes/identification-schemes.ts'
import { asciiIdentifier } from '#core/invoice/numerals.ts'
import type { Texts } from '../../i18n/en.ts'

export type Check = (text: string, texts: Texts['checks']) => string | undefined

const vatNumber = /^3\d{13}3$/

/** BR-KSA-40: 15 digits, first and last 3. */
export const checkVatNumber: Check = (text, texts) => {
  const number = asciiIdentifier(text)
  if (number === '') return texts.needed
  if (/^\d+$/.test(number) && number.length !== 15) return texts.vatLength(number.length)
  return vatNumber.test(number) ? undefined : texts.vatShape
}

/** ZATCA's server refuses a QR code whose seller name has more bytes than fit one length byte (spec E4). */
export const nameBytesLimit = 127
export const utf8Bytes = (text: string): number => new TextEncoder().encode(text.trim()).length

export const checkName: Check = (text, texts) => {
  if (text.trim() === '') return texts.needed
  return utf8Bytes(text) > nameBytesLimit ? texts.nameTooLong : undefined
}

const shaped =
  (shape: RegExp, message: keyof Texts['checks'] & ('building' | 'plot' | 'postal')) =>
  (optional: boolean): Check =>
  (text, texts) => {
    const value = asciiIdentifier(text)
    if (value === '') return optional ? undefined : texts.needed
    return shape.test(value) ? undefined : texts[message]
  }

export const checkBuilding = shaped(/^\d{4}$/, 'building')(false)
export const checkPlot = shaped(/^\d{4}$/, 'plot')(true)
export const checkPostalCode = shaped(/^\d{5}$/, 'postal')(false)

export const checkNeeded: Check = (text, texts) => (text.trim() === '' ? texts.needed : undefined)

const schemeMessages = { CRN: 'crn', '700': 'seven', TIN: 'tin', NAT: 'nat', IQA: 'iqa' } as const

/** The scheme's own shape (BR-KSA-F-07 to F-11), else letters and digits only. */
export const checkIdentifier =
  (scheme: IdentificationSchemeCode): Check =>
  (text, texts) => {
    const value = asciiIdentifier(text)
    if (value === '') return texts.needed
    if (scheme in schemeMessages) {
      const entry = identificationSchemes[scheme]
      const message = Object.entries(schemeMessages).find(([code]) => code === scheme)?.[1]
      if ('format' in entry && message !== undefined) return entry.format.test(value) ? undefined : texts[message]
    }
    return /^[\p{L}\d]+$/u.test(value) ? undefined : texts.idCharacters
  }

/** Fields of the CSR: no symbols that its template refuses, at most 64 characters (spec B3). */
export const checkCsrText: Check = (text, texts) => {
  const value = text.trim()
  if (value === '') return texts.needed
  return value.length > 64 || /[!@#$%&*_<]/.test(value) ? texts.industryCharacters : undefined
}

/** A VAT group has 1 as eleventh digit; its units carry the member's TIN in place of a branch name. */
export const isVatGroup = (number: string): boolean => asciiIdentifier(number)[10] === '1'

export const checkBranch =
  (group: boolean): Check =>
  (text, texts) => {
    if (!group) return checkCsrText(text, texts)
    return /^\d{10}$/.test(asciiIdentifier(text)) ? undefined : texts.branchTin
  }
