/** Invoice lines: what each must state, and that its amounts follow from quantity, price, allowances and charges. */
import {
  add,
  compare,
  type Decimal,
  divide,
  equals,
  format,
  isZero,
  money,
  multiply,
  round,
  subtract,
  zero,
} from '../amount.ts'
import type { Amount, TaxTotal } from '../document.ts'
import { double, hundredths, toCents } from './floating.ts'
import { document, error, every, type Rules, warning } from './rule.ts'
import { type Adjustment, decimalOf, type Line, placed, type Subject, type TaxTotalPart } from './subject.ts'
import { filled } from './text.ts'

const lines = every((subject) => subject.lines)
const lineTaxTotals = (subject: Subject): readonly LineTaxTotal[] =>
  subject.lines.flatMap((line) => line.taxTotals.map((total) => ({ ...total, line })))

type LineTaxTotal = TaxTotalPart & { readonly line: Line }

const oneHalala: Decimal = { units: 1n, scale: 2 }
const thousandth = 3

/** Cut, not rounded, to three decimals: the official test does so before it rounds to two. */
const cut = ({ units, scale }: Decimal): Decimal => {
  if (scale <= thousandth) return { units, scale }
  return { units: units / 10n ** BigInt(scale - thousandth), scale: thousandth }
}

/** Quantity x price per unit, or undefined when a part is missing or the price is for zero units. */
const grossOf = ({ node }: Line): Decimal | undefined => {
  const quantity = decimalOf(node.invoicedQuantity)
  const price = decimalOf(node.price?.priceAmount)
  if (quantity === undefined || price === undefined) return undefined
  if (node.price?.baseQuantity === undefined) return multiply(quantity, price)
  const per = decimalOf(node.price.baseQuantity)
  return per === undefined || isZero(per) ? undefined : multiply(quantity, divide(price, per, 18))
}

const adjusted = (line: Line, gross: Decimal): Decimal =>
  line.adjustments.reduce((net, { kind, amount = zero }) => {
    if (kind === undefined) return net
    return (kind === 'charge' ? add : subtract)(net, amount)
  }, gross)

/** BT-131 = quantity x price / base quantity + charges - allowances, rounded to the halala. */
const expectedNet = (line: Line): Decimal | undefined => {
  const gross = grossOf(line)
  return gross && round(adjusted(line, cut(gross)))
}

/** Exactly, or exactly one halala off. */
const netFits = (line: Line): boolean => {
  const expected = expectedNet(line)
  const { net } = line
  if (expected === undefined || net === undefined) return false
  return [zero, oneHalala, { units: -1n, scale: 2 }].some((offset) => equals(net, add(expected, offset)))
}

/** KSA-12 = BT-131 + KSA-11, in doubles; two unknown sides count as equal. */
const totalFits = ({ node, line }: LineTaxTotal): boolean => {
  const expected = toCents(double(node.taxAmount?.value) + double(line.node.lineExtensionAmount?.value))
  return hundredths(double(node.roundingAmount?.value)) === hundredths(expected)
}

const totalParams = ({ node, line, tax }: LineTaxTotal) => ({
  actual: node.roundingAmount?.value ?? '',
  expected: tax && line.net ? money(add(tax, line.net)) : '',
})

/** BR-KSA-52, BR-KSA-53: only a standard document states VAT and total on every line. */
const missingOnStandard =
  (read: (total: TaxTotal) => Amount | undefined) =>
  ({ node }: Line, { transaction }: Subject): boolean =>
    /^0[12]/.test(transaction.code) &&
    transaction.standard &&
    !(node.taxTotal ?? []).some((total) => filled(read(total)?.value))

/** Price discounts that state the price before them (BT-148). */
const grossPrices = (subject: Subject) =>
  subject.lines.flatMap((line) =>
    line.priceAdjustments
      .filter(({ node }) => node.baseAmount !== undefined)
      .map((part) => ({
        ...part,
        path: `${line.path}/cac:Price/cbc:PriceAmount`,
        price: decimalOf(line.node.price?.priceAmount),
      })),
  )

