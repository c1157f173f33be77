/** Reporting, clearance and the compliance check: what is accepted, on which channel, once or twice, and what comes back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PracticeServer, startPractice } from '#practice/index.ts'
import {
  at,
  type Change,
  type Csid,
  certificateOf,
  codesOf,
  complianceCsid,
  complianceDocument,
  hashOf,
  newKey,
  numbered,
  productionCsid,
  type Reply,
  send,
  setText,
  signed,
  submission,
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

const riyadhNow = (): string => new Date(Date.now() + 3 * 3600 * 1000).toISOString()
const today: Change = (xml) => setText('IssueTime', '00:00:00')(setText('IssueDate', riyadhNow().slice(0, 10))(xml))

describe('accepted documents', () => {
  it('a fresh simplified invoice is reported without a warning', async () => {
    const reply = await report(signed(csid, 'simplified388', today))
    expect(reply.status).toBe(200)
    expect(reply.json).toEqual({
      validationResults: {
        infoMessages: [
          expect.objectContaining({ code: 'XSD_ZATCA_VALID', category: 'XSD validation', status: 'PASS' }),
        ],
        warningMessages: [],
        errorMessages: [],
        status: 'PASS',
      },
      reportingStatus: 'REPORTED',
    })
  })

  it('a simplified invoice older than a day is reported with BR-KSA-98', async () => {
    const reply = await report(signed(csid, 'simplified388'))
    expect([reply.status, reply.json.reportingStatus, codesOf(reply, 'warningMessages')]).toEqual([
      202,
      'REPORTED',
      ['BR-KSA-98'],
    ])
  })

  const standard = ['standard388', 'credit381std', 'prepay386', 'finalprepaid', 'export', 'rounding', 'usd']
  it.each(standard)('%s is cleared, and the stamped invoice keeps its hash', async (name) => {
    const sent = signed(csid, name)
    const reply = await clear(sent)
    expect(codesOf(reply, 'errorMessages').concat(codesOf(reply, 'warningMessages'))).toEqual([])
    expect([reply.status, reply.json.clearanceStatus]).toEqual([200, 'CLEARED'])
    const cleared = Buffer.from(reply.json.clearedInvoice, 'base64').toString()
    expect(hashOf(cleared)).toBe(sent.invoiceHash)
    expect(cleared).not.toContain(certificateOf(csid).raw.toString('base64'))
  })

  it('the stamp of the authority is itself without fault', async () => {
    const reply = await clear(signed(csid, 'standard388'))
    const cleared = Buffer.from(reply.json.clearedInvoice, 'base64').toString()
    await send(`${practice.url}/control/settings`, { clearance: 'off' })
    // Reporting judges stamp and QR strictly; the only complaint left is that the authority is not the taxpayer.
    const again = await report(submission(cleared.replace(/^<\?xml[^>]*\?>\s*/, '')))
    expect(codesOf(again, 'errorMessages')).toEqual(['certificate-permissions'])
  })

  it('a standard document needs no stamp of its own, and a wrong one only warns', async () => {
    const unsigned = vector('standard388').replace(/<ext:UBLExtensions>.*<\/ext:UBLExtensions>/s, '')
    const bare = unsigned.replace(/<cac:AdditionalDocumentReference><cbc:ID>QR<\/cbc:ID>.*?<\/cac:Signature>/s, '')
    expect((await clear(submission(bare))).status).toBe(200)
    const foreign = await clear(submission(numbered('other-number')(vector('standard388'))))
    expect(foreign.status).toBe(202)
    expect(codesOf(foreign, 'warningMessages')).toContain('invalid-signing-certificate')
  })
})

describe('channels', () => {
  it('a standard document is not reported and a simplified one not cleared', async () => {
    const reported = await report(signed(csid, 'standard388'))
    expect([reported.status, codesOf(reported, 'errorMessages')]).toEqual([400, ['not-simplified']])
    const cleared = await clear(signed(csid, 'simplified388'))
    expect([cleared.status, codesOf(cleared, 'errorMessages')]).toEqual([400, ['not-standard']])
  })

  it('with clearance off, clearance answers 303 and reporting takes the standard document', async () => {
    await send(`${practice.url}/control/settings`, { clearance: 'off' })
    const body = signed(csid, 'standard388')
    expect((await clear(body)).status).toBe(303)
    expect((await report(body)).json.reportingStatus).toBe('REPORTED')
  })

  it('the compliance check counts nothing and has its own fields', async () => {
    const compliance = await complianceCsid(base)
    const body = complianceDocument(compliance, 'simplified388', '0200000')
    const url = `${base}/compliance/invoices`
    for (const reply of [await send(url, body, { csid: compliance }), await send(url, body, { csid: compliance })])
      expect(reply.json).toMatchObject({
        reportingStatus: 'REPORTED',
        clearanceStatus: null,
        qrSellertStatus: null,
        qrBuyertStatus: null,
      })
  })

  it('the sandbox takes the vectors as they are, signed with its fixed certificate', async () => {
    const sandbox = practice.baseUrls.sandbox
    const given = await productionCsid(sandbox, { template: 'TSTZATCA-Code-Signing' })
    for (const name of ['simplified388', 'debit383simp'])
      expect(
        (await send(`${sandbox}/invoices/reporting/single`, submission(vector(name)), { csid: given })).status,
      ).toBe(202)
    const cleared = await send(`${sandbox}/invoices/clearance/single`, submission(vector('standard388')), {
      csid: given,
    })
    expect(cleared.status).toBe(200)
    const off = await send(`${sandbox}/invoices/clearance/single`, submission(vector('usd')), {
      csid: given,
      headers: { 'clearance-status': '0' },
    })
    expect(off.status).toBe(303)
  })
})

