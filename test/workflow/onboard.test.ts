/** Onboarding against the practice gateway: the whole way, every refusal, and going on after each step. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openGateway } from '#core/gateway/gateway.ts'
import type { Gateway } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import {
  activate,
  checkNextDocument,
  onboard,
  onboardingOf,
  requestComplianceCsid,
} from '#core/workflow/onboarding/onboard.ts'
import { renew } from '#core/workflow/onboarding/renew.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { GENESIS_PIH } from '#core/zatca/chain.ts'
import { fixtureText } from '../zatca/fixtures.ts'
import { Died, dyingAt } from './dying.ts'
import { failureOf } from './failing.ts'
import { draft, openOffice, type TestOffice } from './office.ts'

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

describe('onboarding that is interrupted', () => {
  afterEach(() => {
    office.clock.shift = 0
  })

  /** The claim of a dead process ends by itself; a spent OTP is replaced by a new one. */
  const callAgain = async (unitId: string, otp: string, giveUp: { readonly giveUp?: string }) => {
    office.clock.shift += 91_000
    const call = (given: string) => onboard(office.ports, { unitId, actor, ...giveUp, otp: given })
    try {
      return await call(otp)
    } catch (error) {
      expect(error).toMatchObject({ code: 'onboarding/otp-refused' })
      return call(await office.otp())
    }
  }

  it.each(['from the beginning', 'from a new start'])(
    'at any point goes on with the same call, %s',
    { timeout: 120_000 },
    async (start) => {
      const { ports } = office
      let boundary = 0
      for (let died = true; died; ) {
        boundary += 1
        office.clock.shift = 0
        const { id: unitId } = await office.addUnit('0100')
        const giveUp = start === 'from the beginning' ? {} : { giveUp: await stuck(unitId) }
        const otp = await office.otp()
        died = await onboard(dyingAt(ports, boundary), { unitId, actor, otp, ...giveUp }).then(
          () => false,
          (error: unknown) => error instanceof Died,
        )
        const state = died ? await callAgain(unitId, otp, giveUp) : await onboardingOf(ports.storage.read, unitId)
        expect(state).toMatchObject({ next: 'done', unit: { state: 'ready' } })
        expect(await ports.storage.read.chains(unitId)).toMatchObject([{ epoch: 1, state: 'active', lastIcv: 0 }])
        const csids = await ports.storage.read.csids(unitId)
        const certified = csids.find(({ purpose }) => purpose === 'production')
        expect(csids.filter(({ keyId }) => keyId === certified?.keyId)).toContainEqual(
          expect.objectContaining({ purpose: 'compliance' }),
        )
      }
      expect(boundary).toBeGreaterThan(25)
    },
  )

  /** A unit whose compliance certificate was revoked after one check; gives its id. */
  const stuck = async (unitId: string): Promise<string> => {
    await requestComplianceCsid(office.ports, { unitId, actor, otp: await office.otp() })
    await checkNextDocument(office.ports, { unitId, actor })
    const csid = (await office.ports.storage.read.csids(unitId))[0]
    await office.control('csids/revoke', { csid: csid?.requestId })
    const failure = await failureOf(checkNextDocument(office.ports, { unitId, actor }))
    expect(failure.code).toBe('onboarding/sign-in-refused')
    return csid?.id ?? ''
  }

  it('starts over with a new OTP, a new key and all checks, and keeps what was there', async () => {
    const { ports } = office
    const { id: unitId } = await office.addUnit('0100')
    const giveUp = await stuck(unitId)
    const request = { unitId, actor, giveUp, otp: await office.otp() }
    const again = await requestComplianceCsid(ports, request)
    expect(again.next).toBe('check')
    expect(again.compliance.map(({ state }) => state)).toEqual(['open', 'open', 'open'])
    expect((await requestComplianceCsid(ports, request)).csidId).toBe(again.csidId)
    const [given, current] = await ports.storage.read.csids(unitId)
    expect(given).toMatchObject({ id: giveUp, epoch: 1 })
    expect(current?.keyId).not.toBe(given?.keyId)
    expect(await ports.storage.read.complianceDocuments(giveUp)).toHaveLength(1)
    expect((await onboard(ports, { unitId, actor })).next).toBe('done')
  })

  it('does not check documents under a certificate of another taxpayer', async () => {
    const { id: unitId } = await office.addUnit('0100')
    await requestComplianceCsid(office.ports, { unitId, actor, otp: await office.otp() })
    await office.ports.storage.write((tx) => tx.updateCompany({ ...office.company, vatNumber: '310175397500003' }))
    const failure = await failureOf(checkNextDocument(office.ports, { unitId, actor }))
    await office.ports.storage.write((tx) => tx.updateCompany(office.company))
    expect(failure.code).toBe('certificate/wrong-vat-number')
  })

  it('takes a certificate that begins a moment later by our clock, and signs with it from then on', async () => {
    const { ports } = office
    const { id: unitId } = await office.addUnit('0100')
    const first = { unitId, actor, otp: await office.otp() }
    office.clock.shift = -60_000
    expect((await requestComplianceCsid(ports, first)).next).toBe('check')
    expect((await failureOf(checkNextDocument(ports, first))).code).toBe('certificate/not-yet-valid')
    office.clock.shift = 0
    for (let open = 0; open < 3; open += 1) await checkNextDocument(ports, first)
    office.clock.shift = -60_000
    expect((await activate(ports, first)).next).toBe('done')
  })

  it('lets a second person wait, and says so when the first one takes too long', { timeout: 20_000 }, async () => {
    const { id: unitId } = await office.addUnit('0100')
    await office.ports.storage.write((tx) => tx.claimUnit(unitId, 90))
    const failure = await failureOf(requestComplianceCsid(office.ports, { unitId, actor, otp: '123456' }))
    expect(failure).toMatchObject({ code: 'unit/busy', kind: { retryable: true } })
    expect(await office.ports.storage.read.csids(unitId)).toEqual([])
  })
})

