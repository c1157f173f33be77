/** Keys of programs on every engine and transport: what a key opens, what it never opens, and whose name its deeds bear. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '#core/access/api-keys.ts'
import type { Client } from '#core/api/client.ts'
import { describeEngines, type RunningEngine } from '../storage/engines.ts'
import { aUser } from '../storage/records.ts'
import { companyInput } from './drafts.ts'
import { openTestOffice, type TestOffice } from './office.ts'
import { refusal } from './refusal.ts'
import { type OpenTransport, type Transport, transports } from './transports.ts'

const walk = (engine: RunningEngine, transport: Transport): void => {
  let office: TestOffice
  let opened: OpenTransport
  /** Of an administrator of the office */
  let program: Client
  let ownerId = ''

  beforeAll(async () => {
    office = await openTestOffice(await (await engine.create()).open())
    opened = await transport.open(office.running)
    const owner = { ...aUser(), role: 'owner' } as const
    ownerId = owner.id
    await office.running.office.storage.write((tx) => tx.addUser(owner))
    program = opened.client(await keyOf('Ledger', 'admin'))
  })
  afterAll(async () => {
    await opened.close()
    await office.close()
  })

  const keyOf = async (name: string, role: 'admin' | 'viewer', companies?: readonly string[]) => {
    const maker = { id: ownerId, role: 'owner' } as const
    return (await createApiKey(office.running.office, maker, { name, role, companies })).secret
  }
  const code = async (call: Promise<unknown>) => {
    const { status, body } = await refusal(call)
    return [status, body.error]
  }

  it('works with the role of its key and says who it is', async () => {
    expect(await program.access.me()).toMatchObject({ name: 'Ledger', role: 'admin', mustChangePassword: false })
    expect(await program.companies.list()).toEqual([])
    const reading = opened.client(await keyOf('Report', 'viewer'))
    expect(await reading.companies.list()).toEqual([])
    expect(await code(reading.companies.create(companyInput))).toEqual([403, 'access/forbidden'])
  })

  it('signs the audit log with the key', async () => {
    const { id } = await program.companies.create(companyInput)
    const { id: actor } = await program.access.me()
    expect(await office.running.office.storage.read.audit(id)).toMatchObject([{ action: 'company/created', actor }])
  })

  it('shows nothing of the companies that the key does not have', async () => {
    const [first] = await program.companies.list()
    const second = await program.companies.create({ ...companyInput, vatNumber: '310175397400003' })
    const limited = opened.client(await keyOf('Till', 'admin', [second.id]))
    expect((await limited.companies.list()).map(({ id }) => id)).toEqual([second.id])
    expect(await limited.units.list({ companyId: first?.id ?? '' })).toEqual([])
  })

  it.each([
    ['users.list', (client: Client) => client.users.list()],
    ['users.add', (client: Client) => client.users.add({ username: 'x', name: 'x', role: 'viewer', password: 'x' })],
    ['apiKeys.list', (client: Client) => client.apiKeys.list()],
    ['apiKeys.create', (client: Client) => client.apiKeys.create({ name: 'x', role: 'viewer' })],
    ['access.changePassword', (client: Client) => client.access.changePassword({ current: 'x', next: 'y' })],
    ['access.signOut', (client: Client) => client.access.signOut()],
  ] as const)('never opens %s: that is a matter of people', async (_name, call) => {
    expect(await code(call(program))).toEqual([403, 'access/forbidden'])
  })

  it('opens nothing from the moment it is revoked', async () => {
    const key = await keyOf('Leaked', 'viewer')
    const { storage, clock } = office.running.office
    const found = (await storage.read.apiKeys()).find(({ name }) => name === 'Leaked')
    const revokedAt = new Date(clock.now()).toISOString()
    expect(await opened.client(key).companies.list()).not.toEqual([])
    await storage.write((tx) => tx.updateApiKey(found?.id ?? '', { revokedAt }))
    expect(await code(opened.client(key).companies.list())).toEqual([401, 'access/unauthenticated'])
  })

  it('is never in a log', () => expect(office.log()).not.toMatch(/khatm_[\w-]{20}/))
}

await describeEngines('keys of programs', (engine) => {
  describe.each(transports)('over $name', (transport) => walk(engine, transport))
})
