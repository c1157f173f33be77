/** What UBL's elements with text may hold and which attributes they may carry; an element's kind is the last word of its name. */

import { isCalendarDate, isTime } from '#core/invoice/rules/dates.ts'
import { isDecimal } from '#core/invoice/rules/text.ts'

export interface TextShape {
  /** Names the literal that is demanded. */
  readonly literal: 'text' | 'decimal' | 'integer' | 'date' | 'time' | 'date-time' | 'boolean' | 'base64'
  /** Attributes by name, and whether they must be there. */
  readonly attributes: ReadonlyMap<string, boolean>
}

/** The schema lets white space stand around every literal but text. */
const edges = /^[ \t\n\r]+|[ \t\n\r]+$/g

const zone = /(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/

/** A Gregorian date of any era, with or without a zone. */
const isDate = (text: string): boolean => {
  const [, year = '', day = ''] = /^-?(\d{4,})(-\d\d-\d\d)$/.exec(text.replace(zone, '')) ?? []
  const isYear = !/^0+$/.test(year) && (year.length === 4 || !year.startsWith('0'))
  return isYear && isCalendarDate(`${inFourHundredYears(year)}${day}`)
}

/** The calendar repeats after 400 years, so leap years of any length are seen in four digits. */
const inFourHundredYears = (year: string): string => String((Number(year.slice(-4)) % 400) + 2000)

const isDateTime = (text: string): boolean => {
  const split = text.indexOf('T')
  return split > 0 && isDate(text.slice(0, split)) && isTime(text.slice(split + 1))
}

const isBase64 = (text: string): boolean => {
  const packed = text.replaceAll(/[ \t\n\r]/g, '')
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed)
}

const checks: Readonly<Record<TextShape['literal'], (text: string) => boolean>> = {
  text: () => true,
  decimal: isDecimal,
  integer: (text) => /^[+-]?\d+$/.test(text),
  date: isDate,
  time: isTime,
  'date-time': isDateTime,
  boolean: (text) => /^(?:true|false|1|0)$/.test(text),
  base64: isBase64,
}

export const isLiteral = (literal: TextShape['literal'], text: string): boolean =>
  literal === 'text' || checks[literal](text.replaceAll(edges, ''))

const textShape = (literal: TextShape['literal'], attributes = ''): TextShape => ({
  literal,
  attributes: new Map(
    attributes
      .split(' ')
      .filter(Boolean)
      .map((name) => [name.replace('?', ''), !name.endsWith('?')]),
  ),
})

/** By the last word of the name; the first that fits counts. */
const kinds: readonly (readonly [ending: RegExp, shape: TextShape])[] = [
  [/^ds:DigestValue$|^ds:X509Certificate$/, textShape('base64')],
  [/^ds:SignatureValue$/, textShape('base64', 'Id?')],
  [/^ds:X509SerialNumber$/, textShape('integer')],
  [/^xades:SigningTime$/, textShape('date-time')],
  [/^(?:ds|xades):/, textShape('text')],
  [/TimeAmount$/, textShape('text', 'languageID? languageLocaleID?')],
  [
    /Code$/,
    textShape(
      'text',
      'listID? listAgencyID? listAgencyName? listName? listVersionID? name? languageID? listURI? listSchemeURI?',
    ),
  ],
  [
    /ID$|URI$/,
    textShape(
      'text',
      'schemeID? schemeName? schemeAgencyID? schemeAgencyName? schemeVersionID? schemeDataURI? schemeURI?',
    ),
  ],
  [/Date$/, textShape('date')],
  [/Time$/, textShape('time')],
  [/Indicator$/, textShape('boolean')],
  [/Amount$/, textShape('decimal', 'currencyID currencyCodeListVersionID?')],
  [/Quantity$/, textShape('decimal', 'unitCode? unitCodeListID? unitCodeListAgencyID? unitCodeListAgencyName?')],
  [/Measure$/, textShape('decimal', 'unitCode unitCodeListVersionID?')],
  [/Percent$|Rate$|Numeric$/, textShape('decimal', 'format?')],
  [/BinaryObject$/, textShape('base64', 'format? mimeCode encodingCode? characterSetCode? uri? filename?')],
  [/$/, textShape('text', 'languageID? languageLocaleID?')],
]

const known = new Map<string, TextShape>()

/** What an element of that name holds. */
export const textShapeOf = (name: string): TextShape => {
  const before = known.get(name)
  if (before !== undefined) return before
  const shape = kinds.find(([ending]) => ending.test(name))?.[1] ?? textShape('text')
  known.set(name, shape)
  return shape
}
