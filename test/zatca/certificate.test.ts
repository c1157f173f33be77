/** What is read from ZATCA's public test certificate, and refusals; also runs under bun. */

import { describe, expect, it } from 'vitest'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { toBase64 } from '#core/zatca/hash.ts'
import { encode, fixtureText } from './fixtures.ts'

const text = fixtureText('sdk/cert.pem').trim()
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

describe('parseCertificate', () => {
  const certificate = parseCertificate(text)

  it('reads names most specific first', () => {
    expect(certificate.issuer).toBe('CN=PRZEINVOICESCA4-CA, DC=extgazt, DC=gov, DC=local')
    expect(certificate.subject).toBe(
      'CN=TST-886431145-399999999900003, OU=Riyadh Branch, O=Maximum Speed Tech Supply LTD, C=SA',
    )
  })

  it('keeps all 45 digits of the serial number', () => {
    expect(certificate.serial).toBe('379112742831380471835263969587287663520528387')
  })

  it('reads the validity', () => {
    expect([certificate.notBefore, certificate.notAfter]).toEqual(['2024-01-11T09:19:30Z', '2029-01-09T09:19:30Z'])
  })

  it('reads VAT number and functionality from the alternative name', () => {
    expect([certificate.vatNumber, certificate.functionality]).toEqual(['399999999900003', '1100'])
  })

  it('gives the bytes of QR tags 8 and 9', () => {
    expect(hex(certificate.publicKey)).toBe(
      '3056301006072a8648ce3d020106052b8104000a03420004a1608a6b449af45204ad33afd2e0240b5548297c54f673e9c76be57f8ca131e8f2f1cd365c96e50eaeed3f2768f26ab46a138c98da3c8309e2ed7b75293f5478',
    )
    expect(hex(certificate.caSignature)).toBe(
      '3045022100b13f89c8669d65c250a51b71adf2722f28ab068bbc574756342bbde23dbaa01b02203d842e0cf2380c0400cf4b399ddae88f240ea0291dcb134dd4ef97aa6c2feb5c',
    )
  })

  it('takes the digest over the base64 text (D4)', () => {
    expect(certificate.digest).toBe(
      'ZDMwMmI0MTE1NzVjOTU2NTk4YzVlODhhYmI0ODU2NDUyNTU2YTVhYjhhMDFmN2FjYjk1YTA2OWQ0NjY2MjQ4NQ==',
    )
  })

  it('reads DER, PEM, folded base64 and a binarySecurityToken alike', () => {
    const folded = (text.match(/.{1,64}/g) ?? []).join('\r\n')
    const pem = `-----BEGIN CERTIFICATE-----\n${folded}\n-----END CERTIFICATE-----\n`
    const token = toBase64(encode(text))
    for (const source of [certificate.der, folded, pem, encode(pem), token]) {
      expect(parseCertificate(source)).toEqual(certificate)
    }
  })

  it('refuses anything else', () => {
    const cut = certificate.der.slice(0, 300)
    for (const source of ['', 'not base64!', 'AAAA', cut, encode('<xml/>'), toBase64(encode('hello world!'))]) {
      expect(() => parseCertificate(source)).toThrow(expect.objectContaining({ code: 'certificate/malformed' }))
    }
  })
})
