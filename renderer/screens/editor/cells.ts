/** The columns of the lines grid: how each shows a line as text and takes text back into it. */
import { isCodeOf } from '#core/invoice/codes/bilingual.ts'
import { defaultUnit, units } from '#core/invoice/codes/units.ts'
import type { DraftLine } from '#core/invoice/draft.ts'
import { asciiDigits } from '#core/invoice/numerals.ts'
import type { Unfinished } from '#core/invoice/unfinished.ts'
import { readNumber, splitPercent } from './reading.ts'
import { treatmentOfText, treatmentValue, vatOfTreatment } from './treatments.ts'

export type Line = Unfinished<DraftLine>

/** Columns that a person fills in, in reading order. */
export const columns = ['name', 'quantity', 'unit', 'price', 'discount', 'treatment'] as const
export type Column = (typeof columns)[number]

interface Cell {
  readonly show: (line: Line) => string
  /** While typing: kept as typed */
  readonly type: (line: Line, text: string) => Line
  /** On leaving the cell and on paste: brought to the plain form */
  readonly settle: (text: string) => string
}

const number = (text: string): string => readNumber(text) ?? text.trim()

/** `10%` is a percentage of the line, anything else an amount. */
const withDiscount = (line: Line, text: string): Line => {
  const trimmed = text.trim()
  if (trimmed === '') return { ...line, allowances: undefined }
  const [number, isPercent] = splitPercent(trimmed)
  const { reason, reasonCode } = line.allowances?.[0] ?? {}
  const stated = isPercent ? { percent: number } : { amount: number }
  return { ...line, allowances: [{ ...stated, reason, reasonCode }, ...(line.allowances?.slice(1) ?? [])] }
}

const discountText = ({ allowances }: Line): string => {
  const first = allowances?.[0]
  return first?.percent === undefined ? (first?.amount ?? '') : `${first.percent}%`
}

const settledDiscount = (text: string): string => {
  const [stated, isPercent] = splitPercent(text)
  return isPercent ? `${number(stated)}%` : number(stated)
}

/** A unit by its code or its name in either language; other codes are allowed. */
const unitCode = (text: string): string => {
  const word = text.trim()
  const code = word.toUpperCase()
  if (word === '' || isCodeOf(units, code)) return code
  const named = Object.entries(units).find(([, { en, ar }]) => en.toLowerCase() === word.toLowerCase() || ar === word)
  return named?.[0] ?? word
}

export const cells: Readonly<Record<Column, Cell>> = {
  name: { show: ({ name = '' }) => name, type: (line, name) => ({ ...line, name }), settle: (text) => text.trim() },
  quantity: {
    show: ({ quantity = '' }) => quantity,
    type: (line, quantity) => ({ ...line, quantity }),
    settle: number,
  },
  unit: {
    show: ({ unit }) => unit || defaultUnit,
    type: (line, unit) => ({ ...line, unit: unit === '' ? undefined : unit }),
    settle: unitCode,
  },
  price: { show: ({ price = '' }) => price, type: (line, price) => ({ ...line, price }), settle: number },
  discount: { show: discountText, type: withDiscount, settle: settledDiscount },
  treatment: {
    show: ({ vat }) => treatmentValue(vat),
    type: (line, value) => ({ ...line, vat: value === '' ? undefined : vatOfTreatment(value) }),
    settle: (text) => treatmentOfText(asciiDigits(text)) ?? (text.includes(':') ? text : ''),
  },
}

export const blankLine: Line = {}

/** A row in which nobody has written anything yet counts for nothing. */
export const isBlank = ({ name = '', quantity = '', price = '' }: Line): boolean =>
  `${name}${quantity}${price}`.trim() === ''

/** The place in the draft that a column edits; findings and F8 find the cell by it. */
export const placeOf: Readonly<Record<Column, string>> = {
  name: 'name',
  quantity: 'quantity',
  unit: 'unit',
  price: 'price',
  discount: 'allowances',
  treatment: 'vat',
}
