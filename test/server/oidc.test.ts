/** Sign-in at the office's own service, against a provider with real signed tokens: who gets in, who does not, and that nobody is made. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { setUp } from '#core/access/set-up.ts'
import { addUser, changeUser } from '#core/access/users.ts'
import type { User } from '#core/ports.ts'
import { buildHttp } from '../../server/http.ts'
import { openTestOffice, type TestOffice } from '../api/office.ts'
import { failing } from '../storage/engines.ts'
import { client, type Provider, startProvider } from './provider.ts'

const publicUrl = 'https://khatm.example.sa'
const password = 'correct horse battery staple'

let office: TestOffice
let provider: Provider
let folder = ''
let owner: User
let member: User
const apps: FastifyInstance[] = []

/** A replica of the office; `email` trusts verified addresses. */
const open = async (byEmail: boolean): Promise<FastifyInstance> => {
  const { office: ports, router } = office.running
  const oidc = { issuer: provider.issuer, clientId: client.id, secretFile: join(folder, 'secret'), byEmail }
  const rest = { docs: false, debug: false, trustProxy: [], pages: undefined, readiness: { draining: false } }
  const app = await buildHttp({ office: ports, router, publicUrl, oidc, ...rest })
  apps.push(app)
  return app
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-oidc-'))
  await writeFile(join(folder, 'secret'), `${client.secret}\n`, { mode: 0o600 })
  provider = await startProvider()
  office = await openTestOffice()
  owner = (await setUp(office.running.office, { username: 'sara', name: 'سارة', password }, 'alone')).user
  const added = { username: 'omar@example.sa', name: 'عمر', role: 'issuer', password } as const
  member = await addUser(office.running.office, owner, added)
})
afterAll(async () => {
  for (const app of apps) await app.close()
  await provider.close()
  await office.close()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  provider.spoil = {}
  await assign(member, null)
  await assign(owner, null)
})

const assign = (user: User, subject: string | null) => {
  const oidcSubject = subject === null ? null : `${provider.issuer} ${subject}`
  return changeUser(office.running.office, owner, user.id, { oidcSubject })
}

interface Sent {
  readonly cookie: string
  readonly location: string
}

const start = async (app: FastifyInstance): Promise<Sent> => {
  const answer = await app.inject('/api/v1/sign-in-service/start')
  expect(answer.statusCode).toBe(302)
  return { cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '', location: String(answer.headers.location) }
}

/** To the provider and back, as a browser does it. */
const visit = async ({ location }: Sent): Promise<string> => {
  const answer = await fetch(location, { redirect: 'manual' })
  const { pathname, search } = new URL(answer.headers.get('location') ?? '')
  return `${pathname}${search}`
}

const comeBack = async (app: FastifyInstance, url: string, cookie: string) => {
  const answer = await app.inject({ url, headers: cookie === '' ? {} : { cookie } })
  const cookies = [answer.headers['set-cookie'] ?? []].flat()
  const session = cookies.find((each) => each.startsWith('__Host-khatm=')) ?? ''
  return { location: answer.headers.location, session, user: await whose(app, session) }
}

const whose = async (app: FastifyInstance, session: string): Promise<unknown> => {
  if (session === '') return undefined
  const headers = { cookie: session.split(';')[0] ?? '', 'x-khatm-page': '1' }
  return (await app.inject({ url: '/api/v1/me', headers })).json().username
}

const wholeWay = async (app: FastifyInstance) => {
  const sent = await start(app)
  return comeBack(app, await visit(sent), sent.cookie)
}

const refused = (code: string) => ({ location: `/#refused=${encodeURIComponent(code)}`, session: '', user: undefined })

