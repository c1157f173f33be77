/** Companies, units and drafts: what is accepted, what is refused and how it is told. */
import { beforeEach, describe, expect, test } from 'vitest'
import { createCompany, updateCompany } from '#core/office/companies.ts'
import type { CompanyInput } from '#core/office/company-findings.ts'
import { removeDraft, saveDraft } from '#core/office/drafts.ts'
import { createUnit } from '#core/office/units.ts'
import { openOffice, type TestOffice } from '../access/office.ts'

const address = { street: 'طريق الملك فهد', building: '7524', district: 'العليا', city: 'الرياض', postalCode: '12214' }
const input: CompanyInput = {
  name: 'شركة النخيل للتجارة',
  vatNumber: '310122393500003',
  party: { id: { scheme: 'CRN', value: '1010010000' }, address },
  industry: 'Retail',
}
const actor = 'u1'

let office: TestOffice
beforeEach(async () => {
  office = await openOffice()
  return () => office.close()
})

const withAddress = (change: Partial<typeof address>): Partial<CompanyInput> => ({
  party: { ...input.party, address: { ...address, ...change } },
})
const withId = (scheme: string, value: string): Partial<CompanyInput> => ({
  party: { ...input.party, id: { scheme, value } },
})
const invalid = (...findings: readonly object[]) => ({ code: 'request/invalid', details: { findings } })

describe('company', () => {
  test('is kept as given, trimmed, and audited', async () => {
    const company = await createCompany(office, { ...input, name: ` ${input.name} `, actor })
    expect(await office.storage.read.companies()).toEqual([{ ...input, id: company.id, createdAt: company.createdAt }])
    expect(await office.storage.read.audit(company.id)).toMatchObject([{ actor, action: 'company/created' }])
  })

  test.each<[string, Partial<CompanyInput>, string, string]>([
    ['VAT number', { vatNumber: '300000000000001' }, 'vatNumber', 'vat-format'],
    ['VAT number in Arabic digits', { vatNumber: '٣١٠١٢٢٣٩٣٥٠٠٠٠٣' }, 'vatNumber', 'vat-format'],
    ['name over 127 bytes', { name: 'ش'.repeat(64) }, 'name', 'too-many-bytes'],
    ['name over 64 characters', { name: 'x'.repeat(65) }, 'name', 'too-long'],
    ['no business category', { industry: ' ' }, 'industry', 'missing'],
    ['scheme of a buyer', withId('NAT', '1000000000'), 'party.id.scheme', 'id-scheme'],
    ['registration', withId('CRN', '101'), 'party.id.value', 'id-format'],
    ['700 number', withId('700', '1010010000'), 'party.id.value', 'id-format'],
    ['licence with blanks', withId('MLS', '12 34'), 'party.id.value', 'id-format'],
    ['building', withAddress({ building: '12' }), 'party.address.building', 'building-format'],
    ['postal code', withAddress({ postalCode: '123456' }), 'party.address.postalCode', 'postal-code-format'],
    ['no district', withAddress({ district: '' }), 'party.address.district', 'missing'],
    ['city that a CSR refuses', withAddress({ city: 'Riyadh & Co' }), 'party.address.city', 'forbidden-character'],
  ])('%s is refused', async (_what, change, path, code) => {
    await expect(createCompany(office, { ...input, ...change, actor })).rejects.toMatchObject(invalid({ path, code }))
    expect(await office.storage.read.companies()).toEqual([])
  })

  test('tells everything at once', async () => {
    const empty = createCompany(office, { name: '', vatNumber: '', party: {}, industry: '', actor })
    const paths = await empty.catch(({ details }) => details.findings.map(({ path }: { path: string }) => path))
    expect(paths.sort()).toEqual(
      [
        ...['name', 'vatNumber', 'industry', 'party.id.value'],
        ...Object.keys(address).map((field) => `party.address.${field}`),
      ].sort(),
    )
  })

  test('exists once per VAT number', async () => {
    await createCompany(office, { ...input, actor })
    await expect(createCompany(office, { ...input, actor })).rejects.toMatchObject({ code: 'company/duplicate' })
  })

  test('changes, and the log says which fields but not what they held', async () => {
    const company = await createCompany(office, { ...input, actor })
    const changed = await updateCompany(office, { ...input, industry: 'Wholesale', id: company.id, actor })
    expect(await office.storage.read.company(company.id)).toEqual(changed)
    const [, entry] = await office.storage.read.audit(company.id)
    expect(entry).toMatchObject({ action: 'company/updated', details: { changed: ['industry'] } })
    const unknown = updateCompany(office, { ...input, id: 'unknown', actor })
    await expect(unknown).rejects.toMatchObject({ code: 'company/not-found' })
  })

  test('keeps its VAT number once a certificate may name it', async () => {
    const { id } = await createCompany(office, { ...input, actor })
    const unit = await createUnit(office, { ...unitInput, companyId: id, actor })
    const moved = { ...input, vatNumber: '310122393500013', id, actor }
    await updateCompany(office, moved)
    await office.storage.write((tx) => tx.updateUnit(unit.id, { state: 'compliance' }))
    const back = updateCompany(office, { ...input, id, actor })
    await expect(back).rejects.toMatchObject(invalid({ path: 'vatNumber', code: 'fixed' }))
  })
})

