/**
 * Secrets and personal data are planted along the real way of an office, with every failure on it, and then looked for: in the log at
 * its most talkative, in every refusal of every door, in the stored answers of the gateway, in backups, and in every file.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { giveSetUpToken } from '#core/access/set-up.ts'
import { type Call, type Client, ClientFailure, createClient, httpCall } from '#core/api/client.ts'
import { dispatch } from '#core/api/dispatch.ts'
import { runBackup } from '#core/backup/backup.ts'
import { createOffice, type RunningOffice } from '#core/compose.ts'
import { passphraseEncryption } from '#core/keys/providers.ts'
import { backupEncryption, rewrapping } from '#core/keys/rewrapping.ts'
import { keyStore } from '#core/keys/store.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { jsonLog } from '#core/system/log.ts'
import { openCredentials } from '#core/workflow/signing.ts'
import { buildHttp } from '../../server/http.ts'
import { companyInput, simplifiedSale, standardSale, unitInput } from '../api/drafts.ts'
import { type ChattyGateway, startChattyGateway } from './chatty-gateway.ts'

/** The private keys that were made. */
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

const planted = {
  password: 'canary-password-7f3a91',
  wrongPassword: 'canary-wrong-password-20b4',
  passphrase: 'canary passphrase of the office 55c1',
  badOtp: 'canary-otp-x',
  buyerName: 'شركة كناري للتجارة',
  phone: '0555123987',
} as const

interface Door {
  readonly name: string
  /** Addresses as typed may stand in its log, so nothing personal is put into one */
  readonly showsAddresses: boolean
  open(running: RunningOffice): Promise<{ call(token?: string): Call; close(): Promise<void> }>
}

const httpDoor = (debug: boolean): Door => ({
  name: debug ? 'HTTP while debugging' : 'HTTP',
  showsAddresses: debug,
  open: async ({ office, router }) => {
    const options = { publicUrl: undefined, docs: true, debug, trustProxy: [], pages: undefined }
    const app = await buildHttp({ office, router, readiness: { draining: false }, ...options })
    const origin = await app.listen({ host: '127.0.0.1', port: 0 })
    return { call: (token) => httpCall(origin, { token }), close: () => app.close() }
  },
})

const ipcDoor: Door = {
  name: 'IPC',
  showsAddresses: false,
  open: async ({ router }) => ({
    call: (token) => (path, input) => dispatch(router, { path, input, context: { token, requestId: 'ipc-request-1' } }),
    close: async () => undefined,
  }),
}

