/** Reading UBL that others wrote: other prefixes, white space, comments; findings; and everything that is refused. */

import { describe, expect, it } from 'vitest'
import type { FailureCode } from '#core/errors.ts'
import { limits } from '#core/zatca/hostile.ts'
import { namespaces } from '#core/zatca/namespaces.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { decode, encode, vectorCanon, vectorXml } from './fixtures.ts'

const canon = decode(vectorCanon('simplified388'))
const signed = decode(vectorXml('simplified388'))

describe('foreign but equal XML', () => {
  const expected = readInvoice(canon).invoice

  const variants: Readonly<Record<string, string>> = {
    'pretty printed': canon
      .replaceAll('><', '>\n  <')
      .replaceAll(/>\s+<\/cac:AccountingCustomerParty/g, '></cac:AccountingCustomerParty'),
    'with Windows line ends between elements': canon.replaceAll('</cac:InvoiceLine>', '</cac:InvoiceLine>\r\n'),
    'with other prefixes': canon
      .replaceAll('cbc:', 'b:')
      .replaceAll('cac:', 'a:')
      .replace('xmlns:cbc', 'xmlns:b')
      .replace('xmlns:cac', 'xmlns:a'),
    'with the default namespace redeclared on each element': canon.replaceAll(
      /<cbc:(\w+)( [^>]*)?>([^<]*)<\/cbc:\w+>/g,
      '<$1 xmlns="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"$2>$3</$1>',
    ),
    'with comments inside and outside': `<!-- head -->${canon.replaceAll('<cac:InvoiceLine>', '<cac:InvoiceLine><!-- <line> & -->').replace('كتاب', 'كت<!-- x -->اب')}<!-- tail -->`,
    'with CDATA and references': canon.replace('كتاب', '<![CDATA[كتا]]>&#x628;').replace('S-1', '&#83;-1'),
    'with a declaration and a byte order mark': `\ufeff<?xml version='1.0' encoding='utf-8' standalone="no"?>\n${canon}`,
    'with blanks in tags and single quotes': canon
      .replaceAll('currencyID="SAR"', "\n currencyID = 'SAR' ")
      .replaceAll('</cbc:ID>', '</cbc:ID >'),
    'with an empty tag in short form': canon.replace(
      '<cac:AccountingCustomerParty></cac:AccountingCustomerParty>',
      '<cac:AccountingCustomerParty />',
    ),
  }
  for (const [name, xml] of Object.entries(variants)) {
    it(name, () => {
      expect(xml).not.toBe(canon)
      expect(readInvoice(xml)).toEqual({ invoice: expected, findings: [] })
      expect(readInvoice(encode(xml)).invoice).toEqual(expected)
    })
  }

  it('keeps literals as they stand', () => {
    const { invoice } = readInvoice(canon.replace('>115.58</cbc:PayableAmount>', '> 00.0 </cbc:PayableAmount>'))
    expect(invoice.legalMonetaryTotal?.payableAmount).toEqual({ value: ' 00.0 ', currencyID: 'SAR' })
  })

  it('tells an absent element from a blank one', () => {
    expect(readInvoice(canon).invoice.accountingCustomerParty).toEqual({})
    expect(readInvoice(canon).invoice.delivery).toBeUndefined()
    expect(readInvoice(canon.replace('>S-1<', '><')).invoice.id).toBe('')
  })
})

describe('stamp', () => {
  it('is given as text beside the invoice, its ids within', () => {
    const { invoice, stamp } = readInvoice(signed)
    expect(invoice.signatureInformation).toEqual({
      id: 'urn:oasis:names:specification:ubl:signature:1',
      referencedSignatureID: 'urn:oasis:names:specification:ubl:signature:Invoice',
    })
    expect(stamp).toMatchObject({
      invoiceDigest: 'dLX07LhKPAHeWS8BjiHtqrW9PRwuy/7OnBzsQwqTfAs=',
      signingTime: '2024-01-15T12:30:05',
      issuerName: 'CN=PRZEINVOICESCA4-CA, DC=extgazt, DC=gov, DC=local',
      serialNumber: '379112742831380471835263969587287663520528387',
    })
    expect(stamp?.signedProperties).toMatch(
      /^<xades:SignedProperties Id="xadesSignedProperties">\n {36}<[\s\S]* {32}<\/xades:SignedProperties>$/,
    )
  })

  it('is absent in an unsigned document', () => {
    expect(readInvoice(canon)).not.toHaveProperty('stamp')
  })
})

