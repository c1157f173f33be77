/** The nine vectors: what is read from their XML is written back in exactly the bytes that the hash was taken over. */

import { describe, expect, it } from 'vitest'
import { withoutStamp } from '#core/zatca/chain.ts'
import { invoiceHash } from '#core/zatca/hash.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { prepare } from '#core/zatca/seal.ts'
import { writeInvoice } from '#core/zatca/ubl/invoice.ts'
import { decode, fixtureText, vectorCanon, vectorNames, vectorXml } from './fixtures.ts'

interface Known {
  readonly bytes: number
  readonly hash: string
  readonly total: string
  readonly vatTotal: string
}
const known: Readonly<Record<string, Known>> = JSON.parse(fixtureText('vectors.json'))

it('has all nine', () => {
  expect([...vectorNames].sort()).toEqual(Object.keys(known).sort())
})

for (const name of vectorNames) {
  describe(name, () => {
    const { invoice, findings } = readInvoice(vectorXml(name))

    it('is read without findings', () => {
      expect(findings).toEqual([])
    })

    it('is written in canonical form, byte for byte', () => {
      const { bytes } = writeInvoice(withoutStamp(invoice))
      expect(decode(bytes)).toBe(decode(vectorCanon(name)))
      expect(bytes.length).toBe(known[name]?.bytes)
    })

    it('has the known hash and QR amounts', () => {
      const prepared = prepare(invoice)
      expect(prepared.hash).toBe(known[name]?.hash)
      expect(prepared.hash).toBe(invoiceHash(vectorCanon(name)))
      expect(prepared.qrSource).toMatchObject({ total: known[name]?.total, vatTotal: known[name]?.vatTotal })
    })

    it('reads the same from its own writing', () => {
      const { signatureInformation: _hidden, ...visible } = invoice
      expect(readInvoice(writeInvoice(invoice).bytes).invoice).toEqual(visible)
    })
  })
}
