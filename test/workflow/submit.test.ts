/** Sending: every answer of the gateway, every way in which an answer is lost, and that the bytes are the same each time. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openGateway } from '#core/gateway/gateway.ts'
import type { Draft } from '#core/invoice/draft.ts'
import type { DocumentStatus, Gateway, Ports, Unit } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { reissueDocument } from '#core/workflow/issuing/reissue.ts'
import { evidenceOf } from '#core/workflow/proving/evidence.ts'
import { verifyUnitChain } from '#core/workflow/proving/verify-chain.ts'
import { submitDue } from '#core/workflow/sending/outbox.ts'
import { freshRoad } from '#core/workflow/sending/roads.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import { failureOf } from './failing.ts'
import { draft, openOffice, type TestOffice } from './office.ts'

let office: TestOffice
let unit: Unit
beforeAll(async () => {
  office = await openOffice({ timeoutMs: 1500 })
  unit = await office.readyUnit()
})
afterEach(async () => {
  office.clock.shift = 0
  await openAllRoads()
  await office.control('reset', { only: ['faults', 'answers', 'settings'] })
})
afterAll(() => office.close())

/** Each test meets ZATCA as if nothing had happened before. */
const openAllRoads = async () => {
  const at = office.clock.now()
  for (const { id } of await office.ports.storage.read.roads())
    await office.ports.storage.write((tx) => tx.saveRoad(freshRoad(id, at)))
}

const issue = async (change: Partial<Draft> = {}, unitId = unit.id) => {
  const wanted = draft(change)
  const request = { unitId, draft: wanted, idempotencyKey: `key-${wanted.number}`, actor: 'tester' }
  return issueDocument(office.ports, request)
}

const issueAndSend = async (change: Partial<Draft> = {}): Promise<DocumentStatus> =>
  submitDocument(office.ports, (await issue(change)).id)

const again = ({ document }: DocumentStatus) => submitDocument(office.ports, document.id, { insist: true })

const attemptsOf = ({ document }: DocumentStatus) => office.ports.storage.read.attempts(document.id)

const simplified = { profile: 'simplified' } as const

describe('accepted', () => {
  it.each([
    ['invoice', 'standard', 'cleared'],
    ['invoice', 'simplified', 'reported'],
    ['credit-note', 'standard', 'cleared'],
    ['credit-note', 'simplified', 'reported'],
    ['debit-note', 'standard', 'cleared'],
    ['debit-note', 'simplified', 'reported'],
    ['prepayment', 'standard', 'cleared'],
    ['prepayment', 'simplified', 'reported'],
  ] as const)('%s, %s is %s', async (kind, profile, state) => {
    const status = await issueAndSend({ kind, profile })
    expect(status).toMatchObject({ state, outbox: undefined, result: { duplicate: false } })
    expect((await attemptsOf(status)).map(({ verdict, httpStatus }) => [verdict, httpStatus])).toEqual([
      ['accepted', 200],
    ])
  })

  it('with warnings is accepted all the same, and not sent again', async () => {
    const findings = [{ code: 'BR-KSA-98', message: 'late' }]
    await office.control('answers', { status: 202, findings })
    const status = await issueAndSend(simplified)
    expect(status.state).toBe('reported')
    expect(status.result?.findings.map(({ type, code }) => [type, code])).toContainEqual(['warning', 'BR-KSA-98'])
    await again(status)
    expect(await attemptsOf(status)).toHaveLength(1)
  })

  it('keeps what ZATCA stamped: stored, archived under the same name, with our hash in it', async () => {
    const status = await issueAndSend()
    const { clearedXml, fileName, signedXml } = await evidenceOf(office.ports, status.document.id)
    expect(clearedXml).toBeDefined()
    expect(Buffer.from(clearedXml ?? []).equals(Buffer.from(signedXml))).toBe(false)
    const folder = join(office.folder, 'archive', 'PRACTICE', office.company.vatNumber, 'cleared')
    const archived = readdirSync(folder).filter((file) => file === fileName)
    expect(archived).toHaveLength(1)
    expect(readFileSync(join(folder, fileName)).equals(Buffer.from(clearedXml ?? []))).toBe(true)
  })
})

