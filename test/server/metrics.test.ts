/** What Prometheus reads from a running server: it follows what really happened, and the main port does not show it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { measured } from '#core/system/measured.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import { readConfig } from '../../server/config.ts'
import { createMetrics } from '../../server/metrics.ts'
import { startServer } from '../../server/office-server.ts'
import { draft, openOffice } from '../workflow/office.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

test('issuing and sending are counted after they were committed', async () => {
  const office = await openOffice()
  onTestFinished(() => office.close())
  const unit = await office.readyUnit()
  const metrics = createMetrics(office.ports.storage, silent)
  const ports = measured(office.ports, metrics.meter)
  const request = { unitId: unit.id, draft: draft(), idempotencyKey: 'one', actor: 'tester' }
  const { id } = await issueDocument(ports, request)
  await expect(issueDocument(ports, { ...request, idempotencyKey: 'again' })).rejects.toThrow()
  expect(await metrics.scrape()).toContain('khatm_outbox_documents{state="waiting"} 1')
  await submitDocument(ports, id)
  const text = await metrics.scrape()
  expect(text).toContain('khatm_documents_issued_total{environment="PRACTICE",profile="standard"} 1')
  expect(text).toContain('khatm_documents_settled_total{outcome="cleared",duplicate="false"} 1')
  expect(text).toMatch(/khatm_transmission_seconds_count\{.*verdict="accepted".*\} 1/)
  expect(text).toContain('khatm_outbox_documents{state="waiting"} 0')
  expect(text).toContain('khatm_storage_up 1')
  const { notAfter } = (await office.ports.storage.read.productionCsids())[0] ?? { notAfter: '' }
  const days = Number(/khatm_certificate_days\{environment="PRACTICE"\} (\S+)/.exec(text)?.[1])
  expect(days).toBeCloseTo((Date.parse(notAfter) - Date.now()) / 86_400_000, 2)
})

test('a clock that is certainly wrong is told, whichever way it is', async () => {
  const office = await openOffice()
  onTestFinished(() => office.close())
  const metrics = createMetrics(office.ports.storage, silent)
  metrics.meter.clockWrong(75)
  expect(await metrics.scrape()).toContain('khatm_clock_skew_seconds 75')
})

test('a server shows them on their own port only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-metrics-'))
  let url = ''
  const log = { ...silent, info: (event: string, fields: object = {}) => void keep(event, fields) }
  const keep = (event: string, fields: object) => {
    if (event === 'metrics/listening' && 'url' in fields) url = String(fields.url)
  }
  const server = await startServer({
    config: readConfig({ DATA_DIR: folder, PORT: '0', METRICS_PORT: '0' }),
    log,
  })
  onTestFinished(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })
  await fetch(`${server.url}/api/v1/system/info`)
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('khatm_http_request_seconds_count{route="system.info"')
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404)
})
