/** Signing and sealing without any help of OpenSSL: this file also runs under bun, whose crypto lacks the curve like Electron's. */

import { describe, expect, it } from 'vitest'
import { generatePrivateKey, publicKeyOf, sign, verify } from '#core/ecdsa.ts'
import { Failure } from '#core/errors.ts'
import { digestToSign, fromBase64 } from '#core/zatca/hash.ts'
import { decodeQr } from '#core/zatca/qr.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { assemble, prepare, type Sealed, seal, selfCheck } from '#core/zatca/seal.ts'
import { decode, encode, signingTime, testCertificate, testSigner, vectorNames, vectorXml } from './fixtures.ts'

const bytesOf = (base64: string): Uint8Array => fromBase64(base64) ?? new Uint8Array()

/** Signature of the SDK's Simplified_Invoice; its S is in the upper half of the order. */
const officialHash = 'z5F9qsS6oWyDhehD8u8S0DaxV+2CUiUz9Y+UsR61JgQ='
const officialSignature =
  'MEYCIQCYovp/Gxd/x2qZcDZZf+4TdtfZjU/1/fzS3EQjmZGhlQIhANTc0rlAs3ffQgrKi8V49eXV32d200XIutgCti4iGAjB'

describe('signature of the official sample', () => {
  it('verifies over SHA-256 of the raw hash bytes', () => {
    expect(verify(digestToSign(officialHash), bytesOf(officialSignature), testCertificate.publicKey)).toBe(true)
  })

  it('does not verify over the hash itself', () => {
    expect(verify(bytesOf(officialHash), bytesOf(officialSignature), testCertificate.publicKey)).toBe(false)
  })
})

describe('sealing', () => {
  for (const name of vectorNames) {
    it(`puts ${name} together byte for byte when it gets the same signature`, () => {
      const original = vectorXml(name)
      const { invoice, stamp } = readInvoice(original)
      const signature = bytesOf(stamp?.signatureValue ?? '')
      const sealed = assemble(prepare(invoice), { signature, certificate: testCertificate, signingTime })
      expect(decode(sealed.bytes)).toBe(decode(original))
    })
  }

  it('is deterministic: same invoice, same bytes', async () => {
    const { invoice } = readInvoice(vectorXml('simplified388'))
    const once = await seal(invoice, { signer: testSigner, signingTime })
    const twice = await seal(invoice, { signer: testSigner, signingTime })
    expect(decode(once.bytes)).toBe(decode(twice.bytes))
  })

  it('writes nine QR tags on a simplified document and eight on a standard one', async () => {
    const simplified = await seal(readInvoice(vectorXml('simplified388')).invoice, { signer: testSigner, signingTime })
    const standard = await seal(readInvoice(vectorXml('standard388')).invoice, { signer: testSigner, signingTime })
    expect(decodeQr(simplified.qr).caSignature).toEqual(testCertificate.caSignature)
    expect(decodeQr(standard.qr).caSignature).toBeUndefined()
    expect(decodeQr(standard.qr).publicKey).toEqual(testCertificate.publicKey)
  })

  it('refuses a signer whose key is not the certified one', async () => {
    const stranger = generatePrivateKey()
    const signer = {
      publicKey: publicKeyOf(stranger),
      certificate: testCertificate,
      sign: async (digests: readonly Uint8Array[]) => digests.map((digest) => sign(digest, stranger)),
    }
    const { invoice } = readInvoice(vectorXml('simplified388'))
    await expect(seal(invoice, { signer, signingTime })).rejects.toMatchObject({ code: 'certificate/wrong-key' })
  })

  it('names every field of the QR code that the document lacks', () => {
    const { accountingSupplierParty: _seller, issueTime: _time, ...rest } = readInvoice(vectorXml('usd')).invoice
    const missing = ['sellerName', 'vatNumber', 'timestamp']
    expect(() => prepare(rest)).toThrow(expect.objectContaining({ code: 'document/invalid', details: { missing } }))
  })
})

describe('self-check', () => {
  const sealed = async (): Promise<Sealed> =>
    seal(readInvoice(vectorXml('simplified388')).invoice, { signer: testSigner, signingTime })

  const disagreeing = (document: Sealed): unknown => {
    try {
      selfCheck(document, testCertificate)
    } catch (error) {
      return error instanceof Failure && error.code === 'document/self-check' ? error.details['disagreeing'] : error
    }
    return []
  }

  const changed = (document: Sealed, from: string, to: string): Sealed => {
    const text = decode(document.bytes)
    expect(text).toContain(from)
    return { ...document, bytes: encode(text.replace(from, to)) }
  }

  it('accepts what was sealed', async () => {
    expect(disagreeing(await sealed())).toEqual([])
  })

  it('notices a changed line', async () => {
    const found = disagreeing(changed(await sealed(), '<cbc:Name>كتاب', '<cbc:Name>كتابا'))
    expect(found).toEqual(['hash', 'invoiceDigest', 'signature', 'qrHash'])
  })

  it('notices another signature', async () => {
    const document = await sealed()
    const start = decode(document.bytes).split('<ds:SignatureValue>')[1]?.slice(0, 96) ?? ''
    expect(disagreeing(changed(document, start, officialSignature))).toEqual(['signature', 'qrSignature'])
  })

  it('notices other white space in SignedProperties', async () => {
    const found = disagreeing(changed(await sealed(), '\n                                    <xades:', '\n<xades:'))
    expect(found).toEqual(['signedProperties'])
  })

  it('notices a QR code that is not the one in the document', async () => {
    const document = await sealed()
    const other = await seal(readInvoice(vectorXml('debit383simp')).invoice, { signer: testSigner, signingTime })
    expect(disagreeing({ ...document, qr: other.qr })).toContain('qrInDocument')
  })

  it('notices a QR code that cannot be read', async () => {
    expect(disagreeing({ ...(await sealed()), qr: 'broken' })).toContain('qrHash')
  })

  it('notices a missing stamp', async () => {
    const found = disagreeing(changed(await sealed(), '<cac:Signature>', '<cac:Signatures>'))
    expect(found).toEqual(['<cac:Signature>'])
  })
})
