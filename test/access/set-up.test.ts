/** The first account of a server that others can reach: only for whoever holds the token, once, for a day, on every replica. */
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { giveSetUpToken, setUp } from '#core/access/set-up.ts'
import { systemIds } from '#core/keys/system.ts'
import type { Storage } from '#core/ports.ts'
import { describeEngines } from '../storage/engines.ts'
import { openOffice } from './office.ts'

const account = { username: 'sara', name: 'سارة', password: 'canary horse battery 9' }
const wrong = expect.objectContaining({ code: 'access/wrong-set-up-token' })
const day = 24 * 60 * 60_000

await describeEngines('the set-up token', (engine) => {
  let now = Date.parse('2024-06-01T08:00:00.000Z')
  const office = (storage: Storage) => ({ storage, ids: systemIds, clock: { now: () => now } })

  test('opens the first account on another replica than the one that printed it, and both tokens are gone then', async () => {
    const database = await engine.createMigrated()
    const [one, other] = [office(await database.open()), office(await database.open())]
    const tokens = [await giveSetUpToken(one), await giveSetUpToken(other)]
    await expect(setUp(one, account, { token: 'canary' })).rejects.toEqual(wrong)
    await expect(setUp(one, account, { token: '' })).rejects.toEqual(wrong)
    const { user } = await setUp(one, account, { token: tokens[1] ?? '' })
    expect(user.role).toBe('owner')
    expect(await giveSetUpToken(other)).toBeUndefined()
    await expect(setUp(other, { ...account, username: 'omar' }, { token: tokens[0] ?? '' })).rejects.toMatchObject({
      code: 'access/already-set-up',
    })
    await Promise.all([one.storage.close(), other.storage.close()])
  })

  test('ends after a day; the next start gives out another', async () => {
    const ports = office(await (await engine.createMigrated()).open())
    const token = (await giveSetUpToken(ports)) ?? ''
    now += day
    await expect(setUp(ports, account, { token })).rejects.toEqual(wrong)
    const next = (await giveSetUpToken(ports)) ?? ''
    await setUp(ports, account, { token: next })
    await ports.storage.close()
  })

  test('of an operator begins anew with each start', async () => {
    const ports = office(await (await engine.createMigrated()).open())
    await giveSetUpToken(ports, 'chosen-by-the-operator')
    now += day
    await giveSetUpToken(ports, 'chosen-by-the-operator')
    await setUp(ports, account, { token: 'chosen-by-the-operator' })
    await ports.storage.close()
  })

  test('used twice at once makes one account', async () => {
    const ports = office(await (await engine.createMigrated()).open())
    const token = (await giveSetUpToken(ports)) ?? ''
    const both = ['sara', 'omar'].map((username) => setUp(ports, { ...account, username }, { token }))
    expect((await Promise.allSettled(both)).map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await ports.storage.read.users()).toHaveLength(1)
    await ports.storage.close()
  })
})

describe('what is kept', () => {
  test('is not the token', async () => {
    const office = await openOffice()
    const token = (await giveSetUpToken(office)) ?? 'none'
    const kept = Buffer.concat([await readFile(office.file), await readFile(`${office.file}-wal`)])
    expect(kept.includes('set-up')).toBe(true)
    expect(kept.includes(token)).toBe(false)
    await office.close()
  })
})
