/** The table of fields covers the schema exactly, and violations find their way back to the form. */
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { draftSchema } from '#core/invoice/draft.ts'
import { draftPathOf } from '#core/invoice/draft-path.ts'
import { fieldLabels } from '#core/invoice/field-labels.ts'
import { fieldAt, fields, labelOf } from '#core/invoice/fields.ts'
import { draftOf, line } from './drafts.ts'

const part = (schema: unknown, key: string): unknown =>
  typeof schema === 'object' && schema !== null ? Reflect.get(schema, key) : undefined

/** The paths of all values that the published JSON schema knows. */
const leaves = (schema: unknown, path = ''): readonly string[] => {
  const items = part(schema, 'items')
  if (items !== undefined) return leaves(items, `${path}[]`)
  const properties = part(schema, 'properties')
  if (typeof properties !== 'object' || properties === null) return [path]
  return Object.entries(properties).flatMap(([key, value]) => leaves(value, path === '' ? key : `${path}.${key}`))
}

const schemaPaths = leaves(z.toJSONSchema(draftSchema))

test('every value of the schema has one field and every field one value', () => {
  expect(schemaPaths.length).toBeGreaterThan(100)
  expect(fields.map(({ draft }) => draft).toSorted()).toEqual(schemaPaths.toSorted())
})

test('every label is used', () => {
  expect(new Set(fields.map(({ label }) => label))).toEqual(new Set(fieldLabels))
})

test('fields are found with and without indices', () => {
  expect(fieldAt('lines[3].price')).toMatchObject({ id: 'BT-146', kind: 'decimal' })
  expect(labelOf('buyer.address.city')).toBe('address.city')
  expect(labelOf('lines[0]')).toBeUndefined()
})

describe('from a UBL path to the draft', () => {
  const draft = draftOf(
    [
      line('1', '100', { allowances: [{ amount: '1' }, { amount: '2' }], charges: [{ amount: '3' }] }),
      line('1', '100', { vat: { category: 'Z', exemption: 'VATEX-SA-35' } }),
    ],
    {
      allowances: [{ amount: '10' }],
      charges: [{ amount: '5', vat: { category: 'S' } }],
      prepayments: [{ number: 'ADV-1', issueDate: '2026-01-10', issueTime: '09:30:00', taxable: '40' }],
    },
  )

  test.each([
    ['/Invoice/cbc:ID', 'number'],
    ['/Invoice/cbc:InvoiceTypeCode', 'kind'],
    ['/Invoice/cbc:Note[1]', 'note'],
    ['/Invoice/cac:PaymentMeans[1]/cbc:InstructionNote[1]', 'reason'],
    ['/Invoice/cac:PaymentMeans/cbc:InstructionNote', 'reason'],
    ['/Invoice/cac:BillingReference[2]/cac:InvoiceDocumentReference/cbc:ID', 'originals[1].number'],
    ['/Invoice/cac:BillingReference[2]', 'originals[1]'],
    ['/Invoice/cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme[1]/cbc:CompanyID', 'seller.vatNumber'],
    ['/Invoice/cac:AccountingCustomerParty/cac:Party/cac:PartyIdentification[1]/cbc:ID/@schemeID', 'buyer.id.scheme'],
    ['/Invoice/cac:AccountingCustomerParty/cac:Party/cac:PostalAddress/cac:Country', 'buyer.address'],
    ['/Invoice/cac:AccountingCustomerParty', 'buyer'],
    ['/Invoice/cac:InvoiceLine[2]/cac:Price/cbc:PriceAmount', 'lines[1].price'],
    ['/Invoice/cac:InvoiceLine[2]/cac:Price/cbc:PriceAmount/@currencyID', 'lines[1].price'],
    ['/Invoice/cac:InvoiceLine[2]/cbc:InvoicedQuantity/@unitCode', 'lines[1].unit'],
    ['/Invoice/cac:InvoiceLine[2]/cbc:LineExtensionAmount', 'lines[1]'],
    ['/Invoice/cac:InvoiceLine[1]/cac:AllowanceCharge[2]/cbc:Amount', 'lines[0].allowances[1].amount'],
    ['/Invoice/cac:InvoiceLine[1]/cac:AllowanceCharge[3]/cbc:Amount', 'lines[0].charges[0].amount'],
    ['/Invoice/cac:InvoiceLine[3]/cac:DocumentReference[1]/cbc:IssueDate', 'prepayments[0].issueDate'],
    ['/Invoice/cac:InvoiceLine[3]/cac:TaxTotal[1]/cac:TaxSubtotal[1]/cbc:TaxAmount', 'prepayments[0].tax'],
    ['/Invoice/cac:InvoiceLine[3]/cbc:ID', 'prepayments[0]'],
    // The document discount was split over S and Z, so the charge is the third element.
    ['/Invoice/cac:AllowanceCharge[1]/cbc:Amount', 'allowances[0].amount'],
    ['/Invoice/cac:AllowanceCharge[2]/cbc:Amount', 'allowances[0].amount'],
    ['/Invoice/cac:AllowanceCharge[3]/cbc:AllowanceChargeReasonCode', 'charges[0].reasonCode'],
    [
      '/Invoice/cac:TaxTotal[2]/cac:TaxSubtotal[2]/cac:TaxCategory/cbc:TaxExemptionReasonCode',
      'lines[1].vat.exemption',
    ],
    ['/Invoice/cac:LegalMonetaryTotal/cbc:PayableRoundingAmount', 'rounding'],
    ['/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount', undefined],
    ['/Invoice/cac:AdditionalDocumentReference[1]/cbc:UUID', undefined],
    ['/Invoice', undefined],
    ['', undefined],
  ])('%s is %s', (ubl, path) => {
    expect(draftPathOf(ubl, draft)).toBe(path)
  })

  test('without a draft every line is an ordinary one', () => {
    expect(draftPathOf('/Invoice/cac:InvoiceLine[9]/cac:Item/cbc:Name')).toBe('lines[8].name')
  })

  test('every field that stands in UBL is found again from its own path', () => {
    for (const { draft: path, ubl } of fields) {
      if (ubl === undefined || /charges|prepayments|vat\.exemption/.test(path)) continue
      expect(draftPathOf(ubl, draft)).toBe(path.replaceAll('[]', '[0]'))
    }
  })
})
