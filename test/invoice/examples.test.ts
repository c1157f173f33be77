/** The readable examples: each is a valid draft that the office can issue, and they refer to each other correctly. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { completeDraft } from '#core/invoice/complete.ts'
import { parseDraft } from '#core/invoice/parse-draft.ts'
import { judge } from '#core/invoice/rules/index.ts'

const folder = join(import.meta.dirname, '..', '..', 'examples')
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .toSorted()
const examples = files.map((file) => ({
  file,
  draft: parseDraft(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
}))

test('there are enough of them, each with a number of its own', () => {
  expect(examples.length).toBeGreaterThanOrEqual(24)
  expect(new Set(examples.map(({ draft }) => draft.number)).size).toBe(examples.length)
})

test('they leave to the office what the office fills in', () => {
  for (const { file, draft } of examples)
    for (const key of ['uuid', 'issueDate', 'issueTime', 'seller'] as const) expect(draft[key], file).toBeUndefined()
})

test.each(examples)('$file breaks no rule, not even one of warning level', ({ draft }) => {
  const invoice = completeDraft({
    ...draft,
    uuid: '8d487816-70b8-4ade-a618-9d620b73814a',
    issueDate: '2026-03-01',
    issueTime: '10:00:00',
    seller: {
      name: 'شركة الأفق للتجارة المحدودة',
      vatNumber: '310122393500003',
      id: { scheme: 'CRN', value: '1010371952' },
      address: {
        street: 'طريق الملك فهد',
        building: '8421',
        district: 'العقيق',
        city: 'الرياض',
        postalCode: '13515',
        country: 'SA',
      },
    },
  })
  expect(judge(invoice, { now: '2026-03-01T10:00:05', stage: 'draft' })).toEqual([])
})

test('a note refers to an earlier example of the same profile', () => {
  const notes = examples.filter(({ draft }) => draft.originals !== undefined)
  expect(notes.length).toBeGreaterThanOrEqual(4)
  for (const { file, draft } of notes)
    for (const { number } of draft.originals ?? []) {
      const original = examples.find((example) => example.draft.number === number)
      expect(original && original.file < file, `${file}: ${number}`).toBe(true)
      expect(original?.draft.profile, file).toBe(draft.profile)
    }
})

test('every kind, profile, flag but continuous supply, category and a forty-line invoice are among them', () => {
  const drafts = examples.map(({ draft }) => draft)
  const kinds = new Set(drafts.map(({ kind, profile }) => `${kind} ${profile}`))
  expect(kinds.size).toBe(8)
  const flags = new Set(drafts.flatMap(({ flags = {} }) => Object.keys(flags)))
  expect([...flags].toSorted()).toEqual(['export', 'government', 'nominal', 'selfBilled', 'summary', 'thirdParty'])
  const categories = new Set(drafts.flatMap(({ lines }) => lines.map(({ vat }) => vat?.category ?? 'S')))
  expect(categories).toEqual(new Set(['S', 'Z', 'E', 'O']))
  expect(drafts.some(({ lines }) => lines.length === 40)).toBe(true)
})
