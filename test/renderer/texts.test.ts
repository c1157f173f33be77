/** Both languages say the same things: every text is there, none is left in the other language, plurals are right. */
import { describe, expect, it } from 'vitest'
import { folded } from '#core/invoice/folding.ts'
import { matches } from '../../renderer/frame/matching.ts'
import { ar } from '../../renderer/i18n/ar.ts'
import { en } from '../../renderer/i18n/en.ts'
import { hashOf, parsePlace } from '../../renderer/place.ts'
import { strength } from '../../renderer/screens/access/strength.ts'
import { checkIdentifier, checkName, checkVatNumber } from '../../renderer/screens/companies/checks.ts'

const leaves = (value: unknown, path = ''): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
    : [[path, value]]

/** Written alike in both languages: a name, a symbol, a figure. */
const alike = /^(common\.none|vat\.rate|documents\.tabs\.xml)$/

describe('texts', () => {
  it('have the same keys in both languages', () =>
    expect(leaves(ar).map(([path]) => path)).toEqual(leaves(en).map(([path]) => path)))

  it.each(leaves(ar).filter(([path, text]) => typeof text === 'string' && !alike.test(path)))(
    '%s is written',
    (path, text) => {
      expect(text).not.toBe('')
      if (path !== 'frame.language') expect(text).toMatch(/[\p{Script=Arabic}،]/u)
    },
  )

  it.each([
    [1, 'خطأ واحد'],
    [2, 'خطآن'],
    [3, '3 أخطاء'],
    [11, '11 خطأً'],
    [100, '100 خطأ'],
  ])('%i errors are %s', (count, words) => expect(ar.editor.errors(count)).toBe(words))
})

describe('matching', () => {
  it('treats letters and digits that sound alike as equal', () => {
    expect(matches('شركة أرامكو السعودية', 'ارامكو السعوديه')).toBe(true)
    expect(matches('INV-2026-0012', '٠٠١٢')).toBe(true)
    expect(matches('شركة أرامكو', 'سابك')).toBe(false)
  })
  it('drops vowel marks and tatweel', () => expect(folded('مُبَلَّغـة')).toBe('مبلغه'))
})

it('places survive the address', () => {
  const place = { screen: 'editor', id: 'a/b', action: 'reissue' } as const
  expect(parsePlace(hashOf(place))).toEqual(place)
  expect(parsePlace('#/nowhere')).toEqual({ screen: 'documents' })
})

describe('checks beside the field', () => {
  it('says how many digits of a VAT number are missing', () => {
    expect(checkVatNumber('31012', en.checks)).toContain('5')
    expect(checkVatNumber('٣١٠١٢٢٣٩٣٥٠٠٠٠٣', en.checks)).toBeUndefined()
    expect(checkVatNumber('410122393500003', en.checks)).toBe(en.checks.vatShape)
  })
  it('counts a name in bytes, not letters', () => {
    expect(checkName('ش'.repeat(63), en.checks)).toBeUndefined()
    expect(checkName('ش'.repeat(64), en.checks)).toBe(en.checks.nameTooLong)
  })
  it('knows the shape of each identifier', () => {
    expect(checkIdentifier('CRN')('101047362', en.checks)).toBe(en.checks.crn)
    expect(checkIdentifier('700')('7001234567', en.checks)).toBeUndefined()
    expect(checkIdentifier('MLS')('12/3', en.checks)).toBe(en.checks.idCharacters)
  })
})

it('grades passwords by length before symbols', () => {
  expect(strength('P@ss1')).toBe(0)
  expect(strength('aaaaaaaaaaaa')).toBe(1)
  expect(strength('rain camel ledger')).toBeGreaterThan(strength('raincamelled'))
})
