/** Keys of programs on both engines: shown once, kept as a hash, never mightier than who made them, gone at once when revoked. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { apiKeysFor, authenticateKey, createApiKey, revokeApiKey } from '#core/access/api-keys.ts'
import { systemIds } from '#core/keys/system.ts'
import type { Storage } from '#core/ports.ts'
import { describeEngines, failing, type TestDatabase } from '../storage/engines.ts'
import { aCompany } from '../storage/records.ts'

const admin = { id: 'huda', role: 'admin', companies: undefined } as const
const minute = 60_000

await describeEngines('keys of programs', (engine) => {
  let database: TestDatabase
  let storage: Storage
  let now = 0
  beforeEach(async () => {
    database = await engine.createMigrated()
    storage = await database.open()
    now = Date.parse('2024-06-01T08:00:00.000Z')
  })
  afterEach(() => storage.close())

  const ports = () => ({ storage, ids: systemIds, clock: { now: () => now } })
  const make = (change: object = {}) => createApiKey(ports(), admin, { name: 'Till', role: 'issuer', ...change })
  const addCompany = async (vatNumber: string) => {
    const company = aCompany(vatNumber)
    await storage.write((tx) => tx.addCompany(company))
    return company.id
  }

  test('a key is recognised by its beginning and stored as a hash only', async () => {
    const { key, secret } = await make()
    expect(secret).toMatch(/^khatm_[\w-]{43}$/)
    expect(secret.startsWith(key.prefix)).toBe(true)
    const stored =
      JSON.stringify(await database.sql('SELECT * FROM api_key')) + JSON.stringify(await storage.read.audit(key.id))
    expect(stored).toContain(key.prefix)
    expect(stored).not.toContain(secret.slice(key.prefix.length))
    expect(await authenticateKey(ports(), secret)).toMatchObject({ id: key.id, role: 'issuer', companies: undefined })
    await expect(authenticateKey(ports(), `${secret}x`)).rejects.toEqual(failing('access/unauthenticated'))
  })

  test('its use is written down at most once a minute', async () => {
    const { key, secret } = await make()
    const lastUsed = async () => (await storage.read.apiKeys()).find(({ id }) => id === key.id)?.lastUsedAt
    expect(await lastUsed()).toBeUndefined()
    await authenticateKey(ports(), secret)
    const first = await lastUsed()
    expect(first).toBe(new Date(now).toISOString())
    now += minute - 1
    await authenticateKey(ports(), secret)
    expect(await lastUsed()).toBe(first)
    now += 1
    await authenticateKey(ports(), secret)
    expect(await lastUsed()).toBe(new Date(now).toISOString())
  })

  test('it opens nothing after its end, nor after it was revoked', async () => {
    const ending = await make({ expiresAt: new Date(now + minute).toISOString() })
    const lasting = await make()
    now += minute - 1
    await authenticateKey(ports(), ending.secret)
    now += 1
    await expect(authenticateKey(ports(), ending.secret)).rejects.toEqual(failing('access/unauthenticated'))
    await authenticateKey(ports(), lasting.secret)
    await revokeApiKey(ports(), admin, lasting.key.id)
    await expect(authenticateKey(ports(), lasting.secret)).rejects.toEqual(failing('access/unauthenticated'))
    const { revokedAt } = await revokeApiKey(ports(), admin, lasting.key.id)
    expect((await storage.read.audit(lasting.key.id)).map(({ action, actor }) => [action, actor])).toEqual([
      ['access/key-created', 'huda'],
      ['access/key-revoked', 'huda'],
    ])
    expect(revokedAt).toBe(new Date(now).toISOString())
    await expect(revokeApiKey(ports(), admin, 'nowhere')).rejects.toEqual(failing('access/key-not-found'))
  })

  describe('is refused', () => {
    test.each([
      ['the role of an owner', { role: 'owner' }, 'access/forbidden'],
      ['a company that does not exist', { companies: ['nowhere'] }, 'company/not-found'],
      ['no name', { name: '  ' }, 'request/invalid'],
      ['an end that has passed', { expiresAt: '2024-06-01T07:59:59Z' }, 'request/invalid'],
    ] as const)('%s', async (_what, change, code) => {
      await expect(make(change)).rejects.toEqual(failing(code))
      expect(await storage.read.apiKeys()).toEqual([])
    })

    test('a role above that of its maker', async () => {
      const accountant = { id: 'omar', role: 'accountant' } as const
      await expect(createApiKey(ports(), accountant, { name: 'Till', role: 'admin' })).rejects.toEqual(
        failing('access/forbidden'),
      )
      expect((await createApiKey(ports(), accountant, { name: 'Till', role: 'accountant' })).key.role).toBe(
        'accountant',
      )
    })
  })

  test('whoever works for some companies hands out no others, and sees no other keys', async () => {
    const [mine, other] = [await addCompany('300000000000003'), await addCompany('310000000000003')]
    const limited = { id: 'huda', role: 'admin', companies: [mine] } as const
    const all = await make()
    const foreign = await make({ companies: [mine, other] })
    await expect(createApiKey(ports(), limited, { name: 'x', role: 'issuer', companies: [other] })).rejects.toEqual(
      failing('access/forbidden'),
    )
    const own = await createApiKey(ports(), limited, { name: 'own', role: 'issuer' })
    expect(own.key.companies).toEqual([mine])
    expect((await apiKeysFor(ports(), limited)).map(({ id }) => id)).toEqual([own.key.id])
    expect(await apiKeysFor(ports(), admin)).toHaveLength(3)
    for (const { key } of [all, foreign])
      await expect(revokeApiKey(ports(), limited, key.id)).rejects.toEqual(failing('access/key-not-found'))
  })
})
