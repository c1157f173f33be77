/** One suite for every engine and every transport: the way of an office from its first account to a corrected invoice, and every refusal on it. */
import { createHash } from 'node:crypto'
import type { AnyContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashPassword } from '#core/access/passwords.ts'
import type { Client } from '#core/api/client.ts'
import { largestFile } from '#core/api/contract/checks.ts'
import { contract } from '#core/api/contract.ts'
import type { Role } from '#core/vocabulary.ts'
import { describeEngines, type RunningEngine } from '../storage/engines.ts'
import { decode, vectorXml } from '../zatca/fixtures.ts'
import { edit } from '../zatca/tampered.ts'
import { companyInput, creditNote, simplifiedSale, standardSale, unitInput } from './drafts.ts'
import { openTestOffice, type TestOffice } from './office.ts'
import { refusal } from './refusal.ts'
import { type OpenTransport, type Transport, transports } from './transports.ts'

const password = 'correct horse battery staple'
/** Every operation with what the generic tests need to know of it. */
const operations = Object.entries(contract).flatMap(([group, entries]) =>
  Object.entries<AnyContractProcedure>(entries).map(([name, procedure]) => {
    const { inputSchema, route } = procedure['~orpc']
    const parameters = [...(route.path ?? '').matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
    return { path: [group, name], name: `${group}.${name}`, takesInput: inputSchema !== undefined, parameters }
  }),
)
const open = ['system.health', 'system.condition', 'system.info', 'access.setUp', 'access.signIn']

/** Calls by path, as the generic tests do, with an input that fits the address and nothing else. */
const callAt = (client: Client, path: readonly string[], input: unknown): Promise<unknown> => {
  const operation: unknown = path.reduce<unknown>((node, key) => Reflect.get(Object(node), key), client)
  if (typeof operation !== 'function') throw new Error(`no operation ${path.join('.')}`)
  return operation(input)
}
const filled = (parameters: readonly string[]) => Object.fromEntries(parameters.map((name) => [name, 'signed']))

const key = (name: string): string => `key-${name}-0001`

const walk = (engine: RunningEngine, transport: Transport): void => {
  let office: TestOffice
  let transportOpen: OpenTransport
  let nobody: Client
  let owner: Client
  let companyId = ''
  let unitId = ''

  beforeAll(async () => {
    office = await openTestOffice(await (await engine.create()).open())
    transportOpen = await transport.open(office.running)
    nobody = transportOpen.client()
  })
  afterAll(async () => {
    await transportOpen.close()
    await office.close()
  })

  describe('coming in', () => {
    it('tells anybody what it is and that the first account is missing', async () => {
      expect(await nobody.system.health()).toMatchObject({ status: 'ok' })
      expect(await nobody.system.info()).toMatchObject({ needsSetUp: true, environments: ['PRACTICE'] })
    })

    it('refuses a weak password, then makes the first account and no second one', async () => {
      const account = { username: 'noura', name: 'نورة', token: office.setUpToken }
      expect((await refusal(nobody.access.setUp({ ...account, password: '1234' }))).body.error).toBe(
        'access/weak-password',
      )
      for (const token of [undefined, '', 'canary-token-of-nobody'])
        expect((await refusal(nobody.access.setUp({ ...account, token, password }))).body.error).toBe(
          'access/wrong-set-up-token',
        )
      const session = await nobody.access.setUp({ ...account, password })
      expect(session.user).toMatchObject({ username: 'noura', role: 'owner' })
      expect((await refusal(nobody.access.setUp({ ...account, password }))).body.error).toBe('access/already-set-up')
      expect((await nobody.system.info()).needsSetUp).toBe(false)
    })

    it('signs in, and not with a wrong password', async () => {
      const wrong = await refusal(nobody.access.signIn({ username: 'noura', password: 'canary-wrong-password' }))
      expect([wrong.status, wrong.body.error]).toEqual([401, 'access/wrong-password'])
      const session = await nobody.access.signIn({ username: 'noura', password })
      owner = transportOpen.client(session.token)
      expect(await owner.access.me()).toMatchObject({ username: 'noura' })
    })
  })

  describe('every operation', () => {
    it.each(operations.filter(({ name }) => !open.includes(name)))('$name refuses who is not signed in', async (op) => {
      for (const client of [nobody, transportOpen.client('canary-token-of-nobody')]) {
        const failure = await refusal(callAt(client, op.path, filled(op.parameters)))
        expect([failure.status, failure.body.error]).toEqual([401, 'access/unauthenticated'])
      }
    })

    it.each(operations.filter(({ takesInput }) => takesInput))('$name refuses an unknown key', async (op) => {
      const failure = await refusal(callAt(owner, op.path, { ...filled(op.parameters), surprise: 'x' }))
      expect([failure.status, failure.body.error]).toEqual([400, 'request/invalid'])
      expect(failure.body.details['findings']).toContainEqual(
        expect.objectContaining({ path: 'surprise', code: 'unknown-field', message_ar: expect.any(String) }),
      )
    })
  })

  describe('roles', () => {
    const memberOf = async (role: Role): Promise<Client> => {
      const { storage, clock, ids } = office.running.office
      const createdAt = new Date(clock.now()).toISOString()
      const user = {
        id: ids.uuid(),
        username: role,
        name: role,
        role,
        createdAt,
        failedSignIns: 0,
        lockedUntil: undefined,
        mustChangePassword: false,
        deactivatedAt: undefined,
      }
      const passwordHash = await hashPassword(password)
      await storage.write((tx) => tx.addUser({ ...user, passwordHash }))
      const session = await nobody.access.signIn({ username: role, password })
      return transportOpen.client(session.token)
    }
    const forbidden = async (client: Client, name: string): Promise<boolean> => {
      const operation = operations.find((one) => one.name === name)
      const { body } = await refusal(
        callAt(client, name.split('.'), { ...filled(operation?.parameters ?? []), x: 'x' }),
      )
      return body.error === 'access/forbidden'
    }

    it.each([
      [
        'viewer',
        ['invoices.list', 'invoices.get', 'checks.file', 'checks.qr'],
        ['invoices.issue', 'drafts.save', 'units.create', 'companies.create'],
      ],
      ['issuer', ['invoices.issue', 'invoices.reissue'], ['companies.create', 'units.create', 'onboardings.activate']],
      ['auditor', ['invoices.verify', 'units.verifyChain'], ['invoices.issue', 'invoices.submit', 'drafts.remove']],
      ['accountant', ['companies.create', 'invoices.issue'], ['units.create', 'onboardings.requestCsid']],
    ] as const)('%s may do what belongs to the role and nothing else', async (role, allowed, refused) => {
      const client = await memberOf(role)
      for (const name of allowed) expect([name, await forbidden(client, name)]).toEqual([name, false])
      for (const name of refused) expect([name, await forbidden(client, name)]).toEqual([name, true])
    })
  })

  describe('people', () => {
    const omar = { username: 'omar', name: 'عمر', role: 'accountant' } as const
    const given = 'first of many passwords 7'
    const own = 'another of many passwords 8'

    it('lets a new user in only after the password became his own', async () => {
      const member = await owner.users.add({ ...omar, password: given })
      expect(member).toMatchObject({ ...omar, active: true, mustChangePassword: true })
      const client = transportOpen.client((await nobody.access.signIn({ username: 'omar', password: given })).token)
      expect((await refusal(client.companies.list())).body.error).toBe('access/password-change-needed')
      expect(await client.access.changePassword({ current: given, next: own })).toMatchObject({ role: 'accountant' })
      expect(await client.companies.list()).toEqual([])
      expect((await refusal(client.users.list())).body.error).toBe('access/forbidden')
    })

    it('shows who there is, and lets nobody in who left', async () => {
      const member = (await owner.users.list()).find(({ username }) => username === 'omar')
      expect(await owner.users.change({ id: member?.id ?? '', active: false })).toMatchObject({ active: false })
      const gone = await refusal(nobody.access.signIn({ username: 'omar', password: own }))
      expect(gone.body.error).toBe('access/wrong-password')
      expect((await refusal(owner.users.change({ id: 'nobody', active: false }))).status).toBe(404)
    })
  })

  describe('company, unit, onboarding', () => {
    it('adds and changes a company, and refuses a wrong VAT number', async () => {
      const wrong = await refusal(owner.companies.create({ ...companyInput, vatNumber: '12345' }))
      expect([wrong.status, wrong.body.error]).toEqual([400, 'request/invalid'])
      expect(wrong.body.details['findings']).toContainEqual(expect.objectContaining({ path: 'vatNumber' }))
      const company = await owner.companies.create(companyInput)
      companyId = company.id
      expect(await owner.companies.update({ ...companyInput, id: companyId, industry: 'Trade' })).toMatchObject({
        industry: 'Trade',
      })
      expect(await owner.companies.list()).toHaveLength(1)
    })

    it('adds a unit that cannot issue yet', async () => {
      const unit = await owner.units.create({ ...unitInput, companyId })
      unitId = unit.id
      expect(unit.state).toBe('new')
      const early = await refusal(owner.invoices.issue({ unitId, draft: standardSale, idempotencyKey: key('early') }))
      expect([early.status, early.body.error]).toEqual([409, 'unit/not-ready'])
    })

    it('refuses a malformed and a wrong OTP, and shows neither', async () => {
      expect((await refusal(owner.onboardings.requestCsid({ unitId, otp: '12' }))).body.error).toBe(
        'onboarding/otp-format',
      )
      const wrong = await refusal(owner.onboardings.requestCsid({ unitId, otp: '987654' }))
      expect(wrong.body.error).toBe('onboarding/otp-refused')
      expect(JSON.stringify(wrong.body)).not.toContain('987654')
      expect((await owner.onboardings.get({ unitId })).next).toBe('otp')
    })

    it('goes from the OTP over six compliance documents to the production CSID', async () => {
      const { otp, validSeconds } = await owner.onboardings.rehearsalOtp({ unitId })
      expect(validSeconds).toBeGreaterThan(0)
      let state = await owner.onboardings.requestCsid({ unitId, otp })
      for (let step = 0; step < 6 && state.next === 'check'; step++) state = await owner.onboardings.check({ unitId })
      expect(state.compliance.map((step) => step.state)).toEqual(Array(6).fill('passed'))
      state = await owner.onboardings.activate({ unitId })
      expect(state).toMatchObject({ next: 'done', unit: { state: 'ready', chainState: 'active', lastIcv: 0 } })
      expect((await owner.units.list({ companyId }))[0]?.certificateNotAfter).toMatch(/^\d{4}-/)
    })
  })

  describe('invoices', () => {
    let clearedId = ''

    it('judges a draft without issuing it', async () => {
      const violations = await owner.drafts.check({ companyId, draft: { ...creditNote, reason: undefined } })
      expect(violations).toContainEqual(
        expect.objectContaining({ rule: 'BR-KSA-17', message: expect.any(String), message_ar: expect.any(String) }),
      )
      expect(await owner.drafts.check({ companyId, draft: standardSale })).toEqual([])
    })

    it('issues a standard invoice that comes back cleared, with ZATCA’s QR', async () => {
      const detail = await owner.invoices.issue({ unitId, draft: standardSale, idempotencyKey: key('standard') })
      expect(detail).toMatchObject({ state: 'cleared', icv: 1, hasClearedXml: true, taxInclusiveAmount: '34.85' })
      clearedId = detail.id
      const again = await owner.invoices.issue({ unitId, draft: standardSale, idempotencyKey: key('standard') })
      expect(again.id).toBe(clearedId)
    })

    it('issues a simplified invoice and its credit note, both reported', async () => {
      const sale = await owner.invoices.issue({ unitId, draft: simplifiedSale, idempotencyKey: key('simplified') })
      expect(sale).toMatchObject({ state: 'reported', icv: 2, hasClearedXml: false })
      const note = await owner.invoices.issue({ unitId, draft: creditNote, idempotencyKey: key('credit') })
      expect(note).toMatchObject({ state: 'reported', icv: 3, kind: 'credit-note', pih: sale.hash })
    })

    it('lists them in pages, newest first', async () => {
      const first = await owner.invoices.list({ companyId, limit: 2 })
      expect(first.rows.map(({ icv }) => icv)).toEqual([3, 2])
      const second = await owner.invoices.list({ companyId, limit: 2, ...(first.next && { after: first.next }) })
      expect(second.rows.map(({ icv }) => icv)).toEqual([1])
      expect((await owner.invoices.list({ companyId, state: 'cleared' })).rows).toHaveLength(1)
    })

    it('shows a document with its history and gives its bytes', async () => {
      const detail = await owner.invoices.get({ id: clearedId })
      expect(detail.history.map(({ action }) => action)).toEqual(expect.arrayContaining(['document/issued']))
      expect(detail.attempts).toHaveLength(1)
      const signed = await owner.invoices.xml({ id: clearedId, form: 'signed' })
      const cleared = await owner.invoices.xml({ id: clearedId, form: 'cleared' })
      expect(signed.fileName).toMatch(/^399999999900003_\d{8}T\d{6}_S-1\.xml$/)
      const digests = [signed, cleared].map(({ base64 }) => createHash('sha256').update(base64).digest('hex'))
      expect(new Set(digests).size).toBe(2)
      expect(Buffer.from(signed.base64, 'base64').toString()).toContain(detail.uuid)
    })

    it('proves a document and the chain', async () => {
      const proofs = await owner.invoices.verify({ id: clearedId })
      expect(proofs.length).toBeGreaterThan(5)
      expect(proofs.filter(({ ok }) => !ok)).toEqual([])
      expect(await owner.units.verifyChain({ unitId })).toMatchObject({ ok: true, documents: 3 })
    })

    it('keeps drafts', async () => {
      await owner.drafts.save({ companyId, id: 'draft-1', draft: { lines: [] } })
      expect(await owner.drafts.list({ companyId })).toMatchObject([{ id: 'draft-1', draft: { lines: [] } }])
      expect(await owner.drafts.remove({ companyId, id: 'draft-1' })).toEqual({ removed: true })
      expect(await owner.drafts.list({ companyId })).toEqual([])
    })

    it('keeps a rejected document and issues its correction under the same number', async () => {
      await office.steer('answers', { status: 400, endpoint: 'clearance' })
      const draft = { ...standardSale, number: 'S-2' }
      const rejected = await owner.invoices.issue({ unitId, draft, idempotencyKey: key('rejected') })
      expect(rejected).toMatchObject({ state: 'rejected', icv: 4 })
      expect(rejected.findings.some(({ type }) => type === 'error')).toBe(true)
      const fixed = await owner.invoices.reissue({ id: rejected.id, draft, idempotencyKey: key('reissue') })
      expect(fixed).toMatchObject({ state: 'cleared', icv: 5, number: 'S-2', reissueNo: 1, supersedes: rejected.id })
      expect((await owner.invoices.get({ id: rejected.id })).supersededBy).toBe(fixed.id)
      const again = { id: fixed.id, draft, idempotencyKey: key('reissue-cleared') }
      expect((await refusal(owner.invoices.reissue(again))).body.error).toBe('document/not-rejected')
    })
  })

  describe('checks of what came from anybody', () => {
    const base64Of = (text: string | Uint8Array) => Buffer.from(text).toString('base64')
    const check = (text: string | Uint8Array) => owner.checks.file({ fileName: 'supplier.xml', base64: base64Of(text) })
    const supplier = decode(vectorXml('standard388'))

    it('judges a file: head, findings, proofs, certificate, QR code', async () => {
      const checked = await check(supplier)
      expect(checked).toMatchObject({ fileName: 'supplier.xml', errors: 0, warnings: 0, violations: [], signed: true })
      expect(checked.document).toMatchObject({
        kind: 'invoice',
        profile: 'standard',
        currency: 'SAR',
        seller: { vatNumber: '399999999900003' },
      })
      expect(checked.proofs.length).toBeGreaterThan(10)
      expect(checked.proofs.filter(({ ok }) => !ok)).toEqual([])
      expect(checked.certificate?.notAfter).toMatch(/^\d{4}-/)
      const inQr = checked.qr?.fields.find(({ name }) => name === 'total')
      expect(inQr).toEqual({ tag: 4, name: 'total', value: checked.document.totals.payable })
    })

    it('finds nothing wrong with what ZATCA cleared and stamped itself', async () => {
      const { rows } = await owner.invoices.list({ companyId, state: 'cleared' })
      const { fileName, base64 } = await owner.invoices.xml({ id: rows[0]?.id ?? '', form: 'cleared' })
      const { violations, signed, proofs } = await owner.checks.file({ fileName, base64 })
      expect([violations, signed, proofs.filter(({ ok }) => !ok)]).toEqual([[], true, []])
    })

    it('names what was changed after stamping, in both languages, errors first', async () => {
      const paid = edit(supplier, /(<cbc:PayableAmount[^>]*>)\d/, '$19')
      const changed = edit(paid, 'reporting:1.0', 'reporting:2.0')
      const { errors, warnings, violations, proofs } = await check(changed)
      // ZATCA takes a wrong amount due with a warning (BR-CO-16) and refuses another process (BR-KSA-EN16931-01).
      expect([errors, warnings]).toEqual([1, 1])
      expect(violations[0]).toMatchObject({ severity: 'error', message_ar: expect.stringMatching(/[\u0621-\u064a]/) })
      const failed = proofs.filter(({ ok }) => !ok).map(({ id }) => id)
      expect(failed).toEqual(expect.arrayContaining(['SIGNATURE/invoiceSignedDataDigestValue', 'QR/invoice_Total']))
    })

    it('answers a file that breaks everything with a bounded list and the true count', async () => {
      const broken = edit(supplier, '<cbc:ProfileID>', `${'<cbc:Strange/>'.repeat(800)}<cbc:ProfileID>`)
      const { errors, violations } = await check(broken)
      expect(errors).toBeGreaterThanOrEqual(800)
      expect(violations).toHaveLength(500)
    })

    it.each([
      ['an attack', '<!DOCTYPE x [<!ENTITY a "b">]><Invoice/>', 'xml/hostile'],
      ['nothing', '', 'xml/malformed'],
      ['words', 'فاتورة رقم 12', 'xml/malformed'],
      ['other XML', '<Order/>', 'xml/not-an-invoice'],
    ] as const)('refuses %s with a code', async (_name, text, code) => {
      expect((await refusal(check(text))).body.error).toBe(code)
    })

    it('refuses what is no base64, and more than ZATCA takes', async () => {
      const wrong = await refusal(owner.checks.file({ fileName: 'a.xml', base64: '<Invoice/>' }))
      expect([wrong.body.error, wrong.body.details['findings']]).toEqual([
        'request/invalid',
        [expect.objectContaining({ path: 'base64' })],
      ])
      const large = await refusal(owner.checks.file({ fileName: 'a.xml', base64: 'A'.repeat(largestFile + 4) }))
      expect([large.body.error, large.body.details['findings']]).toEqual([
        'request/invalid',
        [expect.objectContaining({ path: 'base64', code: 'too-long' })],
      ])
    })

    it('reads a QR code by itself and says what is odd', async () => {
      const { qr } = await check(supplier)
      const text = qr?.text ?? ''
      expect(await owner.checks.qr({ text })).toEqual(qr)
      const cut = await refusal(owner.checks.qr({ text: text.slice(0, 40) }))
      expect([cut.status, cut.body.error]).toEqual([422, 'qr/malformed'])
    })

    it('keeps nothing of it', async () => {
      expect((await owner.invoices.list({ companyId })).rows).toHaveLength(5)
      expect(office.log()).not.toContain('supplier.xml')
    })
  })

  describe('bad input numbers nothing', () => {
    const issue = (draft: unknown, name: string) =>
      refusal(callAt(owner, ['invoices', 'issue'], { unitId, draft, idempotencyKey: key(name) }))

    it.each([
      ['a JSON number for money', { lines: [{ name: 'x', quantity: '1', price: 10.1 }] }, 'lines[0].price'],
      ['an unknown key', { currencyCode: 'SAR' }, 'currencyCode'],
      ['an amount that is none', { rounding: '1,5' }, 'rounding'],
      ['no lines', { lines: [] }, 'lines'],
      ['a missing buyer', { buyer: undefined }, 'buyer.name'],
    ])('%s', async (name, change, path) => {
      const failure = await issue({ ...standardSale, ...change }, name)
      expect([failure.status, failure.body.error]).toEqual([422, 'draft/invalid'])
      expect(failure.body.details['findings']).toContainEqual(expect.objectContaining({ path }))
    })

    it('all problems of a draft at once', async () => {
      const failure = await issue({ kind: 'receipt', lines: [{}] }, 'several')
      expect(failure.body.details['findings']).toHaveLength(6)
    })

    it('a negative amount', async () => {
      const lines = [{ name: 'x', quantity: '1', price: '-10.00' }]
      const failure = await issue({ ...standardSale, number: 'X-1', lines }, 'negative')
      expect([failure.status, failure.body.error]).toEqual([422, 'document/invalid'])
      expect(failure.body.details['violations']).toContainEqual(
        expect.objectContaining({ field: 'lines[0].price', severity: 'error', message_ar: expect.any(String) }),
      )
    })

    it('a number that was used', async () => {
      expect((await issue(standardSale, 'duplicate')).body.error).toBe('document/duplicate-number')
    })

    it('another body under a used idempotency key', async () => {
      expect((await issue(simplifiedSale, 'standard')).body.error).toBe('request/idempotency-mismatch')
    })

    it('an unknown document', async () => {
      expect((await refusal(owner.invoices.get({ id: 'nowhere' }))).body.error).toBe('document/not-found')
    })

    it('leaves the counter where it was', async () => {
      expect((await owner.units.list({ companyId }))[0]?.lastIcv).toBe(5)
    })
  })

  describe('when things go wrong', () => {
    it('keeps a document waiting when the gateway is unreachable, and sends nothing twice', async () => {
      await office.stopGateway()
      const draft = { ...simplifiedSale, number: 'B-2' }
      const waiting = await owner.invoices.issue({ unitId, draft, idempotencyKey: key('offline') })
      expect(waiting).toMatchObject({ state: 'waiting', icv: 6 })
      expect(waiting.nextAttemptAt).toMatch(/^\d{4}-/)
      expect(await owner.system.queue()).toMatchObject({ waiting: 1 })
      expect((await owner.invoices.submit({ id: waiting.id })).attempts.length).toBeGreaterThan(1)
    })

    it('goes on issuing many at once: each row has its own outcome, and the same batch again issues nothing twice', async () => {
      const row = (number: string, change: object = {}) => ({
        draft: { ...simplifiedSale, number, ...change },
        idempotencyKey: key(`batch-${number}`),
      })
      const rows = [row('M-1'), row('M-2', { profile: 'standard' }), row('M-3'), row('M-1')]
      const first = await owner.invoices.issueMany({ unitId, rows })
      expect(first.rows.map(({ outcome }) => outcome)).toEqual(['issued', 'refused', 'issued', 'known'])
      expect(first.rows[1]?.failure).toMatchObject({ error: 'draft/invalid', message_ar: expect.any(String) })
      expect(first.rows[2]?.document?.icv).toBe((first.rows[0]?.document?.icv ?? 0) + 1)
      const again = await owner.invoices.issueMany({ unitId, rows })
      expect(again.rows.map(({ outcome }) => outcome)).toEqual(['known', 'refused', 'known', 'known'])
      expect(again.rows[2]?.document).toEqual(first.rows[2]?.document)
    })

    it('forgets a session that signed out', async () => {
      expect(await owner.access.signOut()).toEqual({ signedOut: true })
      expect((await refusal(owner.access.me())).body.error).toBe('access/unauthenticated')
    })

    it('has written no password, token or OTP into the log', () => {
      expect(office.log()).not.toMatch(/canary|correct horse|987654/)
    })
  })
}

await describeEngines('the contract', (engine) => {
  describe.each(transports)('over $name', (transport) => walk(engine, transport))
})
