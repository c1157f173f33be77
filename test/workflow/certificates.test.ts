/** The overview of keys and certificates through the life of a unit, and the board of what ends soonest. */
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { updateUnit } from '#core/office/units.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import {
  certificatesOf,
  expiriesByUrgency,
  expiryWarning,
  unitStateAt,
} from '#core/workflow/onboarding/certificates.ts'
import { onboard, requestComplianceCsid } from '#core/workflow/onboarding/onboard.ts'
import { renew, requestRenewal } from '#core/workflow/onboarding/renew.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { failureOf } from './failing.ts'
import { draft, openOffice, type TestOffice, vatNumber } from './office.ts'

const actor = 'tester'
const day = 24 * 3_600_000

let office: TestOffice
beforeAll(async () => {
  office = await openOffice()
})
afterEach(() => {
  office.clock.shift = 0
})
afterAll(() => office.close())

const entriesOf = async (unitId: string) =>
  (await certificatesOf(office.ports, office.company.id)).filter((entry) => entry.unitId === unitId)

const uses = async (unitId: string) =>
  (await entriesOf(unitId)).map(({ use, advice, certificate }) => [use, certificate?.purpose, advice])

describe('keys and certificates of a company', () => {
  it('are listed through request, checks, use and renewal', async () => {
    const { ports } = office
    const { id: unitId } = await office.addUnit('1000')
    await failureOf(requestComplianceCsid(ports, { unitId, actor, otp: '999999' }))
    expect(await uses(unitId)).toEqual([['requested', undefined, 'request']])
    const [requested] = await entriesOf(unitId)

    await requestComplianceCsid(ports, { unitId, actor, otp: await office.otp() })
    expect(await uses(unitId)).toEqual([['under-way', 'compliance', 'continue']])
    expect((await entriesOf(unitId))[0]?.keyFingerprint).toBe(requested?.keyFingerprint)

    const { csidId = '' } = await onboard(ports, { unitId, actor })
    expect(await uses(unitId)).toEqual([
      ['in-use', 'production', 'nothing'],
      ['old', 'compliance', 'keep'],
    ])

    await office.control('settings', { renewal: 'compliance' })
    await requestRenewal(ports, { unitId, actor, giveUp: csidId, otp: await office.otp() })
    expect(await uses(unitId)).toEqual([
      ['under-way', 'compliance', 'continue'],
      ['in-use', 'production', 'continue'],
      ['old', 'compliance', 'keep'],
    ])
    await renew(ports, { unitId, actor, giveUp: csidId })
    await office.control('settings', { renewal: 'issue' })
    expect((await uses(unitId)).map(([use]) => use)).toEqual(['in-use', 'old', 'old', 'old'])
  })

  it('show what the certificate says, and the fingerprint of its key', async () => {
    const unit = await office.readyUnit('0100')
    const csids = await office.ports.storage.read.csids(unit.id)
    const token = csids.find(({ purpose }) => purpose === 'production')?.token ?? ''
    const { publicKey, serial } = parseCertificate(token)
    const entry = (await entriesOf(unit.id)).find(({ use }) => use === 'in-use')
    expect(entry).toMatchObject({
      unitName: unit.name,
      environment: 'PRACTICE',
      keyFingerprint: createHash('sha256').update(publicKey).digest('hex'),
      certificate: { serial, vatNumber, functionality: '0100', epoch: 1, warning: undefined },
    })
    expect(entry?.certificate?.subject).toContain(`CN=${unit.name}`)
    expect(entry?.certificate?.daysLeft).toBeGreaterThan(1800)
    expect(JSON.stringify(entry)).not.toContain(token)
  })

  it('tell when to renew, and when renewal would be refused', async () => {
    const unit = await office.readyUnit('1000')
    const [entry] = await entriesOf(unit.id)
    const notAfter = Date.parse(entry?.certificate?.notAfter ?? '')
    const at = async (daysBefore: number) => {
      office.clock.shift = notAfter - daysBefore * day - Date.now()
      const [now] = await entriesOf(unit.id)
      return [now?.certificate?.daysLeft, now?.certificate?.warning, now?.advice]
    }
    expect(await at(90.5)).toEqual([90, undefined, 'nothing'])
    expect(await at(29.5)).toEqual([29, 30, 'renew'])
    expect(await at(0.5)).toEqual([0, 1, 'renew'])
    expect(await at(-0.5)).toEqual([-1, 'expired', 'register-anew'])
    const csids = await office.ports.storage.read.csids(unit.id)
    expect(unitStateAt(unit, csids, office.clock.now())).toBe('expired')
    expect(unitStateAt(unit, csids, notAfter - day)).toBe('ready')
  })

  it('say that a revoked certificate needs a new registration', async () => {
    const { ports } = office
    const unit = await office.readyUnit('1000')
    const wanted = draft()
    const request = { unitId: unit.id, draft: wanted, idempotencyKey: wanted.number, actor }
    const { id } = await issueDocument(ports, request)
    const csid = (await ports.storage.read.csids(unit.id)).find(({ purpose }) => purpose === 'production')
    await office.control('csids/revoke', { csid: csid?.requestId })
    await submitDocument(ports, id)
    expect((await uses(unit.id))[0]).toEqual(['in-use', 'production', 'register-anew'])
  })

  it('of no company is a mistake', async () => {
    expect((await failureOf(certificatesOf(office.ports, 'nobody'))).code).toBe('company/not-found')
  })
})

