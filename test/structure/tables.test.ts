/** The compact tables of UBL's structure against the schema's own text: every aggregate, every child, every kind of content. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aggregates } from '#core/zatca/structure/aggregates.ts'
import { textShapeOf } from '#core/zatca/structure/content.ts'
import { shapeOf } from '#core/zatca/structure/shapes.ts'
import { shared } from '../shared.ts'

const folder = shared('zatca/xsd', 'the comparison of the tables with the schema of UBL 2.1')
const read = (path: string): string => (folder === undefined ? '' : readFileSync(join(folder, path), 'utf8'))
const schemas = read('maindoc/UBL-Invoice-2.1.xsd') + read('common/UBL-CommonAggregateComponents-2.1.xsd')
const basics = read('common/UBL-CommonBasicComponents-2.1.xsd')
const types = read('common/UBL-UnqualifiedDataTypes-2.1.xsd') + read('common/CCTS_CCT_SchemaModule-2.1.xsd')

const attribute = (text: string, name: string): string | undefined => new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1]

/** The children of a complex type as the schema states them. */
const childrenIn = (type: string) => {
  const body = schemas.split(`complexType name="${type}Type"`)[1]?.split('</xsd:complexType>')[0] ?? ''
  return Array.from(body.matchAll(/<xsd:element\s[^>]*>/g), ([element]) => {
    const ref = attribute(element, 'ref') ?? ''
    const name = ref.includes(':') ? ref : `cac:${ref}`
    const aggregate = attribute(
      schemas.split(`<xsd:element name="${name.replace(/^cac:/, '')}"`)[1]?.split('>')[0] ?? '',
      'type',
    )
    return {
      name,
      required: attribute(element, 'minOccurs') !== '0',
      many: attribute(element, 'maxOccurs') === 'unbounded',
      ...(name.startsWith('cac:') && { type: aggregate?.replace(/Type$/, '') }),
    }
  })
}

describe.skipIf(folder === undefined)('the schema of UBL 2.1', () => {
  test.each(Object.keys(aggregates))('%s has these children in this order', (type) => {
    const children = [...(shapeOf(type)?.children.values() ?? [])]
    expect(
      children.map(({ name, required, many, type }) => ({
        name,
        required,
        many,
        ...(name.startsWith('cac:') && { type }),
      })),
    ).toEqual(childrenIn(type))
  })

  test('every aggregate that an invoice reaches has its table', () => {
    const reached = Object.keys(aggregates).flatMap((type) => [...(shapeOf(type)?.children.values() ?? [])])
    const missing = reached.filter(({ name, type }) => name.startsWith('cac:') && shapeOf(type) === undefined)
    expect(missing).toEqual([])
  })

  /** The literal and the attributes of a data type, those that it inherits too. */
  const dataType = (name: string): { readonly literal: string; readonly attributes: ReadonlyMap<string, boolean> } => {
    const bodies = types
      .split(`complexType name="${name}"`)
      .slice(1)
      .map((rest) => rest.split('</xsd:complexType>')[0] ?? '')
    // The first is UBL's own, which may refer to the core component of another name.
    const [own = '', core = ''] = bodies
    const base = attribute(own, 'base') ?? ''
    if (base.startsWith('xsd:')) return { literal: base, attributes: new Map() }
    const inherited = base.endsWith(`:${name}`)
      ? core
      : (types
          .split(`complexType name="${base.split(':')[1]}"`)
          .at(-1)
          ?.split('</xsd:complexType>')[0] ?? '')
    const attributes = Array.from((inherited + own).matchAll(/<xsd:attribute\s[^>]*>/g), ([text]) => text)
    return {
      literal: attribute(inherited, 'base') ?? '',
      attributes: new Map(
        attributes.map((text) => [attribute(text, 'name') ?? '', attribute(text, 'use') === 'required']),
      ),
    }
  }

  const literals: Readonly<Record<string, string>> = {
    'xsd:string': 'text',
    'xsd:normalizedString': 'text',
    'xsd:decimal': 'decimal',
    'xsd:date': 'date',
    'xsd:time': 'time',
    'xsd:boolean': 'boolean',
    'xsd:base64Binary': 'base64',
  }

  test('every element with text holds and carries what its type says', () => {
    const used = Object.keys(aggregates)
      .flatMap((type) => [...(shapeOf(type)?.children.keys() ?? [])])
      .filter((name) => name.startsWith('cbc:'))
    const names = [...new Set(used)]
    expect(names.length).toBeGreaterThan(400)
    for (const name of names) {
      const body = basics.split(`complexType name="${name.slice('cbc:'.length)}Type"`)[1] ?? ''
      const { literal, attributes } = dataType((attribute(body, 'base') ?? '').split(':')[1] ?? '')
      const shape = textShapeOf(name)
      expect([name, shape.literal, Object.fromEntries(shape.attributes)]).toEqual([
        name,
        literals[literal],
        Object.fromEntries(attributes),
      ])
    }
  })
})
