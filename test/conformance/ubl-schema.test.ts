/** The tables of `core/zatca/ubl` against the UBL 2.1 schemas: every element exists, stands in its order, and repeats where it may. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { invoiceBody } from '#core/zatca/ubl/invoice.ts'
import type { Shape } from '#core/zatca/ubl/row.ts'
import { shared } from '../shared.ts'

const folder = shared('zatca/xsd', 'test/conformance/ubl-schema.test.ts')
const read = (path: string): string => (folder === undefined ? '' : readFileSync(join(folder, path), 'utf8'))
const aggregates = read('common/UBL-CommonAggregateComponents-2.1.xsd')
const invoice = read('maindoc/UBL-Invoice-2.1.xsd')

interface Place {
  readonly name: string
  readonly many: boolean
}

/** The children of a complex type in the order of its sequence. */
const sequenceOf = (schema: string, type: string): readonly Place[] => {
  const body = schema.split(`complexType name="${type}"`)[1]?.split('</xsd:complexType>')[0] ?? ''
  return Array.from(body.matchAll(/<xsd:element\s+ref="([^"]+)"([^>]*)>/g), ([, name = '', rest = '']) => ({
    // Inside the schema of the aggregates their own namespace is the default one.
    name: name.includes(':') ? name : `cac:${name}`,
    many: rest.includes('maxOccurs="unbounded"'),
  }))
}

const typeOf = (name: string): string =>
  new RegExp(`<xsd:element\\s+name="${name.slice('cac:'.length)}"\\s+type="([^"]+)"`).exec(aggregates)?.[1] ?? ''

/** Every aggregate of the tables with the place where it was met. */
const aggregatesIn = (path: string, shapes: readonly Shape[]): readonly (readonly [string, Shape])[] =>
  shapes.flatMap((shape) => {
    if (shape.children === undefined) return []
    const own = `${path}/${shape.name}`
    return [[own, shape] as const, ...aggregatesIn(own, shape.children)]
  })

const compare = (shapes: readonly Shape[], sequence: readonly Place[]): void => {
  const known = sequence.filter(({ name }) => shapes.some((shape) => shape.name === name))
  expect(shapes.map(({ name, many }) => ({ name, many }))).toEqual(known)
}

describe.skipIf(folder === undefined)('UBL 2.1', () => {
  it('/Invoice', () => {
    compare(invoiceBody.shapes, sequenceOf(invoice, 'InvoiceType'))
  })

  for (const [path, shape] of aggregatesIn('/Invoice', invoiceBody.shapes)) {
    it(path, () => {
      compare(shape.children ?? [], sequenceOf(aggregates, typeOf(shape.name)))
    })
  }
})
