/** REST as a program of a client sees it, on every engine: the routes of old, lists, reports, exports, one form of refusal. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '#core/access/api-keys.ts'
import { failureBody } from '#core/api/failure-body.ts'
import { openApiDocument } from '#core/api/openapi.ts'
import type { Storage } from '#core/ports.ts'
import { buildHttp } from '../../server/http.ts'
import { operations } from '../security/operations.ts'
import { describeEngines } from '../storage/engines.ts'
import { aCompany, addReady, append, aResult, type Ready } from '../storage/records.ts'
import { simplifiedSale } from './drafts.ts'
import { openTestOffice, type TestOffice } from './office.ts'

describe('the published interface', async () => {
  const { paths = {}, openapi, components } = await openApiDocument('1.2.3')
  const document = JSON.stringify({ paths, components })
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, operation]) => ({ path, method, operation })),
  )

  it('has one route for each operation', () => {
    const routes = operations.map(({ method, address }) => `${method} ${address}`)
    expect(new Set(routes).size).toBe(operations.length)
    expect(described).toHaveLength(operations.length)
  })

  it.each([
    ['get', '/health'],
    ['get', '/system/health'],
    ['get', '/invoices'],
    ['post', '/invoices'],
    ['post', '/invoices/{id}/retry'],
    ['get', '/invoices/{number}/status'],
    ['get', '/zatca/status'],
    ['get', '/certificates'],
    ['get', '/reports/invoices'],
    ['get', '/reports/vat-summary'],
    ['get', '/reports/status-breakdown'],
    ['get', '/exports/invoices'],
    ['get', '/exports/invoice-logs'],
    ['get', '/api-keys'],
    ['post', '/api-keys'],
  ])('knows %s %s', (method, path) => expect(described).toContainEqual(expect.objectContaining({ method, path })))

  it('is OpenAPI 3.1: schemas are JSON Schema 2020-12, references lead somewhere, ids are unique, path parameters are declared', () => {
    expect(openapi).toMatch(/^3\.1\.\d$/)
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const schemas = [...document.matchAll(/"schema":/g)].length
    expect(schemas).toBeGreaterThan(operations.length)
    for (const schema of schemasIn({ paths, components })) expect(ajv.validateSchema(schema)).toBe(true)
    for (const [, name = ''] of document.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(Object.keys(components?.schemas ?? {})).toContain(name)
    const ids = described.map(({ operation }) => Reflect.get(Object(operation), 'operationId'))
    expect(new Set(ids).size).toBe(ids.length)
    for (const { path, operation } of described) {
      const parameters: readonly { name: string; in: string }[] = Reflect.get(Object(operation), 'parameters') ?? []
      const declared = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect([path, declared.toSorted()]).toEqual([path, named.toSorted()])
    }
  })
})

/** Every value below a key `schema` or `schemas`. */
const schemasIn = (node: unknown): readonly object[] => {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => [
    ...(key === 'schema' ? [Object(value)] : []),
    ...(key === 'schemas' ? Object.values(Object(value)).map(Object) : []),
    ...schemasIn(value),
  ])
}

