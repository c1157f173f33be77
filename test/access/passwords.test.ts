/** How passwords are kept: by argon2id with its parameters, and what earlier programs kept goes on opening. */
import { randomBytes, scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hashPassword, isOutdated, verifyPassword } from '#core/access/passwords.ts'
import { signIn } from '#core/access/sessions.ts'
import { setUp } from '#core/access/set-up.ts'
import { openOffice } from './office.ts'

const password = 'صحيح horse battery 9'

/** As the first programs kept it. */
const scryptHash = (typed: string): string => {
  const salt = randomBytes(16)
  const hash = scryptSync(typed.normalize('NFKC'), salt, 32, { N: 2 ** 14, r: 8, p: 1 })
  return ['scrypt', 14, 8, 1, salt.toString('base64url'), hash.toString('base64url')].join('.')
}

describe('a kept password', () => {
  test('names its algorithm and its cost, and has a salt of its own', async () => {
    const [one, other] = [await hashPassword(password), await hashPassword(password)]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(other).not.toBe(one)
    expect(isOutdated(one)).toBe(false)
  })

  // From the test vectors of the reference implementation of RFC 9106.
  test('of another program opens', async () => {
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await verifyPassword('password', reference)).toBe(true)
    expect(await verifyPassword('Password', reference)).toBe(false)
    expect(isOutdated(reference)).toBe(true)
  })

  test.each([undefined, '', 'scrypt$kept', '$argon2id$v=19$m=1,t=1,p=1$$'])('%s opens nothing', async (stored) => {
    expect(await verifyPassword('', stored)).toBe(false)
    expect(await verifyPassword(password, stored)).toBe(false)
  })

  test('of an earlier program opens, and is kept the new way from the next sign-in on', async () => {
    const office = await openOffice()
    const { user } = await setUp(office, { username: 'sara', name: 'سارة', password }, 'alone')
    const kept = async () => (await office.storage.read.userByName('sara'))?.passwordHash ?? ''
    const old = scryptHash(password)
    await office.storage.write((tx) => tx.updateUser(user.id, { passwordHash: old }))
    await expect(signIn(office, { username: 'sara', password: 'wrong' })).rejects.toThrow('access/wrong-password')
    expect(await kept()).toBe(old)
    await signIn(office, { username: 'sara', password })
    expect(isOutdated(await kept())).toBe(false)
    await signIn(office, { username: 'sara', password })
    await office.close()
  })
})
