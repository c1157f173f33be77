/** The control interface: ledger, scripted answers, settings, clock, reset, who may use it, and what survives a restart. */
import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PracticeLogLine, type PracticeServer, startPractice } from '#practice/index.ts'
import {
  type Change,
  type Csid,
  complianceCsid,
  productionCsid,
  type Reply,
  send,
  setText,
  signed,
} from './taxpayer.ts'

const lines: PracticeLogLine[] = []
let practice: PracticeServer
let base: string
let csid: Csid

beforeAll(async () => {
  practice = await startPractice({ log: (line) => lines.push(line) })
  base = practice.baseUrls.simulation
  csid = await productionCsid(base)
})
afterAll(() => practice.close())
beforeEach(() => post('reset', { only: ['ledger', 'faults', 'answers', 'settings', 'clock'] }))

const post = (path: string, body: unknown = {}): Promise<Reply> => send(`${practice.url}/control/${path}`, body)
const get = (path: string): Promise<Reply> => send(`${practice.url}/control/${path}`, '', { method: 'GET' })
const clear = (...changes: readonly Change[]): Promise<Reply> =>
  send(`${base}/invoices/clearance/single`, signed(csid, 'standard388', ...changes), { csid })

describe('the ledger', () => {
  it('knows every document with its outcome and the digests of what arrived', async () => {
    const body = JSON.stringify(signed(csid, 'standard388'))
    await send(`${base}/invoices/clearance/single`, body, { csid })
    await send(`${base}/invoices/clearance/single`, body, { csid })
    await clear(setText('InvoiceTypeCode', '380'))
    const { entries } = (await get('ledger')).json
    expect(entries.map((entry) => entry.outcome)).toEqual(['accepted', 'duplicate', 'rejected'])
    expect(entries[0]).toMatchObject({
      environment: 'simulation',
      endpoint: 'clearance',
      csid: `${csid.requestID}`,
      vatNumber: '399999999900003',
      kind: 'standard-388',
      icv: expect.stringMatching(/^\d+$/),
      hash: JSON.parse(body).invoiceHash,
      uuid: JSON.parse(body).uuid,
      status: 200,
      requestSha256: createHash('sha256').update(body).digest('hex'),
      invoiceSha256: createHash('sha256')
        .update(Buffer.from(JSON.parse(body).invoice, 'base64'))
        .digest('hex'),
    })
    expect(entries[2]?.codes).toContain('BR-KSA-05')
  })

  it('can be asked for a part', async () => {
    await clear()
    await clear()
    expect((await get('ledger?outcome=duplicate&status=208')).json.entries).toHaveLength(1)
    expect((await get('ledger?outcome=rejected')).json.entries).toHaveLength(0)
    expect((await get('ledger?nothing=1')).json.entries).toHaveLength(0)
  })
})

describe('scripted answers', () => {
  const findings = [{ code: 'BR-KSA-37', category: 'KSA', message: 'The building number needs four digits.' }]

  it('rejects the next documents with the given findings', async () => {
    await post('answers', { status: 400, times: 2, findings })
    for (let call = 0; call < 2; call++) {
      const reply = await clear()
      expect([reply.status, reply.json.clearanceStatus]).toEqual([400, 'NOT_CLEARED'])
      expect(reply.json.validationResults.errorMessages).toEqual([{ ...findings[0], type: 'ERROR', status: 'ERROR' }])
    }
    expect((await clear()).status).toBe(200)
    expect((await get('ledger?outcome=rejected')).json.entries).toHaveLength(2)
  })

  it('accepts with the given warnings, at one endpoint only', async () => {
    await post('answers', { status: 202, endpoint: 'clearance', findings })
    expect((await complianceCsid(base)).token).toBeTruthy()
    const reply = await clear()
    expect([reply.status, reply.json.clearanceStatus]).toEqual([202, 'CLEARED'])
    expect(reply.json.validationResults.warningMessages).toHaveLength(1)
    expect(reply.json.clearedInvoice).toBeTruthy()
  })

  it('are listed and can be taken back', async () => {
    await post('answers', { status: 400 })
    expect((await get('answers')).json.answers).toEqual([expect.objectContaining({ status: 400, times: 1 })])
    await send(`${practice.url}/control/answers`, '', { method: 'DELETE' })
    expect((await clear()).status).toBe(200)
  })
})