await describeEngines('REST', (engine) => {
  let office: TestOffice
  let app: FastifyInstance
  let storage: Storage
  let first: Ready
  let second: Ready
  const keys = { all: '', first: '' }

  beforeAll(async () => {
    storage = await (await engine.create()).open()
    office = await openTestOffice(storage)
    const { office: ports, router } = office.running
    app = await buildHttp({
      ...{ office: ports, router, readiness: { draining: false }, publicUrl: undefined },
      ...{ docs: false, debug: false, trustProxy: [], pages: undefined },
    })
    first = await addReady(storage)
    second = await addReady(storage, aCompany('310000000000003'))
    // The outbox of this office would send them; what is on its way stays out of these tests.
    await settled(await append(storage, first, { number: 'A/1', buyerName: '=cmd', icv: 1 }), 'cleared')
    await settled(await append(storage, first, { number: 'A-2', kind: 'credit-note', icv: 2 }), 'reported')
    await settled(await append(storage, second, { number: 'A/1', icv: 1 }), 'rejected')
    const maker = { id: 'u1', role: 'owner' } as const
    keys.all = (await createApiKey(ports, maker, { name: 'all', role: 'auditor' })).secret
    const companies = [first.company.id]
    keys.first = (await createApiKey(ports, maker, { name: 'one', role: 'auditor', companies })).secret
  })
  afterAll(async () => {
    await app.close()
    await office.close()
  })

  const settled = async ({ id }: { readonly id: string }, outcome: 'cleared' | 'reported' | 'rejected') =>
    storage.write(async (tx) => {
      const [row] = await tx.claimOutbox({ limit: 1, leaseSeconds: 90, documentId: id })
      await tx.settle({ ...aResult(id, row?.fence ?? 0), outcome }, undefined)
    })
  const get = (path: string, key = keys.all) => app.inject({ url: `/api/v1${path}`, headers: { 'x-api-key': key } })
  const refused = async (path: string, key?: string) => {
    const answer = await get(path, key)
    const { error, message_ar, requestId } = failureBody.parse(answer.json())
    expect(message_ar).toMatch(/[\u0621-\u064a]/)
    expect(requestId).toBe(answer.headers['x-request-id'])
    return [answer.statusCode, error]
  }

  it('is healthy for anybody, with what works', async () => {
    const answer = await app.inject('/api/v1/system/health')
    expect(answer.json()).toMatchObject({ status: 'ok', checks: { storage: true } })
  })

  it('lists by filter and page, and refuses what no filter knows', async () => {
    const numbers = async (query: string, key?: string) =>
      (await get(`/invoices?${query}`, key))
        .json()
        .rows.map((row: { number: string }) => row.number)
        .toSorted()
    expect(await numbers('')).toEqual(['A-2', 'A/1', 'A/1'])
    expect(await numbers('kind=credit-note')).toEqual(['A-2'])
    expect(await numbers('number=A%2F1&state=rejected')).toEqual(['A/1'])
    expect(await numbers('', keys.first)).toEqual(['A-2', 'A/1'])
    expect(await numbers(`companyId=${second.company.id}`, keys.first)).toEqual([])
    expect(await refused('/invoices?colour=red')).toEqual([400, 'request/invalid'])
    expect(await refused('/invoices?issuedFrom=yesterday')).toEqual([400, 'request/invalid'])
    expect(await refused('/invoices?after=nonsense')).toEqual([400, 'request/invalid'])
    const page = (await get('/invoices?limit=2')).json()
    const rest = (await get(`/invoices?limit=2&after=${page.next}`)).json()
    expect([page.rows.length, rest.rows.length, rest.next]).toEqual([2, 1, undefined])
  })

  it('says where a number stands, and asks which one when there are several', async () => {
    expect((await get('/invoices/A-2/status')).json()).toMatchObject({ number: 'A-2', state: 'reported' })
    expect(await refused('/invoices/A%2F1/status')).toEqual([409, 'document/ambiguous'])
    const named = await get(`/invoices/A%2F1/status?companyId=${second.company.id}`)
    expect(named.json()).toMatchObject({ state: 'rejected', standing: { name: { ar: expect.any(String) } } })
    expect((await get('/invoices/A%2F1/status', keys.first)).json()).toMatchObject({ state: 'cleared' })
    expect(await refused('/invoices/nowhere/status')).toEqual([404, 'document/not-found'])
  })

  it('sums up by month, and by state', async () => {
    const [month] = (await get('/reports/invoices')).json().rows.map((row: { month: string }) => row.month)
    expect((await get('/reports/vat-summary')).json()).toMatchObject({ environment: 'PRACTICE', rows: [{ month }] })
    const states = async (key?: string) => (await get('/reports/status-breakdown', key)).json().rows
    expect(await states()).toEqual([
      { state: 'cleared', documents: 1 },
      { state: 'rejected', documents: 1 },
      { state: 'reported', documents: 1 },
    ])
    expect(await states(keys.first)).toHaveLength(2)
    expect((await get('/reports/status-breakdown?environment=PRODUCTION')).json().rows).toEqual([])
  })

  it('exports what the list shows, harmless to a spreadsheet', async () => {
    const answer = await get('/exports/invoices?number=A%2F1', keys.first)
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="invoices-\d{4}-\d\d-\d\d\.csv"$/)
    expect([...answer.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [head, line, ...rest] = answer.payload.slice(1).split('\r\n')
    expect(head).toMatch(/^number,kind,/)
    expect(line).toContain('A/1,invoice,simplified,cleared,')
    expect(line).toContain("'=cmd")
    expect(rest).toEqual([''])
    const lines = (await get('/exports/invoices?format=jsonl')).payload.trimEnd().split('\n')
    expect(lines.map((text) => JSON.parse(text).state).toSorted()).toEqual(['cleared', 'rejected', 'reported'])
    expect((await get('/exports/invoice-logs')).payload).toMatch(/^\ufeffnumber,startedAt,/)
    expect(await refused('/exports/invoices?format=xlsx')).toEqual([400, 'request/invalid'])
  })

  it('shows of the audit log what is about the companies of who asks', async () => {
    expect((await get('/audit?action=access/key-created')).json().rows).toHaveLength(2)
    const about = async (company: Ready['company']) => {
      const entry = { at: new Date(0).toISOString(), actor: 'system', action: 'test/about', details: {} }
      await storage.write((tx) => tx.addAudit({ ...entry, subject: company.id }))
    }
    await about(first.company)
    await about(second.company)
    expect((await get('/audit?action=test/about')).json().rows).toHaveLength(2)
    const seen: readonly { readonly subject: string }[] = (await get('/audit', keys.first)).json().rows
    expect(seen.map(({ subject }) => subject)).toEqual([first.company.id])
  })

  it('takes the key of a write from its header, too', async () => {
    const maker = { id: 'u1', role: 'owner' } as const
    const { secret } = await createApiKey(office.running.office, maker, { name: 'till', role: 'issuer' })
    const missing = async (headers: object) => {
      const payload = { unitId: first.unit.id, draft: { ...simplifiedSale, lines: 'none' } }
      const answer = await app.inject({
        ...{ method: 'POST', url: '/api/v1/invoices', payload },
        headers: { 'x-api-key': secret, ...headers },
      })
      const { error, details } = failureBody.parse(answer.json())
      return [error, JSON.stringify(details).includes('"idempotencyKey"')]
    }
    expect(await missing({})).toEqual(['request/invalid', true])
    expect(await missing({ 'idempotency-key': 'order-0001' })).toEqual(['draft/invalid', false])
    expect(await missing({ 'idempotency-key': 'short' })).toEqual(['request/invalid', true])
  })

  it('is not published unless it is told to', async () => {
    expect((await app.inject('/api/v1/openapi.json')).statusCode).toBe(404)
  })
})