describe('rejected', () => {
  const reject = async (change: Partial<Draft> = {}) => {
    await office.control('answers', { status: 400, findings: [{ code: 'BR-KSA-63', message: 'no' }] })
    return issueAndSend(change)
  }

  it('is a result that is kept, and is corrected with the same number, date and time', async () => {
    const rejected = await reject()
    expect(rejected).toMatchObject({ state: 'rejected', outbox: undefined })
    const { document } = rejected
    const corrected = await reissueDocument(office.ports, {
      documentId: document.id,
      draft: { ...draft(), note: 'corrected' },
      idempotencyKey: `fix-${document.id}`,
      actor: 'tester',
    })
    expect(corrected).toMatchObject({
      number: document.number,
      issueDate: document.issueDate,
      issueTime: document.issueTime,
      supersedes: document.id,
      reissueNo: 1,
    })
    expect(corrected.uuid).not.toBe(document.uuid)
    expect(corrected.icv).toBeGreaterThan(document.icv)
    expect((await submitDocument(office.ports, corrected.id)).state).toBe('cleared')
    expect((await evidenceOf(office.ports, document.id)).supersededBy).toBe(corrected.id)
    expect((await verifyUnitChain(office.ports, unit.id)).ok).toBe(true)
  })

  it('twice is corrected twice, each time from the latest', async () => {
    const first = await reject(simplified)
    const fix = (documentId: string, key: string) =>
      reissueDocument(office.ports, { documentId, draft: draft(simplified), idempotencyKey: key, actor: 'tester' })
    await office.control('answers', { status: 400 })
    const second = await submitDocument(office.ports, (await fix(first.document.id, `${first.document.id}-1`)).id)
    expect(second.state).toBe('rejected')
    const stale = await failureOf(fix(first.document.id, `${first.document.id}-2`))
    expect(stale.code).toBe('document/not-rejected')
    const third = await fix(second.document.id, `${first.document.id}-3`)
    expect(third.reissueNo).toBe(2)
    expect((await submitDocument(office.ports, third.id)).state).toBe('reported')
  })

  it('does not let an accepted document be corrected this way', async () => {
    const { document } = await issueAndSend()
    const request = { documentId: document.id, draft: draft(), idempotencyKey: 'not-rejected', actor: 'tester' }
    expect((await failureOf(reissueDocument(office.ports, request))).code).toBe('document/not-rejected')
  })
})

describe('an outcome nobody knows', () => {
  it.each([
    ['504-accepted', 'clearance'],
    ['504-accepted', 'reporting'],
    ['reset-after', 'clearance'],
    ['reset-after', 'reporting'],
    ['hang-after', 'clearance'],
    ['truncated', 'clearance'],
    ['malformed', 'reporting'],
    ['html', 'clearance'],
    ['empty', 'reporting'],
    ['500-accepted', 'reporting'],
    ['no-invoice', 'clearance'],
  ] as const)('%s on %s is settled by sending the identical bytes again', async (fault, endpoint) => {
    await office.control('faults', { fault, endpoint })
    const unknown = await issueAndSend(endpoint === 'reporting' ? simplified : {})
    expect(unknown.state).toBe('unknown')
    expect(unknown.outbox?.firstSentAt).toBeDefined()
    const settled = await again(unknown)
    expect(settled.state).toBe(endpoint === 'clearance' ? 'cleared' : 'reported')
    expect(settled.result?.duplicate).toBe(true)
    const attempts = await attemptsOf(settled)
    expect(new Set(attempts.map(({ requestSha256 }) => requestSha256)).size).toBe(1)
    expect(attempts.map(({ httpStatus }) => httpStatus).at(-1)).toBe(endpoint === 'clearance' ? 208 : 409)
    const clearedXml = await office.ports.storage.read.clearedXml(settled.document.id)
    expect(clearedXml !== undefined).toBe(endpoint === 'clearance')
  })

  it.each(['repeated', 'old-duplicate'])('%s: a duplicate on the first attempt counts as accepted', async (fault) => {
    await office.control('faults', { fault, endpoint: 'reporting' })
    expect(await issueAndSend(simplified)).toMatchObject({ state: 'reported', result: { duplicate: true } })
  })

  it('is not sent again on its own after 23 h 30 min, but a person may', async () => {
    await office.control('faults', { fault: '504-accepted', endpoint: 'reporting' })
    const { document } = await issueAndSend(simplified)
    office.clock.shift = 23.6 * 3_600_000
    await submitDue(office.ports, { limit: 100 })
    const held = await office.ports.storage.read.documentStatus(document.id)
    expect(held).toMatchObject({ state: 'held', outbox: { heldReason: 'unsettled' } })
    expect((await submitDocument(office.ports, document.id, { insist: true })).state).toBe('reported')
  })
})

const bothEndpoints = ['clearance', 'reporting'] as const
const issueTo = (endpoint: (typeof bothEndpoints)[number]) => issueAndSend(endpoint === 'reporting' ? simplified : {})