describe('the board', () => {
  it('lists the certificate in use of every unit, the soonest end first', async () => {
    const { ports } = office
    const [first, second] = [await office.readyUnit('1000'), await office.readyUnit('0100')]
    const giveUp = (await expiriesByUrgency(ports)).find(({ unitId }) => unitId === first.id)?.csidId ?? ''
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await renew(ports, { unitId: first.id, actor, giveUp, otp: await office.otp() })
    const board = await expiriesByUrgency(ports)
    const places = [first.id, second.id].map((id) => board.findIndex(({ unitId }) => unitId === id))
    expect(places[0]).toBeGreaterThan(places[1] ?? 0)
    expect(board.filter(({ unitId }) => unitId === first.id)).toMatchObject([{ companyId: office.company.id }])
    expect(board.find(({ unitId }) => unitId === first.id)?.csidId).not.toBe(giveUp)
  })
})

describe('warning', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  it.each([
    [90 * day + 1, undefined],
    [90 * day, 90],
    [30 * day + 1, 90],
    [14 * day, 14],
    [7 * day + 1, 14],
    [7 * day, 7],
    [day, 1],
    [0, 1],
    [-1, 'expired'],
  ])('%i ms before the end', (left, warning) => {
    expect(expiryWarning(new Date(now + left).toISOString(), now)).toBe(warning)
  })
})

describe('changed data of a unit', () => {
  it('stand in the next certificate', async () => {
    const { ports } = office
    const { id: unitId } = await office.addUnit('1000')
    const begun = await requestComplianceCsid(ports, { unitId, actor, otp: await office.otp() })
    await updateUnit(ports, { id: unitId, name: ' Till 7 ', branch: 'فرع جدة', actor })
    await onboard(ports, { unitId, actor, giveUp: begun.csidId ?? '', otp: await office.otp() })
    const [entry] = await entriesOf(unitId)
    expect(entry?.certificate?.subject).toContain('CN=Till 7, OU=فرع جدة')
    const refused = await failureOf(updateUnit(ports, { id: unitId, name: 'A & B', branch: '', actor }))
    expect(refused.code).toBe('request/invalid')
    const [change] = (await ports.storage.read.audit(unitId)).filter(({ action }) => action === 'unit/updated')
    expect(change?.details['after']).toEqual({ name: 'Till 7', branch: 'فرع جدة' })
  })
})
