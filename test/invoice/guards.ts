/**
 * Every amount of an invoice and the rules that guard it: what a change of that one amount must raise, by the formulae of spec C10 and
 * C11 and their tolerances. Nothing here asks the rules under test.
 */
import type { AllowanceCharge, Amount, Invoice, InvoiceLine, TaxSubtotal } from '#core/invoice/document.ts'
import type { RuleId } from '#core/invoice/rules/index.ts'
import type { StrictId } from '#core/invoice/rules/strict.ts'

type Id = RuleId | StrictId

/** `perhaps`: so near the edge of a tolerance that the official test may round to either side. */
type Answer = 'yes' | 'perhaps' | 'no'

/** One amount of an invoice that may be changed. */
export interface Place {
  readonly field: Field
  /** As `changed` of the rules' tests takes it */
  readonly at: string
  readonly value: string
  readonly invoice: Invoice
  readonly line?: InvoiceLine
  readonly adjustment?: AllowanceCharge
  readonly subtotal?: TaxSubtotal
}

/** A place and what is added to it, in halalas. */
export interface Change extends Place {
  readonly halalas: number
}

/** A value with halalas added, with as many decimals as it has. */
export const changedValue = ({ value, halalas }: Change): string => {
  const [whole = '', decimals = ''] = value.split('.')
  const added = BigInt(halalas) * 10n ** BigInt(decimals.length - 2)
  const units = BigInt(whole + decimals) + added
  const digits = String(units < 0n ? -units : units).padStart(decimals.length + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -decimals.length)}.${digits.slice(-decimals.length)}`
}

/** In halalas; exact enough for the question on which side of a tolerance a value lies, whose edges are answered with `perhaps`. */
const halalasOf = (literal: string | undefined): number => Number(literal ?? '0') * 100

/** A distance in halalas against a tolerance. The edge is as wide as one rounding. */
const beyond = (distance: number, tolerance: number): Answer => {
  if (Math.abs(distance) > tolerance + 0.51) return 'yes'
  return Math.abs(distance) < tolerance + 0.49 ? 'no' : 'perhaps'
}

const when = (condition: boolean): Answer => (condition ? 'yes' : 'no')

type Guard = readonly [rule: Id | ((change: Change) => Id), answer: (change: Change) => Answer]

const always: Guard[1] = () => 'yes'
const isPrepayment: Guard[1] = ({ line }) => when(line?.documentReference !== undefined)

const codes = ['S', 'Z', 'E', 'O'] as const
type Code = (typeof codes)[number]

/** The category of what is changed. */
const categoryOf = ({ line, adjustment, subtotal }: Change): Code => {
  const [own] = adjustment?.taxCategory ?? [subtotal?.taxCategory ?? line?.item?.classifiedTaxCategory?.[0]]
  return codes.find((code) => code === own?.id?.value) ?? 'S'
}

const rowsOf = ({ taxTotal = [] }: Invoice): readonly TaxSubtotal[] =>
  taxTotal.flatMap(({ taxSubtotal = [] }) => taxSubtotal)

/** BR-S-08 and its like compare lines, allowances and charges of a category with its row; a prepayment's category may have none. */
const categorySum: Guard = [
  (change) => `BR-${categoryOf(change)}-08`,
  (change) => when(rowsOf(change.invoice).some(({ taxCategory }) => taxCategory?.id?.value === categoryOf(change))),
]

/** The tax that taxable amount and rate ask for, minus the stated one, once the change is made. */
const missingTax = ({ field, halalas, subtotal }: Change): number => {
  const share = Number(subtotal?.taxCategory?.percent) / 100
  const isTaxable = field === 'BT-116' || field === 'KSA-31'
  const taxable = halalasOf(subtotal?.taxableAmount?.value) + (isTaxable ? halalas : 0)
  return taxable * share - halalasOf(subtotal?.taxAmount?.value) - (isTaxable ? 0 : halalas)
}

/** A halala for each line. */
const taxOfRow: Guard[1] = (change) => beyond(missingTax(change), change.invoice.invoiceLine?.length ?? 0)
const onlyFor =
  (isMeant: (code: Code) => boolean, answer: Guard[1]): Guard[1] =>
  (change) =>
    isMeant(categoryOf(change)) ? answer(change) : 'no'
const taxed = (answer: Guard[1]): Guard[1] => onlyFor((code) => code === 'S', answer)

/** BR-KSA-79: a halala more or less; nothing at all where no tax is due and the category is Z or E. */
const taxOfPrepayment: Guard[1] = (change) => {
  const isExact = ['Z', 'E'].includes(categoryOf(change))
  return isExact ? when(missingTax(change) !== 0) : beyond(missingTax(change), 1)
}

/** BR-KSA-EN16931-03, where a percentage is stated. */
const percentage: Guard[1] = ({ field, halalas, adjustment }) => {
  if (adjustment?.multiplierFactorNumeric === undefined) return 'no'
  const isBase = field === 'BT-93' || field === 'BT-100' || field === 'BT-137' || field === 'BT-142'
  const base = halalasOf(adjustment.baseAmount?.value) + (isBase ? halalas : 0)
  const amount = halalasOf(adjustment.amount?.value) + (isBase ? 0 : halalas)
  return beyond((base * Number(adjustment.multiplierFactorNumeric)) / 100 - amount, 0)
}

/** BR-KSA-EN16931-11: a halala more or less; a price per several units is divided before it is multiplied. */
const lineNet: Guard[1] = ({ field, halalas, line }) => {
  const quantity = Number(line?.invoicedQuantity?.value) / Number(line?.price?.baseQuantity?.value ?? '1')
  if (field !== 'BT-146') return line?.price?.baseQuantity && Math.abs(halalas) === 2 ? 'perhaps' : beyond(halalas, 1)
  const moved = Math.abs(halalas * quantity)
  if (moved === 0) return 'no'
  return moved >= 3 ? 'yes' : 'perhaps'
}

const discounted: Guard[1] = ({ line }) => when(line?.price?.allowanceCharge !== undefined)

const isForeign = ({ invoice }: Place): boolean => invoice.documentCurrencyCode !== 'SAR'
const maybeUnconverted: Guard = ['BR-KSA-97', (change) => (isForeign(change) ? 'perhaps' : 'no')]

/** Without prepayment lines a prepaid amount refers to nothing. */
const refersToNothing: Guard[1] = (change) => when(Number(change.value) === 0 && change.halalas > 0)

const zeroTax: Guard = [(change) => `BR-${categoryOf(change)}-09`, onlyFor((code) => code !== 'S', always)]

const allowance: readonly Guard[] = [['BR-CO-11', always], categorySum, ['BR-KSA-EN16931-03', percentage]]
const charge: readonly Guard[] = [['BR-CO-12', always], categorySum, ['BR-KSA-EN16931-03', percentage]]
const lineAdjustment: readonly Guard[] = [
  ['BR-KSA-EN16931-11', lineNet],
  ['BR-KSA-EN16931-03', percentage],
]
const base: readonly Guard[] = [['BR-KSA-EN16931-03', percentage]]
const taxOfRows: readonly Guard[] = [
  ['BR-CO-17', taxOfRow],
  ['BR-S-09', taxed(taxOfRow)],
]
const prepaid: readonly Guard[] = [
  ['BR-KSA-80', always],
  ['BR-KSA-79', taxOfPrepayment],
]
const due: readonly Guard[] = [['BR-CO-16', always]]

const guards = {
  'BT-92': allowance,
  'BT-93': base,
  'BT-99': charge,
  'BT-100': base,
  'BT-106': [['BR-CO-10', always]],
  'BT-107': [
    ['BR-CO-11', always],
    ['BR-CO-13', always],
  ],
  'BT-108': [
    ['BR-CO-12', always],
    ['BR-CO-13', always],
  ],
  'BT-109': [
    ['BR-CO-13', always],
    ['BR-CO-15', always],
  ],
  'BT-110': [['BR-CO-14', always], ['KHATM-VAT-SAR', (change) => when(!isForeign(change))], maybeUnconverted],
  'BT-111': [['KHATM-VAT-SAR', (change) => when(!isForeign(change))], maybeUnconverted],
  'BT-112': [['BR-CO-15', always], ...due],
  'BT-113': [['BR-KSA-80', always], ['BR-KSA-73', refersToNothing], ...due],
  'BT-114': due,
  'BT-115': due,
  'BT-116': [categorySum, ...taxOfRows],
  'BT-117': [['BR-CO-14', always], ['BR-CO-15', always], zeroTax, ...taxOfRows],
  'BT-131': [
    ['BR-CO-10', always],
    ['BR-CO-13', always],
    ['BR-KSA-51', always],
    categorySum,
    ['BR-KSA-EN16931-11', lineNet],
    ['BR-KSA-82', isPrepayment],
  ],
  'BT-136': lineAdjustment,
  'BT-137': base,
  'BT-141': lineAdjustment,
  'BT-142': base,
  'BT-146': [
    ['BR-KSA-EN16931-11', lineNet],
    ['BR-KSA-EN16931-07', discounted],
    ['BR-KSA-82', isPrepayment],
  ],
  'BT-147': [['BR-KSA-EN16931-07', always]],
  'BT-148': [['BR-KSA-EN16931-07', always]],
  'KSA-11': [
    ['BR-KSA-51', always],
    ['BR-KSA-82', isPrepayment],
  ],
  'KSA-12': [
    ['BR-KSA-51', always],
    ['BR-KSA-82', isPrepayment],
  ],
  'KSA-31': prepaid,
  'KSA-32': prepaid,
} as const satisfies Readonly<Record<string, readonly Guard[]>>

export type Field = keyof typeof guards

const isField = (name: string): name is Field => Object.hasOwn(guards, name)
export const fields: readonly Field[] = Object.keys(guards).filter(isField)

/** BR-KSA-F-04 passes over what is due, its rounding, net and total of a line, and what is out of scope. */
const negative: Guard = [
  'BR-KSA-F-04',
  (change) => {
    if (!changedValue(change).startsWith('-')) return 'no'
    const isPassedOver = ['BT-114', 'BT-115', 'BT-131', 'KSA-12'].includes(change.field)
    return when(!isPassedOver && !(change.field === 'BT-116' && categoryOf(change) === 'O'))
  },
]

/** The rules that a change must raise, and those that it may raise. */
export const guardsOf = (change: Change): { readonly must: readonly Id[]; readonly may: readonly Id[] } => {
  const answers = [...guards[change.field], negative].map(([rule, answer]: Guard) => ({
    rule: typeof rule === 'string' ? rule : rule(change),
    answer: answer(change),
  }))
  const having = (wanted: Answer) => answers.filter(({ answer }) => answer === wanted).map(({ rule }) => rule)
  return { must: having('yes'), may: having('perhaps') }
}

type Found = readonly [field: Field, at: string, amount: Amount | undefined]

const placesIn = (
  about: Omit<Place, 'field' | 'at' | 'value'>,
  root: string,
  found: readonly Found[],
): readonly Place[] =>
  found.flatMap(([field, at, amount]) =>
    amount === undefined ? [] : [{ ...about, field, at: `${root}${at}.value`, value: amount.value }],
  )

const adjustmentFields = {
  document: { true: ['BT-99', 'BT-100'], false: ['BT-92', 'BT-93'] },
  line: { true: ['BT-141', 'BT-142'], false: ['BT-136', 'BT-137'] },
} as const

const adjustmentPlaces = (
  invoice: Invoice,
  root: string,
  adjustments: readonly AllowanceCharge[] = [],
  line?: InvoiceLine,
): readonly Place[] =>
  adjustments.flatMap((adjustment, index) => {
    const isCharge = adjustment.chargeIndicator === 'true' ? 'true' : 'false'
    const [amount, base] = adjustmentFields[line ? 'line' : 'document'][isCharge]
    return placesIn({ invoice, adjustment, ...(line && { line }) }, `${root}allowanceCharge.${index}.`, [
      [amount, 'amount', adjustment.amount],
      [base, 'baseAmount', adjustment.baseAmount],
    ])
  })

const subtotalPlaces = (
  invoice: Invoice,
  root: string,
  [taxable, tax]: readonly [Field, Field],
  subtotals: readonly TaxSubtotal[] = [],
): readonly Place[] =>
  subtotals.flatMap((subtotal, index) =>
    placesIn({ invoice, subtotal }, `${root}taxSubtotal.${index}.`, [
      [taxable, 'taxableAmount', subtotal.taxableAmount],
      [tax, 'taxAmount', subtotal.taxAmount],
    ]),
  )

const linePlaces = (invoice: Invoice, line: InvoiceLine, root: string): readonly Place[] => {
  const [vat] = line.taxTotal ?? []
  const [discount] = line.price?.allowanceCharge ?? []
  return [
    ...placesIn({ invoice, line }, root, [
      ['BT-131', 'lineExtensionAmount', line.lineExtensionAmount],
      ['KSA-11', 'taxTotal.0.taxAmount', vat?.taxAmount],
      ['KSA-12', 'taxTotal.0.roundingAmount', vat?.roundingAmount],
      ['BT-146', 'price.priceAmount', line.price?.priceAmount],
      ['BT-147', 'price.allowanceCharge.0.amount', discount?.amount],
      ['BT-148', 'price.allowanceCharge.0.baseAmount', discount?.baseAmount],
    ]),
    ...adjustmentPlaces(invoice, root, line.allowanceCharge, line),
    ...subtotalPlaces(invoice, `${root}taxTotal.0.`, ['KSA-31', 'KSA-32'], vat?.taxSubtotal),
  ]
}

/** Every amount of an invoice that our writer makes: BT-111 in the first VAT total, BT-110 in the second. */
export const amountPlaces = (invoice: Invoice): readonly Place[] => {
  const sums = invoice.legalMonetaryTotal
  const [inRiyals, inCurrency] = invoice.taxTotal ?? []
  return [
    ...placesIn({ invoice }, 'legalMonetaryTotal.', [
      ['BT-106', 'lineExtensionAmount', sums?.lineExtensionAmount],
      ['BT-107', 'allowanceTotalAmount', sums?.allowanceTotalAmount],
      ['BT-108', 'chargeTotalAmount', sums?.chargeTotalAmount],
      ['BT-109', 'taxExclusiveAmount', sums?.taxExclusiveAmount],
      ['BT-112', 'taxInclusiveAmount', sums?.taxInclusiveAmount],
      ['BT-113', 'prepaidAmount', sums?.prepaidAmount],
      ['BT-114', 'payableRoundingAmount', sums?.payableRoundingAmount],
      ['BT-115', 'payableAmount', sums?.payableAmount],
    ]),
    ...placesIn({ invoice }, 'taxTotal.', [
      ['BT-111', '0.taxAmount', inRiyals?.taxAmount],
      ['BT-110', '1.taxAmount', inCurrency?.taxAmount],
    ]),
    ...subtotalPlaces(invoice, 'taxTotal.1.', ['BT-116', 'BT-117'], inCurrency?.taxSubtotal),
    ...adjustmentPlaces(invoice, '', invoice.allowanceCharge),
    ...(invoice.invoiceLine ?? []).flatMap((line, index) => linePlaces(invoice, line, `invoiceLine.${index}.`)),
  ]
}
