/** What completion writes besides the totals: codes, defaults, texts, parties. */
import { describe, expect, test } from 'vitest'
import { completeDraft } from '#core/invoice/complete.ts'
import type { Draft, DraftAdjustment } from '#core/invoice/draft.ts'
import { draftOf, line } from './drafts.ts'

const one = [line('1', '100')]

describe('header', () => {
  test.each([
    ['invoice', '388'],
    ['credit-note', '381'],
    ['debit-note', '383'],
    ['prepayment', '386'],
  ] as const)('%s is %s', (kind, value) => {
    expect(completeDraft(draftOf(one, { kind })).invoiceTypeCode).toEqual({ value, name: '0100000' })
  })

  test('the transaction code has seven digits, more by a flag or the setting', () => {
    const code = (flags: object, digits?: 7 | 8 | 9) =>
      completeDraft(draftOf(one, { flags }), digits && { transactionCodeDigits: digits }).invoiceTypeCode?.name
    expect([code({ export: true }), code({ government: true }), code({}, 9)]).toEqual([
      '0100100',
      '010000001',
      '010000000',
    ])
  })

  test('what the draft lacks is absent, not blank', () => {
    const invoice = completeDraft(draftOf(one))
    const absent = ['uuid', 'note', 'orderReference', 'billingReference', 'paymentMeans', 'allowanceCharge'] as const
    for (const key of absent) expect(invoice).not.toHaveProperty(key)
    expect(JSON.stringify(invoice)).not.toMatch(/:(null|""|\[\])/)
  })
})

describe('supply date', () => {
  const supply = (more: Parameters<typeof draftOf>[1]) => completeDraft(draftOf(one, more)).delivery

  test('a standard invoice is supplied on the day of issue unless it says otherwise', () => {
    expect(supply({})).toEqual([{ actualDeliveryDate: '2026-02-01' }])
    expect(supply({ supplyDate: '2026-01-15' })).toEqual([{ actualDeliveryDate: '2026-01-15' }])
  })

  test('no other document gets one by itself', () => {
    expect(supply({ kind: 'credit-note' })).toBeUndefined()
    expect(supply({ kind: 'prepayment' })).toBeUndefined()
    expect(supply({ profile: 'simplified' })).toBeUndefined()
  })

  test('a summary invoice has both dates', () => {
    const dates = { supplyDate: '2026-01-01', supplyEndDate: '2026-01-31' }
    expect(supply({ profile: 'simplified', ...dates })).toEqual([
      { actualDeliveryDate: '2026-01-01', latestDeliveryDate: '2026-01-31' },
    ])
  })
})

describe('payment', () => {
  test('a note without payment means still carries its reason, with the code for "not defined"', () => {
    expect(completeDraft(draftOf(one, { kind: 'credit-note', reason: 'إرجاع' })).paymentMeans).toEqual([
      { paymentMeansCode: '1', instructionNote: [{ value: 'إرجاع' }] },
    ])
  })

  test('terms and account', () => {
    const payment = { means: '30', terms: 'خلال 30 يومًا', account: 'SA03' }
    expect(completeDraft(draftOf(one, { payment })).paymentMeans).toEqual([
      {
        paymentMeansCode: '30',
        payeeFinancialAccount: { id: 'SA03', paymentNote: [{ value: 'خلال 30 يومًا' }] },
      },
    ])
  })
})

describe('parties', () => {
  test('an anonymous buyer is an empty role', () => {
    expect(completeDraft(draftOf(one)).accountingCustomerParty).toEqual({})
  })

  test('a buyer outside the VAT register has no PartyTaxScheme', () => {
    const buyer = { name: 'Buyer', id: { scheme: 'OTH', value: 'X99' }, address: { city: 'Houston', country: 'US' } }
    expect(completeDraft(draftOf(one, { buyer })).accountingCustomerParty?.party).toEqual({
      partyIdentification: [{ id: { value: 'X99', schemeID: 'OTH' } }],
      postalAddress: { cityName: 'Houston', country: { identificationCode: 'US' } },
      partyLegalEntity: [{ registrationName: 'Buyer' }],
    })
  })
})

