/** Reads the compact tables of UBL's structure into shapes that a document can be walked along; each once, when it is first met. */

import { aggregates } from './aggregates.ts'
import { stampElements } from './stamp.ts'

export interface Child {
  readonly name: string
  /** Key of the child's own shape; an element that is in no table holds text. */
  readonly type: string
  /** Place among its siblings. */
  readonly index: number
  readonly required: boolean
  readonly many: boolean
}

export interface AggregateShape {
  readonly children: ReadonlyMap<string, Child>
  readonly required: readonly Child[]
  /** Attributes by name, and whether they must be there. */
  readonly attributes: ReadonlyMap<string, boolean>
  /** Text may stand between the elements. */
  readonly text: boolean
  /** How many elements there may be of whatever name; undefined where only the children may stand. */
  readonly open?: Opening
}

export interface Opening {
  readonly least: number
  readonly most: number
}

/** `@Id?`, `cac:InvoicePeriod=Period*`, `Note*`. */
const token = /^(@?)((?:\w+:)?\w+)(?:=(\w+))?([?*+]?)$/

const known = new Map<string, AggregateShape>()

/** The shape of an aggregate by its type; undefined for an element that holds text. */
export const shapeOf = (type: string): AggregateShape | undefined => {
  const before = known.get(type)
  if (before !== undefined) return before
  const written = aggregates[type] ?? stampElements[type]
  if (written === undefined) return undefined
  const shape = compiled(written)
  known.set(type, shape)
  return shape
}

const compiled = (written: string): AggregateShape => {
  const children = new Map<string, Child>()
  const attributes = new Map<string, boolean>()
  const words = written.trim().split(/\s+/)
  for (const word of words) {
    const [, at = '', name = '', type, count = ''] = token.exec(word) ?? []
    const required = count === '' || count === '+'
    if (isOpening(word) || word === 'text') continue
    if (at === '@') attributes.set(name, required)
    else {
      const child = { name: prefixed(name), index: children.size, required, many: count === '*' || count === '+' }
      children.set(child.name, { ...child, type: type ?? name.replace(/^cac:/, '') })
    }
  }
  const required = [...children.values()].filter((child) => child.required)
  const opening = words.find(isOpening)
  return { children, required, attributes, text: words.includes('text'), ...(opening && { open: openings[opening] }) }
}

const openings = {
  any: { least: 0, most: Number.POSITIVE_INFINITY },
  'any+': { least: 1, most: Number.POSITIVE_INFINITY },
  any1: { least: 1, most: 1 },
} as const

const isOpening = (word: string): word is keyof typeof openings => Object.hasOwn(openings, word)

const prefixed = (name: string): string => (name.includes(':') ? name : `cbc:${name}`)
