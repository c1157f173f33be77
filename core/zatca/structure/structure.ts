/** Judges the elements of an invoice as UBL 2.1's schema does: unknown, misplaced, repeated, missing, and what they may hold. */

import type { Breach } from '#core/invoice/rules/rule.ts'
import type { XmlElement } from '../scan.ts'
import { isLiteral, textShapeOf } from './content.ts'
import { type AggregateShape, type Child, shapeOf } from './shapes.ts'

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
  judgeElement(root, 'Invoice', '/Invoice', found)
  return found.slice(0, mostBreaches)
}

const judgeElement = (element: XmlElement, type: string, path: string, found: Breach[]): void => {
  if (found.length >= mostBreaches) return
  const shape = shapeOf(type)
  if (shape === undefined) judgeText(element, path, found)
  else judgeAggregate(element, shape, path, found)
}

const add = (found: Breach[], kind: StructureKind, path: string, params: Record<string, string> = {}): void => {
  if (found.length < mostBreaches) found.push({ path, params: { kind, name: nameAt(path), ...params } })
}

/** The element or attribute at the end of a path, as it is written. */
const nameAt = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\[\d+\]$/, '')

const judgeText = (element: XmlElement, path: string, found: Breach[]): void => {
  const { literal, attributes } = textShapeOf(element.name)
  judgeAttributes(element, attributes, path, found)
  for (const child of element.children) add(found, 'unknown-element', `${path}/${child.name}`)
  if (!isLiteral(literal, element.text)) add(found, 'literal', path, { actual: element.text, expected: literal })
}

const judgeAggregate = (element: XmlElement, shape: AggregateShape, path: string, found: Breach[]): void => {
  judgeAttributes(element, shape.attributes, path, found)
  if (!shape.text && /[^ \t\n\r]/.test(element.text)) add(found, 'misplaced-text', path)
  if (shape.open === undefined) judgeChildren(element, shape, path, found)
  else judgeOpen(element, shape.open, path, found)
}

/** Where anything may stand, only what the tables know is judged. */
const judgeOpen = (element: XmlElement, { least, most } = anyNumber, path: string, found: Breach[]): void => {
  if (element.children.length < least) add(found, 'missing-element', `${path}/*`)
  for (const child of element.children.slice(most)) add(found, 'unknown-element', `${path}/${child.name}`)
  for (const child of element.children) {
    const childPath = `${path}/${child.name}`
    if (isJudged(child.name)) judgeElement(child, child.name, childPath, found)
    else judgeOpen(child, anyNumber, childPath, found)
  }
}

const anyNumber = { least: 0, most: Number.POSITIVE_INFINITY }

const isJudged = (name: string): boolean => shapeOf(name) !== undefined || /^(?:ds|xades):/.test(name)

const judgeChildren = (element: XmlElement, shape: AggregateShape, path: string, found: Breach[]): void => {
  const places = placesOf(element, shape)
  const counts = new Map<string, number>()
  let last = 0
  for (const child of element.children) {
    const expected = shape.children.get(child.name)
    const position = (counts.get(child.name) ?? 0) + 1
    counts.set(child.name, position)
    const childPath = `${path}/${child.name}${places.has(child.name) ? `[${position}]` : ''}`
    if (expected === undefined) add(found, 'unknown-element', childPath)
    else {
      const kind = oddity(expected, position, last)
      if (kind !== undefined) add(found, kind, childPath)
      last = Math.max(last, expected.index)
      judgeElement(child, expected.type, childPath, found)
    }
  }
  for (const { name, many } of shape.required) {
    if (!counts.has(name)) add(found, 'missing-element', `${path}/${name}${many ? '[1]' : ''}`)
  }
}

const oddity = ({ index, many }: Child, position: number, last: number): StructureKind | undefined => {
  if (position > 1 && !many) return 'repeated-element'
  return index < last ? 'misplaced-element' : undefined
}

/** The names that show a position: the ones that may repeat, and the ones that do although they may not. */
const placesOf = ({ children }: XmlElement, shape: AggregateShape): ReadonlySet<string> => {
  const seen = new Set<string>()
  const places = new Set<string>()
  for (const { name } of children) {
    if (seen.has(name) || shape.children.get(name)?.many === true) places.add(name)
    seen.add(name)
  }
  return places
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
  path: string,
  found: Breach[],
): void => {
  for (const [name, value] of element.attributes) {
    const at = `${path}/@${name}`
    if (!attributes.has(name) && !everywhere.has(name)) add(found, 'unknown-attribute', at)
    else if (name === 'languageID' && !language.test(value.trim())) {
      add(found, 'literal', at, { actual: value, expected: 'language' })
    }
  }
  for (const [name, required] of attributes) {
    if (required && !element.attributes.has(name)) add(found, 'missing-attribute', `${path}/@${name}`)
  }
}
