/** Our own stricter checks: each reports its witness, lets its near miss pass, and none of them speaks in a plain judgement. */
import { describe, expect, test } from 'vitest'
import { duplicateWatch } from '#core/invoice/rules/duplicates.ts'
import { judge, type RuleContext } from '#core/invoice/rules/index.ts'
import { judgeStrictly, type StrictId, strictRules } from '#core/invoice/rules/strict.ts'
import { seal } from '#core/zatca/seal.ts'
import { signingTime, testSigner } from '../../zatca/fixtures.ts'
import { type Base, bases, changed, type Edits, vector, vectorNames } from './bases.ts'

const now = '2024-01-15T13:00:00'
const name = 'accountingSupplierParty.party.partyLegalEntity.0.registrationName'
const sellerAt = '/Invoice/cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity[1]/cbc:RegistrationName'
const buyerIds = 'accountingCustomerParty.party.partyIdentification'
const breakdown = 'taxTotal.1.taxSubtotal'

interface Witness {
  readonly base: Base
  readonly stage: RuleContext['stage']
  readonly edits: Edits
  readonly at: string
  readonly clean: Edits
}

const citizen = (id: object): Edits => ({
  [`${breakdown}.1.taxCategory.taxExemptionReasonCode`]: 'VATEX-SA-EDU',
  [buyerIds]: [{ id }],
})
/** Row 3 is exempt; a fourth row of its category with a reason of its own. */
const secondExempt = (code: string): Edits => ({
  [`${breakdown}.2.taxCategory.taxExemptionReasonCode`]: 'VATEX-SA-29',
  [`${breakdown}.4`]: {
    taxCategory: {
      id: { value: 'E' },
      percent: '0',
      taxExemptionReasonCode: code,
      taxScheme: { id: { value: 'VAT' } },
    },
  },
})

const witnesses: Readonly<Record<StrictId, Witness>> = {
  'KHATM-SELLER-NAME': {
    base: 'standard',
    stage: 'sealed',
    edits: { [name]: 'ن'.repeat(64) },
    at: sellerAt,
    clean: { [name]: `a${'ن'.repeat(63)}` },
  },
  'KHATM-QR-LENGTH': {
    base: 'standard',
    stage: 'draft',
    edits: { [name]: 'a'.repeat(390) },
    at: sellerAt,
    clean: { [name]: 'a'.repeat(380) },
  },
  'KHATM-VAT-SAR': {
    base: 'standard',
    stage: 'sealed',
    edits: { 'taxTotal.0.taxAmount.value': '1.00' },
    at: '/Invoice/cac:TaxTotal[1]/cbc:TaxAmount',
    clean: { 'taxTotal.0.taxAmount.value': '1.00', documentCurrencyCode: 'USD' },
  },
  'KHATM-EXEMPTION': {
    base: 'standard',
    stage: 'sealed',
    edits: secondExempt('VATEX-SA-30'),
    at: '/Invoice/cac:TaxTotal[2]/cac:TaxSubtotal[5]/cac:TaxCategory/cbc:TaxExemptionReasonCode',
    clean: secondExempt('VATEX-SA-29'),
  },
  'KHATM-CITIZEN-ID': {
    base: 'standard',
    stage: 'sealed',
    edits: citizen({ value: '2055555555', schemeID: 'NAT' }),
    at: '/Invoice/cac:AccountingCustomerParty/cac:Party/cac:PartyIdentification[1]/cbc:ID',
    clean: citizen({ value: '1055555555', schemeID: 'NAT' }),
  },
}

const isStrict = (id: string): id is StrictId => Object.hasOwn(strictRules, id)
const cases = Object.keys(witnesses)
  .filter(isStrict)
  .map((id) => [id, witnesses[id]] as const)

const strictly = ({ base, stage }: Witness, edits: Edits) =>
  judgeStrictly(changed(vector(bases[base]), edits), { now, stage }).map(({ rule, path }) => [rule, path])

describe('a witness of every stricter check', () => {
  test.each(cases)('%s is reported at its place, and alone', (rule, witness) => {
    const found = strictly(witness, witness.edits)
    expect(found).toContainEqual([rule, witness.at])
    if (rule !== 'KHATM-QR-LENGTH') expect(found).toHaveLength(1)
  })

  test.each(cases)('%s lets its near miss pass', (rule, witness) => {
    expect(strictly(witness, witness.clean).filter(([id]) => id === rule)).toEqual([])
  })

  test.each(cases)('%s is silent in a plain judgement', (_rule, { base, stage, edits }) => {
    const found = judge(changed(vector(bases[base]), edits), { now, stage }).map(({ rule }) => rule)
    expect(found.filter((rule) => rule.startsWith('KHATM-'))).toEqual([])
  })
})

test('the length of a QR code is foreseen: the longest name that passes still fits, one letter more may not', async () => {
  const named = (length: number) => changed(vector('simplified388'), { [name]: 'a'.repeat(length) })
  const tooLong = (length: number): boolean =>
    judgeStrictly(named(length), { now, stage: 'draft' }).some(({ rule }) => rule === 'KHATM-QR-LENGTH')
  const longest = Array.from({ length: 500 }, (_, length) => length).findLast((length) => !tooLong(length)) ?? 0
  const { qr } = await seal(named(longest), { signer: testSigner, signingTime })
  expect(qr.length).toBeLessThanOrEqual(1000)
  expect(qr.length).toBeGreaterThan(990)
})

test.each(vectorNames)('%s is clean strictly too', (vectorName) => {
  expect(judgeStrictly(vector(vectorName), { now, stage: 'sealed' })).toEqual([])
})

describe('documents judged together', () => {
  const rules = (...invoices: readonly ReturnType<typeof vector>[]) => {
    const watch = duplicateWatch()
    return invoices.map((invoice, index) =>
      watch(invoice, `${index}.xml`).map(({ rule, params }) => [rule, params?.['file']]),
    )
  }
  const one = vector('standard388')

  test('a number and a UUID that come again name the file they came from', () => {
    expect(rules(one, vector('usd'), one)).toEqual([
      [],
      [],
      [
        ['KHATM-DUPLICATE-NUMBER', '0.xml'],
        ['KHATM-DUPLICATE-UUID', '0.xml'],
      ],
    ])
  })

  test('two sellers may use the same number, and a document without one is none', () => {
    const company = 'accountingSupplierParty.party.partyTaxScheme.0.companyID.value'
    const other = changed(one, { [company]: '311111111100003', uuid: '11111111-1111-4111-8111-111111111111' })
    const unnumbered = changed(one, { id: undefined, uuid: undefined })
    expect(rules(one, other, unnumbered, unnumbered)).toEqual([[], [], [], []])
  })

  test('a UUID is the same in capitals', () => {
    const capitals = changed(one, { id: 'other', uuid: one.uuid?.toUpperCase() })
    expect(rules(one, capitals)).toEqual([[], [['KHATM-DUPLICATE-UUID', '0.xml']]])
  })
})
