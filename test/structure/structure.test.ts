/** What the structure of UBL allows and what it does not, case by case; the schema itself judges in `schema.test.ts`. */
import { describe, expect, test } from 'vitest'
import { parseXml } from '#core/zatca/scan.ts'
import { type StructureKind, structureBreaches } from '#core/zatca/structure/structure.ts'
import { decode, vectorNames, vectorXml } from '../zatca/fixtures.ts'

const xml = decode(vectorXml('standard388'))
const found = (text: string) =>
  structureBreaches(parseXml(text)).map(({ path, params }) => [params?.['kind'], path] as const)

/** The same text with one place changed; a place that is not there is a mistake of the test. */
const changed = (from: string | RegExp, to: string): string => {
  const text = xml.replace(from, to)
  if (text === xml) throw new Error(`nothing to change at ${from}`)
  return text
}

test.each(vectorNames)('%s is clean', (name) => {
  expect(found(decode(vectorXml(name)))).toEqual([])
})

describe('what the format allows although no rule knows it', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a cost account', '<cac:AdditionalDocumentReference>', '<cbc:AccountingCost>7</cbc:AccountingCost>'],
    ['the number of lines', '<cac:AdditionalDocumentReference>', '<cbc:LineCountNumeric>4</cbc:LineCountNumeric>'],
    ['a payee', '<cac:Delivery>', '<cac:PayeeParty><cbc:WebsiteURI>x</cbc:WebsiteURI></cac:PayeeParty>'],
    ['a comment', '<cac:Delivery>', '<!-- <cbc:Foo/> -->'],
  ]
  test.each(cases)('%s', (_name, before, inserted) => {
    expect(found(changed(before, inserted + before))).toEqual([])
  })
})

describe('what it does not allow', () => {
  const cases: readonly (readonly [StructureKind, string, string | RegExp, string, string])[] = [
    ['unknown-element', 'a name of nobody', '<cac:Delivery>', '<cbc:Foo/><cac:Delivery>', '/Invoice/cbc:Foo'],
    [
      'unknown-element',
      'a namespace of others',
      '<cac:Delivery>',
      '<Foo xmlns="urn:x"/><cac:Delivery>',
      '/Invoice/{urn:x}Foo',
    ],
    [
      'unknown-element',
      'an element in a text',
      /(<cbc:Name>[^<]*)/,
      '$1<cbc:Foo/>',
      '/Invoice/cac:InvoiceLine[1]/cac:Item/cbc:Name/cbc:Foo',
    ],
    [
      'misplaced-element',
      'the time before the date',
      /(<cbc:IssueDate>.*?<\/cbc:IssueDate>)\s*(<cbc:IssueTime>.*?<\/cbc:IssueTime>)/,
      '$2$1',
      '/Invoice/cbc:IssueTime',
    ],
    [
      'repeated-element',
      'a second UUID',
      /(<cbc:UUID>[^<]*<\/cbc:UUID>)(?=\s*<cbc:IssueDate)/,
      '$1$1',
      '/Invoice/cbc:UUID[2]',
    ],
    ['missing-element', 'no number', /<cbc:ID>[^<]*<\/cbc:ID>(?=\s*<cbc:UUID)/, '', '/Invoice/cbc:ID'],
    ['missing-element', 'no line', /<cac:InvoiceLine>.*<\/cac:InvoiceLine>/s, '', '/Invoice/cac:InvoiceLine[1]'],
    [
      'unknown-attribute',
      'a currency on a name',
      /<cbc:Name>/,
      '<cbc:Name currencyID="SAR">',
      '/Invoice/cac:InvoiceLine[1]/cac:Item/cbc:Name/@currencyID',
    ],
    [
      'missing-attribute',
      'an amount without currency',
      /<cbc:PayableAmount currencyID="SAR">/,
      '<cbc:PayableAmount>',
      '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount/@currencyID',
    ],
    ['misplaced-text', 'text between elements', '<cac:Delivery>', '<cac:Delivery>x', '/Invoice/cac:Delivery[1]'],
    [
      'literal',
      'a date that the calendar lacks',
      /<cbc:IssueDate>[^<]*/,
      '<cbc:IssueDate>2023-02-29',
      '/Invoice/cbc:IssueDate',
    ],
    [
      'literal',
      'an exponent',
      />[^<]*<\/cbc:PayableAmount>/,
      '>1e3</cbc:PayableAmount>',
      '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount',
    ],
    [
      'literal',
      'a number of a million digits',
      />[^<]*<\/cbc:PayableAmount>/,
      `>${'9'.repeat(1_000_000)}</cbc:PayableAmount>`,
      '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount',
    ],
  ]
  test.each(cases)('%s: %s', (kind, _name, from, to, path) => {
    expect(found(changed(from, to))).toEqual([[kind, path]])
  })

  test('only what disturbs the order, wherever it was moved to', () => {
    const [total = ''] = /<cac:LegalMonetaryTotal>.*<\/cac:LegalMonetaryTotal>/s.exec(xml) ?? []
    const first = xml.replace(total, '').replace('<cbc:ProfileID', `${total}<cbc:ProfileID`)
    expect(found(first)).toEqual([['misplaced-element', '/Invoice/cac:LegalMonetaryTotal']])
    const last = xml.replace(total, '').replace('</Invoice>', `${total}</Invoice>`)
    expect(found(last)).toEqual([['misplaced-element', '/Invoice/cac:LegalMonetaryTotal']])
  })

  test('everything at once, and no more than anybody reads', () => {
    expect(found(changed('<cac:Delivery>', `${'<cbc:Foo/>'.repeat(5000)}<cac:Delivery>`))).toHaveLength(1000)
  })
})