describe('the sandbox', () => {
  it("signs with ZATCA's published test key under its VAT number, and issues and sends", async () => {
    const { ports } = office
    const { id: unitId } = await office.addUnit('1100', 'SANDBOX')
    expect((await onboard(ports, { unitId, actor, otp: '123456' })).next).toBe('done')
    const csid = (await ports.storage.read.csids(unitId)).find(({ purpose }) => purpose === 'production')
    expect(parseCertificate(csid?.token ?? '').text).toBe(fixtureText('sdk/cert.pem').trim())
    // The sandbox answers with an example document: nothing in it is held against ours.
    await office.control('faults', { fault: 'other-invoice', endpoint: 'clearance' })
    for (const [profile, state] of [
      ['standard', 'cleared'],
      ['simplified', 'reported'],
    ] as const) {
      const wanted = draft({ profile })
      const request = { unitId, draft: wanted, idempotencyKey: wanted.number, actor }
      const document = await issueDocument(ports, request)
      expect(document.draft.seller).toMatchObject({ vatNumber: '399999999900003', name: office.company.name })
      expect((await submitDocument(ports, document.id)).state).toBe(state)
    }
    expect(await ports.storage.read.chains(unitId)).toMatchObject([{ state: 'active', lastIcv: 2 }])
  })

  it('renews there too, without a second copy of the key', async () => {
    const { ports } = office
    const { id: unitId } = await office.addUnit('1000', 'SANDBOX')
    const { csidId = '' } = await onboard(ports, { unitId, actor, otp: '123456' })
    expect((await renew(ports, { unitId, actor, giveUp: csidId, otp: '123456' })).next).toBe('done')
    expect(new Set((await ports.storage.read.csids(unitId)).map(({ keyId }) => keyId)).size).toBe(1)
    expect((await ports.storage.read.chains(unitId)).map(({ epoch, state }) => [epoch, state])).toEqual([
      [1, 'closed'],
      [2, 'active'],
    ])
  })

  it('is the only environment where that key is used', async () => {
    const published = parseCertificate(fixtureText('sdk/cert.pem')).publicKey
    const unit = await office.readyUnit('1000')
    const csids = await office.ports.storage.read.csids(unit.id)
    expect(csids.map(({ token }) => parseCertificate(token).publicKey)).not.toContainEqual(published)
  })
})

describe('secrets', () => {
  it('leave no trace of OTP or CSID secret in database, log or messages, even where ZATCA repeats the OTP', async () => {
    const lines: string[] = []
    const note = (...line: readonly unknown[]) => void lines.push(JSON.stringify(line))
    const watched = await openOffice({ log: { info: note, warn: note, error: note } })
    const { ports } = watched
    const secrets: string[] = []
    const real = ports.gateway('PRACTICE')
    const listening: Gateway = {
      ...real,
      complianceCsid: async (csr, otp) => {
        const verdict = await real.complianceCsid(csr, otp)
        if (verdict.kind === 'issued') secrets.push(verdict.secret)
        return verdict.kind === 'otp-refused' ? { ...verdict, message: `the OTP ${otp} is wrong` } : verdict
      },
    }
    const { id: unitId } = await watched.addUnit('1000')
    const listened = { ...ports, gateway: () => listening }
    const refused = await failureOf(requestComplianceCsid(listened, { unitId, actor, otp: '918273' }))
    note(refused.message, refused.details)
    const otp = await watched.otp()
    await onboard(listened, { unitId, actor, otp })
    note(await ports.storage.read.audit(unitId), await ports.storage.read.csids(unitId))
    const files = readdirSync(watched.folder).filter((name) => name.startsWith('khatm.sqlite'))
    const stored = files.map((name) => readFileSync(join(watched.folder, name), 'latin1')).join()
    expect(secrets).toHaveLength(1)
    expect(stored).toContain(unitId)
    for (const secret of ['918273', otp, ...secrets]) expect(lines.join() + stored).not.toContain(secret)
    await watched.close()
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