describe('answers that are not about the document', () => {
  const table = [
    ['401', 'sign-in-refused', 'sign-in-refused'],
    ['403', 'sign-in-refused', 'sign-in-refused'],
    ['404', 'misconfigured', 'misconfigured'],
    ['406', 'misconfigured', 'misconfigured'],
    ['415', 'misconfigured', 'misconfigured'],
    ['428', 'renewal-needed', 'renewal-needed'],
    ['429', 'throttled', undefined],
    ['429-bare', 'throttled', undefined],
  ] as const
  const cases = table.flatMap((row) => bothEndpoints.map((endpoint) => [...row, endpoint] as const))
  it.each(cases)('%s leaves it waiting (%s, %s) on %s', async (fault, verdict, heldReason, endpoint) => {
    await office.control('faults', { fault, endpoint })
    const waiting = await issueTo(endpoint)
    expect(waiting).toMatchObject({ state: 'waiting', outbox: { heldReason, firstSentAt: undefined } })
    expect((await attemptsOf(waiting))[0]?.verdict).toBe(verdict)
    expect(await again(waiting)).toMatchObject({ result: { duplicate: false }, outbox: undefined })
  })

  const unsettled = ['500', '500-invalid-request', '502', '503', '504', 'reset-before', 'hang'] as const
  const failures = unsettled.flatMap((fault) => bothEndpoints.map((endpoint) => [fault, endpoint] as const))
  it.each(failures)(
    '%s on %s is unknown, though nothing was taken in; the next attempt settles it',
    async (fault, endpoint) => {
      await office.control('faults', { fault, endpoint })
      const unknown = await issueTo(endpoint)
      expect(unknown).toMatchObject({ state: 'unknown', outbox: { heldReason: undefined } })
      expect(await again(unknown)).toMatchObject({ result: { duplicate: false }, outbox: undefined })
    },
  )

  it.each(bothEndpoints)('413 on %s holds it for a person', async (endpoint) => {
    await office.control('faults', { fault: '413', endpoint })
    expect(await issueTo(endpoint)).toMatchObject({ state: 'held', outbox: { heldReason: 'too-large' } })
  })

  it('303 sends the same bytes to reporting', async () => {
    await office.control('settings', { clearance: 'off' })
    const rerouted = await issueAndSend()
    expect(rerouted).toMatchObject({ state: 'waiting', outbox: { endpoint: 'reporting' } })
    expect((await again(rerouted)).state).toBe('reported')
  })

  it('an unreachable gateway leaves it waiting, without starting the clock of the unknown', async () => {
    const nobody = openGateway('PRACTICE', { url: 'http://127.0.0.1:9/practice' })
    const { id } = await issue()
    const status = await submitDocument({ ...office.ports, gateway: () => nobody }, id)
    expect(status).toMatchObject({ state: 'waiting', outbox: { firstSentAt: undefined } })
    expect((await submitDocument(office.ports, id)).state).toBe('cleared')
  })

  it('a key that cannot be opened sends nothing', async () => {
    const { id } = await issue()
    const keys = { ...office.ports.keys, openSecret: () => Promise.reject(new Error('locked')) }
    const status = await submitDocument({ ...office.ports, keys }, id)
    expect(status).toMatchObject({ state: 'waiting' })
    expect((await attemptsOf(status))[0]).toMatchObject({ verdict: 'unsent', httpStatus: undefined })
  })
})