describe('findings', () => {
  const line = '</cac:InvoiceLine><cac:InvoiceLine>'
  const cases: readonly (readonly [name: string, xml: string, kind: string, path: string])[] = [
    [
      'unknown element',
      canon.replace(line, `${line}<cac:Foo/>`),
      'unknown-element',
      '/Invoice/cac:InvoiceLine[2]/cac:Foo',
    ],
    [
      'second of two unknown ones',
      canon
        .replace('<cac:PaymentMeans>', '<cac:PaymentMeans><cbc:X/>')
        .replace('</cac:PaymentMeans>', '</cac:PaymentMeans><cac:Y/>'),
      'unknown-element',
      '/Invoice/cac:PaymentMeans[1]/cbc:X',
    ],
    [
      'foreign namespace',
      canon.replace(line, `${line}<f:Foo xmlns:f="urn:f"/>`),
      'unknown-element',
      '/Invoice/cac:InvoiceLine[2]/{urn:f}Foo',
    ],
    [
      'element inside a value',
      canon.replace('>S-1<', '>S-1<b xmlns="urn:b"/><'),
      'unknown-element',
      '/Invoice/cbc:ID/{urn:b}b',
    ],
    [
      'repeated element',
      canon.replace('<cbc:UUID>3cf', '<cbc:ID>S-2</cbc:ID><cbc:UUID>3cf'),
      'repeated-element',
      '/Invoice/cbc:ID[2]',
    ],
    [
      'misplaced element',
      canon.replace('<cbc:ID>S-1</cbc:ID>', '').replace('<cbc:IssueDate>', '<cbc:ID>S-1</cbc:ID><cbc:IssueDate>'),
      'misplaced-element',
      '/Invoice/cbc:ID',
    ],
    [
      'misplaced element that may repeat',
      canon
        .replace(/<cac:PaymentMeans>.*<\/cac:PaymentMeans>/, '')
        .replace('</Invoice>', '<cac:PaymentMeans></cac:PaymentMeans></Invoice>'),
      'misplaced-element',
      '/Invoice/cac:PaymentMeans[1]',
    ],
    [
      'unknown attribute',
      canon.replace('<cbc:ID>S-1', '<cbc:ID listID="x">S-1'),
      'unknown-attribute',
      '/Invoice/cbc:ID/@listID',
    ],
    [
      'text between elements',
      canon.replace(line, `</cac:InvoiceLine>text<cac:InvoiceLine>`),
      'misplaced-text',
      '/Invoice',
    ],
  ]
  for (const [name, xml, kind, path] of cases) {
    it(name, () => {
      expect(readInvoice(xml).findings).toContainEqual({ kind, path })
    })
  }

  it('counts many of them in linear time', () => {
    const many = readInvoice(canon.replace('</Invoice>', `${'<cac:Foo/>'.repeat(300_000)}</Invoice>`))
    expect(many.findings.at(-1)).toEqual({ kind: 'unknown-element', path: '/Invoice/cac:Foo[300000]' })
  })

  it('keeps the first of a repeated element', () => {
    expect(readInvoice(canon.replace('<cbc:UUID>3cf', '<cbc:ID>S-2</cbc:ID><cbc:UUID>3cf')).invoice.id).toBe('S-1')
  })
})

