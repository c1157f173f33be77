/** The people of the office: added by an administrator, with a password that is theirs only after they changed it. */
import { beforeEach, describe, expect, test } from 'vitest'
import { authenticate, signIn } from '#core/access/sessions.ts'
import { setUp } from '#core/access/set-up.ts'
import { addUser, changePassword, changeUser, resetPassword } from '#core/access/users.ts'
import type { User } from '#core/ports.ts'
import { failing } from '../storage/engines.ts'
import { aCompany } from '../storage/records.ts'
import { openOffice, type TestOffice } from './office.ts'

const password = 'canary horse battery 9'
const first = 'first of many passwords 7'
const next = 'another of many passwords 8'

let office: TestOffice
let owner: User
beforeEach(async () => {
  office = await openOffice()
  owner = (await setUp(office, { username: 'sara', name: 'سارة', password }, 'alone')).user
  return () => office.close()
})

const omar = (role: User['role'] = 'accountant') =>
  addUser(office, owner, { username: ' Omar ', name: 'عمر', role, password: first })

describe('a new user', () => {
  test('signs in with the password that was handed over, and is told to change it', async () => {
    await omar()
    expect((await signIn(office, { username: 'omar', password: first })).user.mustChangePassword).toBe(true)
  })

  test('has a name of its own and a good password', async () => {
    await omar()
    await expect(omar()).rejects.toEqual(failing('access/duplicate-user'))
    const weak = { username: 'huda', name: 'هدى', role: 'viewer', password: 'short' } as const
    await expect(addUser(office, owner, weak)).rejects.toEqual(failing('access/weak-password'))
  })

  test('is an owner only when an owner says so', async () => {
    const admin = await omar('admin')
    const other = { username: 'huda', name: 'هدى', role: 'owner', password: first } as const
    await expect(addUser(office, admin, other)).rejects.toEqual(failing('access/forbidden'))
    await expect(changeUser(office, admin, admin.id, { role: 'owner' })).rejects.toEqual(failing('access/forbidden'))
    await expect(resetPassword(office, admin, owner.id, next)).rejects.toEqual(failing('access/forbidden'))
    expect((await addUser(office, owner, other)).role).toBe('owner')
  })
})

describe('a password', () => {
  test('is changed by its owner: this session goes on, the others end', async () => {
    await omar()
    const [here, there] = [
      await signIn(office, { username: 'omar', password: first }),
      await signIn(office, { username: 'omar', password: first }),
    ]
    await changePassword(office, here.user, here.token, { current: first, next })
    expect((await authenticate(office, here.token)).mustChangePassword).toBe(false)
    await expect(authenticate(office, there.token)).rejects.toEqual(failing('access/unauthenticated'))
    await expect(signIn(office, { username: 'omar', password: first })).rejects.toEqual(
      failing('access/wrong-password'),
    )
  })

  test('is not changed without the old one, nor into itself', async () => {
    const { user, token } = await signIn(office, { username: 'sara', password })
    const wrong = changePassword(office, user, token, { current: 'guessed', next })
    await expect(wrong).rejects.toEqual(failing('access/wrong-password'))
    const same = changePassword(office, user, token, { current: password, next: password })
    await expect(same).rejects.toEqual(failing('access/same-password'))
  })

  test('that was forgotten is reset: sessions end, the lock is lifted, and it has to be changed', async () => {
    const user = await omar()
    const { token } = await signIn(office, { username: 'omar', password: first })
    for (let tries = 0; tries < 5; tries++)
      await signIn(office, { username: 'omar', password: 'guess' }).catch(() => undefined)
    await expect(signIn(office, { username: 'omar', password: first })).rejects.toEqual(failing('access/locked'))
    await resetPassword(office, owner, user.id, next)
    await expect(authenticate(office, token)).rejects.toEqual(failing('access/unauthenticated'))
    expect((await signIn(office, { username: 'omar', password: next })).user.mustChangePassword).toBe(true)
  })
})

