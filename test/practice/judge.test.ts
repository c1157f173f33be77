/** What the judge finds: every finding about stamp, QR code and content has a document here that earns it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PracticeServer, startPractice } from '#practice/index.ts'
import {
  type Change,
  type Csid,
  codesOf,
  complianceCsid,
  hashOf,
  productionCsid,
  type Reply,
  type Submission,
  send,
  setText,
  signed,
  submission,
  tlv,
  vector,
} from './taxpayer.ts'

let practice: PracticeServer
let base: string
let csid: Csid

beforeAll(async () => {
  practice = await startPractice()
  base = practice.baseUrls.simulation
  csid = await productionCsid(base)
})
afterAll(() => practice.close())
beforeEach(() => send(`${practice.url}/control/reset`, { only: ['ledger', 'faults', 'answers', 'settings', 'clock'] }))

const report = (body: unknown, by = csid, headers = {}): Promise<Reply> =>
  send(`${base}/invoices/reporting/single`, body, { csid: by, headers: { 'clearance-status': '0', ...headers } })
const clear = (body: unknown, by = csid, headers = {}): Promise<Reply> =>
  send(`${base}/invoices/clearance/single`, body, { csid: by, headers: { 'clearance-status': '1', ...headers } })

describe('findings about the stamp of a simplified document', () => {
  const cases: readonly (readonly [string, () => Submission | Promise<Submission>, string])[] = [
    [
      'another hash in the request',
      () => ({ ...signed(csid, 'simplified388'), invoiceHash: hashOf(vector('usd')) }),
      'invalid-invoice-hash',
    ],
    [
      'another uuid in the request',
      () => ({ ...signed(csid, 'simplified388'), uuid: '8d487816-70b8-4ade-a618-9d620b73814a' }),
      'invalid-uuid',
    ],
    ['content changed after signing', () => edited((xml) => setText('Name', 'قلم')(xml)), 'signed-invoice-hashing'],
    ['a signature of something else', () => edited((xml) => swapSignature(xml)), 'invalid-signature'],
    [
      'another signing time',
      () => edited((xml) => xml.replace(/(<xades:SigningTime>)20\d\d/, '$12020')),
      'signed-properties-hashing',
    ],
    [
      'another certificate digest',
      () => edited((xml) => xml.replace(/(<xades:CertDigest>.*?<ds:DigestValue>)./s, '$1x')),
      'certificate-hashing',
    ],
    [
      'another serial number',
      () => edited((xml) => xml.replace(/(<ds:X509SerialNumber>)\d/, '$19')),
      'certificate-issuer-name',
    ],
    [
      'another issuer',
      () => edited((xml) => xml.replace(/(<ds:X509IssuerName>)CN=/, '$1CN=X')),
      'certificate-issuer-name',
    ],
    [
      'an unreadable certificate',
      () => edited((xml) => xml.replace(/(<ds:X509Certificate>)M/, '$1A')),
      'invalid-certificate',
    ],
    ['a foreign certificate', () => submission(vector('simplified388')), 'invalid-signing-certificate'],
    [
      'no stamp',
      () => edited((xml) => xml.replace(/<ext:UBLExtensions>.*<\/ext:UBLExtensions>/s, '')),
      'signature-missing',
    ],
    ['a QR code cut short', () => edited((xml) => changeQr(xml, (qr) => qr.subarray(0, 100))), 'QRCODE_INVALID'],
    [
      'a QR code that is no base64',
      () => edited((xml) => xml.replace(/(<cbc:ID>QR<.*?plain">)[^<]*/s, '$1***')),
      'QRCODE_INVALID',
    ],
    [
      'no QR code',
      () =>
        edited((xml) =>
          xml.replace(/<cac:AdditionalDocumentReference><cbc:ID>QR<.*?<\/cac:AdditionalDocumentReference>/s, ''),
        ),
      'QRCODE_INVALID',
    ],
    [
      'a QR code of eight tags',
      () => edited((xml) => changeQr(xml, (qr) => qr.subarray(0, qr.lastIndexOf(Buffer.from([9]), qr.length - 70)))),
      'QRCODE_INVALID',
    ],
    ['another seller in the QR code', () => edited((xml) => changeQrTag(xml, 1, 'شركة أخرى')), 'QRCODE_INVALID'],
    [
      'another time in the QR code',
      () => edited((xml) => changeQrTag(xml, 3, '2024-01-15T12:30:00Z')),
      'invoiceTimeStamp_QRCODE_INVALID',
    ],
    ['another total in the QR code', () => edited((xml) => changeQrTag(xml, 4, '1.00')), 'QRCODE_INVALID'],
    [
      'another hash in the QR code',
      () => edited((xml) => changeQrTag(xml, 6, hashOf(vector('usd')))),
      'invoiceHash_QRCODE_INVALID',
    ],
  ]

  it.each(cases)('%s', async (_, make, code) => {
    const reply = await report(await make())
    expect([reply.status, reply.json.reportingStatus]).toEqual([400, 'NOT_REPORTED'])
    expect(codesOf(reply, 'errorMessages')).toContain(code)
  })

  const edited = (change: Change): Submission => {
    const xml = Buffer.from(signed(csid, 'simplified388').invoice, 'base64').toString()
    const changed = change(xml)
    expect(changed).not.toBe(xml)
    return submission(changed)
  }
  const swapSignature: Change = (xml) => {
    const other = Buffer.from(signed(csid, 'debit383simp').invoice, 'base64').toString()
    return xml.replace(/<ds:SignatureValue>[^<]*/, /<ds:SignatureValue>[^<]*/.exec(other)?.[0] ?? '')
  }
  const changeQr = (xml: string, change: (qr: Buffer) => Buffer): string =>
    xml.replace(
      /(<cbc:ID>QR<.*?plain">)([^<]*)/s,
      (_, head: string, qr: string) => head + change(Buffer.from(qr, 'base64')).toString('base64'),
    )

  /** All lengths in these QR codes are below 128. */
  function changeQrTag(xml: string, tag: number, value: string): string {
    return changeQr(xml, (qr) => {
      const values: Buffer[] = []
      for (let offset = 0; offset < qr.length; offset += 2 + (qr[offset + 1] ?? 0))
        values.push(qr.subarray(offset + 2, offset + 2 + (qr[offset + 1] ?? 0)))
      return Buffer.from(tlv(values.map((old, index) => (index + 1 === tag ? Buffer.from(value) : old))), 'base64')
    })
  }

  it('a seller name longer than 127 bytes is read with a BER length', async () => {
    const reply = await report(
      signed(csid, 'simplified388', setText('RegistrationName', 'شركة التوريدات العامة '.repeat(4))),
    )
    expect(reply.status).toBe(202)
  })

  it('the certificate of another CSID of the same taxpayer warns, that of another taxpayer is refused', async () => {
    const sister = await productionCsid(base)
    const warned = await report(signed(sister, 'simplified388'))
    expect([warned.status, codesOf(warned, 'warningMessages')]).toEqual([
      202,
      ['BR-KSA-98', 'other-signing-certificate'],
    ])
    const stranger = await complianceCsid(base, { vatNumber: '311111111100003' })
    const refused = await report(signed(stranger, 'debit383simp'))
    expect(codesOf(refused, 'errorMessages')).toEqual(['certificate-permissions'])
  })

  it('a self-billed invoice may be sent by the buyer', async () => {
    const swap: Change = (xml) =>
      setText(
        'CompanyID',
        '311111111100003',
      )(xml).replace(/(CustomerParty>.*?<cbc:CompanyID>)\d+/s, '$1399999999900003')
    const selfBilled: Change = (xml) => swap(xml).replace(/(InvoiceTypeCode name=")\d+/, '$10100001')
    expect(codesOf(await clear(signed(csid, 'standard388', selfBilled)), 'errorMessages')).toEqual([])
    expect(codesOf(await clear(signed(csid, 'standard388', swap)), 'errorMessages')).toEqual([
      'certificate-permissions',
    ])
  })

  it('a CSID for simplified documents only may not clear', async () => {
    const till = await productionCsid(base, { functionalityMap: '0100' })
    const reply = await clear(signed(till, 'standard388'), till)
    expect([reply.status, codesOf(reply, 'errorMessages')]).toEqual([400, ['certificate-permissions']])
    expect(reply.json.clearedInvoice).toBeNull()
  })
})

describe('findings about the content', () => {
  const tomorrow = (): string => new Date(Date.now() + 27 * 3600 * 1000).toISOString().slice(0, 10)
  const drop =
    (element: string): Change =>
    (xml) =>
      xml.replace(new RegExp(`<cbc:${element}[^>]*>[^<]*</cbc:${element}>`), '')
  const code =
    (value: string): Change =>
    (xml) =>
      xml.replace(/(InvoiceTypeCode name=")\d+/, `$1${value}`)

  const errors: readonly (readonly [string, string, Change])[] = [
    ['BR-KSA-EN16931-01', 'standard388', setText('ProfileID', 'reporting:2.0')],
    ['BR-KSA-03', 'standard388', setText('UUID', 'not-a-uuid')],
    ['BR-KSA-05', 'standard388', setText('InvoiceTypeCode', '380')],
    ['BR-KSA-06', 'standard388', code('0100')],
    ['BR-KSA-07', 'standard388', code('0100101')],
    ['BR-KSA-04', 'standard388', (xml) => setText('IssueDate', tomorrow())(xml)],
    ['BR-KSA-F-01', 'standard388', setText('IssueDate', '15-01-2024')],
    ['BR-KSA-70', 'standard388', setText('IssueTime', '12:30:00.5')],
    ['BR-KSA-17', 'credit381std', drop('InstructionNote')],
    ['BR-KSA-33', 'standard388', (xml) => xml.replace(/(<cbc:ID>ICV<\/cbc:ID>)<cbc:UUID>\d+<\/cbc:UUID>/, '$1')],
    ['BR-KSA-34', 'standard388', (xml) => xml.replace(/(<cbc:ID>ICV<\/cbc:ID><cbc:UUID>)\d+/, '$1A1')],
    ['BR-KSA-39', 'standard388', drop('CompanyID')],
    ['BR-KSA-40', 'standard388', setText('CompanyID', '39999999990000')],
    ['BR-KSA-44', 'standard388', (xml) => xml.replace(/(CustomerParty>.*?<cbc:CompanyID>)\d/s, '$14')],
    [
      'BR-CUSTOM-VALIDATION-01',
      'standard388',
      (xml) => xml.replace(/(CustomerParty>.*?<cbc:CompanyID>)\d+/s, '$1399999999900003'),
    ],
    ['BR-KSA-68', 'standard388', drop('TaxCurrencyCode')],
    ['BR-KSA-EN16931-02', 'standard388', setText('TaxCurrencyCode', 'USD')],
    ['BR-KSA-18', 'standard388', (xml) => xml.replace(/(ClassifiedTaxCategory><cbc:ID>)\w/, '$1X')],
    [
      'BR-KSA-52',
      'standard388',
      (xml) => xml.replace(/(<cac:InvoiceLine>.*?<cac:TaxTotal>)<cbc:TaxAmount[^>]*>[^<]*<\/cbc:TaxAmount>/s, '$1'),
    ],
    ['BR-KSA-53', 'standard388', drop('RoundingAmount')],
    ['BR-KSA-F-04', 'standard388', setText('PriceAmount', '-1.00')],
    ['BR-CO-11', 'standard388', setText('AllowanceTotalAmount', '999.00')],
    ['BR-CO-12', 'standard388', setText('ChargeTotalAmount', '999.00')],
    ['BR-CO-14', 'standard388', (xml) => xml.replace(/(<cac:TaxSubtotal>.*?<cbc:TaxAmount[^>]*>)[^<]*/s, '$10.01')],
    ['BR-CO-15', 'standard388', setText('TaxInclusiveAmount', '1.00')],
    ['XSD_ZATCA_INVALID', 'standard388', setText('PayableAmount', '1,00')],
  ]
  it.each(errors)('%s is an error', async (rule, name, change) => {
    const reply = await clear(signed(csid, name, change))
    expect([reply.status, reply.json.clearanceStatus]).toEqual([400, 'NOT_CLEARED'])
    expect(codesOf(reply, 'errorMessages')).toContain(rule)
    expect(reply.json.validationResults.status).toBe('ERROR')
    expect(reply.text).not.toMatch(/\{\w+\}/)
  })

  it('BR-KSA-31 and BR-16 and BR-CL-KSA-14 on simplified documents', async () => {
    const selfBilled = await report(signed(csid, 'simplified388', code('0200001')))
    expect(codesOf(selfBilled, 'errorMessages')).toContain('BR-KSA-31')
    const empty = await report(
      signed(csid, 'simplified388', (xml) => xml.replace(/<cac:InvoiceLine>.*<\/cac:InvoiceLine>/s, '')),
    )
    expect(codesOf(empty, 'errorMessages')).toContain('BR-16')
    const named = await report(
      signed(csid, 'simplified388', setText('RegistrationName', 'ش'.repeat(120)), (xml) => xml),
    )
    expect(codesOf(named, 'errorMessages')).toEqual([])
    const long = submission(
      Buffer.from(signed(csid, 'simplified388').invoice, 'base64')
        .toString()
        .replace(/(<cbc:ID>QR<.*?plain">)/s, `$1${'A'.repeat(1000)}`),
    )
    expect(codesOf(await report(long), 'errorMessages')).toContain('BR-CL-KSA-14')
  })

  const warnings: readonly (readonly [string, string, Change])[] = [
    ['BR-KSA-15', 'standard388', drop('ActualDeliveryDate')],
    ['BR-KSA-56', 'credit381std', (xml) => xml.replace(/<cac:BillingReference>.*<\/cac:BillingReference>/s, '')],
    ['BR-KSA-61', 'standard388', (xml) => xml.replace(/(<cbc:ID>PIH<.*?plain">)[^<]*/s, '$1')],
    [
      'BR-KSA-42',
      'standard388',
      (xml) => xml.replace(/(CustomerParty>.*?)<cac:PartyLegalEntity>.*?<\/cac:PartyLegalEntity>/s, '$1'),
    ],
    [
      'BR-KSA-EN16931-08',
      'standard388',
      (xml) =>
        xml.replace(
          /<cac:TaxTotal><cbc:TaxAmount[^>]*>[^<]*<\/cbc:TaxAmount><cac:TaxSubtotal>.*?<\/cac:TaxTotal>/s,
          '$&$&',
        ),
    ],
    [
      'BR-KSA-EN16931-09',
      'standard388',
      (xml) => xml.replace(/<cac:TaxTotal><cbc:TaxAmount[^>]*>[^<]*<\/cbc:TaxAmount><\/cac:TaxTotal>/, ''),
    ],
    ['BR-CO-10', 'standard388', setText('LineExtensionAmount', '1.00')],
    ['BR-CO-13', 'standard388', setText('TaxExclusiveAmount', '1.00')],
    ['BR-CO-16', 'standard388', setText('PayableAmount', '1.00')],
    ['BR-CO-17', 'standard388', (xml) => xml.replace(/(<cac:TaxSubtotal><cbc:TaxableAmount[^>]*>)[^<]*/, '$19000.00')],
  ]
  it.each(warnings)('%s is a warning', async (rule, name, change) => {
    expect(codesOf(await clear(signed(csid, name, change)), 'warningMessages')).toContain(rule)
  })

  it('all breaches are told at once, in Arabic when asked for', async () => {
    const broken = signed(csid, 'standard388', setText('ProfileID', 'x'), setText('InvoiceTypeCode', '380'))
    const reply = await clear(broken, csid, { 'accept-language': 'ar' })
    expect(codesOf(reply, 'errorMessages')).toEqual(expect.arrayContaining(['BR-KSA-EN16931-01', 'BR-KSA-05']))
    for (const { message } of reply.json.validationResults.errorMessages) expect(message).toMatch(/[\u0600-\u06ff]/)
    const english = await clear(broken)
    expect(english.json.validationResults.errorMessages[0]?.message).toContain('not "x"')
  })

  const unreadable = [
    ['no XML', 'plain text'],
    ['another root', '<Order xmlns="urn:x"/>'],
    [
      'a DOCTYPE',
      '<!DOCTYPE Invoice [<!ENTITY a "b">]><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>',
    ],
  ] as const
  it.each(unreadable)('%s is answered as invalid XML', async (_, xml) => {
    const reply = await clear({ invoiceHash: '', uuid: '', invoice: Buffer.from(xml).toString('base64') })
    expect([reply.status, codesOf(reply, 'errorMessages')]).toEqual([400, ['XSD_ZATCA_INVALID']])
    const { entries } = (await send(`${practice.url}/control/ledger`, '', { method: 'GET' })).json
    expect(entries).toEqual([expect.objectContaining({ outcome: 'rejected', kind: '', codes: ['XSD_ZATCA_INVALID'] })])
  })

  it('UTF-16 is answered as invalid XML', async () => {
    const invoice = Buffer.from(`\ufeff${vector('standard388')}`, 'utf16le').toString('base64')
    expect(codesOf(await clear({ invoiceHash: '', uuid: '', invoice }), 'errorMessages')).toEqual(['XSD_ZATCA_INVALID'])
  })

  it.each([['{'], ['{"invoice":1}'], ['[]'], ['']])('the body %j is refused', async (body) => {
    const reply = await clear(body)
    expect([reply.status, reply.json.errors[0].code]).toEqual([400, 'Invalid-Request'])
  })
})
