/** Numbers as people type them in Arabic: Eastern Arabic and Persian digits and their separators, turned into plain decimals. */

const arabicZero = 0x0660
const persianZero = 0x06f0

/** Every Arabic-Indic (٠-٩) or Persian (۰-۹) digit as its ASCII digit; everything else stays. */
export const asciiDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => {
    const code = digit.charCodeAt(0)
    return String(code - (code >= persianZero ? persianZero : arabicZero))
  })

/** Invisible direction marks that come along when a number is pasted out of Arabic text. */
const directionMarks = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g

/** A number in the form that the schema asks for: ASCII digits, a point, no thousands (`١٬٢٣٤٫٥٠` becomes `1234.50`). */
export const asciiDecimal = (text: string): string =>
  asciiDigits(text.replace(directionMarks, '').trim()).replaceAll('٬', '').replace('٫', '.')

/** An identifier, date or code: ASCII digits, no direction marks, trimmed. */
export const asciiIdentifier = (text: string): string => asciiDigits(text.replace(directionMarks, '').trim())
