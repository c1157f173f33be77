/** Texts of what breaks the structure of UBL: here the reader is who wrote the file, so elements are called as they are written. */
import { type Bilingual, text } from '../text.ts'

const inTheMakerEn = 'in the system that made the file.'
const inTheMakerAr = 'في النظام الذي أنشأ الملف.'
const structure = (en: string, ar: string): Bilingual => text(`${en} ${inTheMakerEn}`, `${ar} ${inTheMakerAr}`)

export const structureKindTexts = {
  'unknown-element': structure(
    'The element {name} may not stand here. Remove it or correct its name',
    'العنصر {name} غير مسموح به في هذا الموضع. احذفه أو صحّح اسمه',
  ),
  'misplaced-element': structure(
    'The element {name} stands at the wrong place: UBL fixes the order of the elements. Move it',
    'موضع العنصر {name} غير صحيح، وصيغة UBL تفرض ترتيبًا ثابتًا للعناصر. انقله إلى موضعه',
  ),
  'repeated-element': structure(
    'The element {name} may stand here only once. Keep one of them',
    'العنصر {name} لا يتكرر في هذا الموضع. أبقِ واحدًا فقط',
  ),
  'missing-element': structure('The element {name} is missing here. Add it', 'العنصر {name} ناقص في هذا الموضع. أضفه'),
  'unknown-attribute': structure(
    'The attribute {name} may not stand on this element. Remove it',
    'الخاصية {name} غير مسموح بها في هذا العنصر. احذفها',
  ),
  'missing-attribute': structure(
    'The attribute {name} is missing on this element. Add it',
    'الخاصية {name} ناقصة. أضفها',
  ),
  'misplaced-text': structure(
    'The element {name} holds elements only, but there is text between them. Remove it',
    'العنصر {name} لا يقبل نصًا بين عناصره. احذف النص',
  ),
} as const satisfies Readonly<Record<string, Bilingual>>

export const isStructureKind = (kind: string): kind is keyof typeof structureKindTexts =>
  Object.hasOwn(structureKindTexts, kind)
