/** First account, lockout, sessions that end, and what the log says of it. */
import { readFile } from 'node:fs/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { authenticate, signIn, signOut } from '#core/access/sessions.ts'
import { setUp } from '#core/access/set-up.ts'
import { MINUTE, openOffice, type TestOffice } from './office.ts'

const password = 'canary horse battery 9'
const owner = { username: 'Sara', name: 'سارة', password }

let office: TestOffice
beforeEach(async () => {
  office = await openOffice()
  return () => office.close()
})

const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  const thrown: unknown = await work.then(
    () => 'nothing',
    (failure: unknown) => failure,
  )
  return thrown instanceof Error && 'code' in thrown ? thrown.code : thrown
}
const tryPassword = (typed: string, username = 'sara') => codeOf(signIn(office, { username, password: typed }))

describe('first account', () => {
  test('is an owner, signed in at once, and the only one that sets itself up', async () => {
    const { user, token } = await setUp(office, owner, 'alone')
    expect(user).toMatchObject({ username: 'sara', name: 'سارة', role: 'owner' })
    expect((await authenticate(office, token)).id).toBe(user.id)
    expect(await codeOf(setUp(office, { ...owner, username: 'omar' }, 'alone'))).toBe('access/already-set-up')
    expect(await office.storage.read.users()).toHaveLength(1)
  })

  test('two at once make one', async () => {
    const codes = await Promise.all(
      ['sara', 'omar'].map((username) => codeOf(setUp(office, { ...owner, username }, 'alone'))),
    )
    expect(codes.sort()).toEqual(['access/already-set-up', 'nothing'])
  })

  test('nobody is there before: no account, no default password', async () => {
    expect(await office.storage.read.users()).toEqual([])
    expect(await tryPassword('admin', 'admin')).toBe('access/wrong-password')
  })

  test.each([
    ['123456789', 'too-short'],
    ['Password1234', 'too-common'],
    ['aaaaaaaaaaaa', 'too-common'],
    ['the sara key', 'contains-name'],
    ['x1y2'.repeat(80), 'too-long'],
  ])('the password %s is %s', async (weak, problem) => {
    await expect(setUp(office, { ...owner, password: weak }, 'alone')).rejects.toMatchObject({
      code: 'access/weak-password',
      details: { problem },
    })
    expect(await office.storage.read.users()).toEqual([])
  })

  test('needs a name to be known by', async () => {
    const nameless = setUp(office, { username: ' ', name: '', password }, 'alone')
    await expect(nameless).rejects.toMatchObject({
      code: 'request/invalid',
      details: {
        findings: [
          { path: 'username', code: 'username-format' },
          { path: 'name', code: 'missing' },
        ],
      },
    })
  })
})

describe('sign-in', () => {
  beforeEach(async () => {
    await setUp(office, owner, 'alone')
  })

  test('asks for the right password, whatever the case of the name', async () => {
    expect(await tryPassword(password, ' SARA ')).toBe('nothing')
    expect(await tryPassword(`${password} `)).toBe('access/wrong-password')
    expect(await tryPassword(password, 'nobody')).toBe('access/wrong-password')
  })

  test('locks for 15 minutes at the fifth failure, then twice as long, and a success starts anew', async () => {
    for (let failure = 1; failure <= 4; failure++) expect(await tryPassword('wrong')).toBe('access/wrong-password')
    expect(await tryPassword('wrong')).toBe('access/locked')
    expect(await tryPassword(password)).toBe('access/locked')
    office.pass(15 * MINUTE)
    expect(await tryPassword('wrong')).toBe('access/locked')
    office.pass(29 * MINUTE)
    expect(await tryPassword(password)).toBe('access/locked')
    office.pass(MINUTE)
    expect(await tryPassword(password)).toBe('nothing')
    expect(await tryPassword('wrong')).toBe('access/wrong-password')
  })

  test('a crowd that guesses at once is not let in after the lock', async () => {
    const codes = await Promise.all([...Array.from({ length: 5 }, () => tryPassword('wrong')), tryPassword(password)])
    expect(codes.filter((code) => code === 'access/locked').length).toBeGreaterThanOrEqual(1)
    expect(codes.at(-1)).toBe('access/locked')
  })

  test('takes as long for a name that nobody has', async () => {
    const timed = async (username: string): Promise<number> => {
      const start = performance.now()
      await tryPassword('wrong', username)
      return performance.now() - start
    }
    const known = Math.min(await timed('sara'), await timed('sara'))
    const unknown = Math.min(await timed('nobody'), await timed('nobody'))
    expect(unknown).toBeGreaterThan(known / 2)
  })
})

describe('session', () => {
  test('ends half an hour after its last use', async () => {
    const { token } = await setUp(office, owner, 'alone')
    for (let use = 0; use < 3; use++) {
      office.pass(29 * MINUTE)
      await authenticate(office, token)
    }
    office.pass(30 * MINUTE)
    expect(await codeOf(authenticate(office, token))).toBe('access/unauthenticated')
  })

  test('ends twelve hours after it began, however busy', async () => {
    const { token, expiresAt } = await setUp(office, owner, 'alone')
    expect(Date.parse(expiresAt)).toBe(office.clock.now() + 12 * 60 * MINUTE)
    for (let quarter = 1; quarter < 48; quarter++) {
      office.pass(15 * MINUTE)
      await authenticate(office, token)
    }
    office.pass(15 * MINUTE)
    expect(await codeOf(authenticate(office, token))).toBe('access/unauthenticated')
  })

  test('ends with sign-out; nobody comes in without a token or with a made-up one', async () => {
    const { token } = await setUp(office, owner, 'alone')
    await signOut(office, token)
    await signOut(office, token)
    for (const carried of [token, undefined, '', 'made-up'])
      expect(await codeOf(authenticate(office, carried))).toBe('access/unauthenticated')
  })
})

describe('what is kept', () => {
  test('every coming and going is in the audit log', async () => {
    const { user, token } = await setUp(office, owner, 'alone')
    await tryPassword('wrong')
    await tryPassword(password)
    await signOut(office, token)
    const actions = (await office.storage.read.audit(user.id)).map(({ action }) => action)
    expect(actions).toEqual(['access/set-up', 'access/refused', 'access/signed-in', 'access/signed-out'])
  })

  test('no password and no token is in the database, in clear or as typed into the wrong field', async () => {
    const { token } = await setUp(office, owner, 'alone')
    const typed = 'canary typed as a name'
    await tryPassword('canary wrong password', typed)
    const kept = Buffer.concat([await readFile(office.file), await readFile(`${office.file}-wal`)])
    expect(kept.includes('سارة')).toBe(true)
    for (const secret of [password, token, typed, 'canary wrong password']) expect(kept.includes(secret)).toBe(false)
  })
})
