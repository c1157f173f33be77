/** One suite for every engine and every transport: what people see and ask of sending, evidence, certificates, settings and backups. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '#core/api/client.ts'
import { chainField } from '#core/zatca/chain.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { describeEngines, type RunningEngine } from '../storage/engines.ts'
import { companyInput, simplifiedSale, standardSale, unitInput } from './drafts.ts'
import { openTestOffice, type TestOffice } from './office.ts'
import { refusal } from './refusal.ts'
import { type OpenTransport, type Transport, transports } from './transports.ts'

const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64')
const arabic = expect.stringMatching(/[\u0621-\u064a]/)
const sentences = { en: expect.any(String), ar: arabic }
const standing = { name: sentences, happened: sentences, program: sentences, you: sentences }

const walk = (engine: RunningEngine, transport: Transport): void => {
  let office: TestOffice
  let opened: OpenTransport
  let owner: Client
  let companyId = ''
  let unitId = ''

  const compliance = async (state: Awaited<ReturnType<Client['onboardings']['get']>>) => {
    let current = state
    for (let step = 0; step < 6 && current.next === 'check'; step++) current = await owner.onboardings.check({ unitId })
    return current.next === 'activate' ? owner.onboardings.activate({ unitId }) : current
  }
  const otp = async () => (await owner.onboardings.rehearsalOtp({ unitId })).otp
  let issued = 0
  const issue = (draft = simplifiedSale) => {
    issued += 1
    const number = `R-${issued}`
    return owner.invoices.issue({ unitId, draft: { ...draft, number }, idempotencyKey: `reliability-${issued}` })
  }

  beforeAll(async () => {
    office = await openTestOffice(await (await engine.create()).open())
    opened = await transport.open(office.running)
    const password = 'correct horse battery staple'
    const account = { username: 'noura', name: 'نورة', password, token: office.setUpToken }
    const session = await opened.client().access.setUp(account)
    owner = opened.client(session.token)
    companyId = (await owner.companies.create(companyInput)).id
    unitId = (await owner.units.create({ ...unitInput, companyId })).id
    await compliance(await owner.onboardings.requestCsid({ unitId, otp: await otp() }))
  })
  afterAll(async () => {
    await opened.close()
    await office.close()
  })

  describe('states', () => {
    it('every document says in both languages what happened and what comes next', async () => {
      const cleared = await issue(standardSale)
      expect(cleared).toMatchObject({ state: 'cleared', standing })
      expect(cleared.attempts).toMatchObject([{ verdict: 'accepted' }])
    })

    it('a unit and its chain say so too', async () => {
      const [unit] = await owner.units.list({ companyId })
      expect(unit).toMatchObject({ state: 'ready', standing, chainStanding: standing })
    })
  })

  describe('evidence', () => {
    it('holds the bytes, what they prove, every transmission, the neighbours and the history', async () => {
      const before = await issue(standardSale)
      const { id } = await issue(standardSale)
      const after = await issue(standardSale)
      const evidence = await owner.invoices.evidence({ id })
      const signed = bytesOf(evidence.signed.base64)
      const sha256 = createHash('sha256').update(signed).digest('hex')
      expect(evidence).toMatchObject({
        format: 'khatm-evidence-1',
        document: { id, state: 'cleared' },
        company: { id: companyId },
        unit: { id: unitId },
        signed: { sha256 },
        outcome: { word: 'cleared', duplicate: false },
        chain: { previous: { id: before.id }, next: { id: after.id }, standing },
      })
      expect(readInvoice(signed).invoice.uuid).toBe(evidence.document.uuid)
      expect(evidence.transmissions).toMatchObject([
        { requestSha256: sha256, response: expect.stringContaining('CLEARED') },
      ])
      expect(evidence.history.map(({ action }) => action)).toContain('document/cleared')
      expect(evidence.history[0]?.actor).toBe('نورة')
    })

    it('proves signature, chain and journal, and decodes both QR codes', async () => {
      const { rows } = await owner.invoices.list({ companyId, state: 'cleared' })
      const { signed, cleared, proofs, document } = await owner.invoices.evidence({ id: rows[1]?.id ?? '' })
      expect(proofs.map(({ id }) => id)).toEqual(['CHAIN/previous', 'CHAIN/next', 'JOURNAL/bytes'])
      const all = [...proofs, ...signed.proofs, ...(cleared?.proofs ?? [])]
      expect(all.length).toBeGreaterThan(20)
      expect(all.filter(({ ok }) => !ok)).toEqual([])
      expect(signed.certificate?.vatNumber).toBe(companyInput.vatNumber)
      expect(signed.qr?.fields.find(({ name }) => name === 'total')?.value).toBe(document.taxInclusiveAmount)
      const ofZatca = readInvoice(bytesOf(cleared?.base64 ?? '')).invoice
      expect(cleared?.qr?.text).toBe(chainField(ofZatca, 'QR'))
    })

    it('gives no key and no secret away', async () => {
      const { rows } = await owner.invoices.list({ companyId })
      const text = JSON.stringify(await owner.invoices.evidence({ id: rows[0]?.id ?? '' }))
      const [csid] = (await office.running.office.storage.read.csids(unitId)).filter(
        ({ purpose }) => purpose === 'production',
      )
      expect(csid?.sealedSecret.length).toBeGreaterThan(20)
      expect(text).not.toContain(csid?.sealedSecret)
      expect(text).not.toMatch(/"secret"|PRIVATE KEY|envelope/)
    })

    it('of an unknown document is refused', async () => {
      expect((await refusal(owner.invoices.evidence({ id: 'nowhere' }))).body.error).toBe('document/not-found')
    })
  })

  describe('the sending board', () => {
    it('shows the environment in use, open, and nothing on its way', async () => {
      expect(await owner.sending.board({})).toMatchObject({
        tallies: [],
        roads: [{ id: 'PRACTICE', environment: 'PRACTICE', state: 'open', standing }],
        clocks: [],
        held: [],
        unknown: [],
      })
      expect(await owner.system.queue()).toMatchObject({ waiting: 0, attention: 0 })
    })

    it('pauses an environment: what is issued waits on its clock; resuming sends it', async () => {
      const paused = await owner.sending.pause({ road: 'PRACTICE' })
      expect(paused).toMatchObject({ state: 'closed', reason: 'paused', changedBy: 'نورة' })
      expect(paused.probeAt).toBeUndefined()
      const waiting = await issue()
      expect(waiting.state).toBe('waiting')
      const board = await owner.sending.board({})
      expect(board).toMatchObject({
        tallies: [{ companyId, environment: 'PRACTICE', waiting: 1, held: 0, clock: { level: 'calm' } }],
        roads: [{ id: 'PRACTICE', state: 'closed', standing: { name: { en: 'Paused' } } }],
        clocks: [{ id: waiting.id, state: 'waiting', standing }],
      })
      const secondsLeft = board.clocks[0]?.clock?.secondsLeft ?? 0
      expect(secondsLeft).toBeGreaterThan(23.9 * 3600)
      expect(secondsLeft).toBeLessThanOrEqual(24 * 3600)
      expect(await owner.system.queue()).toMatchObject({ waiting: 1, attention: 1 })
      expect(await owner.sending.resume({ road: 'PRACTICE' })).toMatchObject({ state: 'open' })
      await expect
        .poll(async () => (await owner.invoices.get({ id: waiting.id })).state, { timeout: 8000 })
        .toBe('reported')
      expect((await owner.sending.board({})).tallies).toEqual([])
    })

    it('asks for a confirmation before production is paused', async () => {
      const { status, body } = await refusal(owner.sending.pause({ road: 'PRODUCTION' }))
      expect([status, body.error, body.details['confirm']]).toEqual([422, 'road/unconfirmed', 'PRODUCTION'])
      expect(body.message).toContain('PRODUCTION')
      expect(await owner.sending.pause({ road: 'PRODUCTION', confirm: 'PRODUCTION' })).toMatchObject({
        state: 'closed',
      })
      expect(await owner.sending.resume({ road: 'PRODUCTION' })).toMatchObject({ state: 'open' })
    })

    it('refuses a road that leads nowhere', async () => {
      for (const road of ['MARS', 'csid/nowhere'])
        expect((await refusal(owner.sending.pause({ road }))).body.error).toBe('road/not-found')
    })

    it('shows a held document with its reason, counts it as needing a person, and sends it after all', async () => {
      await office.steer('faults', { endpoint: 'reporting', fault: '413', times: 1 })
      const held = await issue()
      expect(held).toMatchObject({ state: 'held', heldReason: 'too-large' })
      expect(await owner.sending.board({})).toMatchObject({
        tallies: [{ held: 1 }],
        held: [{ id: held.id, heldReason: 'too-large', standing: { name: { en: 'Held: too large' } } }],
      })
      expect(await owner.system.queue()).toMatchObject({ held: 1, attention: 1 })
      expect(await owner.invoices.submit({ id: held.id })).toMatchObject({ state: 'reported' })
    })

    it('names the unit whose certificate is refused', async () => {
      await office.steer('faults', { endpoint: 'reporting', fault: '401', times: 1 })
      const waiting = await issue()
      expect(waiting.heldReason).toBe('sign-in-refused')
      const { roads } = await owner.sending.board({})
      const refused = roads.find(({ unit }) => unit !== undefined)
      expect(refused).toMatchObject({ state: 'closed', reason: 'sign-in-refused', unit: { id: unitId, companyId } })
      await owner.sending.resume({ road: refused?.id ?? '' })
      await expect
        .poll(async () => (await owner.invoices.get({ id: waiting.id })).state, { timeout: 8000 })
        .toBe('reported')
    })
  })

  describe('certificates', () => {
    it('lists every key and certificate, and which ends first', async () => {
      const entries = await owner.certificates.list({ companyId })
      expect(entries.map(({ use }) => use).sort()).toEqual(['in-use', 'old'])
      const inUse = entries.find(({ use }) => use === 'in-use')
      expect(inUse).toMatchObject({ unitId, advice: 'nothing', words: { use: sentences, advice: sentences } })
      expect(inUse?.certificate).toMatchObject({ purpose: 'production', epoch: 1, vatNumber: companyInput.vatNumber })
      const [first] = await owner.certificates.overview()
      expect(first).toMatchObject({ companyId, unitId, csidId: inUse?.certificate?.csidId })
      expect(first?.daysLeft).toBe(inUse?.certificate?.daysLeft)
    })

    it('renews with a new key and a new chain, and says at every moment what comes next', async () => {
      const { csidId = '' } = await owner.onboardings.get({ unitId })
      expect(await owner.onboardings.get({ unitId, giveUp: csidId })).toMatchObject({ next: 'otp' })
      const renewed = await owner.onboardings.renew({ unitId, giveUp: csidId, otp: await otp() })
      expect(renewed).toMatchObject({ next: 'done', unit: { state: 'ready', lastIcv: 0 } })
      expect(renewed.csidId).not.toBe(csidId)
      // Repeating asks for nothing again.
      expect(await owner.onboardings.renew({ unitId, giveUp: csidId, otp: '' })).toMatchObject({ next: 'done' })
      expect(await issue()).toMatchObject({ state: 'reported', icv: 1 })
    })

    it('shows a renewal that needs compliance checks as under way, and starts over', async () => {
      await office.steer('settings', { renewal: 'compliance' })
      const { csidId = '' } = await owner.onboardings.get({ unitId })
      const begun = await owner.onboardings.renew({ unitId, giveUp: csidId, otp: await otp() })
      expect(begun).toMatchObject({ next: 'check', unit: { standing: { name: { en: 'Renewal under way' } } } })
      expect(await issue()).toMatchObject({ state: 'reported', icv: 2 })
      const giveUp = begun.csidId ?? ''
      const anew = await owner.onboardings.requestCsid({ unitId, giveUp, otp: await otp() })
      expect(anew).toMatchObject({ next: 'check' })
      expect(anew.csidId).not.toBe(giveUp)
      expect(await compliance(anew)).toMatchObject({ next: 'done', unit: { state: 'ready', lastIcv: 0 } })
      const uses = (await owner.certificates.list({ companyId })).map(({ use }) => use)
      expect(uses.filter((use) => use === 'in-use')).toHaveLength(1)
    })
  })

  describe('settings', () => {
    const named = async (name: string) => (await owner.settings.list()).find((setting) => setting.name === name)

    it('lists every disputed point with default, source and who may change it', async () => {
      const settings = await owner.settings.list()
      expect(settings.length).toBeGreaterThanOrEqual(9)
      for (const setting of settings) expect(setting).toMatchObject({ title: sentences, source: sentences })
      expect(await named('pihAfterRenewal')).toMatchObject({
        value: 'genesis',
        default: 'genesis',
        changedBy: 'nobody',
      })
    })

    it('changes one that may be changed, and remembers who did', async () => {
      const name = 'selfBilledCertificate'
      expect(await owner.settings.change({ name, value: 'buyer' })).toMatchObject({
        value: 'buyer',
        default: 'either',
        chosen: { by: 'نورة' },
      })
      expect(await named(name)).toMatchObject({ value: 'buyer' })
    })

    it.each([
      ['pihAfterRenewal', 'continue', 'setting/fixed'],
      ['selfBilledCertificate', 'nobody', 'setting/invalid'],
      ['nowhere', 1, 'setting/not-found'],
    ])('refuses %s = %s: %s', async (name, value, code) => {
      expect((await refusal(owner.settings.change({ name, value }))).body.error).toBe(code)
    })
  })

  describe('backups', () => {
    it('tells the last ones with what went wrong in words', async () => {
      const at = '2026-01-02T03:04:05.000Z'
      const run = { id: 'run-1', startedAt: at, finishedAt: at, target: 'backups/1', bytes: 0, documents: 0 }
      const problem = 'storage/full'
      await office.running.office.storage.write((tx) => tx.addBackupRun({ ...run, verified: false, problem }))
      expect(await owner.backups.list()).toEqual({
        scheduled: false,
        changeable: false,
        runs: [{ ...run, verified: false, problem: { code: problem, words: { en: expect.any(String), ar: arabic } } }],
      })
    })

    it('says so when nobody set a place for them', async () => {
      expect((await refusal(owner.backups.run())).body.error).toBe('backup/not-set-up')
    })

    it('are not planned by people where the environment decides', async () => {
      const plan = { folder: '/srv/backups', hour: 2, keep: 14, passphrase: 'four words of a song' }
      expect((await refusal(owner.backups.plan(plan))).body.error).toBe('backup/plan-fixed')
      expect((await refusal(owner.backups.chooseFolder())).body.error).toBe('backup/plan-fixed')
    })
  })
}

await describeEngines('what people see of reliability', (engine) => {
  describe.each(transports)('over $name', (transport) => walk(engine, transport))
})
