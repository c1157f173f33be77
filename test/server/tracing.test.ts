/** What a collector of traces is told by an office server: who waited for whom and how it ended, and nothing of any invoice or person. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { Failure } from '#core/errors.ts'
import { openGateway } from '#core/gateway/gateway.ts'
import type { Log } from '#core/ports.ts'
import { readConfig } from '../../server/config.ts'
import { startServer } from '../../server/office-server.ts'
import { companyInput, standardSale } from '../api/drafts.ts'
import { type Collector, type ReceivedSpan, startCollector } from './collector.ts'
import { callerAt, type OpenUnit, openUnit } from './load.ts'

/** Notices when the libraries are loaded, and lets them in. */
const loaded = vi.hoisted(() => vi.fn())
vi.mock('@opentelemetry/sdk-trace', async (original) => {
  loaded()
  return original()
})

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const password = 'correct horse battery staple'
let folder = ''
let unit: OpenUnit

/** The exporter reads its settings from the environment of the process. */
const environment = (settings: Readonly<Record<string, string>>) => {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  return readConfig({ DATA_DIR: folder, PORT: '0', ...settings })
}

const collecting = async (options?: Parameters<typeof startCollector>[0]): Promise<Collector> => {
  const collector = await startCollector(options)
  onTestFinished(collector.close)
  return collector
}

/** One server after the other on the same data; nothing goes on in the background of this one. */
const served = async (settings: Readonly<Record<string, string>>, log = silent) => {
  const server = await startServer({ config: environment(settings), log, isFirst: false })
  onTestFinished(server.close)
  const caller = callerAt(server.url)
  await caller.signIn()
  return { ...server, ...caller }
}

const invoice = (number: string) => ({
  unitId: unit.unitId,
  draft: { ...standardSale, number },
  idempotencyKey: `sale-of-${number}`,
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-tracing-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the settings', () => {
  const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }
  const sampler = 'parentbased_always_on'

  test.each([
    [{}, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_SERVICE_NAME: 'office' }, undefined],
    [{ ...collector, OTEL_SDK_DISABLED: 'TRUE' }, undefined],
    [
      { ...collector, OTEL_SDK_DISABLED: 'false' },
      { sampler, share: 1 },
    ],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/v1/traces' }, { sampler, share: 1 }],
  ])('%j', (settings, tracing) => expect(readConfig(settings).tracing).toEqual(tracing))

  test.each([
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' },
    { ...collector, OTEL_TRACES_SAMPLER: 'some' },
    { ...collector, OTEL_TRACES_SAMPLER_ARG: '10' },
  ])('%j is refused', (settings) => expect(() => readConfig(settings)).toThrow('config/invalid'))
})

