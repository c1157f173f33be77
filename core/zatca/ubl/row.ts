/**
 * The description of a UBL aggregate: one row for each child element in document order. From the same rows come the
 * canonical writer and the reader, and the compiler asks for every key of the document's interface.
 */

import type { Amount, BinaryObject, Identifier, InvoiceTypeCode, LocalText, Quantity } from '#core/invoice/document.ts'
import type { XmlElement } from '../scan.ts'
import { type ByteWriter, markup } from '../xml.ts'

export interface StructureFinding {
  readonly kind: 'unknown-element' | 'repeated-element' | 'misplaced-element' | 'unknown-attribute' | 'misplaced-text'
  /** 1-based positions on elements that may repeat: `/Invoice/cac:InvoiceLine[2]/cac:Foo`. */
  readonly path: string
}

/** What a row says about its element. */
export interface Shape {
  /** With the usual prefix: `cbc:ID`, `cac:Party`. */
  readonly name: string
  readonly many: boolean
  readonly attributes: readonly string[]
  /** The child elements of an aggregate in document order; undefined when the element holds text. */
  readonly children?: readonly Shape[]
}

export interface Row<V> extends Shape {
  /** A method, so that rows of different values fit into one list. */
  write(value: V, out: ByteWriter): void
  /** All children of that name, at least one, below the parent at `path`. */
  readonly read: (elements: Elements, path: string, findings: StructureFinding[]) => V
}

/** A row for every key of the document's interface, in document order. */
export type Table<T> = { readonly [K in keyof T]-?: Row<NonNullable<T[K]>> }

type Elements = readonly [XmlElement, ...XmlElement[]]

/** A row for an element that stands once; `readOne` gets the element's own path. */
interface SingleRow<V> extends Row<V> {
  readonly readOne: (element: XmlElement, path: string, findings: StructureFinding[]) => V
}

const single = <V>(row: Omit<SingleRow<V>, 'read' | 'many'>): SingleRow<V> => ({
  ...row,
  many: false,
  read: (elements, path, findings) => {
    for (let position = 2; position <= elements.length; position += 1) {
      findings.push({ kind: 'repeated-element', path: `${path}/${row.name}[${position}]` })
    }
    return row.readOne(elements[0], `${path}/${row.name}`, findings)
  },
})

/** The element may repeat; the value is the list. */
export const many = <V>(row: SingleRow<V>): Row<readonly V[]> => ({
  name: row.name,
  many: true,
  attributes: row.attributes,
  ...(row.children === undefined ? {} : { children: row.children }),
  write: (values, out) => {
    for (const value of values) row.write(value, out)
  },
  read: (elements, path, findings) =>
    elements.map((element, index) => row.readOne(element, `${path}/${row.name}[${index + 1}]`, findings)),
})

/** An element that holds only text. */
export const text = (name: string): SingleRow<string> => {
  const open = markup(`<cbc:${name}>`)
  const close = markup(`</cbc:${name}>`)
  return single({
    name: `cbc:${name}`,
    attributes: [],
    write: (value, out) => out.text(open, value, close),
    readOne: (element, path, findings) => {
      checkLeaf(element, [], path, findings)
      return element.text
    },
  })
}

type Valued<A extends string> = { readonly value: string } & { readonly [K in A]?: string }

/** An element with text and attributes; `attributes` in the order of C14N, alphabetical. */
const valued = <A extends string>(name: string, attributes: readonly A[]): SingleRow<Valued<A>> => {
  const open = markup(`<cbc:${name}>`)
  const close = markup(`</cbc:${name}>`)
  const starts = attributes.map((attribute) => ({
    attribute,
    first: markup(`<cbc:${name} ${attribute}="`),
    later: markup(` ${attribute}="`),
  }))
  return single<Valued<A>>({
    name: `cbc:${name}`,
    attributes,
    write: (value, out) => {
      let tag = open
      for (const { attribute, first, later } of starts) {
        const found: string | undefined = value[attribute]
        if (found === undefined) continue
        out.attribute(tag === open ? first : later, found, quote)
        tag = tagEnd
      }
      out.text(tag, value.value, close)
    },
    readOne: (element, path, findings) => {
      checkLeaf(element, attributes, path, findings)
      if (element.attributes.size === 0) return { value: element.text }
      const found: { [K in A]?: string } = {}
      for (const attribute of attributes) {
        const text = element.attributes.get(attribute)
        if (text !== undefined) found[attribute] = text
      }
      return { value: element.text, ...found }
    },
  })
}

const quote = markup('"')
const tagEnd = markup('>')

export const amount = (name: string): SingleRow<Amount> => valued(name, ['currencyID'])
export const quantity = (name: string): SingleRow<Quantity> => valued(name, ['unitCode'])
export const identifier = (name: string): SingleRow<Identifier> => valued(name, ['schemeAgencyID', 'schemeID'])
export const localText = (name: string): SingleRow<LocalText> => valued(name, ['languageID'])
export const typeCode = (name: string): SingleRow<InvoiceTypeCode> => valued(name, ['name'])
export const binaryObject = (name: string): SingleRow<BinaryObject> => valued(name, ['filename', 'mimeCode'])