describe('duplicates within 24 hours', () => {
  it('clearance answers 208 with the same stamped invoice, and judges anew after a day', async () => {
    const body = signed(csid, 'standard388')
    const first = await clear(body)
    const second = await clear(body)
    expect([first.status, second.status]).toEqual([200, 208])
    expect(second.json.clearedInvoice).toBe(first.json.clearedInvoice)
    await send(`${practice.url}/control/clock`, { now: new Date(Date.now() + 25 * 3600 * 1000).toISOString() })
    expect((await clear(body)).status).toBe(200)
  })

  it('reporting answers 409 with null code and category', async () => {
    const body = signed(csid, 'simplified388')
    await report(body)
    const second = await report(body)
    expect(second.status).toBe(409)
    expect(second.json.reportingStatus).toBe('NOT_REPORTED')
    expect(second.json.validationResults.errorMessages).toEqual([
      expect.objectContaining({ code: null, category: null }),
    ])
  })

  it('a rejected document is judged again, never a duplicate', async () => {
    const body = signed(csid, 'standard388', setText('InvoiceTypeCode', '380'))
    expect([(await clear(body)).status, (await clear(body)).status]).toEqual([400, 400])
  })
})

describe('the chain', () => {
  const warningsOf = async (change: Change): Promise<(string | null)[]> =>
    codesOf(await clear(signed(csid, 'standard388', change)), 'warningMessages')
  const number =
    (text: string, change: Change): Change =>
    (xml) =>
      change(numbered(text)(xml))

  it('follows ICV and PIH, also when documents come out of order', async () => {
    const first = signed(csid, 'standard388', number('A-1', at(1)))
    const second = signed(csid, 'standard388', number('A-2', at(2, first.invoiceHash)))
    const third = signed(csid, 'standard388', number('A-3', at(3, second.invoiceHash)))
    for (const body of [third, first, second]) expect((await clear(body)).status).toBe(200)
    const ledger = await send(`${practice.url}/control/ledger`, '', { method: 'GET' })
    expect(Object.values(ledger.json.gaps)).toEqual([[]])
  })

  it('warns of a counter value used twice, of a wrong PIH and of a wrong beginning', async () => {
    expect(await warningsOf(number('B-0', at(1, 'x')))).toEqual(['pih-mismatch'])
    expect(await warningsOf(number('B-1', at(1)))).toEqual(['icv-repeated'])
    expect(await warningsOf(number('B-2', at(2, hashOf(vector('usd')))))).toEqual(['pih-mismatch'])
  })

  it('takes the end of a chain before for a beginning, and no document inside of it', async () => {
    const first = signed(csid, 'standard388', number('D-1', at(1)))
    const second = signed(csid, 'standard388', number('D-2', at(2, first.invoiceHash)))
    for (const body of [first, second]) expect((await clear(body)).status).toBe(200)
    const begunWith = async (text: string, pih: string) => {
      const renewed = await productionCsid(base)
      return codesOf(await clear(signed(renewed, 'standard388', number(text, at(1, pih))), renewed), 'warningMessages')
    }
    expect(await begunWith('D-3', second.invoiceHash)).toEqual([])
    expect(await begunWith('D-4', first.invoiceHash)).toEqual(['pih-mismatch'])
  })

  it('counts a rejected document and lists what never came', async () => {
    const rejected = signed(csid, 'standard388', number('C-1', at(1)), setText('InvoiceTypeCode', '380'))
    await clear(rejected)
    expect(await warningsOf(number('C-1', at(2, rejected.invoiceHash)))).toEqual([])
    await clear(signed(csid, 'standard388', number('C-5', at(5, 'unknown'))))
    const ledger = await send(`${practice.url}/control/ledger`, '', { method: 'GET' })
    expect(Object.values(ledger.json.gaps)).toEqual([['3', '4']])
  })
})

describe('sign-in', () => {
  it('refuses an unknown secret, the wrong kind of CSID and another environment', async () => {
    const body = signed(csid, 'simplified388')
    const stranger = { ...csid, secret: 'wrong', key: newKey() }
    const replies = [
      await report(body, stranger),
      await report(body, await complianceCsid(base)),
      await send(`${practice.baseUrls.production}/invoices/reporting/single`, body, { csid }),
      await send(`${base}/invoices/reporting/single`, body),
    ]
    for (const reply of replies) {
      expect(reply.status).toBe(401)
      expect(reply.json).toEqual({ timestamp: expect.any(Number), status: 401, error: 'Unauthorized', message: '' })
    }
  })

  it('refuses every other Accept-Version with plain text', async () => {
    const reply = await report(signed(csid, 'simplified388'), csid, { 'accept-version': 'V1' })
    expect([reply.status, reply.headers.get('content-type')]).toEqual([406, 'text/plain'])
    expect(() => reply.json).toThrow(SyntaxError)
  })

  it('refuses an expired certificate', async () => {
    await send(`${practice.url}/control/clock`, {
      now: new Date(Date.now() + 5.1 * 365 * 24 * 3600 * 1000).toISOString(),
    })
    expect((await report(signed(csid, 'simplified388'))).status).toBe(401)
  })

  it('answers 404 for unknown paths and 413 for more than 10 MB', async () => {
    expect((await send(`${base}/invoices/status`, {}, { csid })).status).toBe(404)
    expect((await report({ invoice: 'A'.repeat(11_000_000) })).status).toBe(413)
  })
})
