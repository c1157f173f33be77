/** Drafts from outside: what is cleaned, what is refused, and that everything is reported at once. */
import { describe, expect, test } from 'vitest'
import { Failure } from '#core/errors.ts'
import { normaliseDraft } from '#core/invoice/normalise.ts'
import { parseDraft } from '#core/invoice/parse-draft.ts'
import { draftOf, line } from './drafts.ts'

const findingsOf = (json: unknown): unknown => {
  try {
    return parseDraft(json)
  } catch (error) {
    if (error instanceof Failure && error.code === 'draft/invalid') return error.details['findings']
    throw error
  }
}

test('a good draft comes out as it went in', () => {
  const draft = draftOf([line('1', '10.50', { allowances: [{ percent: '5' }] })])
  expect(parseDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
})

test('all problems are reported at once, each with its place', () => {
  const broken = {
    kind: 'invoice',
    profile: 'wholesale',
    issueDate: '15/01/2026',
    issueTime: '9:30',
    colour: 'red',
    note: 'x'.repeat(5001),
    seller: { id: { scheme: 'CRN' } },
    lines: [
      { name: 'كتاب', quantity: 2, price: '1e3' },
      { name: 'قلم', quantity: '1', price: '5', discount: '1' },
    ],
  }
  expect(findingsOf(broken)).toEqual(
    expect.arrayContaining([
      { path: 'profile', code: 'choice', expected: 'standard simplified' },
      { path: 'number', code: 'required' },
      { path: 'issueDate', code: 'date' },
      { path: 'issueTime', code: 'time' },
      { path: 'note', code: 'too-long', expected: '5000' },
      { path: 'seller.id.value', code: 'required' },
      { path: 'lines[0].quantity', code: 'type', expected: 'string' },
      { path: 'lines[0].price', code: 'decimal' },
      { path: 'lines[1].discount', code: 'unknown-field' },
      { path: 'colour', code: 'unknown-field' },
    ]),
  )
  expect(findingsOf(broken)).toHaveLength(10)
})

test.each([null, 'text', 7, [], true])('%j is no draft', (json) => {
  expect(findingsOf(json)).toEqual([expect.objectContaining({ path: '' })])
})

test('a draft without lines says so', () => {
  expect(findingsOf({ ...draftOf([]), lines: [] })).toEqual([{ path: 'lines', code: 'too-short', expected: '1' }])
})

test('hostile nesting is refused, not followed', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)
  expect(findingsOf(deep)).toContainEqual({ path: 'a', code: 'unknown-field' })
})

describe('normalising', () => {
  test('numbers and identifiers lose Arabic digits and separators, names keep theirs', () => {
    expect(
      normaliseDraft({
        number: ' فاتورة-١٢ ',
        issueDate: '٢٠٢٦-٠٢-٠١',
        buyer: { name: ' شركة ٤٧ ', vatNumber: '\u200f٣٠٠۷۱۸۲٥٤٦٠٠٠٠٣\u200f', address: { building: '٧٢١٤' } },
        lines: [{ name: 'صنف ٩', quantity: '٣', price: '١٬٢٣٤٫٥٠' }],
      }),
    ).toEqual({
      number: 'فاتورة-12',
      issueDate: '2026-02-01',
      buyer: { name: 'شركة ٤٧', vatNumber: '300718254600003', address: { building: '7214' } },
      lines: [{ name: 'صنف ٩', quantity: '3', price: '1234.50' }],
    })
  })

  test('text is composed (NFC)', () => {
    expect(normaliseDraft({ note: 'cafe\u0301' })).toEqual({ note: 'café' })
  })

  test('blank fields and empty groups are absent, list items keep their place', () => {
    expect(
      normaliseDraft({
        note: '  ',
        buyer: { name: '', address: { city: null } },
        lines: [{ name: '', price: ' ' }, { name: 'قلم' }, null],
        flags: { export: false },
      }),
    ).toEqual({ lines: [{}, { name: 'قلم' }, {}], flags: { export: false } })
  })

  test('a Western comma is not guessed at', () => {
    expect(normaliseDraft({ rounding: '1,5' })).toEqual({ rounding: '1,5' })
  })
})
