/** From what is typed to findings at their fields: positions, blank rows, unreadable values. */
import { describe, expect, it } from 'vitest'
import type { UnfinishedDraft } from '#core/invoice/unfinished.ts'
import type { Company } from '../../renderer/queries.ts'
import { newDraft, nextNumber, padded, prepare } from '../../renderer/screens/editor/draft-state.ts'
import { judgeDraft } from '../../renderer/screens/editor/judging.ts'
import { isWithin, textAt, withValue } from '../../renderer/screens/editor/paths.ts'

const company: Company = {
  id: 'one',
  createdAt: '2026-01-01T00:00:00Z',
  name: 'شركة النخبة',
  vatNumber: '310122393500003',
  industry: 'تجارة',
  party: {
    id: { scheme: 'CRN', value: '1010452367' },
    address: {
      street: 'العليا',
      building: '2322',
      district: 'المربع',
      city: 'الرياض',
      postalCode: '23333',
      country: 'SA',
    },
  },
}

const complete: UnfinishedDraft = {
  ...newDraft('INV-1'),
  buyer: {
    name: 'مستشفى المملكة',
    vatNumber: '300075588700003',
    address: {
      street: 'فهد',
      building: '3242',
      district: 'العليا',
      city: 'الرياض',
      postalCode: '12313',
      country: 'SA',
    },
  },
  supplyDate: '2026-05-04',
  lines: padded([{ name: 'قفازات طبية', quantity: '٤٠', price: '85.50' }]),
}

const judged = (draft: UnfinishedDraft) => judgeDraft(prepare(draft, company), '2026-05-04T10:00:00')
const places = (draft: UnfinishedDraft) => judged(draft).findings.map(({ field }) => field)

describe('judgeDraft', () => {
  it('finds nothing in a complete invoice and gives it back for issuing', () => {
    const { draft, findings } = judged(complete)
    expect(findings).toEqual([])
    expect(draft?.lines).toEqual([{ name: 'قفازات طبية', quantity: '40', price: '85.50' }])
    expect(draft?.seller?.vatNumber).toBe(company.vatNumber)
  })

  it('puts a rule beside the field that breaks it', () =>
    expect(places(withValue(complete, 'buyer.vatNumber', '123'))).toContain('buyer.vatNumber'))

  it('counts rows as the person sees them, also below a blank row', () => {
    const lines = padded([{ name: 'قفازات', quantity: '1', price: '1' }, {}, { name: 'x', quantity: '1', price: '1' }])
    expect(places({ ...complete, lines })).toEqual(['lines[2].name'])
  })

  it('names an unreadable value and still judges the rest', () => {
    const wrong = withValue(
      withValue(complete, 'lines[1]', { name: 'قناع', quantity: 'two', price: '1' }),
      'buyer.vatNumber',
      '1',
    )
    expect(places(wrong)).toEqual(expect.arrayContaining(['lines[1].quantity', 'buyer.vatNumber']))
    expect(judged(wrong).draft).toBeUndefined()
  })

  it('asks for a line when there is none', () =>
    expect(places({ ...complete, lines: padded([]) })).toEqual(['lines[0].name']))

  it('sends no buyer when only the preset country is known', () =>
    expect(prepare({ ...newDraft('1'), profile: 'simplified' }, company).json.buyer).toBeUndefined())

  it('keeps originals to notes and prepayments to invoices', () => {
    const both = { ...complete, originals: [{ number: 'A' }], prepayments: [{ number: 'B' }] }
    expect(prepare(both, company).json).not.toHaveProperty('originals')
    expect(prepare({ ...both, kind: 'credit-note' }, company).json).not.toHaveProperty('prepayments')
  })
})

describe('places', () => {
  it('writes into a copy and makes what is missing', () => {
    const before = { lines: [{ name: 'a' }] }
    const after = withValue(before, 'lines[1].vat.category', 'Z')
    expect(textAt(after, 'lines[1].vat.category')).toBe('Z')
    expect(before).toEqual({ lines: [{ name: 'a' }] })
  })

  it('knows what lies within what', () => {
    expect(isWithin('lines[1].vat.rate', 'lines[1].vat')).toBe(true)
    expect(isWithin('lines[10].name', 'lines[1]')).toBe(false)
  })
})

it.each([
  ['INV-0099', 'INV-0100'],
  ['2026/999', '2026/1000'],
  ['A', 'A-2'],
])('%s is followed by %s', (number, next) => expect(nextNumber(number)).toBe(next))

it('reads what was typed but not left yet, so that issuing by keyboard sees it', () => {
  const { draft, findings } = judged(withValue(complete, 'lines[0].price', '١٬٢٣٤٫٥٠'))
  expect(findings).toEqual([])
  expect(draft?.lines[0]?.price).toBe('1234.50')
  expect(judged(withValue(complete, 'lines[0].price', '1,234.5')).draft?.lines[0]?.price).toBe('1234.5')
})
