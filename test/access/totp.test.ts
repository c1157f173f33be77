/** The second factor: chosen by the user, confirmed by a code, asked for at every sign-in, good once, and taken away by an administrator. */
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { authenticate, signIn } from '#core/access/sessions.ts'
import { setUp } from '#core/access/set-up.ts'
import { confirmTotp, offerTotp, removeTotp } from '#core/access/totp.ts'
import { stepOf } from '#core/access/totp-code.ts'
import { addUser, resetTotp } from '#core/access/users.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { rewrapping } from '#core/keys/rewrapping.ts'
import { keyStore } from '#core/keys/store.ts'
import { rewrapAll } from '#core/workflow/rewrap.ts'
import { describeEngines, failing } from '../storage/engines.ts'
import { MINUTE, openOffice } from './office.ts'

const password = 'canary horse battery 9'

/** RFC 4226 and 6238 from their text, independent of the library. */
const codeAt = (secret: string, now: number): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

test('a code belongs to its half minute, and is taken one earlier and one later', () => {
  // The vectors of RFC 6238, appendix B, for SHA-1, in six digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  expect(stepOf(secret, '287082', 59_000)).toBe(1)
  expect(stepOf(secret, '081 804', 1_111_111_109_000)).toBe(37_037_036)
  expect(stepOf(secret, '287082', 59_000 + 30_000)).toBe(1)
  expect(stepOf(secret, '287082', 59_000 + 60_000)).toBeUndefined()
  expect(stepOf(secret, '287083', 59_000)).toBeUndefined()
  expect(stepOf(secret, '', 59_000)).toBeUndefined()
})

await describeEngines('a second factor', (engine) => {
  const opened = async () => {
    const database = await engine.createMigrated()
    const encryption = memoryEncryption()
    const office = await openOffice({ storage: await database.open(), keys: keyStore(encryption) })
    const { user, token } = await setUp(office, { username: 'sara', name: 'سارة', password }, 'alone')
    const { text: secret, uri } = await offerTotp(office, user, password)
    const code = () => codeAt(secret, office.clock.now())
    const enter = (given?: string) => signIn(office, { username: 'sara', password, code: given })
    return { office, encryption, user, token, secret, uri, code, enter }
  }

  test('counts from its first code on, and the other sessions end', async () => {
    const { office, user, token, secret, uri, code, enter } = await opened()
    expect(uri).toContain(`secret=${secret}`)
    expect(decodeURIComponent(uri)).toContain('otpauth://totp/Khatm:sara')
    const other = (await enter()).token
    await expect(confirmTotp(office, user, token, '000000')).rejects.toEqual(failing('access/wrong-code'))
    await confirmTotp(office, user, token, code())
    expect((await authenticate(office, token)).id).toBe(user.id)
    await expect(authenticate(office, other)).rejects.toEqual(failing('access/unauthenticated'))
    await expect(confirmTotp(office, user, token, code())).rejects.toEqual(failing('access/no-enrolment'))
    const kept = (await office.storage.read.userByName('sara'))?.sealedTotpSecret ?? ''
    expect(kept).not.toContain(secret)
    await office.close()
  })

  test('is asked for after the password, and no code opens the door twice', async () => {
    const { office, user, token, code, enter } = await opened()
    const first = code()
    await confirmTotp(office, user, token, first)
    await expect(enter()).rejects.toEqual(failing('access/code-needed'))
    await expect(signIn(office, { username: 'sara', password: 'wrong', code: code() })).rejects.toEqual(
      failing('access/wrong-password'),
    )
    await expect(enter(first)).rejects.toEqual(failing('access/wrong-code'))
    office.pass(30_000)
    const both = await Promise.allSettled([enter(code()), enter(code())])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    office.pass(30_000)
    expect((await enter(code())).user.id).toBe(user.id)
    await office.close()
  })

  test('that is guessed at locks the account like a password', async () => {
    const { office, user, token, code, enter } = await opened()
    await confirmTotp(office, user, token, code())
    office.pass(30_000)
    const wrong = String((Number(code()) + 1) % 1_000_000).padStart(6, '0')
    for (let guess = 1; guess <= 4; guess++) await expect(enter(wrong)).rejects.toEqual(failing('access/wrong-code'))
    await expect(enter(wrong)).rejects.toEqual(failing('access/locked'))
    await expect(enter(code())).rejects.toEqual(failing('access/locked'))
    office.pass(15 * MINUTE)
    await enter(code())
    await office.close()
  })

  test('has to be confirmed within ten minutes, with the password at its beginning and its end', async () => {
    const { office, user, token, code, enter } = await opened()
    await expect(offerTotp(office, user, 'wrong')).rejects.toEqual(failing('access/wrong-password'))
    office.pass(10 * MINUTE)
    await expect(confirmTotp(office, user, token, code())).rejects.toEqual(failing('access/no-enrolment'))
    const { text: secret } = await offerTotp(office, user, password)
    await confirmTotp(office, user, token, codeAt(secret, office.clock.now()))
    await expect(removeTotp(office, user, 'wrong')).rejects.toEqual(failing('access/wrong-password'))
    await removeTotp(office, user, password)
    await enter()
    await office.close()
  })

  test('of a lost telephone is reset by an administrator, of an owner only by an owner', async () => {
    const { office, user, token, code, enter } = await opened()
    await confirmTotp(office, user, token, code())
    const admin = await addUser(office, user, {
      username: 'omar',
      name: 'عمر',
      role: 'admin',
      password: `${password} x`,
    })
    await expect(resetTotp(office, admin, user.id)).rejects.toEqual(failing('access/forbidden'))
    await resetTotp(office, user, user.id)
    await expect(authenticate(office, token)).rejects.toEqual(failing('access/unauthenticated'))
    await enter()
    const actions = (await office.storage.read.audit(user.id)).map(({ action }) => action)
    expect(actions).toEqual(expect.arrayContaining(['access/totp-added', 'access/totp-reset']))
    await office.close()
  })

  test('goes along when the office takes another key', async () => {
    const { office, encryption, user, token, secret, code } = await opened()
    await confirmTotp(office, user, token, code())
    const next = memoryEncryption()
    expect(await rewrapAll(office, rewrapping(encryption, next), 'tester')).toMatchObject({ secrets: 1, failed: [] })
    office.pass(30_000)
    const later = { ...office, keys: keyStore(next) }
    await signIn(later, { username: 'sara', password, code: codeAt(secret, office.clock.now()) })
    await office.close()
  })
})

describe('an office whose key is gone', () => {
  test('lets nobody past the second factor', async () => {
    const office = await openOffice()
    const { user, token } = await setUp(office, { username: 'sara', name: 'سارة', password }, 'alone')
    const { text: secret } = await offerTotp(office, user, password)
    const code = () => codeAt(secret, office.clock.now())
    await confirmTotp(office, user, token, code())
    office.pass(30_000)
    const lost = { ...office, keys: keyStore(memoryEncryption()) }
    await expect(signIn(lost, { username: 'sara', password, code: code() })).rejects.toEqual(failing('key/locked'))
    await office.close()
  })
})
