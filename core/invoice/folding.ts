/** One spelling for what people write in several ways, so that a search finds it: alef with or without hamza, taa marbuta, digits of three scripts. */

/** Each letter, and those that are found under it. */
const alike: readonly (readonly [string, string])[] = [
  ['ا', 'أإآٱ'],
  ['ه', 'ة'],
  ['ي', 'ىی'],
  ['ك', 'ک'],
  ...Array.from('0123456789', (digit, at) => [digit, '٠١٢٣٤٥٦٧٨٩'.charAt(at) + '۰۱۲۳۴۵۶۷۸۹'.charAt(at)] as const),
]

/** Vowel marks and tatweel: they change how a word looks, not which one it is. */
const ignored = '\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640'

/** For SQL's `translate`: every character of `from` becomes the one at its place in `to`, or nothing where that is shorter. */
export const folding = {
  from: alike.map(([, others]) => others).join('') + ignored,
  to: alike.map(([letter, others]) => letter.repeat(others.length)).join(''),
} as const

/** What SQL's `translate` does with these two; made once, because a search asks it for every row. */
export const translator = (from: string, to: string): ((text: string) => string) => {
  const letters = new Map(Array.from(from, (character, at) => [character, to.charAt(at)]))
  const any = new RegExp(`[${from.replaceAll(/[\\\]^-]/g, '\\$&')}]`, 'g')
  return (text) => text.replace(any, (character) => letters.get(character) ?? '')
}

const spell = translator(folding.from, folding.to)

/** A text in that one spelling, in lower case. */
export const folded = (text: string): string => spell(text.toLowerCase())
