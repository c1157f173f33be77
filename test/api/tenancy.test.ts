/**
 * Every operation of the contract over HTTP, called by somebody who works for the company in question and by somebody who works for
 * another one. That nobody gets in without a sign-in, and nothing malformed, is asked of every operation in `contract.test.ts`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '#core/access/passwords.ts'
import { type Client, ClientFailure } from '#core/api/client.ts'
import type { Operation } from '#core/api/handlers/permissions.ts'
import { describeEngines } from '../storage/engines.ts'
import { everything } from '../storage/everything.ts'
import { aWebhook } from '../storage/records.ts'
import { vectorXml } from '../zatca/fixtures.ts'
import { companyInput, simplifiedSale, standardSale, unitInput } from './drafts.ts'
import { openTestOffice, type TestOffice } from './office.ts'
import { type OpenTransport, transports } from './transports.ts'

const password = 'correct horse battery staple'

/** What there is of the company that the questions are about. */
interface World {
  readonly companyId: string
  readonly unitId: string
  /** One whose onboarding has not begun */
  readonly newUnitId: string
  readonly documentId: string
  readonly number: string
  readonly road: string
  readonly draftId: string
  readonly userId: string
  readonly keyId: string
  readonly webhookId: string
  readonly otp: string
}

/** What a call ends in: an answer, or the code of its failure. */
interface Row {
  readonly input?: (world: World) => unknown
  /** Of somebody who works for the company; an answer when absent */
  readonly own?: string
  /** Of somebody who works for another one. `nothing`: the answer that somebody without any company gets; `others`: his own alone */
  readonly other: 'same' | 'nothing' | 'others' | (string & {})
}

const office = (given: Partial<Row> = {}): Row => ({ other: 'same', ...given })
const byUnit = ({ unitId }: World) => ({ unitId })
const byNewUnit = ({ newUnitId }: World) => ({ unitId: newUnitId })
const byDocument = ({ documentId }: World) => ({ id: documentId })
const byCompany = ({ companyId }: World) => ({ companyId })
const byWebhook = ({ webhookId }: World) => ({ id: webhookId })
const noWebhook = { other: 'webhook/not-found' }
const noUnit = { other: 'unit/not-found' }
const noDocument = { input: byDocument, other: 'document/not-found' }

