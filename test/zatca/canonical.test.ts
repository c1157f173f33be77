/** Whatever text an invoice carries: libxml2 finds our bytes canonical already, and reading gives the same invoice back. */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Invoice } from '#core/invoice/document.ts'
import { canonicalForm } from '#core/zatca/judge.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { writeInvoice } from '#core/zatca/ubl/invoice.ts'
import { decode } from './fixtures.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these cannot stand in XML
const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const markup = fc.constantFrom('&', '<', '>', '"', "'", '\r', '\n', '\t', ']]>', '&amp;', '<!--', 'ضريبة', '🧾', ' ')
const anyText = fc
  .array(fc.oneof(markup, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 8 })
  .map((parts) => parts.join('').replaceAll(illegal, ''))

/** An invoice with the texts in an element, in attributes and deep inside a line. */
const anyInvoice: fc.Arbitrary<Invoice> = fc
  .tuple(anyText, anyText, anyText, anyText)
  .map(([id, name, scheme, agency]) => ({
    id,
    note: [{ value: name, languageID: scheme }, { value: '' }],
    accountingCustomerParty: {},
    invoiceLine: [
      {
        id: '1',
        item: {
          name,
          sellersItemIdentification: { id: { value: id, schemeAgencyID: agency, schemeID: scheme } },
          additionalItemProperty: [{ name: scheme }, { value: agency }],
        },
      },
    ],
  }))

it('writes canonical form', () => {
  fc.assert(
    fc.property(anyInvoice, (invoice) => {
      const { bytes } = writeInvoice(invoice)
      expect(decode(canonicalForm(bytes))).toBe(decode(bytes))
    }),
    { numRuns: 200 },
  )
})

it('reads back what it wrote', () => {
  fc.assert(
    fc.property(anyInvoice, (invoice) => {
      expect(readInvoice(writeInvoice(invoice).bytes)).toEqual({ invoice, findings: [] })
    }),
    { numRuns: 200 },
  )
})

it('writes in the order of UBL whatever the order of the keys', () => {
  const line = { id: '1', note: [{ value: 'n' }], item: { name: 'x' }, price: { priceAmount: { value: '1.00' } } }
  const { price, item, note, id } = line
  const shuffled: Invoice = { invoiceLine: [{ price, item, note, id }], id: 'B-1' }
  expect(writeInvoice(shuffled)).toEqual(writeInvoice({ id: 'B-1', invoiceLine: [line] }))
})

it('forgets a document that it could not write', () => {
  const whole = writeInvoice({ id: 'B-1' })
  expect(() => writeInvoice({ id: 'B-2', uuid: '\0' })).toThrow()
  expect(writeInvoice({ id: 'B-1' })).toEqual(whole)
})
