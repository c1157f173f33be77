/** What people type and paste, brought to the plain form that a draft holds; what cannot be read stays as it is and becomes a finding. */
import type { FieldKind } from '#core/invoice/fields.ts'
import { asciiDecimal, asciiIdentifier } from '#core/invoice/numerals.ts'

const plain = /^-?\d+(\.\d+)?$/
/** Currency words and signs that come along from Excel: SAR, ر.س, ﷼. */
const currencyMarks = /SAR|SR|ر\.?\s?س\.?|ريال|﷼|\u20c1/gi
const blanks = /[\s\u00a0\u202f']/g

/**
 * `1,234.50`, `١٬٢٣٤٫٥٠`, `1.234,50`, `(5.00)`, `5-` and `SAR 5` as plain decimals; undefined when it is no number.
 * A single comma is a decimal point unless exactly three digits follow it.
 */
export const readNumber = (text: string): string | undefined => {
  const cleaned = asciiDecimal(text.replace(currencyMarks, '')).replace(blanks, '').replace(/،/g, ',')
  const bracketed = /^\((.*)\)$/.exec(cleaned)?.[1] ?? /^([^-].*)-$/.exec(cleaned)?.[1]
  const number = onePoint(bracketed === undefined ? cleaned : `-${bracketed}`).replace(/^(-?)\./, '$10.')
  return plain.test(number) ? number : undefined
}

/** Of comma and point the last one is the decimal point. */
const onePoint = (text: string): string => {
  const comma = text.lastIndexOf(',')
  if (comma === -1) return text
  const point = text.lastIndexOf('.')
  if (point > comma) return text.replaceAll(',', '')
  if (point !== -1) return text.replaceAll('.', '').replace(',', '.')
  const isThousands = text.indexOf(',') !== comma || /^-?[1-9]\d{0,2},\d{3}$/.test(text)
  return isThousands ? text.replaceAll(',', '') : text.replace(',', '.')
}

/** `10%` or `١٠٪` as number and yes; `10` as number and no. */
export const splitPercent = (text: string): readonly [number: string, isPercent: boolean] => {
  const percent = /^(.*?)\s*[%٪]$/.exec(text.trim())?.[1]
  return percent === undefined ? [text, false] : [percent, true]
}

/** `4/5/2026`, `٤-٥-٢٠٢٦`, `2026/5/4` as `2026-05-04`: day before month, as dates are written in the Kingdom. */
export const readDate = (text: string): string | undefined => {
  const numbers = asciiIdentifier(text).split(/[-/.\s]+/)
  const [first = '', month = '', last = ''] = numbers
  if (numbers.length !== 3 || !numbers.every((part) => /^\d+$/.test(part))) return undefined
  const [year, day] = first.length === 4 ? [first, last] : [last, first]
  if (year.length !== 4) return undefined
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isRealDate(date) ? date : undefined
}

const isRealDate = (date: string): boolean => {
  const parsed = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date)
}

/** `9:05` as `09:05:00`. */
export const readTime = (text: string): string | undefined => {
  const [, hour = '', minute = '', second = '00'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(asciiIdentifier(text)) ?? []
  return hour === '' ? undefined : `${hour.padStart(2, '0')}:${minute}:${second}`
}

const readers: Readonly<Record<FieldKind, (text: string) => string>> = {
  decimal: (text) => readNumber(text) ?? text.trim(),
  date: (text) => readDate(text) ?? text.trim(),
  time: (text) => readTime(text) ?? text.trim(),
  identifier: asciiIdentifier,
  code: asciiIdentifier,
  name: (text) => text.trim(),
  flag: (text) => text,
}

/** The text as the draft should hold it. */
export const readAs = (kind: FieldKind, text: string): string => readers[kind](text)