/** One row for each operation; the compiler asks for a missing one. */
const rows: Readonly<Record<Operation, Row>> = {
  'system.health': office(),
  'system.condition': office(),
  'system.info': office(),
  'system.queue': { other: 'nothing' },

  'access.setUp': office({
    input: () => ({ username: 'first', name: 'First', password, token: 'x' }),
    own: 'access/already-set-up',
  }),
  'access.signIn': office({ input: () => ({ username: 'nobody', password }), own: 'access/wrong-password' }),
  'access.signOut': office(),
  'access.me': { other: 'others' },
  'access.changePassword': office({
    input: () => ({ current: 'wrong', next: `${password} 2` }),
    own: 'access/wrong-password',
  }),
  'access.offerTotp': office({ input: () => ({ password: 'wrong' }), own: 'access/wrong-password' }),
  'access.confirmTotp': office({ input: () => ({ code: '000000' }), own: 'access/no-enrolment' }),
  'access.removeTotp': office({ input: () => ({ password: 'wrong' }), own: 'access/wrong-password' }),

  'users.list': office(),
  'users.add': {
    input: ({ companyId }) => ({
      username: 'huda',
      name: 'Huda',
      role: 'issuer',
      password: 'a long enough password 7',
      companies: [companyId],
    }),
    other: 'access/forbidden',
  },
  'users.change': { input: ({ userId }) => ({ id: userId, name: 'Changed' }), other: 'access/forbidden' },
  'users.resetTotp': { input: ({ userId }) => ({ id: userId }), other: 'access/forbidden' },
  'users.resetPassword': {
    input: ({ userId }) => ({ id: userId, password: 'a long enough password 8' }),
    other: 'access/forbidden',
  },
  'apiKeys.list': { other: 'others' },
  'apiKeys.create': {
    input: ({ companyId }) => ({ name: 'Till', role: 'issuer', companies: [companyId] }),
    other: 'access/forbidden',
  },
  'apiKeys.revoke': { input: ({ keyId }) => ({ id: keyId }), other: 'access/key-not-found' },

  'companies.list': { other: 'others' },
  'companies.create': {
    input: () => ({ ...companyInput, vatNumber: '322222222200003' }),
    own: 'access/forbidden',
    other: 'access/forbidden',
  },
  'companies.update': {
    input: ({ companyId }) => ({ ...companyInput, id: companyId, industry: 'Trade' }),
    other: 'company/not-found',
  },
  'units.list': { input: byCompany, other: 'nothing' },
  'units.create': {
    input: ({ companyId }) => ({ ...unitInput, companyId, name: 'TST-3' }),
    other: 'company/not-found',
  },
  // A unit without a chain is not ready, whoever it is.
  'units.verifyChain': { input: byUnit, other: 'unit/not-ready' },

  'onboardings.get': { input: byUnit, ...noUnit },
  'onboardings.rehearsalOtp': { input: byUnit, ...noUnit },
  'onboardings.requestCsid': { input: ({ newUnitId, otp }) => ({ unitId: newUnitId, otp }), ...noUnit },
  'onboardings.check': { input: byNewUnit, ...noUnit },
  'onboardings.renew': {
    input: ({ unitId }) => ({ unitId, otp: '987654', giveUp: 'none' }),
    ...noUnit,
  },
  'onboardings.activate': { input: byNewUnit, ...noUnit },
  'certificates.overview': { other: 'nothing' },
  'certificates.list': { input: byCompany, other: 'company/not-found' },

  'drafts.list': { input: byCompany, other: 'nothing' },
  'drafts.save': {
    input: ({ companyId, draftId }) => ({ companyId, id: draftId, draft: { changed: true } }),
    other: 'company/not-found',
  },
  'drafts.remove': { input: ({ companyId, draftId }) => ({ companyId, id: draftId }), other: 'company/not-found' },
  'drafts.check': { input: ({ companyId }) => ({ companyId, draft: standardSale }), other: 'company/not-found' },

  'invoices.list': { input: byCompany, other: 'nothing' },
  'invoices.issue': {
    input: ({ unitId }) => ({ unitId, draft: { ...simplifiedSale, number: 'T-2' }, idempotencyKey: 'tenancy-0002' }),
    ...noUnit,
  },
  'invoices.issueMany': {
    input: ({ unitId }) => ({
      unitId,
      rows: [{ draft: { ...simplifiedSale, number: 'T-3' }, idempotencyKey: 'tenancy-0003' }],
    }),
    ...noUnit,
  },
  'invoices.get': noDocument,
  'invoices.status': { input: ({ number }) => ({ number }), other: 'document/not-found' },
  'invoices.xml': { ...noDocument, input: ({ documentId }) => ({ id: documentId, form: 'signed' }) },
  'invoices.submit': noDocument,
  'invoices.reissue': {
    input: ({ documentId }) => ({ id: documentId, draft: simplifiedSale, idempotencyKey: 'tenancy-0004' }),
    own: 'document/not-rejected',
    other: 'document/not-found',
  },
  'invoices.evidence': noDocument,
  'invoices.verify': noDocument,

  'sending.board': { other: 'nothing' },
  'sending.pause': { input: ({ road }) => ({ road }), other: 'road/not-found' },
  'sending.resume': { input: ({ road }) => ({ road }), other: 'road/not-found' },

  'checks.file': office({
    input: () => ({ fileName: 'a.xml', base64: Buffer.from(vectorXml('standard388')).toString('base64') }),
  }),
  'checks.qr': office({ input: () => ({ text: 'AQE=' }), own: 'qr/malformed' }),

  'reports.invoices': { input: byCompany, other: 'nothing' },
  'reports.vatSummary': { input: byCompany, other: 'nothing' },
  'reports.statusBreakdown': { input: byCompany, other: 'nothing' },
  'exports.invoices': { other: 'nothing' },
  'exports.invoiceLogs': { other: 'nothing' },
  'audit.list': { other: 'others' },

  // What it brings is asked in `events.test.ts`; here only that it is there.
  'events.listen': office({ own: '{}' }),
  'webhooks.list': { other: 'others' },
  'webhooks.create': {
    input: ({ companyId }) => ({ url: 'https://127.0.0.1/', events: ['invoice.issued'], companies: [companyId] }),
    own: 'webhook/address',
    other: 'access/forbidden',
  },
  'webhooks.change': { input: byWebhook, ...noWebhook },
  'webhooks.test': { input: byWebhook, ...noWebhook },
  'webhooks.deliveries': { input: byWebhook, ...noWebhook },
  'webhooks.remove': { input: byWebhook, ...noWebhook },

  'settings.list': office(),
  'settings.change': office({ input: () => ({ name: 'unheard', value: 1 }), own: 'setting/not-found' }),
  'backups.list': office(),
  'backups.run': office({ own: 'backup/not-set-up' }),
  'backups.plan': office({ input: () => ({ folder: '/b', hour: 2, keep: 3 }), own: 'backup/plan-fixed' }),
  'backups.chooseFolder': office({ own: 'backup/plan-fixed' }),
}