describe('VAT reasons', () => {
  const reasonOf = (vat: Parameters<typeof line>[2]) =>
    completeDraft(draftOf([line('1', '1', vat)])).taxTotal?.[1]?.taxSubtotal?.[0]?.taxCategory

  test('the official text in both languages unless the draft has its own', () => {
    expect(reasonOf({ vat: { category: 'Z', exemption: 'VATEX-SA-32' } })).toMatchObject({
      percent: '0.00',
      taxExemptionReasonCode: 'VATEX-SA-32',
      taxExemptionReason: [{ value: 'Export of goods | صادرات السلع من المملكة' }],
    })
    expect(reasonOf({ vat: { category: 'O', exemptionText: 'Deposit' } })).toMatchObject({
      taxExemptionReasonCode: 'VATEX-SA-OOS',
    })
    expect(
      reasonOf({ vat: { category: 'O', exemption: 'VATEX-SA-OOS', exemptionText: 'Deposit' } })?.taxExemptionReason,
    ).toEqual([{ value: 'Deposit' }])
  })

  test('a reason stated on one line holds for the others of its category, also its text', () => {
    const lines = [
      line('1', '10', { vat: { category: 'O' } }),
      line('1', '10', { vat: { category: 'O', exemptionText: 'Deposit' } }),
      line('1', '10', { vat: { category: 'Z' } }),
      line('1', '10', { vat: { category: 'Z', exemption: 'VATEX-SA-32' } }),
    ]
    const categories = completeDraft(draftOf(lines)).taxTotal?.[1]?.taxSubtotal?.map(({ taxCategory }) => taxCategory)
    expect(categories).toMatchObject([
      { id: { value: 'Z' }, taxExemptionReasonCode: 'VATEX-SA-32' },
      { id: { value: 'O' }, taxExemptionReasonCode: 'VATEX-SA-OOS', taxExemptionReason: [{ value: 'Deposit' }] },
    ])
  })

  test('15, 15.0 and 15.000 are one rate, written with two decimals (BR-KSA-DEC-02)', () => {
    const lines = ['15', '15.0', '15.000'].map((rate) => line('1', '10', { vat: { category: 'S', rate } }))
    const subtotals = completeDraft(draftOf(lines)).taxTotal?.[1]?.taxSubtotal
    expect(subtotals?.map(({ taxCategory }) => taxCategory?.percent)).toEqual(['15.00'])
  })

  test('an unknown code is kept for the rules to judge, without a text', () => {
    const category = reasonOf({ vat: { category: 'Z', exemption: 'toString' } })
    expect(category?.taxExemptionReasonCode).toBe('toString')
    expect(category).not.toHaveProperty('taxExemptionReason')
  })

  test('the standard rate gives none', () => {
    expect(reasonOf({})).toEqual({ id: { value: 'S' }, percent: '15.00', taxScheme: { id: { value: 'VAT' } } })
  })
})

describe('foreign currency', () => {
  test('all amounts in the document currency but the VAT total in SAR, which comes first', () => {
    const invoice = completeDraft(draftOf(one, { currency: 'USD', exchangeRate: '3.75' }))
    expect(invoice.taxTotal?.map(({ taxAmount }) => taxAmount)).toEqual([
      { value: '56.25', currencyID: 'SAR' },
      { value: '15.00', currencyID: 'USD' },
    ])
    expect(invoice.taxExchangeRate).toEqual({
      sourceCurrencyCode: 'USD',
      targetCurrencyCode: 'SAR',
      calculationRate: '3.75',
    })
  })

  test('a rate on a document in SAR converts nothing and is left out', () => {
    expect(completeDraft(draftOf(one, { exchangeRate: '1' }))).not.toHaveProperty('taxExchangeRate')
  })
})

test('a percentage that ends on half a halala states its amount alone (BR-KSA-EN16931-03)', () => {
  const halfway = completeDraft(draftOf([line('1', '164.35', { allowances: [{ percent: '10' }] })]))
  expect(halfway.invoiceLine?.[0]?.allowanceCharge).toEqual([
    { chargeIndicator: 'false', amount: { value: '16.44', currencyID: 'SAR' } },
  ])
  const plain = completeDraft(draftOf([line('1', '164.30', { allowances: [{ percent: '10' }] })]))
  expect(plain.invoiceLine?.[0]?.allowanceCharge).toEqual([
    {
      chargeIndicator: 'false',
      multiplierFactorNumeric: '10.00',
      amount: { value: '16.43', currencyID: 'SAR' },
      baseAmount: { value: '164.30', currencyID: 'SAR' },
    },
  ])
})

describe('an amount that is stated beside percentage and base (BR-KSA-EN16931-03)', () => {
  const stated = (discount: DraftAdjustment, more: Partial<Draft> = {}) =>
    completeDraft(draftOf([line('1', '164.30', { allowances: [discount] })], more)).invoiceLine?.[0]?.allowanceCharge

  test('stands alone when taking VAT out of both leaves it a halala off: 4.17 is not 80 % of 5.22', () => {
    expect(stated({ amount: '4.80', percent: '80', base: '6.00' }, { pricesIncludeVat: true })).toEqual([
      { chargeIndicator: 'false', amount: { value: '4.17', currencyID: 'SAR' } },
    ])
  })

  test('stands alone when the percentage ends on half a halala', () => {
    expect(stated({ amount: '0.58', percent: '50', base: '1.15' })).toEqual([
      { chargeIndicator: 'false', amount: { value: '0.58', currencyID: 'SAR' } },
    ])
  })

  test('keeps them when it contradicts them, so that the rule can say so', () => {
    expect(stated({ amount: '10.02', percent: '10', base: '100' })).toMatchObject([
      { multiplierFactorNumeric: '10.00', amount: { value: '10.02' }, baseAmount: { value: '100.00' } },
    ])
  })
})

test('prepayment lines follow the ordinary ones and name the prepayment invoice', () => {
  const prepayments = [{ number: 'ADV-1', issueDate: '2026-01-10', issueTime: '09:30:00', taxable: '40' }]
  const [, settled] = completeDraft(draftOf(one, { prepayments })).invoiceLine ?? []
  expect(settled).toMatchObject({
    id: '2',
    documentReference: [{ id: 'ADV-1', issueDate: '2026-01-10', issueTime: '09:30:00', documentTypeCode: '386' }],
    taxTotal: [{ taxSubtotal: [{ taxableAmount: { value: '40.00' }, taxAmount: { value: '6.00' } }] }],
    item: { name: 'دفعة مقدمة' },
  })
})