describe('leaving', () => {
  test('ends every session, and the name opens nothing, as if there were none', async () => {
    const user = await omar()
    const { token } = await signIn(office, { username: 'omar', password: first })
    await changeUser(office, owner, user.id, { active: false })
    await expect(authenticate(office, token)).rejects.toEqual(failing('access/unauthenticated'))
    await expect(signIn(office, { username: 'omar', password: first })).rejects.toEqual(
      failing('access/wrong-password'),
    )
    await changeUser(office, owner, user.id, { active: true })
    expect((await signIn(office, { username: 'omar', password: first })).user.id).toBe(user.id)
  })

  test('never leaves the office without an owner', async () => {
    for (const change of [{ active: false }, { role: 'admin' }] as const) {
      await expect(changeUser(office, owner, owner.id, change)).rejects.toEqual(failing('access/last-owner'))
    }
    const second = await omar('owner')
    expect((await changeUser(office, second, owner.id, { role: 'admin' })).role).toBe('admin')
  })
})

describe('companies', () => {
  const company = async (vatNumber: string) => {
    const added = aCompany(vatNumber)
    await office.storage.write((tx) => tx.addCompany(added))
    return added.id
  }
  let [ours, theirs] = ['', '']
  beforeEach(async () => {
    ours = await company('300000000000003')
    theirs = await company('311111111111113')
  })
  const huda = { username: 'huda', name: 'هدى', role: 'accountant', password: first } as const

  test('are all of them, or those that were assigned, from the next request on', async () => {
    const all = await addUser(office, owner, huda)
    expect(all.companies).toBeUndefined()
    expect((await changeUser(office, owner, all.id, { companies: [ours, ours] })).companies).toEqual([ours])
    const { token } = await signIn(office, { username: 'huda', password: first })
    expect((await authenticate(office, token)).companies).toEqual([ours])
    await changeUser(office, owner, all.id, { name: 'هدى' })
    expect((await authenticate(office, token)).companies).toEqual([ours])
    await changeUser(office, owner, all.id, { companies: 'all' })
    expect((await authenticate(office, token)).companies).toBeUndefined()
    const said = (await office.storage.read.audit(all.id)).map(({ details }) => details['companies'])
    expect(said).toEqual(['all', [ours], undefined, [ours], 'all'])
  })

  test('have to be there', async () => {
    await expect(addUser(office, owner, { ...huda, companies: ['nowhere'] })).rejects.toEqual(
      failing('company/not-found'),
    )
    const added = await addUser(office, owner, { ...huda, companies: [] })
    expect(added.companies).toEqual([])
    await expect(changeUser(office, owner, added.id, { companies: ['nowhere'] })).rejects.toEqual(
      failing('company/not-found'),
    )
  })

  test('are given by nobody who does not have them', async () => {
    const admin = await addUser(office, owner, {
      username: 'omar',
      name: 'عمر',
      role: 'admin',
      password: first,
      companies: [ours],
    })
    expect((await addUser(office, admin, huda)).companies).toEqual([ours])
    const more = [
      () => addUser(office, admin, { ...huda, username: 'nora', companies: 'all' }),
      () => addUser(office, admin, { ...huda, username: 'nora', companies: [theirs] }),
      () => changeUser(office, admin, admin.id, { companies: 'all' }),
      () => changeUser(office, admin, admin.id, { companies: [ours, theirs] }),
    ]
    for (const attempt of more) await expect(attempt()).rejects.toEqual(failing('access/forbidden'))
    const other = await addUser(office, owner, { ...huda, username: 'nora', companies: [theirs] })
    await expect(changeUser(office, admin, other.id, { active: false })).rejects.toEqual(failing('access/forbidden'))
    await expect(resetPassword(office, admin, other.id, next)).rejects.toEqual(failing('access/forbidden'))
  })

  test('one owner keeps all of them', async () => {
    await expect(changeUser(office, owner, owner.id, { companies: [ours] })).rejects.toEqual(
      failing('access/last-owner'),
    )
  })
})