describe.each([ipcDoor, httpDoor(false), httpDoor(true)])('over $name', { timeout: 120_000 }, (door) => {
  let folder = ''
  let gateway: ChattyGateway
  let office: RunningOffice
  let nobody: Client
  let owner: Client
  const logged: string[] = []
  const refusals: string[] = []
  const stored: string[] = []
  /** Strings that nobody may find anywhere, by what they are */
  const secrets = new Map<string, string>(
    Object.entries(planted).filter(([name]) => !['buyerName', 'phone'].includes(name)),
  )

  const recording =
    (call: Call): Call =>
    async (path, input) => {
      const outcome = await call(path, input)
      if (!outcome.ok) refusals.push(JSON.stringify(outcome))
      return outcome
    }
  /** The call has to fail, or its refusal was not searched. */
  const failing = async (call: Promise<unknown>): Promise<string> => {
    const thrown: unknown = await call.then(
      () => 'succeeded',
      (failure: unknown) => failure,
    )
    if (thrown instanceof ClientFailure) return thrown.body.error
    throw new Error(`expected a refusal: ${String(thrown)}`)
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'khatm-canaries-'))
    gateway = await startChattyGateway()
    const encryption = await passphraseEncryption(join(folder, 'passphrase.salt'), planted.passphrase)
    office = await createOffice({
      shell: 'server',
      keys: keyStore(encryption),
      storage: await databaseAt(join(folder, 'khatm.sqlite')).open({ exclusive: true }),
      archive: join(folder, 'archive'),
      environments: ['PRACTICE'],
      practice: gateway,
      log: jsonLog({ destination: { write: (line) => void logged.push(line) } }),
    })
    const opened = await door.open(office)
    nobody = createClient(recording(opened.call()))
    await comeIn((token) => createClient(recording(opened.call(token))))
    const unitId = await onboardUnit()
    const companyId = (await owner.companies.list())[0]?.id ?? ''
    await sell(companyId, unitId)
    await backUp(encryption)
    await breakDatabase(companyId)
    await opened.close()
  }, 120_000)

  afterAll(async () => {
    await office.close().catch(() => undefined)
    await gateway.close()
    await rm(folder, { recursive: true, force: true })
  })

  const comeIn = async (clientOf: (token?: string) => Client): Promise<void> => {
    const token = (await giveSetUpToken(office.office)) ?? 'no token'
    secrets.set('set-up token', token)
    const account = { username: 'noura', name: 'نورة', password: planted.password, token }
    const session = await nobody.access.setUp(account)
    secrets.set('session token', session.token ?? 'no token')
    owner = clientOf(session.token)
    const wrong = { username: 'noura', password: planted.wrongPassword }
    expect(await failing(nobody.access.signIn(wrong))).toBe('access/wrong-password')
    // The password typed into the wrong field, and a form that sends rubbish.
    expect(await failing(nobody.access.signIn({ username: planted.password, password: 'x' }))).toBe(
      'access/wrong-password',
    )
    const rubbish: object = { ...wrong, surprise: planted.password, username: [planted.password] }
    expect(await failing(Reflect.apply(nobody.access.signIn, undefined, [rubbish]))).toBe('request/invalid')
    const again = { current: planted.wrongPassword, next: planted.password }
    await failing(owner.access.changePassword(again))
  }

  const onboardUnit = async (): Promise<string> => {
    await failing(owner.companies.create({ ...companyInput, name: planted.buyerName, vatNumber: planted.phone }))
    const { id: companyId } = await owner.companies.create(companyInput)
    const { id: unitId } = await owner.units.create({ ...unitInput, companyId })
    const request = (otp: string) => owner.onboardings.requestCsid({ unitId, otp })
    expect(await failing(request(planted.badOtp))).toBe('onboarding/otp-format')
    secrets.set('wrong OTP', '913572')
    expect(await failing(request('913572'))).toBe('onboarding/otp-refused')
    const { otp } = await owner.onboardings.rehearsalOtp({ unitId })
    secrets.set('OTP', otp)
    for (const mood of ['gone', 'repeat', 'refuse', 'cut'] as const) {
      gateway.mood = mood
      await failing(request(otp))
    }
    gateway.mood = 'pass'
    const { otp: second } = await owner.onboardings.rehearsalOtp({ unitId })
    secrets.set('second OTP', second)
    let state = await request(second)
    while (state.next === 'check') {
      for (const mood of ['repeat', 'refuse', 'gone'] as const) {
        gateway.mood = mood
        await failing(owner.onboardings.check({ unitId }))
      }
      gateway.mood = 'pass'
      state = await owner.onboardings.check({ unitId })
    }
    gateway.mood = 'repeat'
    await failing(owner.onboardings.activate({ unitId }))
    gateway.mood = 'pass'
    expect((await owner.onboardings.activate({ unitId })).next).toBe('done')
    await learnCredentials(unitId)
    return unitId
  }

  const learnCredentials = async (unitId: string): Promise<void> => {
    const { storage } = office.office
    const unit = await storage.read.unit(unitId)
    const csids = await storage.read.csids(unitId)
    if (unit === undefined || csids.length < 2) throw new Error('the unit has no certificates')
    for (const csid of csids) {
      const { token, secret } = await openCredentials(office.office, unit, csid)
      secrets.set(`${csid.purpose} secret`, secret)
      secrets.set(`${csid.purpose} sign-in`, Buffer.from(`${token}:${secret}`).toString('base64'))
    }
  }

  const sell = async (companyId: string, unitId: string): Promise<void> => {
    const buyer = { ...standardSale.buyer, name: planted.buyerName }
    const sale = { ...standardSale, buyer, note: `هاتف ${planted.phone}` }
    const personal = { ...sale, buyer: { ...buyer, vatNumber: planted.phone } }
    expect(await failing(owner.invoices.issue({ unitId, draft: personal, idempotencyKey: 'key-refused' }))).toBe(
      'document/invalid',
    )
    for (const [index, mood] of (['pass', 'repeat', 'gone', 'cut', 'refuse'] as const).entries()) {
      gateway.mood = mood
      const drafts = [sale, { ...simplifiedSale, buyer: { name: planted.buyerName } }]
      for (const [kind, draft] of drafts.entries()) {
        const number = `${mood}-${kind}`
        const idempotencyKey = `key-${index}-${kind}-0001`
        const { id } = await owner.invoices.issue({ unitId, draft: { ...draft, number }, idempotencyKey })
        stored.push(...(await office.office.storage.read.attempts(id)).map(({ response = '' }) => response))
        stored.push(JSON.stringify(await owner.invoices.evidence({ id })))
      }
    }
    await failing(owner.invoices.get({ id: 'unknown' }))
    if (!door.showsAddresses) await owner.invoices.list({ companyId, search: planted.buyerName })
  }

  const backUp = async (encryption: Parameters<typeof rewrapping>[0]): Promise<void> => {
    const key = { kind: 'key-file', key: randomBytes(32) } as const
    const run = await runBackup(office.office, {
      file: join(folder, 'office.khb'),
      openKey: async () => key,
      program: 'test',
      actor: 'owner',
      scratch: join(folder, 'scratch'),
      databaseAt,
      rewrapBy: (wrappingKey: Uint8Array) => rewrapping(encryption, backupEncryption(wrappingKey)),
    })
    expect(run).toMatchObject({ verified: true })
  }

  /** Tables vanish under the running office. */
  const breakDatabase = async (companyId: string): Promise<void> => {
    const connection = new Database(join(folder, 'khatm.sqlite'), { timeout: 30_000 })
    connection.exec('DROP TABLE draft')
    const lost = { companyId, id: 'draft-1', draft: { buyer: { name: planted.buyerName, phone: planted.phone } } }
    await failing(owner.drafts.save(lost))
    connection.exec('DROP TABLE session')
    await failing(nobody.access.signIn({ username: 'noura', password: planted.password }))
    await failing(owner.companies.list())
    connection.close()
  }

  /** A one-time password is six digits: it counts only where it stands alone. */
  const found = (text: string): readonly string[] =>
    [...secrets]
      .filter(([name, secret]) =>
        /OTP$/.test(name) ? new RegExp(`(?<!\\w)${secret}(?!\\w)`).test(text) : text.includes(secret),
      )
      .map(([name]) => name)
  const keysIn = (bytes: Buffer): boolean =>
    made.some((key) => {
      const buffer = Buffer.from(key)
      const spellings = [buffer.toString('hex'), buffer.toString('base64').slice(0, 42), buffer.toString('base64url')]
      return bytes.includes(buffer) || spellings.some((spelling) => bytes.includes(spelling))
    })

  it('planted everything', () => {
    const gained = ['session token', 'wrong OTP', 'OTP', 'second OTP', 'compliance secret', 'production secret']
    expect([...secrets.keys()]).toEqual(expect.arrayContaining(gained))
    expect(made.length).toBeGreaterThan(0)
    expect(refusals.length).toBeGreaterThan(20)
    expect(stored.join('')).toContain('accept-version')
    expect(logged.join('')).toContain('submit/stopped')
    for (const [name, secret] of secrets) expect([name, secret.length > 5]).toEqual([name, true])
    expect(found(JSON.stringify([...secrets]))).toEqual([...secrets.keys()])
  })

  it('the log holds no secret and nothing personal', () => {
    const text = logged.join('')
    expect(found(text)).toEqual([])
    expect(keysIn(Buffer.from(text))).toBe(false)
    for (const personal of [
      planted.buyerName,
      planted.phone,
      encodeURIComponent(planted.buyerName),
      companyInput.vatNumber,
    ])
      expect(text).not.toContain(personal)
  })

  it('no refusal repeats a secret', () => {
    expect(found(refusals.join('\n'))).toEqual([])
    expect(keysIn(Buffer.from(refusals.join('\n')))).toBe(false)
  })

  it('no stored answer of the gateway and no evidence bundle holds a secret', () => {
    expect(found(stored.join('\n'))).toEqual([])
    expect(keysIn(Buffer.from(stored.join('\n')))).toBe(false)
  })

  it('no file holds a secret in clear', async () => {
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['khatm.sqlite', 'office.khb', 'passphrase.salt']),
    )
    for (const { parentPath, name } of files) {
      const bytes = await readFile(join(parentPath, name))
      expect([name, found(bytes.toString('latin1')), keysIn(bytes)]).toEqual([name, [], false])
    }
  })

  it('a backup shows nothing at all: not even whose it is', async () => {
    const bytes = await readFile(join(folder, 'office.khb'))
    for (const known of [
      companyInput.name,
      companyInput.vatNumber,
      planted.buyerName,
      'binarySecurityToken',
      'khatm1.',
    ])
      expect(bytes.includes(known), known).toBe(false)
  })
})
