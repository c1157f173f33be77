/** A QR code by itself: its fields by tag, and one code for everything that can be odd about it. */
import { describe, expect, it } from 'vitest'
import { type QrOddity, qrOddities } from '#core/vocabulary.ts'
import { chainField } from '#core/zatca/chain.ts'
import { toBase64 } from '#core/zatca/hash.ts'
import { decodeQr, encodeQr, type QrFields } from '#core/zatca/qr.ts'
import { readQr } from '#core/zatca/qr-reading.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { utf8 } from '#core/zatca/xml.ts'
import { vectorXml } from './fixtures.ts'

const genuine = chainField(readInvoice(vectorXml('simplified388')).invoice, 'QR') ?? ''
const { publicKey = new Uint8Array(), caSignature = new Uint8Array(), ...texts } = decodeQr(genuine)
const { sellerName = '', vatNumber = '', timestamp = '', total = '', vatTotal = '', hash = '', signature = '' } = texts
const whole: QrFields = {
  ...{ sellerName, vatNumber, timestamp, total, vatTotal, hash, signature },
  publicKey,
  caSignature,
}
const changed = (change: Partial<QrFields>): string => encodeQr({ ...whole, ...change })
const entry = (tag: number, value: string): readonly number[] => [tag, utf8(value).length, ...utf8(value)]
const phaseOne = toBase64(
  Uint8Array.from(
    [sellerName, vatNumber, timestamp, total, vatTotal].flatMap((value, index) => entry(index + 1, value)),
  ),
)
const oddities = (text: string): readonly QrOddity[] => readQr(text).oddities.map(({ code }) => code)

/** Codes that are odd in exactly one way; the signature is over the hash alone, so other fields may change. */
const odd: Readonly<Record<QrOddity, string>> = {
  'tag-missing': changed({ sellerName: '' }),
  'phase-one': phaseOne,
  stamp: changed({ hash: `A${hash.slice(1)}` }),
  'too-long': changed({ caSignature: new Uint8Array(600) }),
  'name-too-long': changed({ sellerName: 'ش'.repeat(64) }),
  'vat-number-format': changed({ vatNumber: '399999999900004' }),
  'timestamp-format': changed({ timestamp: '15/01/2024' }),
  'amount-format': changed({ total: '١١٥' }),
  'vat-above-total': changed({ vatTotal: '999.00' }),
}

describe('readQr', () => {
  it('names every field of a genuine code by its tag and finds nothing odd', () => {
    const { fields, oddities: found } = readQr(genuine)
    expect(fields.map(({ tag }) => tag)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(fields.find(({ name }) => name === 'vatNumber')?.value).toBe('399999999900003')
    expect(found).toEqual([])
  })

  it('drops the white space of scanners and XML', () =>
    expect(readQr(`\n ${genuine.slice(0, 50)}\r\n${genuine.slice(50)} `).text).toBe(genuine))

  it.each(qrOddities)('notices %s', (code) => expect(oddities(odd[code])).toEqual([code]))

  it('is content at the limits', () => {
    expect(oddities(changed({ sellerName: `${'ش'.repeat(63)}a` }))).toEqual([])
    expect(oddities(changed({ vatTotal: total }))).toEqual([])
    expect(oddities(changed({ timestamp: '2024-01-15T12:30:00Z' }))).toEqual([])
  })

  it.each(['', 'https://example.sa/invoice/1', 'AQ=='])('refuses %j', (text) =>
    expect(() => readQr(text)).toThrow(expect.objectContaining({ code: 'qr/malformed' })),
  )
})