describe('a server', { timeout: 60_000 }, () => {
  test('that is not to trace tells nobody anything, and loads nothing for it', async () => {
    const collector = await collecting()
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SDK_DISABLED: 'true' }
    const server = await startServer({ config: environment(settings), log: silent })
    onTestFinished(server.close)
    unit = await openUnit(callerAt(server.url, server.setUpToken))
    await server.close()
    expect(loaded).not.toHaveBeenCalled()
    expect(collector.bytes()).toHaveLength(0)
  })

  test('tells of a request, of the transactions in it and of the call to the gateway, in one trace', async () => {
    const collector = await collecting()
    const server = await served({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-office=riyadh',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging',
    })
    await server.asked('POST', '/invoices', invoice('T-1'))
    await server.close()

    const request = one(collector, 'POST /api/v1/invoices')
    expect(request).toMatchObject({ kind: 2, parentId: '', status: 0 })
    expect(request.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/api/v1/invoices',
      'http.response.status_code': 200,
      'khatm.request_id': expect.stringMatching(/^[\w-]{36}$/),
    })
    const sent = one(collector, 'gateway clearance')
    expect(sent).toMatchObject({ kind: 3, traceId: request.traceId, parentId: request.spanId, status: 0 })
    expect(sent.attributes).toEqual({
      'http.response.status_code': 200,
      'khatm.environment': 'PRACTICE',
      'khatm.verdict': 'accepted',
    })
    const writes = collector.spans.filter(({ parentId }) => parentId === request.spanId)
    expect(writes.map(({ name }) => name)).toEqual(expect.arrayContaining(['write transaction', 'gateway clearance']))
    expect(collector.headers[0]).toMatchObject({ 'x-office': 'riyadh', 'content-type': 'application/x-protobuf' })
    expect(collector.resources[0]).toMatchObject({
      'service.name': 'khatm',
      'deployment.environment.name': 'staging',
    })
  })

  test("goes on with the caller's trace, and tells of a failed request by its pattern", async () => {
    const collector = await collecting()
    const settings = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`, OTEL_SERVICE_NAME: 'office' }
    const server = await served(settings)
    const [traceId, spanId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331']
    const headers = { traceparent: `00-${traceId}-${spanId}-01`, 'x-request-id': 'counter-7-sale-12' }
    await fetch(`${server.url}/api/v1/invoices/a-client?q=a-secret`, { headers })
    await fetch(`${server.url}/api/v1/nothing/of/ours`, { headers: { traceparent: 'no trace' } })
    await server.close()

    expect(one(collector, 'GET /api/v1/invoices/{id}')).toMatchObject({
      traceId,
      parentId: spanId,
      attributes: { 'khatm.request_id': 'counter-7-sale-12', 'http.response.status_code': 401 },
    })
    expect(one(collector, 'GET /api/v1/*')).toMatchObject({ parentId: '' })
    expect(collector.resources[0]).toMatchObject({ 'service.name': 'office' })
  })

  test('traces none of the requests that its sampler leaves out', async () => {
    const collector = await collecting()
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio' }
    const server = await served({ ...settings, OTEL_TRACES_SAMPLER_ARG: '0' })
    await server.asked('POST', '/invoices', invoice('T-2'))
    await server.close()
    expect(collector.spans).toEqual([])
  })

  test('tells nothing of invoices, people, passwords and tokens', async () => {
    const collector = await collecting()
    const server = await served({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
    const { id } = await server.asked('POST', '/invoices', invoice('T-CANARY-3'))
    const { token } = await server.asked('POST', '/sessions', { username: 'noura', password })
    await server.call('POST', '/sessions', { username: 'noura', password: 'a wrong one, and long' })
    await server.call('POST', '/invoices', { ...invoice('T-CANARY-4'), draft: { ...standardSale, lines: [] } })
    await server.call('POST', `/units/${unit.unitId}/onboarding/csid`, { otp: '987654' })
    await server.asked('GET', `/invoices?companyId=${unit.companyId}&search=T-CANARY-3`)
    const sealed = await server.asked('GET', `/invoices/${id}`)
    await server.close()

    expect(collector.spans.length).toBeGreaterThan(10)
    const { name, vatNumber, party } = companyInput
    const ofTheOffice = [name, vatNumber, party.address.street, 'noura', 'نورة', password, 'a wrong one', '987654']
    const ofTheInvoice = ['T-CANARY', 'استشارة', '10.10', standardSale.buyer?.name, standardSale.buyer?.vatNumber]
    const ofTheWay = [token, id, sealed['uuid'], unit.companyId, unit.unitId, 'authorization', 'search=']
    const canaries = [...ofTheOffice, ...ofTheInvoice, ...ofTheWay]
    for (const canary of canaries) expect(canary).toMatch(/.{4}/)
    expect(canaries.filter((canary) => collector.bytes().includes(String(canary)))).toEqual([])
  })

  test('does not wait for a collector that never answers, says so once, and ends in time', async () => {
    const collector = await collecting({ answering: false })
    const warn = vi.fn<Log['warn']>()
    const server = await served({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, { ...silent, warn })
    // More than a batch, so that it is asked while the server works.
    await Promise.all(Array.from({ length: 600 }, () => server.call('GET', '/system/info')))
    await expect.poll(() => collector.headers.length, { timeout: 20_000 }).toBeGreaterThan(0)
    await server.asked('POST', '/invoices', invoice('T-5'))
    const began = performance.now()
    await server.close()
    expect(performance.now() - began).toBeLessThan(15_000)
    const told = () => warn.mock.calls.map(([event]) => event).filter((event) => event.startsWith('tracing/'))
    await expect.poll(told).toEqual(['tracing/not-taken'])
  })
})

describe('a call to the gateway that nobody asked for', () => {
  const credentials = { token: 'a-token', secret: 'a-secret' }
  const submission = { invoiceHash: 'a-hash', uuid: 'a-uuid', invoice: Buffer.from('an-invoice') }

  const traced = async (url: string) => {
    const collector = await collecting()
    const { tracing } = environment({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
    if (tracing === undefined) throw new Error('tracing is off')
    const { openTracing } = await import('../../server/tracing.ts')
    const open = openTracing(tracing, silent)
    return { collector, close: open.close, gateway: open.gateway(openGateway('PRACTICE', { url }), 'PRACTICE') }
  }

  test('begins a trace of its own, and tells by a word what became of it', async () => {
    const { collector, gateway, close } = await traced('http://127.0.0.1:9')
    await gateway.submit('reporting', credentials, submission)
    await gateway.complianceCsid('a-request', '987654')
    await close()
    expect(one(collector, 'gateway reporting')).toMatchObject({
      parentId: '',
      status: 2,
      attributes: { 'error.type': 'unsent', 'khatm.verdict': 'unsent' },
    })
    for (const secret of ['a-token', 'a-secret', 'a-hash', 'a-uuid', 'an-invoice', 'a-request', '987654'])
      expect(collector.bytes().includes(secret)).toBe(false)
  })

  test('and that breaks is told by the code of its failure', async () => {
    const { collector, gateway, close } = await traced('http://127.0.0.1:9')
    const broken = new Failure('key/locked', { reason: 'a-secret' })
    const submit = () => gateway.submit('reporting', credentials, { ...submission, invoice: failing(broken) })
    await expect(submit()).rejects.toThrow(broken)
    await close()
    expect(one(collector, 'gateway reporting')).toMatchObject({ status: 2, attributes: { 'error.type': 'key/locked' } })
    expect(collector.bytes().includes('a-secret')).toBe(false)
  })
})

/** Bytes that cannot be read. */
const failing = (failure: Failure): Uint8Array =>
  new Proxy(new Uint8Array(), {
    get: () => {
      throw failure
    },
  })

const one = ({ spans }: Collector, name: string): ReceivedSpan => {
  const found = spans.filter((span) => span.name === name)
  expect(
    found.map((span) => span.name),
    spans.map((span) => span.name).join(', '),
  ).toEqual([name])
  const [span] = found
  if (span === undefined) throw new Error('no span')
  return span
}