describe('clock, settings and reset', () => {
  it('moves the clock, which goes on from there and shows in the Date header', async () => {
    const reply = await post('clock', { now: '2030-01-01T00:00:00+03:00' })
    expect(reply.json.now).toMatch(/^2029-12-31T21:00:0/)
    expect((await get('settings')).headers.get('date')).toContain('31 Dec 2029')
    await post('clock', { now: null })
    expect(Date.parse((await get('settings')).headers.get('date') ?? '')).toBeGreaterThan(Date.now() - 5000)
  })

  it('gives back its defaults', async () => {
    await post('settings', { clearance: 'off', renewal: 'compliance', rehearsalOtp: '654321' })
    await post('reset', { only: ['settings'] })
    expect((await get('settings')).json).toEqual({ clearance: 'on', renewal: 'issue', rehearsalOtp: '123456' })
  })

  it('lists CSIDs without their secrets', async () => {
    const { json, text } = await get('csids')
    expect(json.csids).toContainEqual(
      expect.objectContaining({ csid: `${csid.requestID}`, kind: 'production', isRevoked: false }),
    )
    expect(text).not.toContain(csid.secret)
  })

  it('gives an overview and says what it can do', async () => {
    const { json } = await get('').then((reply) =>
      reply.status === 404 ? send(`${practice.url}/control`, '', { method: 'GET' }) : reply,
    )
    expect(json.basePaths['production']).toBe('/e-invoicing/core')
    expect(json.operations).toContain('POST /control/otp')
  })

  it.each([
    ['clock', { now: 'yesterday' }],
    ['settings', { clearance: 'maybe' }],
    ['settings', { unknown: 1 }],
    ['answers', { status: 500 }],
    ['reset', { only: ['everything'] }],
    ['otp', '{'],
  ])('refuses %s %j', async (path, body) => {
    const reply = await post(path, body)
    expect(reply.status).toBe(400)
    expect(reply.json.message).toBeTruthy()
  })

  it('knows what it does not know', async () => {
    expect((await post('nothing')).status).toBe(404)
  })
})

describe('who may steer', () => {
  it('no web page', async () => {
    const reply = await send(`${practice.url}/control/otp`, {}, { headers: { origin: 'https://example.com' } })
    expect(reply.status).toBe(403)
  })

  const outside = Object.values(networkInterfaces())
    .flat()
    .find((item) => item?.family === 'IPv4' && !item.internal)?.address
  if (!outside) console.warn('SKIPPED: no other machine may steer; needs a network interface beside loopback')

  it.skipIf(!outside)('no other machine', async () => {
    const open = await startPractice({ host: '0.0.0.0' })
    const port = Number(new URL(open.url).port)
    const status = await new Promise((resolve, reject) => {
      const call = request({ host: outside, port, path: '/control', localAddress: outside }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      call.on('error', reject).end()
    })
    expect(status).toBe(403)
    await open.close()
  })
})

it('logs calls without their secrets', () => {
  expect(lines).toContainEqual({ method: 'POST', path: '/e-invoicing/simulation/compliance', outcome: 200 })
  const text = JSON.stringify(lines)
  for (const secret of [csid.secret, csid.token, '123456']) expect(text).not.toContain(secret)
})

describe('with a folder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'practice-data-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('authority, CSIDs, ledger and duplicates survive a restart; secrets are not in the files', async () => {
    const first = await startPractice({ dataDir: folder })
    const own = await productionCsid(first.baseUrls.practice)
    const body = signed(own, 'standard388')
    const send1 = await send(`${first.baseUrls.practice}/invoices/clearance/single`, body, { csid: own })
    await first.close()
    appendFileSync(join(folder, 'ledger.jsonl'), '{"at":"20')

    const second = await startPractice({ dataDir: folder })
    const send2 = await send(`${second.baseUrls.practice}/invoices/clearance/single`, body, { csid: own })
    expect([send1.status, send2.status]).toEqual([200, 208])
    expect(send2.json.clearedInvoice).toBe(send1.json.clearedInvoice)
    await second.close()

    const third = await startPractice({ dataDir: folder })
    const entries = (await send(`${third.url}/control/ledger?endpoint=clearance`, '', { method: 'GET' })).json.entries
    expect(entries.map((entry) => entry.status)).toEqual([200, 208])
    await third.close()
    expect(readFileSync(join(folder, 'practice.json'), 'utf8')).not.toContain(own.secret)
  })
})

it('a port that is taken is an error', async () => {
  await expect(startPractice({ port: Number(new URL(practice.url).port) })).rejects.toThrow(/EADDRINUSE/)
})
