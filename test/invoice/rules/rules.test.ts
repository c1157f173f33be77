/** Every rule reports its witness at the right place, lets its near miss pass, and keeps quiet where it does not apply. */
import { describe, expect, test } from 'vitest'
import { judge, type RuleContext, type RuleId, ruleIds, rules } from '#core/invoice/rules/index.ts'
import { type Base, bases, changed, type Edits, vector, vectorNames } from './bases.ts'
import { type Silent, type Witness, witnesses } from './witnesses.ts'

const now = '2026-11-23T11:00:00'
const sealed: RuleContext = { now, stage: 'sealed' }

/** Simplified bases are years old: BR-KSA-98 is theirs by nature. */
const dated = (base: Base, edits: Edits): Edits =>
  base === 'simplified' ? { issueDate: '2026-11-23', issueTime: '10:00:00', ...edits } : edits

const judged = (base: Base, edits: Edits, context: RuleContext = sealed) =>
  judge(changed(vector(bases[base]), dated(base, edits)), context)

const placesOf = (rule: RuleId, found: ReturnType<typeof judge>): readonly string[] =>
  found.filter((violation) => violation.rule === rule).map(({ path }) => path)

const isWitnessed = (id: RuleId): id is Exclude<RuleId, Silent> => Object.hasOwn(witnesses, id)
const cases: readonly (readonly [RuleId, Witness])[] = ruleIds
  .filter(isWitnessed)
  .map((id) => [id, witnesses[id]] as const)

describe('a witness of every rule', () => {
  test.each(cases)('%s is reported at its place', (rule, { base, edits, at }) => {
    expect(placesOf(rule, judged(base, edits))).toContain(`/Invoice/${at}`)
  })

  test.each(cases)('%s lets its near miss pass', (rule, { base, clean = {} }) => {
    expect(placesOf(rule, judged(base, clean))).toEqual([])
  })
})

describe('the table of rules', () => {
  test('holds all 245 ids of pack 3.4.8, the schema and our own check, with their severities', () => {
    const count = (severity: string): number => ruleIds.filter((id) => rules[id].severity === severity).length
    expect({ errors: count('error'), warnings: count('warning') }).toEqual({ errors: 86 + 2, warnings: 159 })
  })

  test('is silent only where the official validator cannot speak', () => {
    expect(ruleIds.filter((id) => rules[id].silentBecause !== undefined).sort()).toEqual([
      'BR-41',
      'BR-DEC-24',
      'BR-DEC-25',
    ])
  })
})

describe('the vectors', () => {
  test.each(vectorNames)('%s is clean but for the clock', (name) => {
    const found = judge(vector(name), sealed).map(({ rule }) => rule)
    expect(found.filter((rule) => rule !== 'BR-KSA-98')).toEqual([])
  })
})

describe('a draft', () => {
  const draft: RuleContext = { now, stage: 'draft' }
  const unsealed: Edits = {
    uuid: undefined,
    issueDate: undefined,
    issueTime: undefined,
    additionalDocumentReference: undefined,
    signature: undefined,
    signatureInformation: undefined,
  }

  test('is not asked for what sealing adds', () => {
    expect(judged('standard', unsealed, draft)).toEqual([])
  })

  test('without dates is supplied on the day it is issued, with an issue date it says when', () => {
    expect(judged('standard', { ...unsealed, delivery: undefined }, draft)).toEqual([])
    const issuedToday: Edits = { ...unsealed, issueDate: '2026-11-23', delivery: undefined }
    expect(judged('standard', issuedToday, draft).map(({ rule }) => rule)).toEqual(['BR-KSA-15'])
  })

  test('is asked for all of it once it is sealed', () => {
    const found = judged('standard', unsealed).map(({ rule }) => rule)
    expect(found.sort()).toEqual(['BR-03', 'BR-KSA-03', 'BR-KSA-33', 'BR-KSA-61', 'BR-KSA-70'])
  })

  test('with a malformed UUID is told so at once', () => {
    expect(placesOf('BR-KSA-03', judged('standard', { ...unsealed, uuid: ' ' }, draft))).toEqual(['/Invoice/cbc:UUID'])
  })
})

test('an empty document is judged without stumbling', () => {
  const found = judge({}, sealed).map(({ rule }) => rule)
  expect(found).toEqual(expect.arrayContaining(['BR-04', 'BR-05', 'BR-16', 'BR-CO-18', 'BR-KSA-39', 'BR-KSA-68']))
})

test('all violations are reported at once, each with its own place', () => {
  const found = judged('standard', { 'invoiceLine.0.id': undefined, 'invoiceLine.2.id': undefined })
  expect(found.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
    'BR-21 /Invoice/cac:InvoiceLine[1]/cbc:ID',
    'BR-21 /Invoice/cac:InvoiceLine[3]/cbc:ID',
  ])
})

test('a percentage is judged in doubles, as the validator does', () => {
  const share = (amount: string): Edits => ({
    'allowanceCharge.0.multiplierFactorNumeric': '50',
    'allowanceCharge.0.amount.value': amount,
    'allowanceCharge.0.baseAmount': { value: '1.15', currencyID: 'SAR' },
  })
  expect(placesOf('BR-KSA-EN16931-03', judged('standard', share('0.57')))).toEqual([])
  expect(placesOf('BR-KSA-EN16931-03', judged('standard', share('0.58')))).toHaveLength(1)
})
