/** Judges the elements of an invoice as UBL 2.1's schema does: unknown, misplaced, repeated, missing, and what they may hold. */

import { root as invoicePlace, type Place, pathBelow } from '#core/invoice/rules/place.ts'
import type { Breach, Params } from '#core/invoice/rules/rule.ts'
import type { XmlElement } from '../scan.ts'
import { isLiteral, textShapeOf } from './content.ts'
import { type AggregateShape, type Opening, shapeOf } from './shapes.ts'

/** What is wrong, as its message is called. */
export type StructureKind =
  | 'unknown-element'
  | 'misplaced-element'
  | 'repeated-element'
  | 'missing-element'
  | 'unknown-attribute'
  | 'missing-attribute'
  | 'misplaced-text'
  | 'literal'

/** More are of no use to anybody, and a file of nothing but mistakes must not fill the memory. */
const mostBreaches = 1000

/** The breaches in document order; `root` is the `Invoice` element. */
export const structureBreaches = (root: XmlElement): readonly Breach[] => {
  const found: Breach[] = []
  judgeElement(root, 'Invoice', invoicePlace, found)
  return found
}

const judgeElement = (element: XmlElement, type: string, place: Place, found: Breach[]): void => {
  if (found.length >= mostBreaches) return
  const shape = shapeOf(type)
  if (shape === undefined) judgeText(element, place, found)
  else judgeAggregate(element, shape, place, found)
}

/** `below` names an attribute or an element at the place; without it the place itself is meant. */
const add = (found: Breach[], kind: StructureKind, place: Place, below = '', params: Params = {}): void => {
  if (found.length >= mostBreaches) return
  const name = below === '' ? place.step : below.replace(/\[\d+\]$/, '')
  found.push({ path: pathBelow(place, below), params: { kind, name, ...params } })
}

const judgeText = (element: XmlElement, place: Place, found: Breach[]): void => {
  const { literal, attributes } = textShapeOf(element.name)
  judgeAttributes(element, attributes, place, found)
  for (const child of element.children) add(found, 'unknown-element', place, child.name)
  if (!isLiteral(literal, element.text)) add(found, 'literal', place, '', { actual: element.text, expected: literal })
}

const judgeAggregate = (element: XmlElement, shape: AggregateShape, place: Place, found: Breach[]): void => {
  judgeAttributes(element, shape.attributes, place, found)
  if (!shape.text && /[^ \t\n\r]/.test(element.text)) add(found, 'misplaced-text', place)
  if (shape.open === undefined) judgeChildren(element, shape, place, found)
  else judgeOpen(element, shape.open, place, found)
}

/** Where anything may stand, only what the tables know is judged. */
const judgeOpen = (element: XmlElement, { least, most }: Opening, place: Place, found: Breach[]): void => {
  if (element.children.length < least) add(found, 'missing-element', place, '*')
  for (const child of element.children.slice(most)) add(found, 'unknown-element', place, child.name)
  for (const child of element.children) {
    const inner = { parent: place, step: child.name, position: 0 }
    if (isJudged(child.name)) judgeElement(child, child.name, inner, found)
    else judgeOpen(child, anyNumber, inner, found)
  }
}

const anyNumber: Opening = { least: 0, most: Number.POSITIVE_INFINITY }

const isJudged = (name: string): boolean => shapeOf(name) !== undefined || /^(?:ds|xades):/.test(name)

const judgeChildren = (element: XmlElement, shape: AggregateShape, place: Place, found: Breach[]): void => {
  const counts = new Map<string, number>()
  const misplaced = outOfOrder(element.children.flatMap(({ name }) => shape.children.get(name)?.index ?? []))
  let totals: ReadonlyMap<string, number> | undefined
  let ordinal = 0
  for (const child of element.children) {
    if (found.length >= mostBreaches) return
    const expected = shape.children.get(child.name)
    const count = (counts.get(child.name) ?? 0) + 1
    counts.set(child.name, count)
    if (expected === undefined) {
      totals ??= countOfEach(element.children)
      const isAlone = totals.get(child.name) === 1
      add(found, 'unknown-element', place, isAlone ? child.name : `${child.name}[${count}]`)
      continue
    }
    const position = expected.many || count > 1 ? count : 0
    const inner = { parent: place, step: child.name, position }
    if (count > 1 && !expected.many) add(found, 'repeated-element', inner)
    else if (misplaced.has(ordinal)) add(found, 'misplaced-element', inner)
    ordinal += 1
    judgeElement(child, expected.type, inner, found)
  }
  for (const { name, many } of shape.required) {
    if (!counts.has(name)) add(found, 'missing-element', place, `${name}${many ? '[1]' : ''}`)
  }
}

const countOfEach = (elements: readonly XmlElement[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { name } of elements) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

const nothing: ReadonlySet<number> = new Set()

/** The fewest elements that disturb the order: all but a longest row that does not descend (patience sorting). */
const outOfOrder = (indices: readonly number[]): ReadonlySet<number> => {
  if (indices.every((index, at) => at === 0 || (indices[at - 1] ?? 0) <= index)) return nothing
  /** By length of a row, where the best row of that length ends; and what each element of a row follows. */
  const ends: number[] = []
  const before: number[] = []
  indices.forEach((index, at) => {
    const length = lengthUpTo(index, ends, indices)
    before.push(ends[length - 1] ?? -1)
    ends[length] = at
  })
  const misplaced = new Set(indices.keys())
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) misplaced.delete(at)
  return misplaced
}

/** How long a row is that an element of this index can continue. */
const lengthUpTo = (index: number, ends: readonly number[], indices: readonly number[]): number => {
  let [low, high] = [0, ends.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((indices[ends[middle] ?? 0] ?? 0) <= index) low = middle + 1
    else high = middle
  }
  return low
}

/** Attributes that the schema language itself lets stand anywhere. */
const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance'
const everywhere: ReadonlySet<string> = new Set([
  `{${instanceNamespace}}schemaLocation`,
  `{${instanceNamespace}}noNamespaceSchemaLocation`,
])

const language = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/

const judgeAttributes = (
  element: XmlElement,
  attributes: ReadonlyMap<string, boolean>,
  place: Place,
  found: Breach[],
): void => {
  for (const [name, value] of element.attributes) {
    if (!attributes.has(name) && !everywhere.has(name)) add(found, 'unknown-attribute', place, `@${name}`)
    else if (name === 'languageID' && !language.test(value.trim())) {
      add(found, 'literal', place, `@${name}`, { actual: value, expected: 'language' })
    }
  }
  for (const [name, required] of attributes) {
    if (required && !element.attributes.has(name)) add(found, 'missing-attribute', place, `@${name}`)
  }
}
