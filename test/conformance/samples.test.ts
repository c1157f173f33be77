/** The 19 signed samples of ZATCA's SDK: every value in them is recomputed, and reading them loses nothing. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withoutStamp } from '#core/zatca/chain.ts'
import { encodeQr } from '#core/zatca/qr.ts'
import { isSimplified, qrSource } from '#core/zatca/qr-source.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { prepare } from '#core/zatca/seal.ts'
import { signedProperties, signedPropertiesDigest } from '#core/zatca/signature.ts'
import { writeInvoice } from '#core/zatca/ubl/invoice.ts'
import { verify } from '#core/zatca/verify.ts'
import { shared } from '../shared.ts'
import { fixtureText, testCertificate } from '../zatca/fixtures.ts'

interface Sample {
  readonly name: string
  readonly signingTime: string
  readonly hash: string
  readonly signedPropertiesDigest: string
  readonly qr: { readonly timestamp: string; readonly total: string; readonly vatTotal: string }
}
const samples: readonly Sample[] = JSON.parse(fixtureText('sdk-samples.json'))

describe('SignedProperties of the samples', () => {
  for (const sample of samples) {
    it(`${sample.name}: digest from signing time and certificate alone`, () => {
      const element = signedProperties(testCertificate, sample.signingTime)
      expect(signedPropertiesDigest(element)).toBe(sample.signedPropertiesDigest)
    })
  }
})

const folder = shared('zatca/samples', 'test/conformance/samples.test.ts')

describe.skipIf(folder === undefined)('signed samples', () => {
  for (const sample of samples) {
    describe(sample.name, () => {
      const path = join(folder ?? '', `${sample.name}.xml`)
      const bytes = existsSync(path) ? readFileSync(path) : new Uint8Array()

      it('passes every check: hash, signature, digests, certificate, QR', async () => {
        const report = await verify(bytes)
        expect(report.checks.filter((check) => !check.ok)).toEqual([])
        expect(report.hash).toBe(sample.hash)
      })

      it('contains the known digests', () => {
        expect(readInvoice(bytes).stamp).toMatchObject({
          invoiceDigest: sample.hash,
          signedPropertiesDigest: sample.signedPropertiesDigest,
          certificateDigest: testCertificate.digest,
          signingTime: sample.signingTime,
        })
      })

      it('has its QR code recomputed from the document', () => {
        const { invoice, stamp } = readInvoice(bytes)
        const { sellerName = '', vatNumber = '' } = qrSource(invoice)
        const { publicKey, caSignature } = testCertificate
        const fields = {
          sellerName,
          vatNumber,
          ...sample.qr,
          hash: sample.hash,
          signature: stamp?.signatureValue ?? '',
        }
        const qr = encodeQr({ ...fields, publicKey, ...(isSimplified(invoice) && { caSignature }) })
        const inDocument = invoice.additionalDocumentReference?.find((reference) => reference.id === 'QR')
        expect(inDocument?.attachment?.embeddedDocumentBinaryObject?.value).toBe(qr)
        expect(prepare(invoice).qrSource).toMatchObject(sample.qr)
      })

      it('is read without findings and read again equal after writing', () => {
        const { invoice, findings } = readInvoice(bytes)
        const { signatureInformation: _hidden, ...visible } = invoice
        expect(findings).toEqual([])
        expect(readInvoice(writeInvoice(invoice).bytes).invoice).toEqual(visible)
        expect(readInvoice(prepare(invoice).canonical).invoice).toEqual(withoutStamp(invoice))
      })
    })
  }
})