const afterDiscount = ({ node, amount }: Adjustment): Decimal | undefined => {
  const before = decimalOf(node.baseAmount)
  return before && amount && subtract(before, amount)
}

const properties = (subject: Subject) =>
  subject.lines.flatMap(({ node, path }) =>
    placed(node.item?.additionalItemProperty, `${path}/cac:Item/cac:AdditionalItemProperty`),
  )

const name = ({ node }: Line) => ({ actual: node.item?.name ?? '' })

export const lineRules = {
  'BR-16': error(document(({ lines: all }) => all.length === 0, '/Invoice/cac:InvoiceLine[1]')),
  'BR-21': warning(lines(({ node }) => !filled(node.id), 'cbc:ID')),
  'BR-22': error(
    lines(
      ({ node }) => node.invoicedQuantity === undefined || node.invoicedQuantity.value === '0',
      'cbc:InvoicedQuantity',
    ),
  ),
  'BR-24': error(lines(({ node }) => node.lineExtensionAmount === undefined, 'cbc:LineExtensionAmount')),
  'BR-25': warning(lines(({ node }) => !filled(node.item?.name), 'cac:Item/cbc:Name')),
  'BR-26': error(lines(({ node }) => node.price?.priceAmount === undefined, 'cac:Price/cbc:PriceAmount')),
  'BR-54': error(every(properties)(({ node }) => node.name === undefined || node.value === undefined)),
  'BR-CO-04': error(
    lines(
      ({ categories }) => !categories.some(({ node, vat }) => vat && node.id !== undefined),
      'cac:Item/cac:ClassifiedTaxCategory[1]/cbc:ID',
    ),
  ),
  'BR-KSA-51': warning(every(lineTaxTotals)((total) => !totalFits(total), 'cbc:RoundingAmount', totalParams)),
  'BR-KSA-52': error(
    lines(
      missingOnStandard((total) => total.taxAmount),
      'cac:TaxTotal[1]/cbc:TaxAmount',
    ),
  ),
  'BR-KSA-53': error(
    lines(
      missingOnStandard((total) => total.roundingAmount),
      'cac:TaxTotal[1]/cbc:RoundingAmount',
    ),
  ),
  'BR-KSA-EN16931-06': error(
    every((subject) => subject.lines.flatMap(({ priceAdjustments }) => priceAdjustments))(
      ({ kind }) => kind === 'charge',
      'cbc:ChargeIndicator',
    ),
  ),
  'BR-KSA-EN16931-07': error(
    every(grossPrices)(
      (part) => {
        const expected = afterDiscount(part)
        return part.price === undefined || expected === undefined || !equals(part.price, expected)
      },
      '',
      (part) => {
        const expected = afterDiscount(part)
        return { expected: expected === undefined ? '' : format(expected) }
      },
    ),
  ),
  'BR-KSA-EN16931-11': warning(
    lines(
      (line) => !netFits(line),
      'cbc:LineExtensionAmount',
      (line) => {
        const expected = expectedNet(line)
        return {
          actual: line.node.lineExtensionAmount?.value ?? '',
          expected: expected === undefined ? '' : money(expected),
        }
      },
    ),
  ),
  'BR-KSA-EN16931-12': error(
    lines(
      ({ node }) => {
        const per = node.price?.baseQuantity
        return per !== undefined && per.value !== '' && compare(decimalOf(per) ?? zero, zero) <= 0
      },
      'cac:Price/cbc:BaseQuantity',
      ({ node }) => ({ actual: node.price?.baseQuantity?.value ?? '' }),
    ),
  ),
  'BR-KSA-F-C-01': warning(lines(({ node }) => /^\p{Nd}+$/u.test(node.item?.name ?? ''), 'cac:Item/cbc:Name', name)),
} satisfies Rules
