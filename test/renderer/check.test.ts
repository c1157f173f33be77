/** What a checked file comes down to, what counts as XML, and that every proof has a name. */
import { describe, expect, it } from 'vitest'
import { checkedFileView } from '#core/api/handlers/check-views.ts'
import { sealFindings } from '#core/invoice/rules/findings.ts'
import { inspectXml } from '#core/zatca/inspect.ts'
import { verify } from '#core/zatca/verify.ts'
import { ar } from '../../renderer/i18n/ar.ts'
import { en } from '../../renderer/i18n/en.ts'
import type { CheckedFile } from '../../renderer/queries.ts'
import { proofOfField } from '../../renderer/screens/check/proof-of-field.ts'
import { isTooLarge, isXml } from '../../renderer/screens/check/text-or-file.ts'
import { qrVerdictOf, verdictOf } from '../../renderer/screens/check/verdict.ts'
import { decode, vectorXml } from '../zatca/fixtures.ts'
import { edit, tampered, withQrField } from '../zatca/tampered.ts'

const standard = decode(vectorXml('standard388'))
const simplified = decode(vectorXml('simplified388'))

/** As the screen gets it, judged long after issue. */
const checked = async (xml: string): Promise<CheckedFile> => {
  const inspection = await inspectXml(new TextEncoder().encode(xml), { now: '2026-05-04T10:00:00' })
  return JSON.parse(JSON.stringify(checkedFileView('a.xml', inspection)))
}
const verdict = async (xml: string) => verdictOf(await checked(xml))

describe('verdictOf', () => {
  it('finds genuine documents sound, also those whose day of reporting has passed', async () => {
    const sound = { overall: 'sound', areas: { rules: 'sound', stamp: 'sound', qr: 'sound' }, unproven: false }
    expect(await verdict(standard)).toEqual(sound)
    expect((await checked(simplified)).violations.map(({ rule }) => rule)).toEqual(['BR-KSA-98'])
    expect(await verdict(simplified)).toEqual(sound)
  })

  it('tells rules from stamp and QR code', async () => {
    expect(await verdict(tampered['SIGNATURE/signatureValue'])).toMatchObject({
      overall: 'errors',
      areas: { rules: 'sound', stamp: 'errors' },
      unproven: true,
    })
    expect(await verdict(tampered['QR/sellerName'])).toMatchObject({
      areas: { rules: 'sound', stamp: 'sound', qr: 'errors' },
      unproven: true,
    })
  })

  it('takes a stamp that does not fit for an error on a standard document too', async () => {
    const { errors } = await checked(edit(standard, /<ds:DigestValue>./, '<ds:DigestValue>A'))
    expect(errors).toBe(0)
    expect((await verdict(edit(standard, /<ds:DigestValue>./, '<ds:DigestValue>A'))).overall).toBe('errors')
  })

  it('doubts a QR code whose VAT differs, which the official validator lets pass', async () => {
    const other = await verdict(withQrField(simplified, { vatTotal: '5.00' }))
    expect(other).toMatchObject({ overall: 'warnings', areas: { qr: 'warnings' }, unproven: true })
  })

  it('does not call a document sound that bears no stamp', async () => {
    const bare = edit(standard, /<ext:UBLExtensions>.*<\/ext:UBLExtensions>/s, '')
    expect(await verdict(bare)).toMatchObject({ overall: 'warnings', areas: { stamp: 'absent' }, unproven: true })
  })

  it('names a QR code that cannot be read', async () =>
    expect((await verdict(tampered['QR/QR-Code'])).areas.qr).toBe('errors'))
})

it('judges a QR code by its worst oddity', async () => {
  const { qr } = await checked(simplified)
  if (qr === undefined) throw new Error('the vector lost its QR code')
  const odd = (severity: 'error' | 'warning') => ({ code: 'stamp', severity, message: 'x', message_ar: 'x' }) as const
  expect(qrVerdictOf(qr)).toBe('sound')
  expect(qrVerdictOf({ ...qr, oddities: [odd('warning')] })).toBe('warnings')
  expect(qrVerdictOf({ ...qr, oddities: [odd('warning'), odd('error')] })).toBe('errors')
})

it.each([
  ['<Invoice/>', true],
  ['\ufeff<?xml version="1.0"?>', true],
  ['\n  <Invoice', true],
  ['AQzZhdik2LPYs9ip', false],
  ['', false],
])('%j is XML: %s', (text, expected) => expect(isXml(text)).toBe(expected))

it('sends what fits into 10 MB of base64', () => {
  expect(isTooLarge(7.5 * 1024 * 1024)).toBe(false)
  expect(isTooLarge(7.5 * 1024 * 1024 + 1)).toBe(true)
})

describe('proofs', () => {
  it('have a name in both languages', async () => {
    const { checks } = await verify(new TextEncoder().encode(simplified))
    const nameless = checks.filter(({ id }) => en.proofs[id] === undefined || ar.proofs[id] === undefined)
    expect(nameless).toEqual([])
  })

  it('compare every QR field with a code of the official validator', () => {
    expect(Object.values(proofOfField).filter((id) => !Object.hasOwn(sealFindings, id))).toEqual([])
  })
})
