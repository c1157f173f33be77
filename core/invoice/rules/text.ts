/** How the official stylesheets read text: XML white space, lengths in characters, presence without blankness. */
import { parseDecimal } from '../amount.ts'
import { isPlain } from './plain.ts'

const edges = /^[ \t\r\n]+|[ \t\r\n]+$/g
const runs = /[ \t\r\n]+/g
const space = 32

/** A blank or a control character; most texts are free of both, which is seen faster than by a regular expression. */
const mayHaveBlanks = (text: string): boolean => {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) <= space) return true
  return false
}

/** XPath `normalize-space`: no blanks around, single ones inside; an absent value reads as empty. */
export const normalized = (text: string | undefined): string => {
  if (text === undefined) return ''
  return mayHaveBlanks(text) ? text.replace(edges, '').replace(runs, ' ') : text
}

/** Exists and is not the empty string; blanks count as content (XPath `. != ''`). */
export const filled = (text: string | undefined): boolean => text !== undefined && text !== ''

/** Absent, empty or only white space. */
export const blank = (text: string | undefined): boolean => normalized(text) === ''

/** Characters, not UTF-16 units. */
export const length = (text: string): number => {
  let count = 0
  for (const _character of text) count += 1
  return count
}

/** Longer than `limit` characters; counts only when the UTF-16 length leaves a doubt. */
export const longerThan = (text: string | undefined, limit: number): boolean =>
  text !== undefined && text.length > limit && length(text) > limit

/** More than two characters after the point, as written: `1.500` breaks although its value would not. */
export const tooManyDecimals = (literal: string | undefined): boolean => {
  const point = literal?.indexOf('.') ?? -1
  return literal !== undefined && point >= 0 && literal.length - point - 1 > 2
}

/** One word of a code list; a value with a blank inside is never one. */
export const listed = (list: ReadonlySet<string>, text: string | undefined): boolean => list.has(normalized(text))

/** A literal of xs:decimal; almost all are plain, which is seen without parsing. */
export const isDecimal = (literal: string | undefined): literal is string =>
  literal !== undefined && (isPlain(literal) || parseDecimal(literal) !== undefined)