/** Ends the session that asks: last of all. */
const last: ReadonlySet<string> = new Set(['access.signOut'])
const operations = Object.entries(rows).toSorted(([one], [other]) => Number(last.has(one)) - Number(last.has(other)))

const http = transports.filter(({ name }) => name === 'HTTP')

describe.each(http)('over $name', async (transport) => {
  await describeEngines('clients of the office', (engine) => {
    let running: TestOffice
    let opened: OpenTransport
    let world: World
    let [ours, theirs, nobody]: Client[] = []

    const call = async (client: Client | undefined, name: string, input: unknown): Promise<unknown> => {
      const operation: unknown = name.split('.').reduce<unknown>((node, key) => Reflect.get(Object(node), key), client)
      if (typeof operation !== 'function') throw new Error(`no operation ${name}`)
      return operation(input)
    }
    /** The answer as text, whatever it is, without what differs from moment to moment; or the code of a failure. */
    const ending = async (client: Client | undefined, name: string): Promise<string> => {
      try {
        const answer = await call(client, name, rowOf[name]?.input?.(world))
        const body: unknown = Reflect.get(Object(answer), 'body')
        const text = body instanceof Blob ? await body.text() : JSON.stringify(answer)
        return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'now')
      } catch (thrown) {
        if (thrown instanceof ClientFailure) return thrown.body.error
        throw thrown
      }
    }
    const rowOf: Readonly<Record<string, Row>> = rows

    beforeAll(async () => {
      running = await openTestOffice(await (await engine.create()).open())
      opened = await transport.open(running.running)
      const { token } = await opened
        .client()
        .access.setUp({ username: 'sara', name: 'Sara', password, token: running.setUpToken })
      const boss = opened.client(token)
      const company = await boss.companies.create(companyInput)
      const other = await boss.companies.create({ ...companyInput, name: 'Other', vatNumber: '311111111100003' })
      const unitOf = (companyId: string, name: string) => boss.units.create({ ...unitInput, companyId, name })
      const [unit, newUnit] = [await unitOf(company.id, 'TST-1'), await unitOf(company.id, 'TST-2')]
      await unitOf(other.id, 'TST-1')
      const unitId = unit.id
      const { otp } = await boss.onboardings.rehearsalOtp({ unitId })
      let state = await boss.onboardings.requestCsid({ unitId, otp })
      while (state.next === 'check') state = await boss.onboardings.check({ unitId })
      const { csidId } = await boss.onboardings.activate({ unitId })
      const draft = { ...standardSale, number: 'OURS-0001' }
      const issued = await boss.invoices.issue({ unitId, draft, idempotencyKey: 'tenancy-0001' })
      const draftId = 'draft-of-a-client'
      await boss.drafts.save({ companyId: company.id, id: draftId, draft: {} })
      const member = async (username: string, companies: readonly string[]) => {
        const { storage, clock, ids } = running.running.office
        const user = {
          id: ids.uuid(),
          username,
          name: username,
          role: 'owner',
          passwordHash: await hashPassword(password),
          failedSignIns: 0,
          lockedUntil: undefined,
          createdAt: new Date(clock.now()).toISOString(),
          mustChangePassword: false,
          deactivatedAt: undefined,
          companies,
        } as const
        await storage.write((tx) => tx.addUser(user))
        const session = await opened.client().access.signIn({ username, password })
        return { id: user.id, client: opened.client(session.token) }
      }
      const [one, two, none] = [
        await member('ours', [company.id]),
        await member('theirs', [other.id]),
        await member('none', []),
      ]
      ours = one.client
      theirs = two.client
      nobody = none.client
      const key = await ours.apiKeys.create({ name: 'Ledger', role: 'issuer' })
      const user = await ours.users.add({
        username: 'omar',
        name: 'Omar',
        role: 'issuer',
        password: 'a long enough password 6',
      })
      const webhook = aWebhook({ companies: [company.id], active: false })
      await running.running.office.storage.write((tx) => tx.addWebhook(webhook))
      world = {
        companyId: company.id,
        unitId,
        newUnitId: newUnit.id,
        documentId: issued.id,
        number: 'OURS-0001',
        road: `csid/${csidId}`,
        draftId,
        userId: user.id,
        keyId: key.id,
        webhookId: webhook.id,
        otp: (await boss.onboardings.rehearsalOtp({ unitId: newUnit.id })).otp,
      }
    }, 60_000)
    afterAll(async () => {
      await opened.close()
      await running.close()
    })

    const traces = (): readonly string[] => {
      const { companyId, unitId, newUnitId, documentId, draftId, road, keyId, userId } = world
      return [companyId, unitId, newUnitId, documentId, draftId, road, keyId, userId, 'OURS-0001']
    }

    test('nothing of a client is seen or changed by who works for another, whatever the operation', async () => {
      const before = await everything(running.running.office.storage.read)
      for (const [name, { own, other }] of operations) {
        if (last.has(name)) continue
        const outcome = await ending(theirs, name)
        if (other === 'same') expect.soft([name, outcome]).toEqual([name, own ?? expect.stringMatching(/^[[{]|^"/)])
        else if (other === 'nothing') expect.soft([name, outcome]).toEqual([name, await ending(nobody, name)])
        else if (other !== 'others') expect.soft([name, outcome]).toEqual([name, other])
        if (name !== 'users.list')
          expect.soft([name, traces().filter((trace) => outcome.includes(trace))]).toEqual([name, []])
      }
      expect(await everything(running.running.office.storage.read)).toEqual(before)
    })

    test('who works for it does what the role allows', async () => {
      for (const [name, { own, input, other }] of operations) {
        const outcome = await ending(ours, name)
        expect.soft([name, outcome]).toEqual([name, own ?? expect.stringMatching(/^[[{]|^"|^./)])
        if (own === undefined)
          expect.soft([name, outcome]).not.toEqual([name, expect.stringMatching(/^[\w-]+\/[\w-]+$/)])
        // Otherwise the other one would have seen nothing because there is nothing.
        if (other === 'nothing' && input !== undefined) expect(outcome).not.toEqual(await ending(nobody, name))
      }
    })
  })
})
