/** What the regulation prohibits a solution to have, looked for at every door: operations, routes, commands, keys and clock. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { authenticate, signIn, signOut } from '#core/access/sessions.ts'
import { setUp } from '#core/access/set-up.ts'
import { dispatch } from '#core/api/dispatch.ts'
import { parsePrivateKey } from '#core/ecdsa.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { publishedTestKey } from '#core/keys/published-test-key.ts'
import { keyStore } from '#core/keys/store.ts'
import type { Unit } from '#core/ports.ts'
import { auditClockStep, watchClock } from '#core/workflow/clock-guard.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { commands } from '../../cli/commands.ts'
import { buildHttp } from '../../server/http.ts'
import { openOffice as openAccess } from '../access/office.ts'
import { openTestOffice } from '../api/office.ts'
import { failureOf } from '../workflow/failing.ts'
import { draft, openOffice, type TestOffice } from '../workflow/office.ts'
import { operations } from './operations.ts'

const password = 'correct horse battery staple'

/** The keys that the key store made in this file. */
const made: Uint8Array[] = []
vi.mock('#core/ecdsa.ts', async (original) => {
  const real = await original<typeof import('#core/ecdsa.ts')>()
  const generatePrivateKey = (): Uint8Array => {
    const key = real.generatePrivateKey()
    made.push(Uint8Array.from(key))
    return key
  }
  return { ...real, generatePrivateKey }
})