describe('refusals', () => {
  const deep = '<a>'.repeat(70)
  const cases: readonly (readonly [name: string, source: string | Uint8Array, code: FailureCode])[] = [
    ['document type', canon.replace('<Invoice', '<!DOCTYPE Invoice><Invoice'), 'xml/hostile'],
    ['entity declaration', `<!DOCTYPE x [<!ENTITY a "b">]>${canon}`, 'xml/hostile'],
    ['processing instruction', `<?xml-stylesheet href="x"?>${canon}`, 'xml/hostile'],
    ['processing instruction inside', canon.replace('>S-1<', '>S-1<?php ?><'), 'xml/hostile'],
    ['declared encoding', `<?xml version="1.0" encoding="windows-1256"?>${canon}`, 'xml/hostile'],
    ['UTF-16', new Uint8Array(Buffer.from(`\ufeff${canon}`, 'utf16le')), 'xml/hostile'],
    ['broken UTF-8', Uint8Array.of(...encode('<Invoice>'), 0xc3, 0x28), 'xml/hostile'],
    ['depth', canon.replace('<cac:PaymentMeans>', deep), 'xml/hostile'],
    [
      'number of namespaces',
      canon.replace('<Invoice ', `<Invoice ${Array.from({ length: 70 }, (_, n) => `xmlns:n${n}="u" `).join('')}`),
      'xml/hostile',
    ],
    ['size', ' '.repeat(limits.bytes + 1), 'xml/hostile'],
    ['empty', '', 'xml/malformed'],
    ['text only', 'hello', 'xml/malformed'],
    ['unclosed', canon.slice(0, -10), 'xml/malformed'],
    ['crossed tags', canon.replace('</cac:Item>', '</cac:Price>'), 'xml/malformed'],
    ['longer end tag', canon.replace('</cbc:ID>', '</cbc:IDs>'), 'xml/malformed'],
    ['two roots', canon + canon, 'xml/malformed'],
    ['text behind', `${canon}x`, 'xml/malformed'],
    ['undeclared prefix', canon.replaceAll('cbc:ProfileID', 'xyz:ProfileID'), 'xml/malformed'],
    ['attribute twice', canon.replace('currencyID="SAR"', 'currencyID="SAR" currencyID="SAR"'), 'xml/malformed'],
    ['attribute without quotes', canon.replace('currencyID="SAR"', 'currencyID=SAR'), 'xml/malformed'],
    ['bare ampersand', canon.replace('S-1', 'S & 1'), 'xml/malformed'],
    ['unknown entity', canon.replace('S-1', '&nbsp;'), 'xml/malformed'],
    ['entity named like a property of every object', canon.replace('S-1', '&constructor;'), 'xml/malformed'],
    ['reference to nothing', canon.replace('S-1', '&#0;'), 'xml/malformed'],
    ['reference to half a pair', canon.replace('S-1', '&#xD800;'), 'xml/malformed'],
    ['control character', canon.replace('S-1', 'S\u0001'), 'xml/malformed'],
    ['end of CDATA in text', canon.replace('S-1', 'S]]>1'), 'xml/malformed'],
    ['two hyphens in a comment', canon.replace('S-1', '<!-- a -- b -->'), 'xml/malformed'],
    ['bare less-than', canon.replace('S-1', 'S < 1'), 'xml/malformed'],
    ['other root', '<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>', 'xml/not-an-invoice'],
    [
      'credit note root',
      '<CreditNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"/>',
      'xml/not-an-invoice',
    ],
    ['no namespace', '<Invoice/>', 'xml/not-an-invoice'],
  ]
  for (const [name, source, code] of cases) {
    it(`${name}: ${code}`, () => {
      expect(() => readInvoice(source)).toThrow(expect.objectContaining({ code }))
    })
  }

  const second = (element: string): string => `<Invoice xmlns="${namespaces.ubl}"><a>x</a>${element}</Invoice>`
  for (const element of ['<a>x</ab>', '<a>x</b>', '<a>]]></a>', '<a>&nbsp;</a>', '<a>x & y</a>', '<a>x</a', '<a>x']) {
    it(`looks as closely when a tag was met before: ${element}`, () => {
      expect(readInvoice(second('<a>x</a>'))).toBeDefined()
      expect(() => readInvoice(second(element))).toThrow(expect.objectContaining({ code: 'xml/malformed' }))
    })
  }

  it('says where the XML breaks', () => {
    expect(() => readInvoice('<a>\n  <b>\n </c>\n</a>')).toThrow(expect.objectContaining({ code: 'xml/malformed' }))
    expect(() => readInvoice('<a xmlns="u">\n  <b></b>\n  & </a>')).toThrow(
      expect.objectContaining({ details: { line: 3, column: 3 } }),
    )
    expect(() => readInvoice('<a>\n\n   <1/></a>')).toThrow(
      expect.objectContaining({ details: { line: 3, column: 4 } }),
    )
  })
})
