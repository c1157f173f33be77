/** Another key-encryption key while the office goes on: nothing stops, nothing is lost, and what a crash left is picked up. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyUse } from '#core/keys/key-use.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { rewrapping } from '#core/keys/rewrapping.ts'
import { keyStore } from '#core/keys/store.ts'
import type { KeyEncryption, Ports, Storage, Unit } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { verifyUnitChain } from '#core/workflow/proving/verify-chain.ts'
import { rewrapAll } from '#core/workflow/rewrap.ts'
import { openCredentials, secretBinding } from '#core/workflow/signing.ts'
import { webhookBinding } from '#core/workflow/webhook-binding.ts'
import { describeEngines } from '../storage/engines.ts'
import { aCsid, aWebhook } from '../storage/records.ts'
import { failureOf } from './failing.ts'
import { draft, openOffice, type TestOffice } from './office.ts'

await describeEngines('re-wrapping', (engine) => {
  let office: TestOffice
  let units: readonly Unit[]
  let before: KeyEncryption
  let now: KeyEncryption

  beforeAll(async () => {
    before = memoryEncryption()
    const database = await engine.create()
    office = await openOffice({ encryption: before, open: () => database.open() })
    units = [await office.readyUnit(), await office.readyUnit()]
    now = memoryEncryption()
  })
  afterAll(() => office.close())

  const under = (encryption: KeyEncryption): Ports => ({ ...office.ports, keys: keyStore(encryption) })
  const both = () => ({ ...now, previous: [before] })
  const issue = (ports: Ports, unit: Unit) => {
    const wanted = draft({ profile: 'simplified' })
    const request = { unitId: unit.id, draft: wanted, idempotencyKey: `key-${wanted.number}`, actor: 'tester' }
    return issueDocument(ports, request)
  }
  const use = () => keyUse(office.ports.storage.read)

  it('leaves everything as it was when nothing has to change', async () => {
    const counted = await use()
    expect(counted).toEqual([{ provider: before.provider, keys: 2, secrets: 4 }])
    expect(await rewrapAll(office.ports, rewrapping(before, before), 'tester')).toEqual({
      keys: 0,
      secrets: 0,
      unchanged: 6,
      failed: [],
    })
    expect(await use()).toEqual(counted)
  })

  it('does not lose a signature while documents are being issued', async () => {
    const serving = under(both())
    let rewrapped = false
    const issuing = units.map(async (unit) => {
      let issued = 0
      for (let rest = 3; rest > 0; rest -= rewrapped ? 1 : 0, issued++) await issue(serving, unit)
      return issued
    })
    const outcome = await rewrapAll(office.ports, rewrapping(both(), now), 'noura')
    rewrapped = true
    const issued = await Promise.all(issuing)
    expect(outcome).toEqual({ keys: 2, secrets: 4, unchanged: 0, failed: [] })
    expect(await use()).toEqual([{ provider: now.provider, keys: 2, secrets: 4 }])
    for (const [index, unit] of units.entries()) {
      const found = await verifyUnitChain(office.ports, unit.id)
      expect(found).toMatchObject({ ok: true })
      expect((await office.ports.storage.read.activeChain(unit.id))?.lastIcv).toBe(issued[index])
    }
  })

  it('makes the old key useless and the new one enough', async () => {
    const [unit] = units
    if (unit === undefined) throw new Error('no unit')
    expect(await issue(under(now), unit)).toMatchObject({ unitId: unit.id })
    expect((await failureOf(issue(under(before), unit))).code).toBe('key/locked')
    const [csid] = await office.ports.storage.read.csids(unit.id)
    if (csid === undefined) throw new Error('no CSID')
    expect((await openCredentials(under(now), unit, csid)).secret).not.toBe('')
  })

  it('is written into the audit log, without a key', async () => {
    const entries = await office.ports.storage.read.audit('keys')
    expect(entries).toMatchObject([{ actor: 'noura', action: 'keys/rewrap', details: { keys: 2, secrets: 4 } }])
    expect(await office.ports.storage.read.brokenAudit()).toBeUndefined()
  })

  describe('of more than a page', () => {
    const many = 150
    beforeAll(async () => {
      const [unit] = units
      if (unit === undefined) throw new Error('no unit')
      const { keys, storage } = under(now)
      const csids = await Promise.all(
        Array.from({ length: many }, async (_, number) => {
          const sealedSecret = await keys.sealSecret(`secret ${number}`, secretBinding(unit, 'compliance'))
          return { ...aCsid(unit), purpose: 'compliance' as const, sealedSecret, epoch: 100 + number }
        }),
      )
      await storage.write(async (tx) => {
        for (const csid of csids) await tx.addCsid(csid)
      })
    })

    /** The process dies before its second page is committed. */
    const dying = (storage: Storage): Storage => {
      let pages = 0
      const write: Storage['write'] = (work) => {
        pages += 1
        return pages > 1 ? Promise.reject(new Error('killed')) : storage.write(work)
      }
      return { ...storage, write }
    }

    it('goes on after a crash where it stopped', async () => {
      const next = memoryEncryption()
      const change = rewrapping(now, next)
      const { storage, clock } = office.ports
      await expect(rewrapAll({ storage: dying(storage), clock }, change, 'tester')).rejects.toThrow('killed')
      const between = await use()
      expect(between.map(({ provider }) => provider).toSorted()).toEqual([now.provider, next.provider].toSorted())
      const finished = await rewrapAll(office.ports, change, 'tester')
      const done = between.find(({ provider }) => provider === next.provider)
      expect(finished).toMatchObject({ unchanged: 100, failed: [] })
      expect((done?.keys ?? 0) + (done?.secrets ?? 0)).toBe(100)
      expect(await use()).toEqual([{ provider: next.provider, keys: 2, secrets: 4 + many }])
      now = next
    })
  })

  it('brings the keys of webhooks along, which go on opening', async () => {
    const { storage } = office.ports
    const next = memoryEncryption()
    const sealedSecret = await keyStore(now).sealSecret('whsec_x', webhookBinding('w1'))
    await storage.write((tx) => tx.addWebhook(aWebhook({ sealedSecret, active: false })))
    expect(await rewrapAll(office.ports, rewrapping(now, next), 'tester')).toMatchObject({ failed: [] })
    const kept = (await storage.read.webhook('w1'))?.sealedSecret ?? ''
    expect(await keyStore(next).openSecret(kept, webhookBinding('w1'))).toBe('whsec_x')
    expect((await use()).map(({ provider }) => provider)).toEqual([next.provider])
    await storage.write((tx) => tx.removeWebhook('w1'))
    now = next
  })

  it('names what does not open and brings the rest home', async () => {
    const [unit] = units
    if (unit === undefined) throw new Error('no unit')
    const foreign = await keyStore(memoryEncryption()).sealSecret('lost', secretBinding(unit, 'production'))
    const csid = { ...aCsid(unit), sealedSecret: foreign, epoch: 900 }
    await office.ports.storage.write(async (tx) => {
      await tx.addCsid(csid)
      await tx.addKeyEnvelope({ keyId: 'nobody', envelope: 'no envelope', companyId: unit.companyId })
    })
    const last = memoryEncryption()
    const outcome = await rewrapAll(office.ports, rewrapping(now, last), 'tester')
    expect(outcome.failed).toEqual([
      { kind: 'key', id: 'nobody', code: 'unit/not-found' },
      { kind: 'secret', id: csid.id, code: 'key/locked' },
    ])
    const counted = await use()
    expect(counted).toHaveLength(3)
    expect(counted).toContainEqual({ provider: last.provider, keys: 2, secrets: 154 })
    expect(counted).toContainEqual({ provider: 'unreadable', keys: 1, secrets: 0 })
  })
})