/** An aggregate whose child elements `table` describes. */
export const group = <T extends object>(name: string, table: Table<T>): SingleRow<Partial<T>> => {
  const body = compile(table)
  const open = markup(`<cac:${name}>`)
  const close = markup(`</cac:${name}>`)
  return single<Partial<T>>({
    name: `cac:${name}`,
    attributes: [],
    children: body.shapes,
    write: (value, out) => {
      out.raw(open)
      body.write(value, out)
      out.raw(close)
    },
    readOne: body.read,
  })
}

/** What an aggregate contains, without its own tags. */
export interface Body<T> {
  readonly shapes: readonly Shape[]
  readonly write: (value: Partial<T>, out: ByteWriter) => void
  /** `path` is the path of `element` itself. */
  readonly read: (element: XmlElement, path: string, findings: StructureFinding[]) => Partial<T>
}

/** Turns a table into closures once, so that writing a document only runs through ready lists. */
export const compile = <T extends object>(table: Table<T>): Body<T> => {
  const isKey = (key: string): key is keyof T & string => key in table
  const fields = Object.keys(table)
    .filter(isKey)
    .map((key) => fieldOf<T, typeof key>(key, table[key]))
  const places = new Map(fields.map(({ row }, index) => [row.name, { index, many: row.many }]))
  return {
    shapes: fields.map((field) => field.row),
    write: (value, out) => {
      const start = out.length
      if (writeInOrder(value, fields, out)) return
      out.rewind(start)
      for (const { key, row } of fields) if (value[key] != null) row.write(value[key], out)
    },
    read: (element, path, findings) => {
      checkAttributes(element, [], path, findings)
      if (!blank.test(element.text)) findings.push({ kind: 'misplaced-text', path })
      const found = sortChildren(element, places, path, findings)
      const value: Partial<T> = {}
      fields.forEach((field, place) => {
        const elements = found[place]
        if (elements !== undefined) field.read(elements, value, path, findings)
      })
      return value
    },
  }
}

interface Field<T> {
  readonly key: keyof T & string
  readonly row: Row<unknown>
  readonly read: (elements: Elements, owner: Partial<T>, path: string, findings: StructureFinding[]) => void
}

const fieldOf = <T, K extends keyof T & string>(key: K, row: Row<NonNullable<T[K]>>): Field<T> => ({
  key,
  row,
  read: (elements, owner, path, findings) => {
    owner[key] = row.read(elements, path, findings)
  },
})

/**
 * Writes along the keys of the value as long as they stand in the order of the table, which is several times as fast as asking
 * the value for every key of the table; false when they do not.
 */
const writeInOrder = <T>(value: Partial<T>, fields: readonly Field<T>[], out: ByteWriter): boolean => {
  let place = 0
  for (const key in value) {
    const found = value[key]
    if (found === undefined || found === null) continue
    while (place < fields.length && fields[place]?.key !== key) place += 1
    const field = fields[place]
    if (field === undefined) return false
    field.row.write(found, out)
  }
  return true
}

/** Where a child belongs among its siblings. */
interface Place {
  readonly index: number
  readonly many: boolean
}

/** The children by their place in the table; what has no place or comes too late is a finding. */
const sortChildren = (
  element: XmlElement,
  places: ReadonlyMap<string, Place>,
  path: string,
  findings: StructureFinding[],
): readonly (Elements | undefined)[] => {
  const found: ([XmlElement, ...XmlElement[]] | undefined)[] = []
  const unknown: XmlElement[] = []
  const misplaced: XmlElement[] = []
  let last = 0
  for (const child of element.children) {
    const place = places.get(child.name)
    if (place === undefined) {
      unknown.push(child)
      continue
    }
    if (place.index < last) misplaced.push(child)
    last = Math.max(last, place.index)
    const same = found[place.index]
    if (same === undefined) found[place.index] = [child]
    else same.push(child)
  }
  report('unknown-element', unknown, element, path, findings)
  report('misplaced-element', misplaced, element, path, findings, places)
  return found
}

/** A position stands where the element may repeat or does repeat; counted once a parent, because hostile input repeats a lot. */
const report = (
  kind: StructureFinding['kind'],
  odd: readonly XmlElement[],
  parent: XmlElement,
  path: string,
  findings: StructureFinding[],
  places?: ReadonlyMap<string, Place>,
): void => {
  if (odd.length === 0) return
  const wanted = new Set(odd)
  for (const [name, same] of Map.groupBy(parent.children, (child) => child.name)) {
    const repeats = same.length > 1 || places?.get(name)?.many === true
    same.forEach((child, index) => {
      if (wanted.has(child)) findings.push({ kind, path: `${path}/${name}${repeats ? `[${index + 1}]` : ''}` })
    })
  }
}

const blank = /^[ \t\n\r]*$/

const checkLeaf = (
  element: XmlElement,
  attributes: readonly string[],
  path: string,
  findings: StructureFinding[],
): void => {
  checkAttributes(element, attributes, path, findings)
  report('unknown-element', element.children, element, path, findings)
}

const checkAttributes = (
  element: XmlElement,
  known: readonly string[],
  path: string,
  findings: StructureFinding[],
): void => {
  for (const name of element.attributes.keys()) {
    if (!known.includes(name)) findings.push({ kind: 'unknown-attribute', path: `${path}/@${name}` })
  }
}
