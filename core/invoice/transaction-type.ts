/** KSA-2, the transaction code in `InvoiceTypeCode/@name`: read once into flags, asked questions of, and written back (BR-KSA-06). */
import type { Profile } from './draft.ts'

/** Flags in the order of their positions 3 to 9. */
export const transactionFlags = [
  'thirdParty',
  'nominal',
  'export',
  'summary',
  'selfBilled',
  'continuous',
  'government',
] as const
export type TransactionFlag = (typeof transactionFlags)[number]

export interface TransactionType extends Readonly<Record<TransactionFlag, boolean>> {
  readonly profile: Profile
}

/** Positions 8 and 9 exist since SDK 3.4.3; codes without them stay valid. */
export type TransactionCodeLength = 7 | 8 | 9

const profileDigits = { standard: '01', simplified: '02' } as const satisfies Record<Profile, string>

const shape = /^0([12])([01]{5,7})$/

/** The flags behind a code of 7, 8 or 9 digits; undefined when the code is malformed. */
export const parseTransactionCode = (code: string): TransactionType | undefined => {
  const [, profile, digits] = shape.exec(code) ?? []
  if (digits === undefined) return undefined
  return transactionType(
    profile === '1' ? 'standard' : 'simplified',
    Object.fromEntries(transactionFlags.map((flag, position) => [flag, digits[position] === '1'])),
  )
}

/** A transaction type from the flags that are set; the others are off. */
export const transactionType = (
  profile: Profile,
  flags: Readonly<Partial<Record<TransactionFlag, boolean | undefined>>> = {},
): TransactionType => ({
  profile,
  thirdParty: flags.thirdParty ?? false,
  nominal: flags.nominal ?? false,
  export: flags.export ?? false,
  summary: flags.summary ?? false,
  selfBilled: flags.selfBilled ?? false,
  continuous: flags.continuous ?? false,
  government: flags.government ?? false,
})

/** Seven digits, or as many as `digits` and the flags ask for: a flag that is set is never cut off. */
export const formatTransactionCode = (
  type: TransactionType,
  options: { readonly digits?: TransactionCodeLength } = {},
): string => {
  const code = profileDigits[type.profile] + transactionFlags.map((flag) => (type[flag] ? '1' : '0')).join('')
  return code.slice(0, Math.max(options.digits ?? 7, lengthNeeded(type)))
}

const lengthNeeded = (type: TransactionType): TransactionCodeLength => {
  if (type.government) return 9
  return type.continuous ? 8 : 7
}
