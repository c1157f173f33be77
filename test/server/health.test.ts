/** Ready means: database, schema, keys, and no end in sight. Each of them alone takes a replica out, and none of them ends it. */
import Fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { Failure } from '#core/errors.ts'
import { healthRoutes, type Readiness } from '../../server/health.ts'
import { openTestOffice } from '../api/office.ts'

const lost = async () => {
  throw new Failure('key/locked', { reason: 'the token was pulled out' })
}
const unavailable = async () => {
  throw new Failure('storage/unavailable')
}
const newer = async () => {
  throw new Failure('storage/newer-schema')
}

test('every part that is missing makes a replica unready, and says which', async () => {
  const { running, close } = await openTestOffice()
  onTestFinished(close)
  const { office } = running
  const asked = async (change: object, readiness: Readiness = { draining: false }) => {
    const app = Fastify()
    healthRoutes(app, { ...office, ...change }, readiness)
    const [ready, live, full] = await Promise.all(
      ['/ready', '/live', '/api/v1/system/health'].map((path) => app.inject(path)),
    )
    expect([live?.statusCode, full?.statusCode]).toEqual([200, ready?.statusCode])
    const checks: Record<string, boolean> = full?.json().checks
    return Object.entries(checks).flatMap(([name, isWell]) => (isWell ? [] : [name]))
  }
  const storage = (health: () => Promise<never>) => ({ storage: { ...office.storage, health } })
  expect(await asked({})).toEqual([])
  expect(await asked(storage(unavailable))).toEqual(['storage'])
  expect(await asked(storage(newer))).toEqual(['storage'])
  expect(await asked({ keys: { ...office.keys, openSecret: lost } })).toEqual(['keys'])
  expect(await asked({}, { draining: true })).toEqual(['accepting'])
  expect(await asked({}, { draining: false, complete: false })).toEqual(['accepting'])
  // Whether ZATCA answers is never part of it.
  expect(await asked({ gateway: unavailable })).toEqual([])
})
