/** The libxml2 judge agrees with our writer and with xmllint's C14N 1.1. */

import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { invoiceHash } from '#core/zatca/hash.ts'
import { canonicalForm, hashOfXml } from '#core/zatca/judge.ts'
import { decode, encode, vectorCanon, vectorNames, vectorXml } from './fixtures.ts'

const xmllint = spawnSync('xmllint', ['--version']).status === 0
if (!xmllint) console.warn('SKIPPED: the comparison with xmllint needs the package libxml2-utils')

describe('hashOfXml', () => {
  for (const name of vectorNames) {
    it(`finds the bytes of ${name} under its stamp`, () => {
      expect(decode(canonicalForm(vectorXml(name)))).toBe(decode(vectorCanon(name)))
      expect(hashOfXml(vectorXml(name))).toBe(invoiceHash(vectorCanon(name)))
    })
  }

  it('leaves the white space around the stamp where it is', () => {
    const spaced = decode(vectorXml('usd'))
      .replace('<ext:UBLExtensions>', '\n <ext:UBLExtensions>')
      .replace('</cac:Signature>', '</cac:Signature>\n')
    expect(decode(canonicalForm(encode(spaced)))).toMatch(
      /-2">\n <cbc:ProfileID>.*<\/cac:AdditionalDocumentReference>\n<cac:AccountingSupplierParty>/,
    )
  })

  it('finds the QR reference by its trimmed id', () => {
    const blanks = decode(vectorXml('usd')).replace('<cbc:ID>QR<', '<cbc:ID> QR\n<')
    expect(hashOfXml(blanks)).toBe(invoiceHash(vectorCanon('usd')))
  })

  it('refuses what reading refuses', () => {
    expect(() => hashOfXml('<!DOCTYPE a><a/>')).toThrow(expect.objectContaining({ code: 'xml/hostile' }))
    expect(() => hashOfXml('<a>')).toThrow(expect.objectContaining({ code: 'xml/malformed' }))
    expect(() => hashOfXml('<a/>')).toThrow(expect.objectContaining({ code: 'xml/not-an-invoice' }))
  })

  it('refuses a document that has no canonical form', () => {
    const relative = decode(vectorXml('simplified388')).replace(/xmlns:ext="[^"]*"/, 'xmlns:ext="somewhere-else"')
    expect(() => hashOfXml(relative)).toThrow(expect.objectContaining({ code: 'xml/malformed' }))
  })

  const foreign = decode(vectorCanon('standard388'))
    .replaceAll('><', '>\r\n\t<')
    .replaceAll('currencyID="SAR"', " currencyID='S&quot;A&#x9;R&gt;' z='1' a='2'")
    .replace('</Invoice>', '<!-- gone --><cbc:Note xml:lang="ar"><![CDATA[<&>]]>&#13;</cbc:Note></Invoice>')

  it.skipIf(!xmllint)('canonicalises like xmllint', () => {
    const { stdout } = spawnSync('xmllint', ['--c14n11', '-'], { input: foreign })
    // xmllint keeps comments.
    expect(decode(canonicalForm(foreign))).toBe(stdout.toString().replace('<!-- gone -->', ''))
  })
})