describe('anonymous use', () => {
  /** They say whether the program runs and needs its first account, and let somebody in: nothing of any client. */
  const open = ['system.health', 'system.condition', 'system.info', 'access.setUp', 'access.signIn']
  const guarded = operations.filter(({ name }) => !open.includes(name))
  let office: Awaited<ReturnType<typeof openTestOffice>>
  let app: Awaited<ReturnType<typeof buildHttp>>
  let origin = ''

  beforeAll(async () => {
    office = await openTestOffice()
    const { office: inner, router } = office.running
    const readiness = { draining: false }
    const settings = { publicUrl: undefined, docs: false, debug: false, trustProxy: [], pages: undefined }
    app = await buildHttp({ office: inner, router, readiness, ...settings })
    origin = await app.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(async () => {
    await app.close()
    await office.close()
  })

  it.each(guarded)('$name does nothing for a stranger', async ({ path, method, address }) => {
    const input = {}
    for (const token of [undefined, '', 'canary-guessed-token']) {
      const context = { token, requestId: 'request-1' }
      const outcome = await dispatch(office.running.router, { path, input, context })
      expect(outcome).toMatchObject({ ok: false, status: 401, error: { error: 'access/unauthenticated' } })
    }
    const body = method === 'GET' ? null : '{}'
    const answer = await fetch(`${origin}${address}`, { method, body })
    expect([answer.status, await answer.json()]).toMatchObject([401, { error: 'access/unauthenticated' }])
  })

  it.each(open)('%s tells a stranger nothing of a client', (name) => {
    const given = operations.find((operation) => operation.name === name)?.gives ?? ['no such operation']
    expect(
      given.filter((property) => /company|unit|document|vat|number|amount|buyer|draft|csid/i.test(property)),
    ).toEqual([])
  })

  it('no address beside the operations serves anything but signs of life', () => {
    const lines = app.printRoutes({ commonPrefix: false }).trim().split('\n')
    const served = lines.map((line) => /[/*]\S*/.exec(line)?.[0])
    // The two that take a password have a small body; the last one leads to the other operations and, for everything else, to the built
    // pages or to nothing.
    const open = ['/api/v1/sessions', '/api/v1/setup']
    expect(served.filter((path) => !path?.endsWith('/health'))).toEqual(['/live', '/ready', ...open, '*'])
  })

  const elsewhere = ['/metrics', '/control/otp', '/api/v1/keys', '/api/v1/openapi.json', '/khatm.sqlite', '/archive/']
  it.each(elsewhere)('%s is nothing', async (address) => {
    const answer = await fetch(`${origin}${address}`)
    expect([answer.status, await answer.json()]).toMatchObject([404, { error: 'request/not-found' }])
  })
})

describe('a default password', () => {
  it('does not exist: nobody can come in before the first account was made', async () => {
    const office = await openAccess()
    expect(await office.storage.read.users()).toEqual([])
    for (const word of ['admin', 'khatm', 'root', 'owner', ''])
      expect((await failureOf(signIn(office, { username: word, password: word }))).code).toBe('access/wrong-password')
    await office.close()
  }, 60_000)

  it.each(['admin', '12345678', 'password', 'khatm1234', 'noura12345'])(
    '%s is not accepted as a first one',
    async (weak) => {
      const office = await openAccess()
      const account = { username: 'noura12345', name: 'نورة', password: weak }
      expect((await failureOf(setUp(office, account, 'alone'))).code).toBe('access/weak-password')
      expect(await office.storage.read.users()).toEqual([])
      await office.close()
    },
  )
})

describe('use without a session', () => {
  it('is impossible: a session ends by leaving, by half an hour of rest, and after twelve hours at the latest', async () => {
    const office = await openAccess()
    const over = async (token: string) => (await failureOf(authenticate(office, token))).code
    const { token: left } = await setUp(office, { username: 'noura', name: 'نورة', password }, 'alone')
    await signOut(office, left)
    expect(await over(left)).toBe('access/unauthenticated')
    const { token: idle } = await signIn(office, { username: 'noura', password })
    office.pass(30 * 60_000)
    expect(await over(idle)).toBe('access/unauthenticated')
    const { token: long } = await signIn(office, { username: 'noura', password })
    for (let quarter = 0; quarter < 47; quarter++) {
      office.pass(15 * 60_000)
      await authenticate(office, long)
    }
    office.pass(15 * 60_000)
    expect(await over(long)).toBe('access/unauthenticated')
    await office.close()
  }, 30_000)
})

describe('export of a private key', () => {
  const suspicious = /private|secret|envelope|sealed(?!At$)|passphrase|pem$|pkcs|(?:^|signing|unit)key$/i

  it.each(operations)('$name gives none away, sealed or open', ({ gives }) => {
    expect(gives.filter((name) => suspicious.test(name))).toEqual([])
  })

  it('is no command: what reads or writes keys is known by name', () => {
    const about = Object.entries(commands).filter(([, command]) => /key|مفت/i.test(JSON.stringify(command)))
    // seal and csr work on a key file that the caller brings or makes; keys counts, wraps anew, and makes a key inside a token.
    const known = ['seal', 'csr', 'keys', 'backup', 'restore', 'move']
    expect(about.map(([name]) => name).filter((name) => !known.includes(name))).toEqual([])
    expect(commands.keys.operands.split('|')).toEqual(['status', 'rewrap', 'create'])
  })

  it('is no method of the key store: nothing that it returns or throws contains a key', async () => {
    const store = keyStore(memoryEncryption())
    const [own, other] = ['company/unit/key', 'company/other/key']
    const digest = createHash('sha256').update('document').digest()
    const results: unknown[] = [Object.keys(store)]
    const keep = async (result: unknown): Promise<unknown> => {
      const settled = await Promise.resolve(result).catch((thrown) => [String(thrown), thrown])
      results.push(settled)
      return settled
    }
    const generated = await store.generate(own)
    const adopted = await store.adoptTestKey(own)
    results.push(generated, adopted)
    for (const { envelope, publicKey } of [generated, adopted]) {
      const signer = await store.signer(envelope, own, certificateFor(publicKey))
      results.push(signer, await signer.sign([digest]))
      for (const binding of [own, other]) {
        await keep(store.publicKey(envelope, binding))
        await keep(store.signDigest(envelope, binding, digest))
        await keep(store.openSecret(envelope, binding))
        await keep(store.signer(envelope, binding, certificateFor(digest)))
      }
    }
    const keys = [...made, parsePrivateKey(publishedTestKey)]
    expect(keys).toHaveLength(2)
    const text = flattened(results)
    for (const key of keys) for (const spelling of spellings(key)) expect(text).not.toContain(spelling)
    expect(text).toContain(spellings(digestOf(generated.publicKey))[0] ?? 'none')
  })

  /** Proof that the search would find it: a digest of the public key is put among what is searched. */
  const digestOf = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
  const flattened = (values: readonly unknown[]): string => {
    const bytes: Uint8Array[] = []
    const json = JSON.stringify(values, (_key, value: unknown) => {
      if (value instanceof Uint8Array) bytes.push(value)
      if (value instanceof Error) return { ...value, message: value.message, stack: value.stack, cause: value.cause }
      return value instanceof Uint8Array ? spellings(value) : value
    })
    const probes = bytes.flatMap((value) => spellings(digestOf(value)))
    return [json, ...probes].join('\n')
  }
  const spellings = (bytes: Uint8Array): readonly string[] => {
    const buffer = Buffer.from(bytes)
    return [buffer.toString('hex'), buffer.toString('base64').replace(/=+$/, ''), buffer.toString('base64url')]
  }
  const certificateFor = (publicKey: Uint8Array): Parameters<ReturnType<typeof keyStore>['signer']>[2] => ({
    der: new Uint8Array(),
    text: '',
    digest: '',
    subject: '',
    issuer: '',
    serial: '1',
    notBefore: '',
    notAfter: '',
    publicKey,
    caSignature: new Uint8Array(),
  })
})

describe('setting the time', () => {
  let office: TestOffice
  let unit: Unit
  beforeAll(async () => {
    office = await openOffice()
    unit = await office.readyUnit()
  })
  afterAll(() => office.close())
  const request = (change: object = {}) => {
    const wanted = { ...draft({ profile: 'simplified' }), ...change }
    return { unitId: unit.id, draft: wanted, idempotencyKey: `key-${wanted.number}`, actor: 'tester' }
  }
  const head = async () => (await office.ports.storage.read.activeChain(unit.id))?.lastIcv

  it.each(operations)('$name takes no time of sealing or signing, no counter and no link', ({ takes }) => {
    const forbidden = /sealed|signing_?time|signed_?at|^icv$|^pih$|counter|last_?hash|last_?icv|clock$|^now$/i
    expect(takes.filter((name) => forbidden.test(name))).toEqual([])
  })

  it('sealed_at is the machine clock of the moment, whatever a caller adds', async () => {
    const before = Date.now()
    const { sealedAt } = await issueDocument(office.ports, request({ sealedAt: '2020-01-01T00:00:00.000Z', icv: 7 }))
    expect(Date.parse(sealedAt)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(sealedAt)).toBeLessThanOrEqual(Date.now())
  })

  it('a clock that was set back issues nothing and takes no number', async () => {
    office.clock.shift = 7_200_000
    await issueDocument(office.ports, request())
    const counter = await head()
    office.clock.shift = 3_600_000
    expect((await failureOf(issueDocument(office.ports, request()))).code).toBe('clock/stepped-back')
    office.clock.shift = 0
    expect(await head()).toBe(counter)
  })

  it('a clock that was set is written down, forward and backward', async () => {
    for (const shift of [3_600_000, -3_600_000]) {
      let running = 0
      const clock = { now: () => Date.now() + running }
      const clockWatch = watchClock(clock, () => performance.now())
      running = shift
      await auditClockStep({ ...office.ports, clockWatch })
    }
    const entries = await office.ports.storage.read.audit('clock')
    expect(entries.map(({ action, details }) => [action, details['seconds']])).toEqual([
      ['clock/stepped', 3600],
      ['clock/stepped', -3600],
    ])
  })
})
