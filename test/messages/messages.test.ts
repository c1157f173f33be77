/** Every text can be shown: values put in, both languages written in their own letters, nothing said twice differently. */
import { describe, expect, test } from 'vitest'
import { Failure, failures } from '#core/errors.ts'
import { parseDraft } from '#core/invoice/parse-draft.ts'
import { judge, ruleIds } from '#core/invoice/rules/index.ts'
import { failureTexts } from '#core/messages/failures.ts'
import { draftMessage, fieldName, message, stateTable, violationView } from '#core/messages/index.ts'
import { ruleTexts } from '#core/messages/rules.ts'
import { bases, changed, vector } from '../invoice/rules/bases.ts'
import { witnesses } from '../invoice/rules/witnesses.ts'

const arabic = /\p{Script=Arabic}/u
const pairs = [
  ...Object.entries(ruleTexts),
  ...Object.entries(failureTexts),
  ...Object.entries(stateTable).flatMap(([subject, rows]) =>
    rows.flatMap(({ id, ...texts }) =>
      Object.entries(texts).map(([part, text]) => [`${subject} ${id} ${part}`, text] as const),
    ),
  ),
]

test.each(pairs)('%s is written in both languages', (_code, { en, ar }) => {
  expect(en).not.toMatch(arabic)
  expect(ar).toMatch(arabic)
})

test.each(pairs)('%s asks for the same values in both languages', (_code, { en, ar }) => {
  const values = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
  expect(values(ar)).toEqual(values(en))
})

test('every failure says what to do: at least two sentences', () => {
  const short = Object.entries(failureTexts).filter(([, { en }]) => en.split('. ').length < 2)
  expect(short).toEqual([])
  expect(Object.keys(failureTexts).sort()).toEqual(Object.keys(failures).sort())
})

describe('a violation', () => {
  const views = Object.values(witnesses).flatMap(({ base, edits }) =>
    judge(changed(vector(bases[base]), edits), { now: '2026-11-23T11:00:00', stage: 'sealed' }).map(violationView),
  )

  test('of every rule that can speak is shown with its values', () => {
    expect(new Set(views.map(({ rule }) => rule)).size).toBe(ruleIds.length - 3)
    const unfilled = views.filter(({ message: en, message_ar }) => /[{}]|undefined/.test(en + message_ar))
    expect(unfilled).toEqual([])
  })

  test('names its field as a person calls it, never as an element', () => {
    expect(views.filter(({ message: en, message_ar }) => /c[ab]c:|[a-z][A-Z]\w+ /.test(en + message_ar))).toEqual([])
  })

  test('on a line begins with the number of the line', () => {
    const [view] = judge(changed(vector('standard388'), { 'invoiceLine.2.item.name': '' }), {
      now: '2026-11-23T11:00:00',
      stage: 'sealed',
    }).map(violationView)
    expect(view?.message).toMatch(/^Line 3: /)
    expect(view?.message_ar).toMatch(/^البند 3: /)
  })
})

test('a party field says whose it is', () => {
  const path = '/Invoice/cac:AccountingCustomerParty/cac:Party/cac:PostalAddress/cbc:CityName'
  expect(fieldName(path, 'en')).toBe("Buyer's city")
  expect(fieldName(path, 'ar')).toBe('المدينة (للمشتري)')
})

test('values are put in literally: a template in a value stays a value', () => {
  expect(message('BR-KSA-40', 'en', { actual: '{expected}' })).toContain('"{expected}"')
})

test('a value without end shows its beginning', () => {
  const shown = message('BR-KSA-40', 'en', { actual: 'x'.repeat(1_000_000) })
  expect(shown).toContain('xxx…')
  expect(shown.length).toBeLessThan(1000)
})

describe('a draft that cannot be read', () => {
  const findings = (draft: unknown) => {
    try {
      parseDraft(draft)
      return []
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      return thrown.details['findings']
    }
  }
  const draft = {
    kind: 'invoice',
    profile: 'standard',
    number: '1',
    lines: [{ name: 'كتاب', quantity: '1', price: '1e3' }],
  }

  test('names the field and the line', () => {
    expect(findings(draft)).toEqual([{ path: 'lines[0].price', code: 'decimal' }])
    expect(draftMessage({ path: 'lines[0].price', code: 'decimal' }, 'en')).toMatch(
      /^Line 1: Unit price must be a decimal/,
    )
    expect(draftMessage({ path: 'lines[0].price', code: 'decimal' }, 'ar')).toMatch(/^البند 1: سعر الوحدة/)
  })

  test('names an unknown field as it was written', () => {
    expect(draftMessage({ path: 'colour', code: 'unknown-field' }, 'en')).toMatch(/^colour is not known/)
  })
})
