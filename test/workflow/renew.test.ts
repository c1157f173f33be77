/** Renewal against the practice gateway: new key, new chain, documents under way, crashes, and what is left when ZATCA refuses. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Failure } from '#core/errors.ts'
import type { DocumentRecord, Ports } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { reissueDocument } from '#core/workflow/issuing/reissue.ts'
import { checkNextDocument, onboard, onboardingOf, requestComplianceCsid } from '#core/workflow/onboarding/onboard.ts'
import { firstPih } from '#core/workflow/onboarding/put-into-use.ts'
import { renew, requestRenewal } from '#core/workflow/onboarding/renew.ts'
import { verifyChain } from '#core/workflow/proving/verify-chain.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { GENESIS_PIH } from '#core/zatca/chain.ts'
import { describeEngines } from '../storage/engines.ts'
import { Died, dyingAt } from './dying.ts'
import { failureOf } from './failing.ts'
import { draft, openOffice, type TestOffice } from './office.ts'

const actor = 'tester'
const renewals = ['issue', 'compliance', 'compliance-unwrapped'] as const

const productionCsids = async ({ storage: { read } }: Ports, unitId: string) =>
  (await read.csids(unitId)).filter(({ purpose }) => purpose === 'production').toSorted((a, b) => a.epoch - b.epoch)

const inUse = async (ports: Ports, unitId: string) => {
  const csid = (await productionCsids(ports, unitId)).at(-1)
  if (csid === undefined) throw new Error('the unit has no production CSID')
  return csid
}

const issue = (ports: Ports, unitId: string, change: Parameters<typeof draft>[0] = {}): Promise<DocumentRecord> => {
  const wanted = draft(change)
  return issueDocument(ports, { unitId, draft: wanted, idempotencyKey: wanted.number, actor })
}

const chainStates = async ({ storage }: Ports, unitId: string) =>
  (await storage.read.chains(unitId)).map(({ epoch, state, lastIcv }) => [epoch, state, lastIcv])

const provenChains = async (ports: Ports, unitId: string) =>
  Promise.all((await ports.storage.read.chains(unitId)).map(async (chain) => (await verifyChain(ports, chain)).ok))

await describeEngines('renewal', (engine) => {
  let office: TestOffice
  beforeAll(async () => {
    const database = await engine.create()
    office = await openOffice({ open: () => database.open() })
  })
  beforeEach(() => office.control('reset', { only: ['faults', 'answers', 'settings'] }))
  afterAll(() => office.close())

  it.each(renewals)('answered with %s brings a new key and a new chain, and loses no document', async (renewal) => {
    const { ports } = office
    const { id: unitId } = await office.readyUnit()
    const sent = await issue(ports, unitId)
    await submitDocument(ports, sent.id)
    const waiting = [await issue(ports, unitId), await issue(ports, unitId, { profile: 'simplified' })]
    const before = await inUse(ports, unitId)

    await office.control('settings', { renewal })
    const state = await renew(ports, { unitId, actor, giveUp: before.id, otp: await office.otp() })
    expect(state.next).toBe('done')
    const after = await inUse(ports, unitId)
    expect(after).toMatchObject({ epoch: 2 })
    expect(after.keyId).not.toBe(before.keyId)
    expect(parseCertificate(after.token).publicKey).not.toEqual(parseCertificate(before.token).publicKey)
    expect(await ports.storage.read.keyEnvelope(before.keyId ?? '')).toBeDefined()
    expect(await chainStates(ports, unitId)).toEqual([
      [1, 'draining', 3],
      [2, 'active', 0],
    ])

    const first = await issue(ports, unitId, { profile: 'simplified' })
    expect(first).toMatchObject({ icv: 1, pih: GENESIS_PIH, csidId: after.id })
    for (const { id } of [...waiting, first]) await submitDocument(ports, id)
    const settled = await Promise.all(waiting.map(({ id }) => ports.storage.read.documentStatus(id)))
    expect(settled.map((status) => status?.state)).toEqual(['cleared', 'reported'])
    const codes = settled.map((status) => status?.result?.findings.map(({ code }) => code))
    expect(codes[1]).toContain('other-signing-certificate')
    expect(await chainStates(ports, unitId)).toEqual([
      [1, 'closed', 3],
      [2, 'active', 1],
    ])
    expect(await provenChains(ports, unitId)).toEqual([true, true])
  })

  it('closes the old chain at once when nothing is on its way', async () => {
    const { ports } = office
    const { id: unitId } = await office.readyUnit('1000')
    await submitDocument(ports, (await issue(ports, unitId)).id)
    await renew(ports, { unitId, actor, giveUp: (await inUse(ports, unitId)).id, otp: await office.otp() })
    expect(await chainStates(ports, unitId)).toEqual([
      [1, 'closed', 1],
      [2, 'active', 0],
    ])
  })

  it('lets the unit issue and send under the old certificate while it is under way', async () => {
    const { ports } = office
    const { id: unitId } = await office.readyUnit('1000')
    const before = await inUse(ports, unitId)
    await office.control('settings', { renewal: 'compliance' })
    const begun = await requestRenewal(ports, { unitId, actor, giveUp: before.id, otp: await office.otp() })
    expect(begun).toMatchObject({ next: 'check', unit: { state: 'ready' } })
    await checkNextDocument(ports, { unitId, actor })
    const document = await issue(ports, unitId)
    expect(document).toMatchObject({ icv: 1, csidId: before.id })
    expect((await submitDocument(ports, document.id)).state).toBe('cleared')
    await renew(ports, { unitId, actor, giveUp: before.id })
    expect(await issue(ports, unitId)).toMatchObject({ icv: 1, csidId: (await inUse(ports, unitId)).id })
  })

  it('never puts a document of the old certificate on the new chain', async () => {
    const { ports } = office
    const { id: unitId } = await office.readyUnit('1000')
    const before = await inUse(ports, unitId)
    const otp = await office.otp()
    let renewed: Promise<unknown> | undefined
    const keys: Ports['keys'] = {
      ...ports.keys,
      signer: async (...given) => {
        const signer = await ports.keys.signer(...given)
        renewed ??= renew(ports, { unitId, actor, giveUp: before.id, otp })
        await renewed
        return signer
      },
    }
    const refused = await failureOf(issue({ ...ports, keys }, unitId))
    expect(refused).toMatchObject({ code: 'chain/busy', kind: { retryable: true } })
    expect(await chainStates(ports, unitId)).toEqual([
      [1, 'closed', 0],
      [2, 'active', 0],
    ])
    expect(await issue(ports, unitId)).toMatchObject({ icv: 1 })
  })

  it('asked for by two at once spends one OTP and makes one certificate', async () => {
    const { ports } = office
    const { id: unitId } = await office.readyUnit('1000')
    const giveUp = (await inUse(ports, unitId)).id
    const otps = [await office.otp(), await office.otp()]
    const states = await Promise.all(otps.map((otp) => renew(ports, { unitId, actor, giveUp, otp })))
    expect(states.map(({ next }) => next)).toEqual(['done', 'done'])
    expect(await productionCsids(ports, unitId)).toHaveLength(2)
    const spares = await Promise.all(
      otps.map(async (otp) => {
        const { id } = await office.addUnit('1000')
        return requestComplianceCsid(ports, { unitId: id, actor, otp }).catch(({ code }: Failure) => code)
      }),
    )
    expect(spares.filter((tried) => tried === 'onboarding/otp-refused')).toHaveLength(1)
  })

  it('that revokes the credential while a document is on the way loses nothing', async () => {
    const { ports } = office
    const { id: unitId } = await office.readyUnit('1000')
    const document = await issue(ports, unitId)
    const request = { unitId, actor, giveUp: (await inUse(ports, unitId)).id, otp: await office.otp() }
    const real = ports.gateway('PRACTICE')
    const submit: typeof real.submit = async (...call) => {
      await renew(ports, request)
      return real.submit(...call)
    }
    const overtaken = await submitDocument({ ...ports, gateway: () => ({ ...real, submit }) }, document.id)
    expect(overtaken.state).toBe('waiting')
    expect((await ports.storage.read.attempts(document.id)).map(({ verdict }) => verdict)).toEqual(['sign-in-refused'])
    // Not insisting: the road must not have been closed by what the old credential was told.
    expect((await submitDocument(ports, document.id)).state).toBe('cleared')
  })

  it('keeps units of one VAT number apart', async () => {
    const { ports } = office
    const [first, second] = [await office.readyUnit(), await office.readyUnit()]
    const units = [first, second, first, second, first]
    const issued = await Promise.all(units.map(({ id }) => issue(ports, id)))
    await renew(ports, { unitId: first.id, actor, giveUp: (await inUse(ports, first.id)).id, otp: await office.otp() })
    issued.push(await issue(ports, first.id), await issue(ports, second.id))
    for (const { id } of issued) expect((await submitDocument(ports, id)).state).toBe('cleared')
    expect(await chainStates(ports, first.id)).toEqual([
      [1, 'closed', 3],
      [2, 'active', 1],
    ])
    expect(await chainStates(ports, second.id)).toEqual([[1, 'active', 3]])
    expect([...(await provenChains(ports, first.id)), ...(await provenChains(ports, second.id))]).not.toContain(false)
    const keys = new Set(
      [...(await productionCsids(ports, first.id)), await inUse(ports, second.id)].map((c) => c.keyId),
    )
    expect(keys.size).toBe(3)
  })
})

describe('a renewal that is interrupted', () => {
  let office: TestOffice
  beforeAll(async () => {
    office = await openOffice()
  })
  beforeEach(() => {
    office.clock.shift = 0
    return office.control('reset', { only: ['faults', 'answers', 'settings'] })
  })
  afterAll(() => office.close())

  /** The dead process' claim ends by itself; the same call, with a new OTP where the old one is spent. */
  const callAgain = async (unitId: string, giveUp: string, otp: string) => {
    office.clock.shift += 91_000
    const { ports } = office
    const request = { unitId, actor, giveUp }
    try {
      return await renew(ports, { ...request, otp })
    } catch (error) {
      const lost = error instanceof Error && 'code' in error ? error.code : error
      if (lost === 'onboarding/otp-refused') return renew(ports, { ...request, otp: await office.otp() })
      // The answer that was lost was the new certificate itself: the old one is revoked, the unit is registered anew.
      if (lost === 'onboarding/sign-in-refused') return onboard(ports, { ...request, otp: await office.otp() })
      throw error
    }
  }

  it.each(['issue', 'compliance'] as const)(
    'at any point, answered with %s, goes on with the same call',
    { timeout: 120_000 },
    async (renewal) => {
      const { ports } = office
      await office.control('settings', { renewal })
      let boundary = 0
      for (let died = true; died; ) {
        boundary += 1
        office.clock.shift = 0
        const { id: unitId } = await office.readyUnit('1000')
        const document = await issue(ports, unitId)
        const before = await inUse(ports, unitId)
        const otp = await office.otp()
        const dead = dyingAt(ports, boundary)
        died = await renew(dead, { unitId, actor, giveUp: before.id, otp }).then(
          () => false,
          (error: unknown) => error instanceof Died,
        )
        const state = died ? await callAgain(unitId, before.id, otp) : await onboardingOf(ports.storage.read, unitId)
        expect(state.next).toBe('done')
        expect(await chainStates(ports, unitId)).toEqual([
          [1, 'draining', 1],
          [2, 'active', 0],
        ])
        expect((await submitDocument(ports, document.id)).state).toBe('cleared')
        const after = await inUse(ports, unitId)
        expect((await submitDocument(ports, (await issue(ports, unitId)).id)).document.csidId).toBe(after.id)
      }
      expect(boundary).toBeGreaterThan(renewal === 'issue' ? 8 : 25)
    },
  )

  it('registers the unit anew when the certificate was revoked, and sends what waited', async () => {
    const { ports } = office
    const { id: unitId } = await office.readyUnit()
    const before = await inUse(ports, unitId)
    const waiting = await issue(ports, unitId)
    await office.control('csids/revoke', { csid: before.requestId })
    expect((await submitDocument(ports, waiting.id)).state).toBe('waiting')
    const road = async () => (await ports.storage.read.roads()).find(({ id }) => id === `csid/${before.id}`)
    expect(await road()).toMatchObject({ state: 'closed', reason: 'sign-in-refused' })
    const request = { unitId, actor, giveUp: before.id }
    const refused = await failureOf(renew(ports, { ...request, otp: await office.otp() }))
    expect(refused.code).toBe('onboarding/sign-in-refused')
    expect((await onboardingOf(ports.storage.read, unitId)).next).toBe('done')

    const state = await onboard(ports, { ...request, otp: await office.otp() })
    expect(state).toMatchObject({ next: 'done', unit: { state: 'ready' } })
    expect(await road()).toMatchObject({ state: 'open', changedBy: actor })
    expect((await submitDocument(ports, waiting.id)).state).toBe('cleared')
    expect(await chainStates(ports, unitId)).toEqual([
      [1, 'closed', 1],
      [2, 'active', 0],
    ])
  })

  it('refuses to sign with an expired certificate, and goes on after the unit is registered anew', async () => {
    const { ports } = office
    const { id: unitId } = await office.readyUnit()
    const before = await inUse(ports, unitId)
    const waiting = [await issue(ports, unitId), await issue(ports, unitId, { profile: 'simplified' })]
    office.clock.shift = Date.parse(before.notAfter) - Date.now() + 1000
    await office.control('clock', { now: new Date(office.clock.now()).toISOString() })
    try {
      expect((await failureOf(issue(ports, unitId))).code).toBe('certificate/expired')
      expect(await chainStates(ports, unitId)).toEqual([[1, 'active', 2]])
      const request = { unitId, actor, giveUp: before.id }
      const refused = await failureOf(renew(ports, { ...request, otp: await office.otp() }))
      expect(refused.code).toBe('onboarding/sign-in-refused')
      await onboard(ports, { ...request, otp: await office.otp() })
      expect((await submitDocument(ports, (await issue(ports, unitId)).id)).state).toBe('cleared')
      // What the expired certificate has signed is sent all the same; a stamp that is refused then is corrected under the new one.
      const late = await Promise.all(waiting.map(({ id }) => submitDocument(ports, id)))
      expect(late.map(({ state }) => state)).toEqual(['cleared', 'rejected'])
      const [, rejected] = late
      const documentId = rejected?.document.id ?? ''
      const correction = { documentId, draft: draft({ profile: 'simplified' }), idempotencyKey: documentId, actor }
      const corrected = await reissueDocument(ports, correction)
      expect(corrected).toMatchObject({ icv: 2, number: rejected?.document.number })
      expect((await submitDocument(ports, corrected.id)).state).toBe('reported')
    } finally {
      await office.control('clock', { now: null })
    }
  })

  it('starts a stuck renewal over, by renewal again', async () => {
    const { ports } = office
    await office.control('settings', { renewal: 'compliance' })
    const { id: unitId } = await office.readyUnit('1000')
    const before = await inUse(ports, unitId)
    const begun = await requestRenewal(ports, { unitId, actor, giveUp: before.id, otp: await office.otp() })
    const compliance = (await ports.storage.read.csids(unitId)).find(({ id }) => id === begun.csidId)
    await office.control('csids/revoke', { csid: compliance?.requestId })
    const stuck = await failureOf(renew(ports, { unitId, actor, giveUp: before.id }))
    expect(stuck.code).toBe('onboarding/sign-in-refused')
    const again = { unitId, actor, giveUp: begun.csidId ?? '', otp: await office.otp() }
    expect((await renew(ports, again)).next).toBe('done')
    expect(await productionCsids(ports, unitId)).toHaveLength(2)
  })

  it('is not begun for a unit that was never in use, nor for another taxpayer', async () => {
    const { ports } = office
    const { id: fresh } = await office.addUnit()
    const early = await failureOf(renew(ports, { unitId: fresh, actor, giveUp: 'none', otp: await office.otp() }))
    expect(early.code).toBe('unit/not-ready')
    const { id: unitId } = await office.readyUnit('1000')
    const giveUp = (await inUse(ports, unitId)).id
    const other = { ...office.company, vatNumber: '310175397500003' }
    await ports.storage.write((tx) => tx.updateCompany(other))
    try {
      const otherOtp = await failureOf(renew(ports, { unitId, actor, giveUp, otp: '123456' }))
      expect(otherOtp.code).toBe('onboarding/csr-refused')
      for (const road of ['form', 'import'] as const) {
        const wanted = draft()
        const request = { unitId, draft: wanted, idempotencyKey: wanted.number, actor, road }
        expect((await failureOf(issueDocument(ports, request))).code).toBe('certificate/wrong-vat-number')
      }
    } finally {
      await ports.storage.write((tx) => tx.updateCompany(office.company))
    }
    expect(await chainStates(ports, unitId)).toEqual([[1, 'active', 0]])
  })
})

describe('the first previous hash of a chain', () => {
  const chains = [
    { epoch: 2, lastHash: 'second' },
    { epoch: 1, lastHash: 'first' },
  ]
  it('is the genesis value by default, and the last hash of the chain before where that is chosen', () => {
    expect(firstPih(chains, 'genesis')).toBe(GENESIS_PIH)
    expect(firstPih(chains, 'continue')).toBe('second')
    expect(firstPih([], 'continue')).toBe(GENESIS_PIH)
  })
})
