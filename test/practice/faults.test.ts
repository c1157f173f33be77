/** Every misbehaviour of the practice gateway: what the caller sees, and whether the document was taken all the same. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FAULTS, type FaultName } from '#practice/faults.ts'
import { type PracticeServer, startPractice } from '#practice/index.ts'
import type { Entry } from '#practice/ledger.ts'
import { type Csid, complianceCsid, hashOf, productionCsid, type Reply, send, signed } from './taxpayer.ts'

let practice: PracticeServer
let base: string
let csid: Csid

beforeAll(async () => {
  practice = await startPractice()
  base = practice.baseUrls.practice
  csid = await productionCsid(base)
})
afterAll(() => practice.close())
beforeEach(() => send(`${practice.url}/control/reset`, { only: ['ledger', 'faults', 'answers'] }))

const order = (fault: object): Promise<Reply> => send(`${practice.url}/control/faults`, fault)
const clear = (): Promise<Reply> => send(`${base}/invoices/clearance/single`, signed(csid, 'standard388'), { csid })
const ledger = async (): Promise<readonly Entry[]> =>
  (await send(`${practice.url}/control/ledger`, '', { method: 'GET' })).json.entries
const isTaken = async (): Promise<boolean> => (await ledger()).length > 0

interface Expected {
  readonly status: number
  readonly isTaken: boolean
  readonly isJson: boolean
}

const seen = (status: number, wasTaken: boolean, isJson: boolean): Expected => ({ status, isTaken: wasTaken, isJson })
const BROKEN = seen(0, false, false)

/** One row for each fault: the compiler asks for the missing one. */
const EXPECTED: Readonly<Record<FaultName, Expected>> = {
  slow: seen(200, true, true),
  late: seen(200, true, true),
  hang: BROKEN,
  'hang-after': { ...BROKEN, isTaken: true },
  'reset-before': BROKEN,
  'reset-after': { ...BROKEN, isTaken: true },
  303: seen(303, false, true),
  401: seen(401, false, true),
  403: seen(403, false, false),
  404: seen(404, false, false),
  406: seen(406, false, false),
  413: seen(413, false, false),
  415: seen(415, false, false),
  428: seen(428, false, true),
  429: seen(429, false, true),
  '429-bare': seen(429, false, false),
  500: seen(500, false, true),
  '500-invalid-request': seen(500, false, true),
  '500-accepted': seen(500, true, true),
  502: seen(502, false, false),
  503: seen(503, false, false),
  504: seen(504, false, false),
  '504-accepted': seen(504, true, false),
  malformed: seen(200, true, false),
  html: seen(200, true, false),
  empty: seen(200, true, false),
  truncated: { ...BROKEN, isTaken: true },
  repeated: seen(208, true, true),
  'old-duplicate': seen(200, true, true),
  'other-invoice': seen(200, true, true),
  'no-invoice': seen(200, true, true),
  'not-compliant': seen(200, false, true),
}

const names = Object.keys(FAULTS).filter((name): name is FaultName => name in EXPECTED)

async function outcome(): Promise<Expected> {
  const url = `${base}/invoices/clearance/single`
  const headers = {
    authorization: `Basic ${Buffer.from(`${csid.token}:${csid.secret}`).toString('base64')}`,
    'accept-version': 'V2',
  }
  try {
    const body = JSON.stringify(signed(csid, 'standard388'))
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(500),
    })
    const text = await response.text()
    return seen(response.status, await isTaken(), isJson(text))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { ...BROKEN, isTaken: await isTaken() }
  }
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

describe('each fault', () => {
  it('has a row in the table', () => expect(names).toHaveLength(Object.keys(EXPECTED).length))

  it.each(names)('%s', async (fault) => {
    await order({ fault, endpoint: 'clearance', ms: 60 })
    const start = performance.now()
    expect(await outcome()).toEqual(EXPECTED[fault])
    if (fault === 'slow' || fault === 'late') expect(performance.now() - start).toBeGreaterThan(55)
    // One order is one fault: the next call, with the same bytes, is answered as it should be.
    expect((await clear()).status).toBe(EXPECTED[fault].isTaken ? 208 : 200)
  })

  it('429 and 503 say when to come back', async () => {
    for (const fault of ['429', '503']) {
      await order({ fault, retryAfter: 7 })
      expect((await clear()).headers.get('retry-after')).toBe('7')
    }
  })

  it('other-invoice gives back a document with another hash', async () => {
    await order({ fault: 'other-invoice' })
    const { clearedInvoice } = (await clear()).json
    expect(hashOf(Buffer.from(clearedInvoice, 'base64').toString())).not.toBe(signed(csid, 'standard388').invoiceHash)
  })

  it('no-invoice gives back none', async () => {
    await order({ fault: 'no-invoice' })
    expect((await clear()).json.clearedInvoice).toBeNull()
  })

  it('repeated answers 409 on a first report', async () => {
    await order({ fault: 'repeated' })
    const reply = await send(`${base}/invoices/reporting/single`, signed(csid, 'simplified388'), { csid })
    expect(reply.status).toBe(409)
    expect((await ledger()).map((entry) => entry.outcome)).toEqual(['accepted-with-warnings', 'duplicate'])
  })

  it('not-compliant looks like a success without a token', async () => {
    await order({ fault: 'not-compliant', endpoint: 'compliance-csid' })
    expect((await complianceCsid(base)).requestID).toBe(-2)
  })
})

describe('ordering', () => {
  it('n times, and always until cleared', async () => {
    await order({ fault: '500', times: 2 })
    expect([(await clear()).status, (await clear()).status, (await clear()).status]).toEqual([500, 500, 200])
    await order({ fault: '503', times: 'always' })
    for (let call = 0; call < 4; call++) expect((await clear()).status).toBe(503)
    await send(`${practice.url}/control/faults`, '', { method: 'DELETE' })
    expect((await clear()).status).toBe(208)
  })

  it('one after another, and only at the endpoint that was named', async () => {
    await order({ fault: '500', endpoint: 'reporting' })
    await order({ fault: '502' })
    await order({ fault: '504' })
    expect([(await clear()).status, (await clear()).status, (await clear()).status]).toEqual([502, 504, 200])
    const known = await send(`${practice.url}/control/faults`, '', { method: 'GET' })
    expect(known.json.faults).toEqual([expect.objectContaining({ fault: '500', endpoint: 'reporting', times: 1 })])
  })

  it.each([
    [{ fault: 'explosion' }],
    [{ fault: '500', endpoint: 'nowhere' }],
    [{ fault: '500', times: 0 }],
    [{ fault: '500', tims: 2 }],
  ])('refuses %j', async (body) => {
    expect((await order(body)).status).toBe(400)
  })
})
