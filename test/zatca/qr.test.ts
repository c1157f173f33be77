/** Tag-length-value coding of the QR code, its length bytes and its refusals. */

import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from '#core/zatca/hash.ts'
import { decodeQr, encodeQr, type QrFields } from '#core/zatca/qr.ts'

const fields: QrFields = {
  sellerName: 'شركة المثال المحدودة',
  vatNumber: '399999999900003',
  timestamp: '2024-01-15T12:30:00',
  total: '115.58',
  vatTotal: '15.08',
  hash: 'dLX07LhKPAHeWS8BjiHtqrW9PRwuy/7OnBzsQwqTfAs=',
  signature: 'MEQ=',
  publicKey: Uint8Array.of(0x30, 0x56),
  caSignature: Uint8Array.of(0x30, 0x44),
}

const bytesOf = (qr: string): readonly number[] => [...(fromBase64(qr) ?? [])]
const tlv = (...bytes: number[]): string => toBase64(Uint8Array.from(bytes))

describe('QR', () => {
  it('reads back what it wrote', () => {
    const { caSignature: _none, ...eight } = fields
    expect(decodeQr(encodeQr(fields))).toEqual(fields)
    expect(decodeQr(encodeQr(eight))).toEqual(eight)
  })

  it('counts bytes, not letters', () => {
    expect(bytesOf(encodeQr(fields)).slice(0, 2)).toEqual([1, 38])
  })

  for (const [length, header] of [
    [127, [1, 127]],
    [128, [1, 0x81, 128]],
    [255, [1, 0x81, 255]],
    [256, [1, 0x82, 1, 0]],
    [1000, [1, 0x82, 3, 0xe8]],
  ] as const) {
    it(`writes the length ${length} as BER does`, () => {
      const qr = encodeQr({ ...fields, sellerName: 'a'.repeat(length) })
      expect(bytesOf(qr).slice(0, header.length)).toEqual(header)
      expect(decodeQr(qr).sellerName).toHaveLength(length)
    })
  }

  it('reads a plain length byte above 127, as some writers leave it', () => {
    expect(decodeQr(tlv(1, 200, ...Array<number>(200).fill(0x61))).sellerName).toHaveLength(200)
  })

  it('reads a phase-1 code', () => {
    expect(decodeQr(tlv(1, 1, 0x41, 2, 1, 0x42))).toEqual({ sellerName: 'A', vatNumber: 'B' })
  })

  for (const [name, qr] of [
    ['no base64', 'not base64!'],
    ['a value that is cut', tlv(1, 5, 0x41)],
    ['a tag without a length', tlv(1, 1, 0x41, 2)],
    ['a tag that stands twice', tlv(1, 1, 0x41, 1, 1, 0x42)],
    ['text that is not UTF-8', tlv(1, 2, 0xc3, 0x28)],
  ] as const) {
    it(`refuses ${name}`, () => {
      expect(() => decodeQr(qr)).toThrow(expect.objectContaining({ code: 'qr/malformed' }))
    })
  }
})
