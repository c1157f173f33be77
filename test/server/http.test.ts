/** The HTTP door itself: cookies, origins, headers, bodies, pages, health; the operations behind it are tested in `test/api`. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failureBody } from '#core/api/failure-body.ts'
import { buildHttp } from '../../server/http.ts'
import { openTestOffice, type TestOffice } from '../api/office.ts'

const account = { username: 'noura', name: 'نورة', password: 'correct horse battery staple' }
const json = { 'content-type': 'application/json' }
const page = { ...json, 'x-khatm-page': '1' }

let office: TestOffice
let folder = ''
const readiness = { draining: false }

const open = async (publicUrl: string | undefined): Promise<FastifyInstance> => {
  const { office: ports, router } = office.running
  return buildHttp({
    office: ports,
    router,
    readiness,
    publicUrl,
    docs: publicUrl === undefined,
    debug: false,
    trustProxy: [],
    pages: folder,
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-pages-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Khatm</title>')
  await writeFile(join(folder, 'assets', 'app-1a2b.js'), 'export {}')
  office = await openTestOffice()
})
afterAll(async () => {
  await office.close()
  await rm(folder, { recursive: true })
})

const refused = (answer: { statusCode: number; body: string }) => {
  const body = failureBody.parse(JSON.parse(answer.body))
  expect(body.message_ar).toMatch(/[\u0621-\u064a]/)
  return [answer.statusCode, body.error]
}

describe('on this machine only', () => {
  let app: FastifyInstance
  beforeAll(async () => {
    app = await open(undefined)
  })
  afterAll(() => app.close())

  it('is healthy, alive and ready', async () => {
    for (const path of ['/api/v1/health', '/api/v1/system/health', '/live', '/ready']) {
      const answer = await app.inject(path)
      expect([path, answer.statusCode, answer.json().status]).toEqual([path, 200, 'ok'])
    }
  })

  it('is alive but not ready while it drains', async () => {
    readiness.draining = true
    expect((await app.inject('/ready')).statusCode).toBe(503)
    expect((await app.inject('/live')).statusCode).toBe(200)
    readiness.draining = false
  })

  it('sends a strict policy and names the request', async () => {
    const { headers } = await app.inject({ url: '/', headers: { 'x-request-id': 'balancer-0001' } })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).toMatch(/script-src 'self';/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-frame-options']).toBe('SAMEORIGIN')
    expect(headers['x-request-id']).toBe('balancer-0001')
    expect(headers['strict-transport-security']).toBeUndefined()
  })

  it('does not take over a request id that is no plain word', async () => {
    const { headers } = await app.inject({ url: '/', headers: { 'x-request-id': '<script>alert(1)' } })
    expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/)
  })

  it('refuses broken JSON in both languages', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/sessions', headers: json, payload: '{"username":' })
    expect(refused(answer)).toEqual([400, 'request/not-json'])
  })

  it.each([
    ['/api/v1/sessions', 17 * 1024],
    ['/api/v1/setup', 17 * 1024],
    ['/api/v1/checks/file', 12 * 1024 * 1024],
  ])('refuses a body that is too large for %s before reading it', async (url, size) => {
    const payload = JSON.stringify({ username: 'x'.repeat(size) })
    const answer = await app.inject({ method: 'POST', url, headers: json, payload })
    expect(refused(answer)).toEqual([413, 'request/too-large'])
  })

  it.each(['/api/v1/nowhere', '/api/v1/invoices/1/2/3', '/nowhere.js'])('answers %s with a coded 404', async (url) => {
    expect(refused(await app.inject(url))).toEqual([404, 'request/not-found'])
  })

  it('serves the pages, hashed files for a year, and leads other addresses to the start page', async () => {
    const start = await app.inject('/')
    expect([start.statusCode, start.headers['cache-control']]).toEqual([200, 'no-cache'])
    const asset = await app.inject('/assets/app-1a2b.js')
    expect(asset.headers['cache-control']).toContain('immutable')
    const inner = await app.inject({ url: '/invoices/17', headers: { accept: 'text/html' } })
    expect([inner.statusCode, inner.headers.location]).toEqual([302, '/'])
    expect((await app.inject({ url: '/../package.json' })).statusCode).toBe(404)
  })

  it('publishes what it can do', async () => {
    const document = (await app.inject('/api/v1/openapi.json')).json()
    expect(document.openapi).toMatch(/^3\.1/)
    expect(Object.keys(document.paths)).toContain('/invoices/{id}/retry')
    expect(document.paths['/invoices'].post.requestBody).toBeDefined()
    expect(document.paths['/invoices'].post.responses.default.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Failure',
    })
    expect(Object.keys(document.components.schemas.Failure.properties)).toContain('message_ar')
  })

  describe('sessions', () => {
    let cookie = ''

    it('gives a program its token and no cookie', async () => {
      const payload = { ...account, token: office.setUpToken }
      const answer = await app.inject({ method: 'POST', url: '/api/v1/setup', headers: json, payload })
      expect(answer.json().token).toMatch(/^[\w-]{40,}$/)
      expect(answer.headers['set-cookie']).toBeUndefined()
      const headers = { authorization: `Bearer ${answer.json().token}` }
      expect((await app.inject({ url: '/api/v1/me', headers })).json().username).toBe('noura')
    })

    it('gives a page of ours a cookie that scripts cannot read, and no token', async () => {
      const { username, password } = account
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/sessions',
        headers: { ...page, host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' },
        payload: { username, password },
      })
      expect(answer.statusCode).toBe(200)
      expect(answer.json().token).toBeUndefined()
      const set = String(answer.headers['set-cookie'])
      for (const flag of ['khatm=', 'HttpOnly', 'SameSite=Strict', 'Path=/', 'Expires=']) expect(set).toContain(flag)
      expect(set).not.toMatch(/Secure|__Host-/)
      cookie = set.split(';')[0] ?? ''
    })

    it('takes the cookie from our own page', async () => {
      const answer = await app.inject({ url: '/api/v1/me', headers: { ...page, cookie } })
      expect(answer.json()).toMatchObject({ username: 'noura', role: 'owner' })
    })

    it('refuses the cookie without the header of our own pages', async () => {
      expect(refused(await app.inject({ url: '/api/v1/me', headers: { cookie } }))).toEqual([403, 'access/origin'])
    })

    it.each([
      ['another site', 'https://evil.example', '127.0.0.1:8080'],
      ['another program on this machine', 'http://127.0.0.1:9999', '127.0.0.1:8080'],
      ['a name that was pointed here', 'http://evil.example:8080', 'evil.example:8080'],
      ['a page without an origin', 'null', '127.0.0.1:8080'],
    ])('refuses %s, whatever it carries', async (_who, origin, host) => {
      const headers = { ...page, cookie, origin, host }
      const answer = await app.inject({ method: 'POST', url: '/api/v1/companies', headers, payload: {} })
      expect(refused(answer)).toEqual([403, 'access/origin'])
    })

    it('takes the cookie back at sign-out', async () => {
      const answer = await app.inject({
        method: 'DELETE',
        url: '/api/v1/sessions/current',
        headers: { ...page, cookie },
      })
      expect(String(answer.headers['set-cookie'])).toMatch(/^khatm=;/)
      expect(refused(await app.inject({ url: '/api/v1/me', headers: { ...page, cookie } }))).toEqual([
        401,
        'access/unauthenticated',
      ])
    })
  })

  it('logs each request by its operation, and neither bodies nor addresses as typed nor secrets', async () => {
    const canary = 'canary-8472'
    await app.inject({
      method: 'POST',
      url: `/api/v1/sessions?search=${canary}`,
      headers: { ...page, authorization: `Bearer ${canary}`, cookie: `khatm=${canary}`, 'user-agent': canary },
      payload: { username: canary, password: canary },
    })
    await app.inject({
      url: `/api/v1/invoices?companyId=c&search=${canary}`,
      headers: { authorization: `Bearer ${canary}` },
    })
    expect(office.log()).toContain('"route":"access.signIn"')
    expect(office.log()).not.toContain(canary)
    expect(office.log()).not.toContain(account.password)
  })

  it('does not stumble over a request line that is none', async () => {
    const origin = await app.listen({ host: '127.0.0.1', port: 0 })
    const status = await new Promise((resolve, reject) => {
      request(`${origin}`, { path: '/%E0%A4%A' }, (answer) => resolve(answer.statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(400)
  })
})

describe('under a public https address', () => {
  let app: FastifyInstance
  beforeAll(async () => {
    app = await open('https://khatm.example.sa')
  })
  afterAll(() => app.close())

  it('ties the cookie to this host and to https', async () => {
    const { username, password } = account
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      headers: { ...page, origin: 'https://khatm.example.sa' },
      payload: { username, password },
    })
    const set = String(answer.headers['set-cookie'])
    for (const flag of ['__Host-khatm=', 'Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']) expect(set).toContain(flag)
    expect(set).not.toContain('Domain')
    expect(answer.headers['strict-transport-security']).toContain('max-age=31536000')
  })

  it('knows only that address as its own', async () => {
    const headers = { ...page, origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' }
    expect(refused(await app.inject({ method: 'POST', url: '/api/v1/sessions', headers, payload: {} }))).toEqual([
      403,
      'access/origin',
    ])
  })

  it('does not publish its interface when told not to', async () => {
    expect((await app.inject('/api/v1/openapi.json')).statusCode).toBe(404)
  })
})
