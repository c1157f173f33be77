/** Changes to the structure of an invoice's XML, chosen by a seeded source: what stands where, how often, and with which attributes. */

import { parseXml, type XmlElement } from '#core/zatca/scan.ts'
import { aggregates } from '#core/zatca/structure/aggregates.ts'

export interface Mutation {
  readonly change: string
  readonly xml: string
}

/** A whole number from 0 up to `below`, the same row of them for the same seed. */
export type Dice = (below: number) => number

/** Mulberry32: small, and good enough to choose places. */
export const dice = (seed: number): Dice => {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const pick = <T>(list: readonly T[], roll: Dice): T | undefined => list[roll(list.length)]

interface Placed {
  readonly element: XmlElement
  readonly parent: XmlElement
}

const within = (parent: XmlElement): readonly Placed[] =>
  parent.children.flatMap((element) => [{ element, parent }, ...within(element)])

const cut = (xml: string, { start, end }: XmlElement): string => xml.slice(start, end)

/** Replaces stretches of the text, given in document order. */
const spliced = (xml: string, parts: readonly (readonly [start: number, end: number, text: string])[]): string => {
  const [out, rest] = parts.reduce<readonly [string, number]>(
    ([done, at], [start, end, text]) => [done + xml.slice(at, start) + text, end],
    ['', 0],
  )
  return out + xml.slice(rest)
}

const names = Object.values(aggregates)
  .flatMap((children) => children.trim().split(/\s+/))
  .map((word) => word.replace(/[?*+]$/, '').replace(/=.*/, ''))
  .map((name) => (name.includes(':') ? name : `cbc:${name}`))
  .filter((name) => !name.startsWith('ext:'))

/** Content that the schema takes, by the last word of a name. */
const contents: readonly (readonly [RegExp, string])[] = [
  [/Date$/, '2024-02-29'],
  [/Time$/, '10:00:00Z'],
  [/Indicator$/, 'true'],
  [/(?:Amount|Quantity|Measure|Percent|Rate|Numeric)$/, '1.00'],
  [/BinaryObject$/, 'QQ=='],
]
const attributesOf = (name: string): string => {
  if (/(?<!Time)Amount$/.test(name)) return ' currencyID="SAR"'
  if (name.endsWith('Measure')) return ' unitCode="KGM"'
  return name.endsWith('BinaryObject') ? ' mimeCode="text/plain"' : ''
}
const written = (name: string): string => {
  const content = name.startsWith('cac:') ? '' : (contents.find(([ending]) => ending.test(name))?.[1] ?? 'x')
  return `<${name}${attributesOf(name)}>${content}</${name}>`
}

const literals = [
  ...['', ' ', 'x', '0', '-1.50', '+.5', '5.', '1e3', '1,0', ' 7 ', 'NaN', 'INF', '٣'],
  ...['2024-02-30', '2023-02-29', '2024-02-29Z', '2024-02-29+14:00', '2024-2-9', '12024-01-01', '0000-01-01'],
  ...['24:00:00', '12:00', '12:00:60', '12:00:00.5', '12:00:00-15:00', 'true', 'TRUE', '1', ' false '],
]
const attributes = [
  ...['foo="1"', 'currencyID="SAR"', 'unitCode="PCE"', 'schemeID="CRN"', 'languageID="ar"', 'languageID="a_b"'],
  ...['name="0100000"', 'mimeCode="text/plain"', 'listID="x"', 'format="x"', 'Id="i1"', 'xml:lang="ar"'],
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"',
]

/** Where the start tag of an element ends its name. */
const behindName = (xml: string, { start }: XmlElement): number =>
  start + (/^<[^\s/>]+/.exec(xml.slice(start))?.[0].length ?? 1)
const startTagEnd = (xml: string, { start }: XmlElement): number => xml.indexOf('>', start) + 1

type Change = (xml: string, placed: Placed, roll: Dice) => Mutation | undefined

const remove: Change = (xml, { element }) => ({
  change: `without ${element.name}`,
  xml: spliced(xml, [[element.start, element.end, '']]),
})

const double: Change = (xml, { element }) => ({
  change: `${element.name} twice`,
  xml: spliced(xml, [[element.end, element.end, cut(xml, element)]]),
})

const swap: Change = (xml, { element, parent }) => {
  const next = parent.children[parent.children.indexOf(element) + 1]
  return (
    next && {
      change: `${element.name} and ${next.name} swapped`,
      xml: spliced(xml, [
        [element.start, element.end, cut(xml, next)],
        [next.start, next.end, cut(xml, element)],
      ]),
    }
  )
}

const move: Change = (xml, { element, parent }, roll) => {
  const target = pick(parent.children, roll)
  if (target === undefined || target.start <= element.start) return undefined
  return {
    change: `${element.name} behind ${target.name}`,
    xml: spliced(xml, [
      [element.start, element.end, ''],
      [target.end, target.end, cut(xml, element)],
    ]),
  }
}

const insertNamed = (name: string, { element }: Placed, xml: string): Mutation => ({
  change: `${name} before ${element.name}`,
  xml: spliced(xml, [[element.start, element.start, written(name)]]),
})

/** Any name of the schema. */
const insertAny: Change = (xml, placed, roll) => insertNamed(pick(names, roll) ?? '', placed, xml)

/** A name that the schema lets stand among these siblings, at a place where it may be right or wrong. */
const insertSibling: Change = (xml, placed, roll) => {
  const siblings = Object.values(aggregates).filter((children) =>
    placed.parent.children.every(({ name }) => ` ${children} `.includes(name.replace('cbc:', ''))),
  )
  const children = pick(siblings, roll)?.trim().split(/\s+/)
  const name =
    children &&
    pick(children, roll)
      ?.replace(/[?*+]$/, '')
      .replace(/=.*/, '')
  if (name === undefined || name.startsWith('ext:') || name.startsWith('@')) return undefined
  return insertNamed(name.includes(':') ? name : `cbc:${name}`, placed, xml)
}

const insertUnknown: Change = (xml, placed, roll) =>
  insertNamed(pick(['cbc:Foo', 'cac:Foo', 'cac:id', 'Foo'], roll) ?? '', placed, xml)

const literal: Change = (xml, { element }, roll) => {
  if (element.children.length > 0 || !element.name.startsWith('cbc:')) return undefined
  const value = pick(literals, roll) ?? ''
  const start = startTagEnd(xml, element)
  return {
    change: `${element.name} "${value}"`,
    xml: spliced(xml, [[start, xml.lastIndexOf('<', element.end - 1), value]]),
  }
}

const attribute: Change = (xml, { element }, roll) => {
  const added = pick(attributes, roll) ?? ''
  if (element.attributes.has(added.slice(0, added.indexOf('=')))) return undefined
  const at = behindName(xml, element)
  return { change: `${element.name} with ${added}`, xml: spliced(xml, [[at, at, ` ${added}`]]) }
}

const withoutAttributes: Change = (xml, { element }) => {
  if (element.attributes.size === 0 || !element.name.startsWith('cbc:')) return undefined
  const end = startTagEnd(xml, element) - 1
  return { change: `${element.name} without attributes`, xml: spliced(xml, [[behindName(xml, element), end, '']]) }
}

const text: Change = (xml, { element }) => ({
  change: `text behind ${element.name}`,
  xml: spliced(xml, [[element.end, element.end, 'x']]),
})

const changes: readonly Change[] = [
  ...[remove, double, swap, move, insertAny, insertSibling, insertSibling, insertUnknown],
  ...[literal, literal, attribute, withoutAttributes, text],
]

/** `count` changed documents; changes that a place does not offer are left out. */
export const mutations = (xml: string, count: number, roll: Dice): readonly Mutation[] => {
  const places = within(parseXml(xml))
  return Array.from({ length: count }, () => {
    const placed = pick(places, roll)
    return placed && pick(changes, roll)?.(xml, placed, roll)
  }).filter((mutation) => mutation !== undefined)
}
