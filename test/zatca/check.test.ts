/** What is found on the stamp and the QR code of somebody's file: every code, its severity and its place, by ZATCA's validator's habits. */

import { describe, expect, it, test } from 'vitest'
import { type SealFindingId, type StrictFindingId, sealFindings, strictFindings } from '#core/invoice/rules/findings.ts'
import type { Severity } from '#core/invoice/rules/rule.ts'
import { type CheckOptions, checkXml } from '#core/zatca/check.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { parseXml, type XmlElement } from '#core/zatca/scan.ts'
import { seal } from '#core/zatca/seal.ts'
import { changed, vector } from '../invoice/rules/bases.ts'
import { decode, encode, signingTime, testSigner, vectorNames, vectorXml } from './fixtures.ts'
import { edit, tampered, withQr, withQrField } from './tampered.ts'

const now = '2024-01-15T13:00:00'
const simplified = decode(vectorXml('simplified388'))
const standard = decode(vectorXml('standard388'))

const check = async (xml: string, options: Omit<CheckOptions, 'now'> = {}) =>
  (await checkXml(encode(xml), { now, ...options })).violations.map(({ rule, severity, path }) => ({
    rule,
    severity,
    path,
  }))

const reference = (position: number): string =>
  `/Invoice/cac:AdditionalDocumentReference[${position}]/cac:Attachment/cbc:EmbeddedDocumentBinaryObject`

/** What cannot be broken without breaking something else. */
const alsoBroken: Readonly<Partial<Record<SealFindingId, readonly SealFindingId[]>>> = {
  'SIGNATURE/certificate': ['QR/publicKey', 'QR/certificate_signature'],
  'SIGNATURE/signatureValue': ['QR/digital_signature'],
  'SIGNATURE/signingCertificateDigestValue': ['SIGNATURE/xadesSignedPropertiesDigestValue'],
  'SIGNATURE/X509IssuerName': ['SIGNATURE/xadesSignedPropertiesDigestValue'],
  'SIGNATURE/X509SerialNumber': ['SIGNATURE/xadesSignedPropertiesDigestValue'],
}

const isSealFinding = (id: string): id is keyof typeof tampered => Object.hasOwn(tampered, id)
const cases = Object.keys(tampered)
  .filter(isSealFinding)
  .map((id) => [id, tampered[id]] as const)

/** The elements at a path as findings state it. */
const elementsAt = (root: XmlElement, path: string): readonly XmlElement[] =>
  path
    .split('/')
    .slice(2)
    .reduce<readonly XmlElement[]>(
      (elements, step) => {
        const [, name = '', position] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? []
        return elements.flatMap((element) => {
          const same = element.children.filter((child) => child.name === name)
          return position === undefined ? same : same.slice(Number(position) - 1, Number(position))
        })
      },
      [root],
    )

describe('a tampered simplified document', () => {
  it.each(cases)('%s is reported with its severity, at one place', async (rule, xml) => {
    const found = (await check(xml)).filter((violation) => !violation.rule.startsWith('BR-'))
    const expected = [rule, ...(alsoBroken[rule] ?? [])]
    expect(found.map((violation) => violation.rule).sort()).toEqual(expected.sort())
    const own = found.find((violation) => violation.rule === rule)
    expect(own?.severity).toBe(sealFindings[rule])
    expect(elementsAt(parseXml(xml), own?.path ?? '')).toHaveLength(1)
  })

  it('with a changed body is told so by hash, signature and QR code', async () => {
    const found = await check(edit(simplified, '>كتاب<', '>كتب<'))
    expect(found.map(({ rule }) => rule)).toEqual([
      'SIGNATURE/invoiceSignedDataDigestValue',
      'SIGNATURE/signatureValue',
      'QR/hashedXml',
    ])
  })

  it('without any stamp lacks certificate and QR code', async () => {
    const found = await check(
      decode(vectorXml('simplified388'))
        .replace(/<ext:UBLExtensions>.*<\/ext:UBLExtensions>/s, '')
        .replace(/<cac:AdditionalDocumentReference>\s*<cbc:ID>QR<.*?<\/cac:AdditionalDocumentReference>/s, ''),
    )
    expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['SIGNATURE/certificate', 'QR/QR-Code']))
  })
})