describe('safety', () => {
  it('freezes the chain when the cleared document is not ours', async () => {
    const own = await office.readyUnit()
    const { id } = await issue({}, own.id)
    await office.control('faults', { fault: 'other-invoice', endpoint: 'clearance' })
    const status = await submitDocument(office.ports, id)
    expect(status).toMatchObject({ state: 'held', outbox: { heldReason: 'cleared-mismatch' } })
    expect((await office.ports.storage.read.chains(own.id))[0]?.state).toBe('frozen')
    expect((await failureOf(issue({}, own.id))).code).toBe('chain/frozen')
  })

  it('journals the attempt before the socket opens', async () => {
    const { id } = await issue()
    const { read } = office.ports.storage
    const seen: number[] = []
    const real = office.ports.gateway('PRACTICE')
    const submit: Gateway['submit'] = async (...call) => {
      seen.push((await read.attempts(id)).filter(({ finishedAt }) => finishedAt === undefined).length)
      return real.submit(...call)
    }
    await submitDocument({ ...office.ports, gateway: () => ({ ...real, submit }) }, id)
    expect(seen).toEqual([1])
  })

  it('lets an overtaken worker change nothing', async () => {
    const { id } = await issue()
    const real = office.ports.gateway('PRACTICE')
    const overtaken: Ports = {
      ...office.ports,
      gateway: () => ({
        ...real,
        submit: async (...call) => {
          office.clock.shift += 91_000
          await submitDocument(office.ports, id)
          await real.submit(...call)
          return { kind: 'rejected', findings: [], httpStatus: 400, body: '' }
        },
      }),
    }
    const status = await submitDocument(overtaken, id)
    expect(status).toMatchObject({ state: 'cleared', result: { decidedByFence: 2 } })
    expect((await attemptsOf(status)).map(({ verdict }) => verdict)).toEqual(['rejected', 'accepted'])
  })

  it('settles a document that was put aside when its answer comes after all', async () => {
    const { id } = await issue(simplified)
    const real = office.ports.gateway('PRACTICE')
    const slow: Ports = {
      ...office.ports,
      gateway: () => ({
        ...real,
        submit: async (...call) => {
          const verdict = await real.submit(...call)
          office.clock.shift += 25 * 3_600_000
          await submitDue(office.ports)
          expect((await office.ports.storage.read.documentStatus(id))?.outbox?.heldReason).toBe('unsettled')
          return verdict
        },
      }),
    }
    const status = await submitDocument(slow, id)
    expect(status).toMatchObject({ state: 'reported', outbox: undefined, result: { decidedByFence: 1 } })
  })

  it('settles a document that waits for another try when an overtaken worker brings the success', async () => {
    const { id } = await issue()
    const real = office.ports.gateway('PRACTICE')
    const slow: Ports = {
      ...office.ports,
      gateway: () => ({
        ...real,
        submit: async (...call) => {
          const verdict = await real.submit(...call)
          office.clock.shift += 91_000
          // The one who took over is sent to reporting, where ZATCA does not know the document yet.
          await office.control('faults', { fault: '303' })
          expect(await submitDocument(office.ports, id)).toMatchObject({ outbox: { endpoint: 'reporting' } })
          return verdict
        },
      }),
    }
    const status = await submitDocument(slow, id)
    expect(status).toMatchObject({ state: 'cleared', outbox: undefined, result: { decidedByFence: 1 } })
  })

  it('leaves a document alone that was put aside because another one came back', async () => {
    const { id } = await issue(simplified)
    const real = office.ports.gateway('PRACTICE')
    const overtaken: Ports = {
      ...office.ports,
      gateway: () => ({
        ...real,
        submit: async (...call) => {
          const { write } = office.ports.storage
          await write((tx) => tx.claimOutbox({ limit: 1, leaseSeconds: -90, documentId: id }))
          office.clock.shift += 91_000
          const [row] = await write((tx) => tx.claimOutbox({ limit: 1, leaseSeconds: 90, documentId: id }))
          const held = { state: 'held', heldReason: 'cleared-mismatch' } as const
          await write((tx) => tx.releaseOutbox(id, row?.fence ?? -1, held))
          return real.submit(...call)
        },
      }),
    }
    expect(await submitDocument(overtaken, id)).toMatchObject({ state: 'held' })
  })

  it('adds the stamped copy to a result that was settled without it', async () => {
    const { id } = await issue()
    const real = office.ports.gateway('PRACTICE')
    const overtaken: Ports = {
      ...office.ports,
      gateway: () => ({
        ...real,
        submit: async (...call) => {
          const verdict = await real.submit(...call)
          office.clock.shift += 91_000
          await office.ports.storage.write(async (tx) => {
            const [row] = await tx.claimOutbox({ limit: 1, leaseSeconds: 90, documentId: id })
            const at = new Date(office.clock.now()).toISOString()
            const result = { documentId: id, outcome: 'reported', duplicate: true, findings: [], at } as const
            await tx.settle({ ...result, decidedByFence: row?.fence ?? -1 }, undefined)
          })
          return verdict
        },
      }),
    }
    const status = await submitDocument(overtaken, id)
    expect(status).toMatchObject({ state: 'reported', result: { decidedByFence: 2 } })
    expect((await evidenceOf(office.ports, id)).clearedXml).toBeDefined()
    expect((await office.ports.storage.read.audit(id)).at(-1)?.action).toBe('document/completed')
  })

  it('does not take "reported earlier" for ours when other bytes were sent then', async () => {
    const own = await office.readyUnit()
    const { id } = await issue(simplified, own.id)
    await office.control('faults', { fault: '504-accepted', endpoint: 'reporting' })
    const altered: Ports = {
      ...office.ports,
      storage: {
        ...office.ports.storage,
        write: (work) =>
          office.ports.storage.write((tx) =>
            work({ ...tx, addAttempt: (attempt) => tx.addAttempt({ ...attempt, requestSha256: 'other' }) }),
          ),
      },
    }
    expect((await submitDocument(altered, id)).state).toBe('unknown')
    const status = await submitDocument(office.ports, id, { insist: true })
    expect(status).toMatchObject({ state: 'held', outbox: { heldReason: 'cleared-mismatch' } })
    expect((await office.ports.storage.read.chains(own.id))[0]?.state).toBe('frozen')
  })

  it('keeps secrets and tokens out of the journal and the audit', async () => {
    const { document } = await issueAndSend()
    const { read } = office.ports.storage
    const csids = await read.csids(unit.id)
    const kept = JSON.stringify([
      await read.attempts(document.id),
      await read.audit(document.id),
      await read.audit(unit.id),
    ])
    for (const { token } of csids) expect(kept).not.toContain(token)
  })
})
