/** Texts of the rules on how amounts are written and how long texts may be, and of the schema's demands. */
import type { lengthRules } from '#core/invoice/rules/lengths.ts'
import type { notationRules } from '#core/invoice/rules/notation.ts'
import type { onceRules } from '#core/invoice/rules/once.ts'
import type { structureRules } from '#core/invoice/rules/structure.ts'
import { type Bilingual, text } from '../text.ts'

const twoDecimals = text(
  '{field}: {actual} has more than 2 decimals. Round it to halalas.',
  '{field}: القيمة {actual} بأكثر من منزلتين عشريتين. قرّبها إلى الهللة.',
)

export const notationTexts: Readonly<Record<keyof typeof notationRules, Bilingual>> = {
  'BR-DEC-01': twoDecimals,
  'BR-DEC-02': twoDecimals,
  'BR-DEC-05': twoDecimals,
  'BR-DEC-06': twoDecimals,
  'BR-DEC-09': twoDecimals,
  'BR-DEC-10': twoDecimals,
  'BR-DEC-11': twoDecimals,
  'BR-DEC-12': twoDecimals,
  'BR-DEC-13': twoDecimals,
  'BR-DEC-14': twoDecimals,
  'BR-DEC-15': twoDecimals,
  'BR-DEC-16': twoDecimals,
  'BR-DEC-17': twoDecimals,
  'BR-DEC-18': twoDecimals,
  'BR-DEC-19': twoDecimals,
  'BR-DEC-20': twoDecimals,
  'BR-DEC-23': twoDecimals,
  'BR-DEC-24': twoDecimals,
  'BR-DEC-25': twoDecimals,
  'BR-DEC-27': twoDecimals,
  'BR-DEC-28': twoDecimals,
  'BR-KSA-DEC-03': twoDecimals,
  'BR-KSA-DEC-04': twoDecimals,
  'BR-KSA-F-04': text(
    '{field}: {actual} is negative. Amounts and quantities are never negative; issue a credit note to give money back.',
    '{field}: القيمة {actual} سالبة. لا تكون المبالغ والكميات سالبة؛ أصدر إشعارًا دائنًا لردّ المبلغ.',
  ),
}

const tooLong = text(
  '{field} has {length} characters, at most {max} are allowed. Shorten it.',
  'عدد أحرف «{field}» {length}، والحد الأقصى {max}. اختصر النص.',
)
const between = text(
  '{field} has {length} characters; it must have {min} to {max}. Correct it.',
  'عدد أحرف «{field}» {length}، والمطلوب من {min} إلى {max}. صحّح النص.',
)
const needed = text('{field} is missing or empty. Enter it.', 'بيان ناقص أو فارغ: {field}. أدخله.')

export const lengthTexts: Readonly<Record<keyof typeof lengthRules, Bilingual>> = {
  'BR-KSA-F-06-C1': tooLong,
  'BR-KSA-F-06-C2': tooLong,
  'BR-KSA-F-06-C3': tooLong,
  'BR-KSA-F-06-C4': between,
  'BR-KSA-F-06-C5': tooLong,
  'BR-KSA-F-06-C6': tooLong,
  'BR-KSA-F-06-C7': between,
  'BR-KSA-F-06-C8': tooLong,
  'BR-KSA-F-06-C9': between,
  'BR-KSA-F-06-C10': between,
  'BR-KSA-F-06-C11': tooLong,
  'BR-KSA-F-06-C12': between,
  'BR-KSA-F-06-C13': between,
  'BR-KSA-F-06-C14': between,
  'BR-KSA-F-06-C15': tooLong,
  'BR-KSA-F-06-C16': between,
  'BR-KSA-F-06-C17': between,
  'BR-KSA-F-06-C18': tooLong,
  'BR-KSA-F-06-C19': between,
  'BR-KSA-F-06-C20': tooLong,
  'BR-KSA-F-06-C21': tooLong,
  'BR-KSA-F-06-C22': between,
  'BR-KSA-F-06-C23': between,
  'BR-KSA-F-06-C24': tooLong,
  'BR-KSA-F-06-C25': needed,
  'BR-KSA-F-06-C26': tooLong,
  'BR-KSA-F-06-C27': tooLong,
  'BR-KSA-F-06-C28': needed,
  'BR-KSA-F-06-C29': tooLong,
  'BR-KSA-F-06-C30': tooLong,
  'BR-KSA-F-06-C31': tooLong,
  'BR-KSA-F-06-C32': tooLong,
  'BR-KSA-F-06-C33': between,
  'BR-KSA-F-06-C34': between,
  'BR-KSA-F-06-C35': between,
  'BR-KSA-F-06-C36': between,
  'BR-KSA-F-06-C37': tooLong,
  'BR-KSA-F-06-C38': tooLong,
  'BR-KSA-F-06-C39': between,
}

export const structureTexts: Readonly<Record<keyof typeof structureRules | keyof typeof onceRules, Bilingual>> = {
  'KHATM-ONCE': text(
    '{field} is stated more than once, which ZATCA does not accept. Keep one of them.',
    'بيان مكرر: {field}. لا تقبل الهيئة التكرار، فأبقِ واحدًا فقط.',
  ),
  XSD: text(
    '{field}: "{actual}" is not what the UBL format demands there. Correct it in the system that made the file.',
    '{field}: «{actual}» مخالف لصيغة UBL. صحّحه في النظام الذي أنشأ الملف.',
  ),
}
