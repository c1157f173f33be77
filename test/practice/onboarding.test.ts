/** OTPs, signing requests, certificates, compliance steps and renewal, with OpenSSL as the judge of the certificates. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PracticeServer, startPractice } from '#practice/index.ts'
import {
  COMPLIANCE_DOCUMENTS,
  type Csid,
  certificateOf,
  complianceCsid,
  complianceDocument,
  csidOf,
  inFolder,
  newKey,
  productionCsid,
  REHEARSAL_OTP,
  type Reply,
  send,
  signed,
  signingRequest,
  type UnitFields,
} from './taxpayer.ts'

let practice: PracticeServer
let base: string

beforeAll(async () => {
  practice = await startPractice()
  base = practice.baseUrls.simulation
})
afterAll(() => practice.close())
beforeEach(() => send(`${practice.url}/control/reset`, {}))

const control = (path: string, body: unknown = {}): Promise<Reply> => send(`${practice.url}/control/${path}`, body)
const request = (csr: string, otp?: string, headers = {}): Promise<Reply> =>
  send(`${base}/compliance`, { csr }, { headers: { ...(otp ? { otp } : {}), ...headers } })
const later = (hours: number): string => new Date(Date.now() + hours * 3600 * 1000).toISOString()

describe('one-time passwords', () => {
  const csr = signingRequest(newKey())

  it('are needed', async () => {
    const reply = await request(csr)
    expect([reply.status, reply.json.errors[0].code]).toEqual([400, 'Missing-OTP'])
  })

  it('pass once', async () => {
    const { otp } = (await control('otp')).json
    expect(otp).toMatch(/^\d{6}$/)
    expect((await request(csr, otp)).status).toBe(200)
    const second = await request(csr, otp)
    expect([second.status, second.json.errors[0].code]).toEqual([400, 'Invalid-OTP'])
  })

  it('live for an hour', async () => {
    const { otp } = (await control('otp')).json
    await control('clock', { now: later(0.99) })
    const early = (await control('otp')).json
    await control('clock', { now: later(1.01) })
    expect((await request(csr, otp)).json.errors[0].code).toBe('Invalid-OTP')
    expect((await request(csr, early.otp)).status).toBe(200)
  })

  it('belong to a taxpayer when issued for one', async () => {
    const { otp } = (await control('otp', { vatNumber: '311111111100003' })).json
    const refused = await request(csr, otp, { 'accept-language': 'ar' })
    expect(refused.json.errors[0].code).toBe('Invalid-OTP')
    expect(refused.json.errors[0].message).toMatch(/رمز التحقق/)
    expect((await request(signingRequest(newKey(), { vatNumber: '311111111100003' }), otp)).status).toBe(200)
  })

  it('survive a refused signing request', async () => {
    const { otp } = (await control('otp')).json
    expect((await request(signingRequest(newKey(), { vatNumber: '1' }), otp)).json.errorCategory).toBe('Invalid-CSR')
    expect((await request(csr, otp)).status).toBe(200)
  })

  it('for rehearsals pass always, unless switched off; 000000 never does', async () => {
    expect((await request(csr, REHEARSAL_OTP)).status).toBe(200)
    expect((await request(csr, REHEARSAL_OTP)).status).toBe(200)
    expect((await request(csr, '000000')).json.errors[0].code).toBe('Invalid-OTP')
    await control('settings', { rehearsalOtp: null })
    expect((await request(csr, REHEARSAL_OTP)).json.errors[0].code).toBe('Invalid-OTP')
  })
})

describe('signing requests', () => {
  const refused: readonly (readonly [string, Partial<UnitFields>])[] = [
    ['CSR-Template', { template: 'ZATCA-Code-Signing' }],
    ['CSR-Country', { country: 'AE' }],
    ['CSR-CommonName', { commonName: 'a_b' }],
    ['CSR-Organization', { organization: 'A & B' }],
    ['CSR-OrganizationUnit', { organizationUnit: 'فرع * الرياض' }],
    ['CSR-VatGroup', { vatNumber: '310175397410003' }],
    ['CSR-VatNumber', { vatNumber: '399999999900002' }],
    ['CSR-SerialNumber', { serialNumber: '1-TST|2-TST' }],
    ['CSR-InvoiceType', { functionalityMap: '0000' }],
  ]
  it.each(refused)('%s', async (code, changes) => {
    const reply = await request(signingRequest(newKey(), changes), REHEARSAL_OTP)
    expect(reply.status).toBe(400)
    expect(reply.json).toEqual({
      errorCode: code,
      errorCategory: 'Invalid-CSR',
      errorMessage: expect.stringMatching(/\w/),
    })
  })

  it('CSR-Curve', async () => {
    const reply = await request(signingRequest(newKey('prime256v1')), REHEARSAL_OTP)
    expect(reply.json.errorCode).toBe('CSR-Curve')
  })

  it('CSR-Signature: a request changed after signing', async () => {
    const pem = Buffer.from(signingRequest(newKey()), 'base64').toString()
    const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
    der.write('TST-886431146', der.indexOf('TST-886431145'))
    const changed = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`
    const reply = await request(Buffer.from(changed).toString('base64'), REHEARSAL_OTP)
    expect(reply.json.errorCode).toBe('CSR-Signature')
  })

  it('CSR-Unreadable: DER instead of PEM', async () => {
    const pem = Buffer.from(signingRequest(newKey()), 'base64').toString()
    const der = pem.replace(/-----[^-]+-----|\s/g, '')
    for (const csr of [der, 'nonsense', ''])
      expect((await request(csr, REHEARSAL_OTP)).json.errorCode).toBe('CSR-Unreadable')
  })

  it('a VAT group names its member by TIN', async () => {
    const group = { vatNumber: '310175397410003', organizationUnit: '3101753974' }
    expect((await request(signingRequest(newKey(), group), REHEARSAL_OTP)).status).toBe(200)
  })

  it('the short path takes the template of every environment', async () => {
    for (const template of ['ZATCA-Code-Signing', 'PREZATCA-Code-Signing', 'TSTZATCA-Code-Signing'])
      expect((await complianceCsid(practice.baseUrls.practice, { template })).token).toBeTruthy()
  })
})

describe('certificates', () => {
  const openssl = (...args: readonly string[]): string => execFileSync('openssl', args).toString()

  async function examine(csid: Csid, root: 'compliance' | 'production'): Promise<string> {
    const authority = (await send(`${practice.url}/control/ca`, '', { method: 'GET' })).json[root]
    return inFolder((folder) => {
      const [ca, der, pem] = ['ca.pem', 'certificate.der', 'certificate.pem'].map((name) => join(folder, name))
      if (!ca || !der || !pem) throw new Error('three names are three names')
      writeFileSync(ca, authority)
      writeFileSync(der, certificateOf(csid).raw)
      openssl('x509', '-inform', 'der', '-in', der, '-out', pem)
      expect(openssl('verify', '-CAfile', ca, pem)).toContain('OK')
      return openssl('x509', '-in', pem, '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus')
    })
  }

  it('a compliance certificate is what B6 describes', async () => {
    const csid = await complianceCsid(base)
    const text = await examine(csid, 'compliance')
    expect(text).toContain('Issuer: CN=eInvoicing')
    expect(text).toContain('Subject: C=SA,OU=فرع الرياض,O=شركة المثال المحدودة,CN=TST-886431145-399999999900003')
    expect(text).toContain('ecdsa-with-SHA256')
    expect(text).toContain('CA:FALSE')
    expect(BigInt(`0x${certificateOf(csid).serialNumber}`)).toBe(BigInt(csid.requestID))
    expect(certificateOf(csid).checkPrivateKey(csid.key)).toBe(true)
  })

  it('a production certificate is what B6 describes', async () => {
    const csid = await productionCsid(base)
    const text = await examine(csid, 'production')
    expect(text).toContain('Issuer: DC=local,DC=khatm,DC=practice,CN=PRACTICE-INVOICES-CA')
    expect(text).toContain('Subject: C=SA,O=شركة المثال المحدودة,OU=فرع الرياض,CN=TST-886431145-399999999900003')
    expect(text).toMatch(/X509v3 Key Usage: critical\s+Digital Signature/)
    expect(text).toContain('Code Signing, TLS Web Client Authentication')
    expect(text).toMatch(/DirName:\/?SN ?= ?1-TST\|2-TST\|3-ed22f1d8.*UID ?= ?399999999900003.*title ?= ?1100/)
    expect(certificateOf(csid).raw.includes('Supply activities')).toBe(true)
    expect(certificateOf(csid).serialNumber).toHaveLength(38)
    const years = (certificateOf(csid).validToDate.getTime() - Date.now()) / (365.25 * 24 * 3600 * 1000)
    expect(years).toBeCloseTo(5, 2)
    expect(certificateOf(csid).checkPrivateKey(csid.key)).toBe(true)
  })
})

describe('compliance steps', () => {
  const proceed = (csid: Csid, id: string | number = csid.requestID): Promise<Reply> =>
    send(`${base}/production/csids`, { compliance_request_id: id }, { csid })
  const check = (csid: Csid, name: string, code: string): Promise<Reply> =>
    send(`${base}/compliance/invoices`, complianceDocument(csid, name, code), { csid })

  it('all six documents must have passed', async () => {
    const csid = await complianceCsid(base)
    for (const [index, [name, code]] of COMPLIANCE_DOCUMENTS.entries()) {
      const early = await proceed(csid)
      expect([early.status, early.json.errors[0].code]).toEqual([400, 'Missing-ComplianceSteps'])
      expect(early.json.errors[0].message.match(/(standard|simplified)-\d+/g)).toHaveLength(6 - index)
      expect((await check(csid, name, code)).status).toBeLessThan(300)
    }
    expect((await proceed(csid)).json.dispositionMessage).toBe('ISSUED')
  })

  it('a unit for simplified documents needs three', async () => {
    const csid = await complianceCsid(base, { functionalityMap: '0100' })
    expect((await proceed(csid)).json.errors[0].message).toContain('simplified-388, simplified-381, simplified-383')
    expect((await check(csid, 'standard388', '0100000')).status).toBe(400)
  })

  it('a document that fails does not count', async () => {
    const csid = await complianceCsid(base)
    const document = complianceDocument(csid, 'standard388', '0100000')
    const failed = await send(`${base}/compliance/invoices`, { ...document, invoiceHash: 'x' }, { csid })
    expect([failed.status, failed.json.clearanceStatus]).toEqual([400, 'NOT_CLEARED'])
    expect((await proceed(csid)).json.errors[0].message).toContain('standard-388')
  })

  it('the request id must be that of the CSID, which must be a compliance CSID', async () => {
    const csid = await complianceCsid(base)
    expect((await proceed(csid, '1')).json.errors[0].code).toBe('Invalid-Compliance-Request')
    expect((await proceed(await productionCsid(base))).status).toBe(401)
  })

  it('the sandbox asks for none, takes any OTP and gives everybody the same certificate', async () => {
    const sandbox = practice.baseUrls.sandbox
    const csid = await complianceCsid(sandbox, { template: 'TSTZATCA-Code-Signing' }, '987654')
    const body = { compliance_request_id: csid.requestID }
    const given = csidOf(await send(`${sandbox}/production/csids`, body, { csid }), csid.key)
    expect(certificateOf(given).checkPrivateKey(csid.key)).toBe(false)
    expect(certificateOf(given).subject).toContain('Maximum Speed Tech Supply LTD')
  })
})

describe('renewal', () => {
  const renew = (csid: Csid, key = newKey(), changes: Partial<UnitFields> = {}): Promise<Reply> =>
    send(
      `${base}/production/csids`,
      { csr: signingRequest(key, changes) },
      { csid, method: 'PATCH', headers: { otp: REHEARSAL_OTP } },
    )
  const works = async (csid: Csid): Promise<boolean> => {
    const reply = await send(`${base}/invoices/reporting/single`, signed(csid, 'simplified388'), { csid })
    return reply.status !== 401
  }

  it('gives a new CSID and ends the old one', async () => {
    const old = await productionCsid(base)
    const key = newKey()
    const reply = await renew(old, key)
    expect(reply.status).toBe(200)
    expect([await works(csidOf(reply, key)), await works(old)]).toEqual([true, false])
  })

  it.each(['compliance', 'compliance-unwrapped'])(
    '%s: 428, the documents again, then the new CSID',
    async (renewal) => {
      const old = await productionCsid(base)
      await control('settings', { renewal })
      const key = newKey()
      const reply = await renew(old, key)
      expect(reply.status).toBe(428)
      const json = renewal === 'compliance' ? reply.json.value : reply.json
      expect(json).toMatchObject({ dispositionMessage: 'NOT_COMPLIANT', tokenType: null, errors: null })
      expect(await works(old)).toBe(true)
      const again = csidOf({ ...reply, json }, key)
      for (const [name, code] of COMPLIANCE_DOCUMENTS)
        await send(`${base}/compliance/invoices`, complianceDocument(again, name, code), { csid: again })
      const body = { compliance_request_id: again.requestID }
      const renewed = csidOf(await send(`${base}/production/csids`, body, { csid: again }), key)
      expect([await works(renewed), await works(old)]).toEqual([true, false])
    },
  )

  it('is refused for another taxpayer, with a compliance CSID and without OTP', async () => {
    const old = await productionCsid(base)
    expect((await renew(old, newKey(), { vatNumber: '311111111100003' })).json.errorCode).toBe('CSR-Other-Taxpayer')
    expect((await renew(await complianceCsid(base))).status).toBe(401)
    const bare = await send(
      `${base}/production/csids`,
      { csr: signingRequest(newKey()) },
      { csid: old, method: 'PATCH' },
    )
    expect(bare.json.errors[0].code).toBe('Missing-OTP')
  })

  it('a revoked CSID is unauthorized', async () => {
    const csid = await productionCsid(base)
    expect((await control('csids/revoke', { csid: `${csid.requestID}` })).json.revoked).toBe(1)
    expect(await works(csid)).toBe(false)
  })
})