describe('somebody whom the service has identified', () => {
  it('gets into the account that was assigned, on whichever replica, with a cookie of ours', async () => {
    const [one, other] = [await open(false), await open(false)]
    provider.person = { sub: 'subject-7' }
    await assign(member, 'subject-7')
    const sent = await start(one)
    expect(sent.cookie).toMatch(/^__Host-khatm-visit=/)
    const { location, session, user } = await comeBack(other, await visit(sent), sent.cookie)
    expect([location, user]).toEqual(['/', 'omar@example.sa'])
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(session).toContain(flag)
  })

  it('gets in nowhere without an assignment, and no account is made', async () => {
    const app = await open(false)
    const before = (await office.running.office.storage.read.users()).length
    provider.person = { sub: 'stranger', email: 'omar@example.sa', email_verified: true }
    expect(await wholeWay(app)).toEqual(refused('access/not-assigned'))
    expect((await office.running.office.storage.read.users()).length).toBe(before)
  })

  it('is known by a verified address where the office says so, and by the subject from then on', async () => {
    const app = await open(true)
    provider.person = { sub: 'subject-8', email: 'Omar@Example.SA', email_verified: true }
    expect((await wholeWay(app)).user).toBe('omar@example.sa')
    // The address now belongs to somebody else at the service.
    provider.person = { sub: 'subject-9', email: 'omar@example.sa', email_verified: true }
    expect(await wholeWay(app)).toEqual(refused('access/not-assigned'))
    provider.person = { sub: 'subject-8' }
    expect((await wholeWay(app)).user).toBe('omar@example.sa')
  })

  it('is not known by an address that nobody has verified', async () => {
    const app = await open(true)
    for (const person of [{ email_verified: false }, {}]) {
      provider.person = { sub: 'subject-10', email: 'omar@example.sa', ...person }
      expect(await wholeWay(app)).toEqual(refused('access/not-assigned'))
    }
  })

  it('does not get into an account that lets nobody in any more', async () => {
    const app = await open(false)
    provider.person = { sub: 'subject-7' }
    await assign(member, 'subject-7')
    await changeUser(office.running.office, owner, member.id, { active: false })
    expect(await wholeWay(app)).toEqual(refused('access/not-assigned'))
    await changeUser(office.running.office, owner, member.id, { active: true })
  })

  it('has one account, and nobody but an owner gives away that of an owner', async () => {
    await assign(member, 'subject-7')
    await expect(assign(owner, 'subject-7')).rejects.toEqual(failing('access/subject-taken'))
    const admin = { ...member, role: 'admin' } as const
    const change = { oidcSubject: `${provider.issuer} subject-1` }
    await expect(changeUser(office.running.office, admin, owner.id, change)).rejects.toEqual(
      failing('access/forbidden'),
    )
  })
})

describe('an answer of the service', () => {
  let app: FastifyInstance
  beforeAll(async () => {
    app = await open(false)
  })
  beforeEach(async () => {
    provider.person = { sub: 'subject-7' }
    await assign(member, 'subject-7')
  })

  it.each([
    ['that was signed by somebody else', { otherKey: true }],
    ['for another sign-in', { nonce: 'another' }],
    ['for another program', { aud: 'another' }],
    ['of another service', { iss: 'https://evil.example' }],
    ['that has ended', { exp: 1_700_000_000 }],
  ])('%s opens nothing', async (_what, spoil) => {
    provider.spoil = spoil
    expect(await wholeWay(app)).toEqual(refused('access/service-refused'))
  })

  it('opens nothing in another browser, with another state, or a second time', async () => {
    const sent = await start(app)
    const url = await visit(sent)
    expect(await comeBack(app, url, '')).toEqual(refused('access/service-refused'))
    const other = await start(app)
    expect(await comeBack(app, url, other.cookie)).toEqual(refused('access/service-refused'))
    expect((await comeBack(app, url, sent.cookie)).user).toBe('omar@example.sa')
    expect(await comeBack(app, url, sent.cookie)).toEqual(refused('access/service-refused'))
  })

  it('that does not come leads back to the passwords', async () => {
    const { office: ports, router } = office.running
    const oidc = { issuer: 'http://127.0.0.1:1', clientId: client.id, secretFile: undefined, byEmail: false }
    const rest = { docs: false, debug: false, trustProxy: [], pages: undefined, readiness: { draining: false } }
    const lonely = await buildHttp({ office: ports, router, publicUrl, oidc, ...rest })
    apps.push(lonely)
    const answer = await lonely.inject('/api/v1/sign-in-service/start')
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/#refused=access%2Fservice-unreachable'])
  })

  it('leaves neither codes nor the secret of the client in the log', async () => {
    provider.spoil = { otherKey: true }
    const sent = await start(app)
    const url = await visit(sent)
    await comeBack(app, url, sent.cookie)
    const code = new URL(url, publicUrl).searchParams.get('code') ?? 'none'
    for (const secret of [code, client.secret, sent.cookie.split('=')[1] ?? 'none'])
      expect(office.log()).not.toContain(secret)
  })
})
