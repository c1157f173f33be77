/** How a program carries its key over HTTP: either header, from anywhere, and never a cookie. */
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApiKey } from '#core/access/api-keys.ts'
import { buildHttp } from '../../server/http.ts'
import { openTestOffice, type TestOffice } from '../api/office.ts'

let office: TestOffice
let app: FastifyInstance
let key = ''

beforeAll(async () => {
  office = await openTestOffice()
  const { office: ports, router } = office.running
  const publicUrl = 'https://khatm.example.sa'
  const readiness = { draining: false }
  app = await buildHttp({
    ...{ office: ports, router, readiness, publicUrl },
    ...{ docs: true, debug: false, trustProxy: [], pages: undefined },
  })
  key = (await createApiKey(ports, { id: 'huda', role: 'owner' }, { name: 'Ledger', role: 'issuer' })).secret
})
afterAll(async () => {
  await app.close()
  await office.close()
})

const me = async (headers: Readonly<Record<string, string>>) => {
  const answer = await app.inject({ url: '/api/v1/me', headers })
  return { status: answer.statusCode, cookie: answer.headers['set-cookie'], ...answer.json() }
}

it.each([
  ['X-API-Key', () => ({ 'x-api-key': key })],
  ['Authorization', () => ({ authorization: `Bearer ${key}` })],
  ['X-API-Key, beside a cookie of somebody else', () => ({ 'x-api-key': key, cookie: '__Host-khatm=canary' })],
  ['X-API-Key, from a page of another origin', () => ({ 'x-api-key': key, origin: 'https://ledger.example.sa' })],
  ['X-API-Key, as if from a page of ours', () => ({ 'x-api-key': key, 'x-khatm-page': '1' })],
])('is taken from %s', async (_where, headers) => {
  expect(await me(headers())).toMatchObject({ status: 200, name: 'Ledger', role: 'issuer', cookie: undefined })
})

it.each([
  ['nonsense', { 'x-api-key': 'canary' }],
  ['a key that was never given', { 'x-api-key': `khatm_${'A'.repeat(43)}` }],
  ['a wrong key beside the right one', { 'x-api-key': 'canary', authorization: 'Bearer x' }],
])('%s opens nothing', async (_what, headers) => {
  expect(await me(headers)).toMatchObject({ status: 401, error: 'access/unauthenticated' })
})

it('is one of the two ways in that the published interface names', async () => {
  const { components, security } = (await app.inject('/api/v1/openapi.json')).json()
  expect(components.securitySchemes.key).toEqual({ type: 'apiKey', in: 'header', name: 'X-API-Key' })
  expect(security).toContainEqual({ key: [] })
})

it('is never in the log', () => expect(office.log()).not.toContain(key.slice(12)))
