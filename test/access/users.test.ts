/** The people of the office: added by an administrator, with a password that is theirs only after they changed it. */
import { beforeEach, describe, expect, test } from 'vitest'
import { authenticate, signIn } from '#core/access/sessions.ts'
import { setUp } from '#core/access/set-up.ts'
import { addUser, changePassword, changeUser, resetPassword } from '#core/access/users.ts'
import type { User } from '#core/ports.ts'
import { failing } from '../storage/engines.ts'
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
