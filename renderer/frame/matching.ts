/** Search as people type: Arabic letters that sound alike, marks and digits are treated as equal. */
import { asciiDigits } from '#core/invoice/numerals.ts'

/** One form for each way of writing: alef with or without hamza, taa marbuta, alef maqsura, no vowel marks, no tatweel. */
export const folded = (text: string): string =>
  asciiDigits(text)
    .toLowerCase()
    .replace(/[\u064b-\u0652\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ة/g, 'ه')
    .replace(/ى/g, 'ي')

/** Every word of the search occurs somewhere. */
export const matches = (text: string, search: string): boolean => {
  const within = folded(text)
  return folded(search)
    .split(/\s+/)
    .every((word) => within.includes(word))
}
