/** Code lists: complete, bilingual, and consistent with each other. */
import { expect, test } from 'vitest'
import { allowanceReasons } from '#core/invoice/codes/allowance-reasons.ts'
import { isCodeOf } from '#core/invoice/codes/bilingual.ts'
import { chargeReasons } from '#core/invoice/codes/charge-reasons.ts'
import { countries, homeCountry } from '#core/invoice/codes/countries.ts'
import { currencies, taxCurrency } from '#core/invoice/codes/currencies.ts'
import { documentKindOf, documentTypeCodes } from '#core/invoice/codes/document-kinds.ts'
import { citizenOnlyReasons, exemptionReasons } from '#core/invoice/codes/exemption-reasons.ts'
import { identificationSchemes, schemePreference } from '#core/invoice/codes/identification-schemes.ts'
import { noteReasons } from '#core/invoice/codes/note-reasons.ts'
import { acceptedPaymentMeans, paymentMeansTable } from '#core/invoice/codes/payment-means.ts'
import { defaultUnit, units } from '#core/invoice/codes/units.ts'
import { vatCategoryTable } from '#core/invoice/codes/vat-categories.ts'
import { documentKinds } from '#core/invoice/draft.ts'

test.each(
  Object.entries({
    allowanceReasons,
    chargeReasons,
    exemptionReasons,
    identificationSchemes,
    noteReasons,
    paymentMeansTable,
    units,
    vatCategoryTable,
  }),
)('%s has an English and an Arabic text for every code', (_name, table) => {
  for (const [code, { en, ar }] of Object.entries(table)) {
    expect(en, code).toMatch(/^[A-Za-z0-9]/)
    expect(ar, code).toMatch(/[\u0621-\u064a]/)
    expect(ar, code).toBe(ar.normalize('NFC').trim())
  }
})

test('sizes of the published lists', () => {
  expect(Object.keys(exemptionReasons)).toHaveLength(20)
  expect(Object.keys(allowanceReasons)).toHaveLength(19)
  expect(Object.keys(identificationSchemes)).toHaveLength(11)
  expect(countries.size).toBeGreaterThan(248)
  expect(currencies.size).toBeGreaterThan(170)
})

test('the preference of identifiers names each scheme once', () => {
  expect(schemePreference.toSorted()).toEqual(Object.keys(identificationSchemes).toSorted())
  expect(schemePreference[0]).toBe('TIN')
})

test('defaults are members of their lists', () => {
  expect(currencies.has(taxCurrency)).toBe(true)
  expect(countries.has(homeCountry)).toBe(true)
  expect(isCodeOf(units, defaultUnit)).toBe(true)
  expect(Object.keys(paymentMeansTable).every((code) => acceptedPaymentMeans.has(code))).toBe(true)
  expect(citizenOnlyReasons.every((code) => exemptionReasons[code].category === 'Z')).toBe(true)
})

test('document kinds and their codes are each other’s inverse', () => {
  for (const kind of documentKinds) expect(documentKindOf(documentTypeCodes[kind])).toBe(kind)
  expect(documentKindOf('380')).toBeUndefined()
})

test('an inherited property is no code', () => {
  expect(isCodeOf(units, 'toString')).toBe(false)
})
