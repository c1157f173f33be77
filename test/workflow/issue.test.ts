/** Issuing: numbers, links, times, idempotency, and everything that refuses a document before it takes a number. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openGateway } from '#core/gateway/gateway.ts'
import type { Draft } from '#core/invoice/draft.ts'
import type { Unit } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { sealingTime } from '#core/workflow/issuing/issue-place.ts'
import { verifyUnitChain } from '#core/workflow/proving/verify-chain.ts'
import { settingsOf } from '#core/workflow/settings.ts'
import { GENESIS_PIH } from '#core/zatca/chain.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { failureOf } from './failing.ts'
import { buyer, draft, openOffice, type TestOffice } from './office.ts'

let office: TestOffice
let unit: Unit
beforeAll(async () => {
  office = await openOffice()
  unit = await office.readyUnit()
})
afterEach(() => {
  office.clock.shift = 0
})
afterAll(() => office.close())

const issue = (wanted: Draft, key = `key-${wanted.number}`, unitId = unit.id) =>
  issueDocument(office.ports, { unitId, draft: wanted, idempotencyKey: key, actor: 'tester' })

const headOf = async (unitId: string) => (await office.ports.storage.read.activeChain(unitId))?.lastIcv

describe('a document', () => {
  it.each([
    ['invoice', 'standard', 'clearance'],
    ['invoice', 'simplified', 'reporting'],
    ['credit-note', 'standard', 'clearance'],
    ['debit-note', 'simplified', 'reporting'],
    ['prepayment', 'standard', 'clearance'],
  ] as const)('%s, %s waits for %s with its bytes, hash and QR stored', async (kind, profile, endpoint) => {
    const issued = await issue(draft({ kind, profile }))
    const { read } = office.ports.storage
    expect((await read.documentStatus(issued.id))?.outbox).toMatchObject({ endpoint, state: 'pending' })
    const { invoice, stamp } = readInvoice((await read.signedXml(issued.id)) ?? new Uint8Array())
    expect(stamp?.invoiceDigest).toBe(issued.hash)
    expect(invoice).toMatchObject({ id: issued.number, uuid: issued.uuid, issueDate: issued.issueDate })
  })

  it('continues the chain: counter plus one, PIH the hash before it', async () => {
    const fresh = await office.readyUnit()
    const first = await issue(draft(), undefined, fresh.id)
    const second = await issue(draft(), undefined, fresh.id)
    expect([first.icv, first.pih]).toEqual([1, GENESIS_PIH])
    expect([second.icv, second.pih]).toEqual([2, first.hash])
  })

  it('gets its seller from the company and its date and time from the clock in Riyadh, also around midnight', async () => {
    const fresh = await office.readyUnit()
    const day = 86_400_000
    // 20:59:59 UTC tomorrow is 23:59:59 in Riyadh; two seconds later it is the next day there, and only there.
    office.clock.shift = Math.ceil(Date.now() / day) * day + 21 * 3_600_000 - 1000 - Date.now()
    const late = await issue(draft({ profile: 'simplified' }), undefined, fresh.id)
    office.clock.shift += 2000
    const early = await issue(draft({ profile: 'simplified' }), undefined, fresh.id)
    expect(late.issueTime.slice(0, 5)).toBe('23:59')
    expect(early.issueTime.slice(0, 5)).toBe('00:00')
    expect(Date.parse(early.issueDate) - Date.parse(late.issueDate)).toBe(day)
    expect(late.draft.seller).toMatchObject({ name: office.company.name, vatNumber: office.company.vatNumber })
  })

  it('is copied to the archive under the name that ZATCA wants', async () => {
    const own = await openOffice()
    const { id } = await own.readyUnit()
    const request = { unitId: id, draft: draft({ number: 'A/7' }), idempotencyKey: 'key-archive', actor: 'tester' }
    const { issueDate, issueTime } = await issueDocument(own.ports, request)
    const stamp = `${issueDate.replaceAll('-', '')}T${issueTime.replaceAll(':', '')}`
    const files = readdirSync(join(own.folder, 'archive', 'PRACTICE', own.company.vatNumber, 'signed'))
    expect(files).toEqual([`${own.company.vatNumber}_${stamp}_A-7.xml`])
    await own.close()
  })
})

describe('the chain', () => {
  it('holds when many documents are issued at once', async () => {
    const fresh = await office.readyUnit()
    const issued = await Promise.all(Array.from({ length: 40 }, () => issue(draft(), undefined, fresh.id)))
    expect(issued.map(({ icv }) => icv).toSorted((a, b) => a - b)).toEqual(issued.map((_, index) => index + 1))
    expect(new Set(issued.map(({ pih }) => pih)).size).toBe(40)
    expect(await verifyUnitChain(office.ports, fresh.id)).toMatchObject({ ok: true, documents: 40 })
  })

  it('gives the same key one document, even when asked twice at once', async () => {
    const before = (await headOf(unit.id)) ?? 0
    const wanted = draft()
    const [one, other] = await Promise.all([issue(wanted, 'same-key'), issue(wanted, 'same-key')])
    expect(one.id).toBe(other.id)
    expect((await issue({ ...wanted }, 'same-key')).id).toBe(one.id)
    expect(await headOf(unit.id)).toBe(before + 1)
  })

  it('takes the order of keys in JSON for nothing, but another body for another request', async () => {
    const wanted = draft()
    const first = await issue(wanted, 'body-key')
    const { kind, ...rest } = wanted
    expect((await issue({ ...rest, kind }, 'body-key')).id).toBe(first.id)
    const failure = await failureOf(issue({ ...wanted, note: 'other' }, 'body-key'))
    expect(failure.code).toBe('request/idempotency-mismatch')
  })

  it('waits for a clock that stepped back a little, and refuses one that stepped back far', async () => {
    const fresh = await office.readyUnit()
    office.clock.shift = 120_000
    await issue(draft(), undefined, fresh.id)
    office.clock.shift -= 800
    expect((await issue(draft(), undefined, fresh.id)).icv).toBe(2)
    office.clock.shift -= 60_000
    const failure = await failureOf(issue(draft(), undefined, fresh.id))
    expect(failure.code).toBe('clock/stepped-back')
    expect(await headOf(fresh.id)).toBe(2)
  })

  it('waits on when the timer ends before the clock is there, but not for ever', async () => {
    const last = Date.now()
    const times = [last - 40, last - 1, last]
    const chosen = { ...(await settingsOf(office.ports.storage.read)), clockStepBackSeconds: 1 }
    const chain = { lastSealedAt: new Date(last).toISOString() }
    expect(await sealingTime({ clock: { now: () => times.shift() ?? last } }, { chosen }, chain)).toBe(last)
    const stopped = { clock: { now: () => last - 600 } }
    expect((await failureOf(sealingTime(stopped, { chosen }, chain))).code).toBe('clock/stepped-back')
  })
})

describe('refused before a number is taken', () => {
  const refused = async (work: Promise<unknown>, code: string, unitId = unit.id) => {
    const before = await headOf(unitId)
    const failure = await failureOf(work)
    expect(failure.code).toBe(code)
    expect(await headOf(unitId)).toBe(before)
    return failure
  }

  it('a document that breaks rules, with all of them', async () => {
    const { buyer: _none, ...anonymous } = draft()
    const lines = [{ name: 'x', quantity: '-1', price: '10' }]
    const failure = await refused(issue({ ...anonymous, lines }), 'document/invalid')
    const found = failure.details['violations']
    expect(found).toEqual(expect.arrayContaining([expect.objectContaining({ rule: 'BR-KSA-F-04', severity: 'error' })]))
  })

  it('a standard document without a buyer', async () => {
    const { buyer: _none, ...anonymous } = draft()
    const failure = await refused(issue(anonymous), 'draft/invalid')
    expect(failure.details).toEqual({ findings: [{ path: 'buyer.name', code: 'required' }] })
  })

  it('a number that was used', async () => {
    const wanted = draft()
    await issue(wanted, 'number-1')
    await refused(issue({ ...wanted, note: 'again' }, 'number-2'), 'document/duplicate-number')
  })

  it('a date of its own, unless the sale was imported', async () => {
    const dated = draft({ issueDate: '2026-01-02', issueTime: '10:00:00', profile: 'simplified' })
    await refused(issue(dated), 'draft/invalid')
    const imported = await issueDocument(office.ports, {
      unitId: unit.id,
      draft: dated,
      idempotencyKey: 'imported',
      actor: 'tester',
      road: 'import',
    })
    expect([imported.issueDate, imported.issueTime]).toEqual(['2026-01-02', '10:00:00'])
    expect(imported.warnings.map(({ rule }) => rule)).toContain('BR-KSA-98')
  })

  it('another seller, and the wrong kind for the unit', async () => {
    await refused(issue(draft({ seller: { vatNumber: '300000000000003' } })), 'certificate/wrong-vat-number')
    const standardOnly = await office.readyUnit('1000')
    const simplified = draft({ profile: 'simplified' })
    await refused(issue(simplified, undefined, standardOnly.id), 'unit/functionality', standardOnly.id)
  })

  it('a certificate that has expired', async () => {
    office.clock.shift = 10 * 365 * 86_400_000
    const failure = await refused(issue(draft({ profile: 'simplified' })), 'certificate/expired')
    expect(failure.details).toHaveProperty('notAfter')
  })

  it('a unit that is not onboarded, or not there', async () => {
    const raw = await office.addUnit()
    await refused(issue(draft(), undefined, raw.id), 'unit/not-ready', raw.id)
    await refused(issue(draft(), undefined, 'nobody'), 'unit/not-found', 'nobody')
  })

  it('nothing, when the gateway is away: issuing does not need it', async () => {
    const nobody = openGateway('PRACTICE', { url: 'http://127.0.0.1:9/practice' })
    const offline = { ...office.ports, gateway: () => nobody }
    const request = { unitId: unit.id, draft: draft({ buyer }), idempotencyKey: 'offline', actor: 'tester' }
    expect((await issueDocument(offline, request)).icv).toBeGreaterThan(0)
  })
})