describe('as the official validator has it', () => {
  const severityOf = async (rule: SealFindingId, xml: string): Promise<Severity | undefined> =>
    (await check(xml)).find((violation) => violation.rule === rule)?.severity

  it('a standard document is not judged by its stamp', async () => {
    expect(await check(withQr(standard, 'AQ=='))).toEqual([])
  })

  it('the total with VAT in place of the amount due is a warning only', async () => {
    const { invoice } = readInvoice(vectorXml('simplified388'))
    const prepaid = changed(invoice, { 'legalMonetaryTotal.payableAmount.value': '100.00' })
    const { bytes } = await seal(prepaid, { signer: testSigner, signingTime })
    expect(await severityOf('QR/invoice_Total', withQrField(decode(bytes), { total: '115.58' }))).toBe('warning')
    expect(await severityOf('QR/invoice_Total', withQrField(decode(bytes), { total: '115.59' }))).toBe('error')
  })

  it('the VAT total in the code is asked for, not compared', async () => {
    expect(await check(withQrField(simplified, { vatTotal: '1.00' }))).toEqual([])
  })

  it.each([
    ['12:30:00', '2024-01-15T12:30:00', undefined],
    ['12:30:00', '2024-01-15T12:30:01', 'warning'],
    ['09:30:00Z', '2024-01-15T12:30:00', undefined],
    ['09:30:00Z', '2024-01-15T09:30:00', 'warning'],
    ['09:30:00Z', '2024-01-15T09:30:00Z', 'warning'],
    ['22:30:00Z', '2024-01-16T01:30:00', undefined],
  ])('issued at %s and %s in the code: %s', async (issueTime, timestamp, severity) => {
    const { bytes } = await seal(changed(vector('simplified388'), { issueTime }), { signer: testSigner, signingTime })
    expect(await severityOf('QR/timeStamp', withQrField(decode(bytes), { timestamp }))).toBe(severity)
  })
})

describe('the previous hash', () => {
  const { invoice } = readInvoice(standard)
  const pih = invoice.additionalDocumentReference?.[1]?.attachment?.embeddedDocumentBinaryObject?.value ?? ''

  it('is judged only when it is given', async () => {
    expect(await check(standard, { pih })).toEqual([])
    expect(await check(standard, { pih: 'other' })).toEqual([
      { rule: 'PIH/KSA-13', severity: 'error', path: reference(2) },
    ])
  })
})

describe('strictly', () => {
  const witnesses: Readonly<
    Record<Exclude<StrictFindingId, `KHATM-DUPLICATE-${string}`>, readonly [xml: string, path: string]>
  > = {
    'KHATM-QR-VAT': [withQrField(standard, { vatTotal: '1.00' }), reference(3)],
    'KHATM-CERTIFICATE-DATES': [edit(standard, /(<cbc:IssueDate>)2024(-01-15)/, '$12023$2'), '/Invoice/cbc:IssueDate'],
  }

  it.each(Object.entries(witnesses))('%s is reported, and only then', async (rule, [xml, path]) => {
    const own = (found: Awaited<ReturnType<typeof check>>) => found.filter((violation) => violation.rule === rule)
    expect(own(await check(xml, { strict: true }))).toEqual([
      { rule, severity: Object.entries(strictFindings).find(([id]) => id === rule)?.[1], path },
    ])
    expect(own(await check(xml))).toEqual([])
  })

  test.each(vectorNames)('%s stays clean', async (name) => {
    expect(await check(decode(vectorXml(name)), { strict: true })).toEqual([])
  })
})

it('a literal that breaks the schema is reported once', async () => {
  const found = await check(edit(standard, />[^<]*<\/cbc:PayableAmount>/, '>1e3</cbc:PayableAmount>'))
  expect(found.filter(({ rule }) => rule === 'XSD')).toHaveLength(1)
})
