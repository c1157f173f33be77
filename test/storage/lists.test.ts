/** Lists that grow: found by what people type, in pages that neither repeat nor miss a row while others write. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DocumentFilter, Storage } from '#core/ports.ts'
import { describeEngines, failing } from './engines.ts'
import { aCompany, addReady, append, type Ready } from './records.ts'

await describeEngines('lists', (engine) => {
  let storage: Storage
  let ready: Ready
  let other: Ready
  beforeAll(async () => {
    storage = await (await engine.create()).open()
    ready = await addReady(storage)
    other = await addReady(storage, aCompany('310000000000003'))
    await append(storage, ready, { number: 'INV-٢٠٢٤-7', buyerName: 'شركة الأفق للتجارة', issueDate: '2024-01-31' })
    await append(storage, ready, {
      number: 'INV-8',
      buyerName: 'مؤسسة أُسامة الرياضيّة',
      issueDate: '2024-02-01',
      kind: 'credit-note',
    })
    await append(storage, ready, { number: '100%_x', profile: 'standard', issueDate: '2024-02-02' })
    await append(storage, other, { number: 'INV-9', buyerName: 'ACME', issueDate: '2024-02-03' })
  })
  afterAll(() => storage.close())

  const numbers = async (filter: Partial<DocumentFilter>) =>
    (await storage.read.documents({ limit: 50, ...filter })).rows.map(({ document }) => document.number).toSorted()

  test.each<[string, Partial<DocumentFilter>, readonly string[]]>([
    ['alef without hamza', { search: 'الافق' }, ['INV-٢٠٢٤-7']],
    ['taa marbuta as haa, and words in any order', { buyer: 'للتجاره شركه' }, ['INV-٢٠٢٤-7']],
    ['digits of another script', { search: 'inv-2024' }, ['INV-٢٠٢٤-7']],
    ['no vowel marks', { search: 'اسامه الرياضيه' }, ['INV-8']],
    ['signs that a pattern would read', { search: '0%_' }, ['100%_x']],
    ['a sign that is not there', { search: '1_0' }, []],
    ['a number as it is', { number: 'INV-8' }, ['INV-8']],
    ['not a part of a number', { number: 'INV' }, []],
    ['a kind', { kind: 'credit-note' }, ['INV-8']],
    ['a profile', { profile: 'standard' }, ['100%_x']],
    ['days, both ends included', { issuedFrom: '2024-01-31', issuedTo: '2024-02-01' }, ['INV-8', 'INV-٢٠٢٤-7']],
    ['a state', { state: 'waiting', search: 'inv' }, ['INV-8', 'INV-9', 'INV-٢٠٢٤-7']],
    ['another state', { state: 'cleared' }, []],
  ])('%s', async (_what, filter, expected) => expect(await numbers(filter)).toEqual(expected))

  test('of a company, of a unit, and of the companies that somebody sees', async () => {
    expect(await numbers({ companyId: other.company.id })).toEqual(['INV-9'])
    expect(await numbers({ unitId: ready.unit.id, search: 'inv' })).toEqual(['INV-8', 'INV-٢٠٢٤-7'])
    const seen = storage.within([other.company.id]).read
    expect((await seen.documents({ limit: 50 })).rows.map(({ document }) => document.number)).toEqual(['INV-9'])
    expect((await seen.documents({ limit: 50, companyId: ready.company.id })).rows).toEqual([])
  })

  test('pages go on where they were while others write', async () => {
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await storage.read.documents({ limit: 1, ...(after === undefined ? {} : { after }) })
      seen.push(...page.rows.map(({ document }) => document.number))
      after = page.next
      await append(storage, other, { number: `N-${seen.length}`, sealedAt: '2025-01-01T00:00:00.000Z' })
    } while (after !== undefined)
    expect(seen.toSorted()).toEqual(['100%_x', 'INV-8', 'INV-9', 'INV-٢٠٢٤-7'])
    await expect(storage.read.documents({ limit: 1, after: 'nonsense' })).rejects.toEqual(failing('request/invalid'))
  })

  describe('the audit log', () => {
    const add = (count: number, actor: string) =>
      storage.write(async (tx) => {
        for (let at = 0; at < count; at++)
          await tx.addAudit({
            at: `2024-0${at + 1}-01T00:00:00.000Z`,
            actor,
            action: 'test',
            subject: `s${at}`,
            details: {},
          })
      })

    test('is read newest first, in pages, while others append', async () => {
      await add(5, 'sara')
      const first = await storage.read.auditPage({ actor: 'sara', limit: 2 })
      await add(1, 'sara')
      const second = await storage.read.auditPage({ actor: 'sara', limit: 9, after: first.next ?? '' })
      expect([...first.rows, ...second.rows].map(({ subject }) => subject)).toEqual(['s4', 's3', 's2', 's1', 's0'])
      expect(second.next).toBeUndefined()
      await expect(storage.read.auditPage({ limit: 1, after: 'x' })).rejects.toEqual(failing('request/invalid'))
    })

    test('is found by subject, action and time', async () => {
      await add(3, 'omar')
      const subjects = async (filter: object) =>
        (await storage.read.auditPage({ actor: 'omar', limit: 9, ...filter })).rows.map(({ subject }) => subject)
      expect(await subjects({ subject: 's1' })).toEqual(['s1'])
      expect(await subjects({ action: 'other' })).toEqual([])
      expect(await subjects({ from: '2024-02-01T00:00:00.000Z', to: '2024-02-28T00:00:00.000Z' })).toEqual(['s1'])
    })

    test('shows within companies nothing of the office as a whole', async () => {
      await add(1, 'sara')
      const seen = storage.within([other.company.id]).read
      expect((await seen.auditPage({ actor: 'sara', limit: 9 })).rows).toEqual([])
    })
  })
})
