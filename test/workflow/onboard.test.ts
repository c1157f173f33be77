/** Onboarding against the practice gateway: the whole way, every refusal, and going on after each step. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openGateway } from '#core/gateway/gateway.ts'
import { activate, checkNextDocument, onboard, onboardingOf, requestComplianceCsid } from '#core/workflow/onboard.ts'
import { GENESIS_PIH } from '#core/zatca/chain.ts'
import { failureOf } from './failing.ts'
import { openOffice, type TestOffice } from './office.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openOffice()
})
beforeEach(() => office.control('reset', { only: ['faults', 'answers'] }))
afterAll(() => office.close())

const actor = 'tester'

describe('onboarding', () => {
  it.each([
    ['1000', 3],
    ['0100', 3],
    ['1100', 6],
  ] as const)('brings a unit for %s to its chain over %i compliance documents', async (functionality, documents) => {
    const unit = await office.addUnit(functionality)
    const seen: string[] = []
    const state = await onboard(office.ports, { unitId: unit.id, actor, otp: await office.otp() }, ({ next }) =>
      seen.push(next),
    )
    expect(state.compliance.map((step) => step.state)).toEqual(Array(documents).fill('passed'))
    expect(seen).toEqual([...Array(documents).fill('check'), 'activate', 'done'])
    expect(await office.ports.storage.read.activeChain(unit.id)).toMatchObject({ lastIcv: 0, lastHash: GENESIS_PIH })
    const csids = await office.ports.storage.read.csids(unit.id)
    expect(csids.map(({ purpose }) => purpose).toSorted()).toEqual(['compliance', 'production'])
  })

  it('goes on where it stopped, one step a call, also after a restart', async () => {
    const unit = await office.addUnit('1000')
    const request = { unitId: unit.id, actor }
    const first = await requestComplianceCsid(office.ports, { ...request, otp: await office.otp() })
    expect(first.next).toBe('check')
    const ports = await office.restarted()
    await checkNextDocument(ports, request)
    await checkNextDocument(ports, request)
    expect((await checkNextDocument(ports, request)).next).toBe('activate')
    expect((await activate(ports, request)).next).toBe('done')
    expect((await activate(ports, request)).next).toBe('done')
    expect(await ports.storage.read.chains(unit.id)).toHaveLength(1)
  })

  it('asked for twice at once still makes one key and one chain', async () => {
    const { id: unitId } = await office.addUnit('0100')
    const request = { unitId, actor }
    const otps = [await office.otp(), await office.otp()]
    await Promise.all(otps.map((otp) => requestComplianceCsid(office.ports, { ...request, otp })))
    for (let open = 0; open < 3; open += 1) await checkNextDocument(office.ports, request)
    await Promise.all([activate(office.ports, request), activate(office.ports, request)])
    expect((await onboardingOf(office.ports.storage.read, unitId)).next).toBe('done')
    expect(await office.ports.storage.read.chains(unitId)).toHaveLength(1)
  })

  it('keeps the key of a failed attempt for the next one', async () => {
    const unit = await office.addUnit('1000')
    await failureOf(requestComplianceCsid(office.ports, { unitId: unit.id, actor, otp: '999999' }))
    const keyId = (await office.ports.storage.read.unit(unit.id))?.keyId
    await requestComplianceCsid(office.ports, { unitId: unit.id, actor, otp: await office.otp() })
    expect(keyId).toBeDefined()
    expect((await office.ports.storage.read.unit(unit.id))?.keyId).toBe(keyId)
  })
})

describe('refusals', () => {
  it('names a wrong OTP, and an OTP that is none', async () => {
    const { id: unitId } = await office.addUnit()
    const wrong = await failureOf(requestComplianceCsid(office.ports, { unitId, actor, otp: '999999' }))
    expect(wrong.code).toBe('onboarding/otp-refused')
    const none = await failureOf(requestComplianceCsid(office.ports, { unitId, actor, otp: '12 34' }))
    expect(none.code).toBe('onboarding/otp-format')
    expect(JSON.stringify([wrong.details, none.details, wrong.message, none.message])).not.toMatch(/999999|12 34/)
  })

  it('takes Arabic digits', async () => {
    const { id: unitId } = await office.addUnit()
    const arabic = (await office.otp()).replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))
    expect((await requestComplianceCsid(office.ports, { unitId, actor, otp: arabic })).next).toBe('check')
  })

  it('finds what ZATCA would refuse in the CSR before the OTP is spent', async () => {
    const unit = await office.addUnit()
    const bad = { ...unit, id: `${unit.id}-bad`, name: 'EGS & sons', branch: ' ' }
    await office.ports.storage.write((tx) => tx.addUnit(bad))
    const failure = await failureOf(requestComplianceCsid(office.ports, { unitId: bad.id, actor, otp: '123456' }))
    expect(failure.code).toBe('csr/invalid')
    expect(failure.details['findings']).toEqual(
      expect.arrayContaining([
        { field: 'commonName', problem: 'forbidden-character' },
        { field: 'organizationUnit', problem: 'missing' },
      ]),
    )
    expect((await office.ports.storage.read.unit(bad.id))?.keyId).toBeUndefined()
  })

  it('says when the gateway cannot be reached, and when its answer was lost', async () => {
    const { id: unitId } = await office.addUnit()
    const nobody = openGateway('PRACTICE', { url: 'http://127.0.0.1:9/practice' })
    const offline = { ...office.ports, gateway: () => nobody }
    const otp = await office.otp()
    expect((await failureOf(requestComplianceCsid(offline, { unitId, actor, otp }))).code).toBe(
      'onboarding/unreachable',
    )
    await office.control('faults', { fault: 'reset-after' })
    const lost = await failureOf(requestComplianceCsid(office.ports, { unitId, actor, otp }))
    expect(lost.code).toBe('onboarding/unknown-outcome')
    expect(lost.kind.retryable).toBe(true)
  })

  it('keeps a failed compliance document with its findings and lets it be repeated', async () => {
    const { id: unitId } = await office.addUnit('0100')
    await requestComplianceCsid(office.ports, { unitId, actor, otp: await office.otp() })
    const findings = [{ code: 'BR-KSA-98', message: 'ordered' }]
    await office.control('answers', { status: 400, endpoint: 'compliance', findings })
    const failure = await failureOf(checkNextDocument(office.ports, { unitId, actor }))
    expect(failure.code).toBe('onboarding/compliance-failed')
    const failed = await onboardingOf(office.ports.storage.read, unitId)
    expect(failed.compliance[0]?.state).toBe('failed')
    expect(failed.compliance[0]?.findings.map(({ code }) => code)).toContain('BR-KSA-98')
    const repeated = await checkNextDocument(office.ports, { unitId, actor })
    expect(repeated.compliance[0]?.state).toBe('passed')
  })

  it('does not take a request in the shape of a success for one', async () => {
    const { id: unitId } = await office.addUnit()
    await office.control('faults', { fault: 'not-compliant' })
    const failure = await failureOf(requestComplianceCsid(office.ports, { unitId, actor, otp: await office.otp() }))
    expect(failure.code).toBe('onboarding/csr-refused')
  })
})