const unitInput = {
  environment: 'PRODUCTION',
  name: 'صندوق 1',
  branch: 'الفرع الرئيسي',
  functionality: '1100',
} as const

describe('unit', () => {
  test('begins new, without a key; the same name is free in another environment only', async () => {
    const { id: companyId } = await createCompany(office, { ...input, actor })
    const unit = await createUnit(office, { ...unitInput, companyId, actor })
    expect(await office.storage.read.unit(unit.id)).toMatchObject({ ...unitInput, state: 'new', keyId: undefined })
    const again = createUnit(office, { ...unitInput, companyId, actor })
    await expect(again).rejects.toMatchObject({ code: 'unit/duplicate' })
    await createUnit(office, { ...unitInput, environment: 'SIMULATION', companyId, actor })
    expect(await office.storage.read.units(companyId)).toHaveLength(2)
  })

  test('of a VAT group names the member by its TIN', async () => {
    const { id: companyId } = await createCompany(office, { ...input, vatNumber: '310122393510003', actor })
    const named = createUnit(office, { ...unitInput, companyId, actor })
    await expect(named).rejects.toMatchObject(invalid({ path: 'branch', code: 'group-needs-tin' }))
    await createUnit(office, { ...unitInput, branch: '3101223935', companyId, actor })
  })

  test('is refused with signs that a CSR refuses, and for an unknown company', async () => {
    const { id: companyId } = await createCompany(office, { ...input, actor })
    const starred = createUnit(office, { ...unitInput, name: 'Till *1*', companyId, actor })
    await expect(starred).rejects.toMatchObject(invalid({ path: 'name', code: 'forbidden-character' }))
    const orphan = createUnit(office, { ...unitInput, companyId: 'unknown', actor })
    await expect(orphan).rejects.toMatchObject({ code: 'company/not-found' })
  })
})

describe('draft', () => {
  test('is kept as typed, replaced by saving again, and begun and removed in the log', async () => {
    const { id: companyId } = await createCompany(office, { ...input, actor })
    const place = { actor, companyId, id: 'd1' }
    await saveDraft(office, { ...place, draft: { lines: [{ price: '١٢' }] } })
    office.pass(1000)
    const saved = await saveDraft(office, { ...place, draft: { half: 'typed' } })
    expect(await office.storage.read.drafts(companyId)).toEqual([saved])
    await removeDraft(office, place)
    await removeDraft(office, place)
    expect(await office.storage.read.drafts(companyId)).toEqual([])
    const actions = (await office.storage.read.audit('d1')).map(({ action }) => action)
    expect(actions).toEqual(['draft/saved', 'draft/removed'])
  })

  test('of another company is neither overwritten nor removed', async () => {
    const mine = await createCompany(office, { ...input, actor })
    const theirs = await createCompany(office, { ...input, vatNumber: '310122393500013', actor })
    await saveDraft(office, { actor, companyId: theirs.id, id: 'd1', draft: { theirs: true } })
    const place = { actor, companyId: mine.id, id: 'd1' }
    await expect(saveDraft(office, { ...place, draft: {} })).rejects.toMatchObject({ code: 'request/not-found' })
    await expect(removeDraft(office, place)).rejects.toMatchObject({ code: 'request/not-found' })
    expect((await office.storage.read.draft('d1'))?.draft).toEqual({ theirs: true })
  })
})
