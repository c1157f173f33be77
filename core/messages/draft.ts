/** What a person reads when a draft from outside cannot be read: one sentence for each kind of problem. */
import { labelOf } from '#core/invoice/fields.ts'
import type { DraftFinding } from '#core/invoice/parse-draft.ts'
import { atLine, fieldTexts } from './fields.ts'
import { type Bilingual, filledIn, type Language, text } from './text.ts'

export const draftTexts: Readonly<Record<DraftFinding['code'], Bilingual>> = {
  required: text('{field} is missing. Enter it.', '{field}: القيمة ناقصة. أدخلها.'),
  type: text('{field} has the wrong form: {expected} is expected.', '{field}: الصيغة غير صحيحة، والمطلوب {expected}.'),
  choice: text('{field} must be one of: {expected}.', '{field}: القيمة يجب أن تكون إحدى القيم: {expected}.'),
  decimal: text(
    '{field} must be a decimal number written as text, for example "12.50".',
    '{field}: القيمة رقم عشري يُكتب بين علامتي تنصيص، مثل "12.50".',
  ),
  date: text('{field} must be a date such as 2026-03-31.', '{field}: التاريخ يُكتب هكذا: 2026-03-31.'),
  time: text('{field} must be a time such as 14:05:00.', '{field}: الوقت يُكتب هكذا: 14:05:00.'),
  'too-short': text('{field} is too short: at least {expected}.', '{field}: أقصر من الحد الأدنى {expected}.'),
  'too-long': text('{field} is too long: at most {expected}.', '{field}: أطول من الحد الأقصى {expected}.'),
  'unknown-field': text(
    '{field} is not known here. Remove it or correct its name.',
    '{field}: حقل غير معروف هنا. احذفه أو صحّح اسمه.',
  ),
  invalid: text('{field} cannot be read. Correct it.', '{field}: قيمة لا يمكن قراءتها. صحّحها.'),
}

/** The sentence for one finding; the place is named as on the form, or as in the data where the form has no such field. */
export const draftMessage = ({ code, path, expected }: DraftFinding, language: Language): string => {
  const label = labelOf(path)
  const name = label === undefined ? path : fieldTexts[label][language]
  const line = /^lines\[(\d+)\]/.exec(path)?.[1]
  const sentence = filledIn(draftTexts[code][language], {
    field: name || whole[language],
    expected: forms[expected ?? '']?.[language] ?? expected,
  })
  return line === undefined ? sentence : atLine(String(Number(line) + 1), sentence, language)
}

const whole: Bilingual = text('The draft', 'المسودة')

/** JSON's own words for forms, as a person says them. */
const forms: Readonly<Record<string, Bilingual>> = {
  string: text('a text in quotes', 'نص بين علامتي تنصيص'),
  boolean: text('true or false', 'true أو false'),
  object: text('a group of fields', 'مجموعة حقول'),
  array: text('a list', 'قائمة'),
}
