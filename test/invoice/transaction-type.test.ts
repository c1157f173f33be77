/** KSA-2: codes to flags and back, by the positions of spec C5. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatTransactionCode,
  parseTransactionCode,
  type TransactionFlag,
  transactionFlags,
  transactionType,
} from '#core/invoice/transaction-type.ts'

const flagsOf = (code: string): readonly TransactionFlag[] => {
  const type = parseTransactionCode(code)
  return type === undefined ? [] : transactionFlags.filter((flag) => type[flag])
}

test.each([
  ['0100000', []],
  ['0110000', ['thirdParty']],
  ['0201000', ['nominal']],
  ['0100100', ['export']],
  ['0100010', ['summary']],
  ['0100001', ['selfBilled']],
  ['01000001', ['continuous']],
  ['010000001', ['government']],
  ['0111111', ['thirdParty', 'nominal', 'export', 'summary', 'selfBilled']],
])('%s means %j', (code, flags) => {
  expect(flagsOf(code)).toEqual(flags)
  expect(parseTransactionCode(code)?.profile).toBe(code.startsWith('01') ? 'standard' : 'simplified')
})

test.each(['', '010000', '0100000000', '0300000', '1100000', '0100002', ' 0100000', 'abcdefg'])(
  'refuses %j',
  (code) => {
    expect(parseTransactionCode(code)).toBeUndefined()
  },
)

test('is written with seven digits unless a flag or the setting asks for more', () => {
  expect(formatTransactionCode(transactionType('standard'))).toBe('0100000')
  expect(formatTransactionCode(transactionType('standard', { continuous: true }))).toBe('01000001')
  expect(formatTransactionCode(transactionType('simplified', { government: true }))).toBe('020000001')
  expect(formatTransactionCode(transactionType('standard', { export: true }), { digits: 9 })).toBe('010010000')
  expect(formatTransactionCode(transactionType('standard', { government: true }), { digits: 7 })).toBe('010000001')
})

test('every code of 7 to 9 digits survives reading and writing with its own length', () => {
  const digits = fc.constantFrom<7 | 8 | 9>(7, 8, 9)
  fc.assert(
    fc.property(digits, fc.constantFrom('01', '02'), fc.nat(127), (length, profile, bits) => {
      const code =
        profile +
        bits
          .toString(2)
          .padStart(7, '0')
          .slice(0, length - 2)
      const type = parseTransactionCode(code)
      expect(type && formatTransactionCode(type, { digits: length })).toBe(code)
    }),
  )
})
