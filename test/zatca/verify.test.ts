/** Every tampering is found by the check that is named for it. */

import { describe, expect, it } from 'vitest'
import { readInvoice } from '#core/zatca/read.ts'
import { seal } from '#core/zatca/seal.ts'
import { verify } from '#core/zatca/verify.ts'
import { decode, encode, signingTime, testSigner, vectorCanon, vectorNames, vectorXml } from './fixtures.ts'

const failing = async (bytes: Uint8Array): Promise<readonly string[]> =>
  (await verify(bytes)).checks.filter((check) => !check.ok).map((check) => check.id)

describe('genuine documents', () => {
  for (const name of vectorNames) {
    it(`accepts ${name}, and the same invoice sealed anew`, async () => {
      const original = await verify(vectorXml(name))
      expect(original.checks.filter((check) => !check.ok)).toEqual([])
      const sealed = await seal(readInvoice(vectorXml(name)).invoice, { signer: testSigner, signingTime })
      const anew = await verify(sealed.bytes)
      expect(anew).toMatchObject({ ok: true, hash: original.hash })
      expect(anew.hash).toBe(sealed.hash)
    })
  }
})

describe('tampering', () => {
  const text = decode(vectorXml('simplified388'))
  const hash = 'dLX07LhKPAHeWS8BjiHtqrW9PRwuy/7OnBzsQwqTfAs='
  /** What a changed body breaks. */
  const body = ['SIGNATURE/invoiceSignedDataDigestValue', 'SIGNATURE/signatureValue', 'QR/hashedXml']

  const cases: readonly (readonly [name: string, from: string | RegExp, to: string, failing: readonly string[]])[] = [
    ['item name', '>كتاب<', '>كتب<', body],
    ['one blank between elements', '</cac:InvoiceLine><cac', '</cac:InvoiceLine> <cac', body],
    ['seller name', 'شركة المثال المحدودة', 'شركة أخرى', [...body, 'QR/sellerName']],
    [
      'VAT number',
      '<cbc:CompanyID>399999999900003',
      '<cbc:CompanyID>399999999800003',
      [...body, 'CERTIFICATE/vatNumber', 'QR/vatRegistrationNumber'],
    ],
    ['issue time', '>12:30:00<', '>12:30:01<', [...body, 'QR/timeStamp']],
    ['payable amount', '115.58</cbc:PayableAmount', '115.59</cbc:PayableAmount', [...body, 'QR/invoice_Total']],
    [
      'VAT in SAR',
      '15.08</cbc:TaxAmount></cac:TaxTotal>',
      '15.09</cbc:TaxAmount></cac:TaxTotal>',
      [...body, 'QR/Tag-5_VatTotal'],
    ],
    [
      'stated hash',
      `<ds:DigestValue>${hash}`,
      `<ds:DigestValue>A${hash.slice(1)}`,
      ['SIGNATURE/invoiceSignedDataDigestValue'],
    ],
    [
      'signature',
      'SignatureValue>MEQCIErb',
      'SignatureValue>MEQCIErc',
      ['SIGNATURE/signatureValue', 'QR/digital_signature'],
    ],
    [
      'signing time',
      '<xades:SigningTime>2024',
      '<xades:SigningTime>2025',
      ['SIGNATURE/xadesSignedPropertiesDigestValue'],
    ],
    ['blanks in SignedProperties', '<xades:Cert>', ' <xades:Cert>', ['SIGNATURE/xadesSignedPropertiesDigestValue']],
    [
      'certificate digest',
      '<ds:DigestValue>ZDMwMmI0',
      '<ds:DigestValue>ZDMwMmI1',
      ['SIGNATURE/xadesSignedPropertiesDigestValue', 'SIGNATURE/signingCertificateDigestValue'],
    ],
    [
      'issuer',
      'CN=PRZEINVOICESCA4-CA,',
      'CN=PRZEINVOICESCA4-CA,  ',
      ['SIGNATURE/xadesSignedPropertiesDigestValue', 'SIGNATURE/X509IssuerName'],
    ],
    [
      'serial number',
      '520528387</ds:X509SerialNumber>',
      '520528388</ds:X509SerialNumber>',
      ['SIGNATURE/xadesSignedPropertiesDigestValue', 'SIGNATURE/X509SerialNumber'],
    ],
    ['QR total', /AYxMTUuNTgF/, 'AYxMTUuNTkF', ['QR/invoice_Total']],
    ['QR without base64', />ASbYtN/, '>#SbYtN', ['QR/QR-Code']],
  ]
  for (const [name, from, to, expected] of cases) {
    it(name, async () => {
      const changed = text.replace(from, to)
      expect(changed).not.toBe(text)
      expect([...(await failing(encode(changed)))].sort()).toEqual([...expected].sort())
    })
  }

  it('tag 9 of the QR code', async () => {
    const start = text.indexOf('>ASbYtN') + 1
    const end = text.indexOf('<', start)
    const qr = Buffer.from(text.slice(start, end), 'base64')
    qr[qr.length - 1] = (qr.at(-1) ?? 0) ^ 1
    const changed = text.slice(0, start) + qr.toString('base64') + text.slice(end)
    expect(await failing(encode(changed))).toEqual(['QR/certificate_signature'])
  })

  it('a certificate that cannot be read fails everything that needs it', async () => {
    const found = await failing(encode(text.replace('<ds:X509Certificate>MIID', '<ds:X509Certificate>XXXX')))
    expect(found).toEqual(expect.arrayContaining(['SIGNATURE/certificate', 'SIGNATURE/signatureValue', 'QR/publicKey']))
  })

  it('shows what was expected and found', async () => {
    const { checks } = await verify(encode(text.replace('>12:30:00<', '>12:30:01<')))
    expect(checks.find((check) => check.id === 'QR/timeStamp')).toEqual({
      id: 'QR/timeStamp',
      ok: false,
      expected: '2024-01-15T12:30:01',
      found: '2024-01-15T12:30:00',
    })
  })

  it('refuses a document without a signature', async () => {
    await expect(verify(vectorCanon('simplified388'))).rejects.toMatchObject({ code: 'xml/not-signed' })
  })

  it('judges the certificate at the time of signing, in Riyadh time', async () => {
    const { invoice } = readInvoice(vectorXml('simplified388'))
    const at = async (time: string): Promise<readonly string[]> =>
      failing((await seal(invoice, { signer: testSigner, signingTime: time })).bytes)
    expect(await at('2024-01-11T12:19:30')).toEqual([])
    expect(await at('2024-01-11T12:19:29')).toEqual(['CERTIFICATE/validAtSigning'])
    expect(await at('2029-01-09T09:19:30Z')).toEqual([])
    expect(await at('2029-01-09T12:19:31')).toEqual(['CERTIFICATE/validAtSigning'])
  })
})
