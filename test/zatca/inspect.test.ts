/** What a person gets to see of a file: proofs of every stamp, none without one, and none that a cleared document cannot give. */
import { describe, expect, it } from 'vitest'
import { inspectXml } from '#core/zatca/inspect.ts'
import { decode, vectorXml } from './fixtures.ts'
import { edit, tampered } from './tampered.ts'

const now = '2024-01-15T13:00:00'
const inspect = (xml: string) => inspectXml(new TextEncoder().encode(xml), { now })
const standard = decode(vectorXml('standard388'))

describe('inspectXml', () => {
  it('proves stamp and QR code of a standard document too, which the rules leave to ZATCA', async () => {
    const changed = edit(standard, /<ds:DigestValue>./, '<ds:DigestValue>A')
    expect((await inspect(standard)).proofs.filter(({ ok }) => !ok)).toEqual([])
    const { violations, proofs } = await inspect(changed)
    expect(violations).toEqual([])
    expect(proofs.filter(({ ok }) => !ok).map(({ id }) => id)).toContain('SIGNATURE/invoiceSignedDataDigestValue')
  })

  it('reads certificate and QR code', async () => {
    const { signed, certificate, qr } = await inspect(standard)
    expect(signed).toBe(true)
    expect(certificate?.issuer).toMatch(/^CN=/)
    expect(qr?.fields.map(({ tag }) => tag)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('has nothing to prove without a signature', async () => {
    const bare = edit(standard, /<ext:UBLExtensions>.*<\/ext:UBLExtensions>/s, '')
    const { signed, proofs, certificate } = await inspect(bare)
    expect([signed, proofs, certificate]).toEqual([false, [], undefined])
  })

  it('goes on without a QR code that cannot be read', async () => {
    const { qr, proofs } = await inspect(tampered['QR/QR-Code'])
    expect(qr).toBeUndefined()
    expect(proofs.find(({ id }) => id === 'QR/QR-Code')?.ok).toBe(false)
  })
})
