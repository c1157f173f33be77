/** The VAT breakdown (BG-23): it is complete, its taxable amounts follow from the lines, its tax from the rates. */
import { type Decimal, equals, isZero, money, multiply, round, sum, zero } from '../amount.ts'
import { type CategoryCode, inBreakdown, is, onDocumentAdjustments, onItems, onLineAdjustments } from './categories.ts'
import { double, hundredths, toCents } from './floating.ts'
import { decimalOf } from './plain.ts'
import { type Check, document, error, every, type Rules, warning } from './rule.ts'
import type { Category, Subject, Subtotal, TaxTotalPart } from './subject.ts'
import { blank } from './text.ts'

const rows = every((subject) => subject.breakdown)
const firstRow = '/Invoice/cac:TaxTotal[1]/cac:TaxSubtotal[1]'

const rowsOf = (code: CategoryCode) =>
  every(
    (subject) => subject.breakdown,
    ({ category }) => category?.code === code && category.vat,
  )

/** BR-S-01 and its like: a category that lines, allowances or charges use has a row in the breakdown. */
const hasRow = (code: CategoryCode): Check =>
  document(
    (subject) =>
      [onItems, onDocumentAdjustments, onLineAdjustments].some((parts) => parts(subject).some(is(code))) &&
      !inBreakdown(subject).some(is(code)),
    firstRow,
    () => ({ category: code }),
  )

/** BT-116 is what lines, allowances and charges of the category add up to; for S all rates are taken together. */
const taxableFits = (code: CategoryCode): Check =>
  rowsOf(code)(
    (row, subject) => {
      const isUsed = onDocumentAdjustments(subject).some(is(code)) || onItems(subject).some(is(code))
      const stated = code === 'S' ? statedForS(row, subject) : row.taxable
      return !isUsed || stated === undefined || !equals(stated, netOf(code, subject))
    },
    'cbc:TaxableAmount',
    ({ node }, subject) => ({
      category: code,
      actual: node.taxableAmount?.value ?? '',
      expected: money(netOf(code, subject)),
    }),
  )

const netOf = (code: CategoryCode, { netOf: nets }: Subject): Decimal => nets.get(code) ?? zero

const statedForS = (row: Subtotal, { taxTotals }: Subject): Decimal => {
  const own = taxTotals.find(({ subtotals }) => subtotals.includes(row))
  return sum((own?.subtotals ?? []).map((part) => (part.category?.code === 'S' ? (part.taxable ?? zero) : zero)))
}

const noTax = (code: CategoryCode): Check =>
  rowsOf(code)(
    ({ tax }) => tax === undefined || !isZero(tax),
    'cbc:TaxAmount',
    ({ node }) => ({ category: code, actual: node.taxAmount?.value ?? '' }),
  )

/** BT-117 is BT-116 x BT-119, give or take a halala per line; in doubles, as officially. */
const taxMisfits = ({ node, category }: Subtotal, { lines }: Subject): boolean => {
  const expected = expectedTax(node.taxableAmount?.value, category)
  const stated = double(node.taxAmount?.value)
  const tolerance = lines.length * 0.01
  const isNear = stated <= toCents(expected + tolerance) && stated >= toCents(expected - tolerance)
  return !(isNear || stated === expected)
}

const expectedTax = (taxable: string | undefined, category: Category | undefined): number => {
  const rate = category?.vat === true ? double(category.node.percent) : Number.NaN
  const cents = hundredths(double(taxable) * (rate / 100))
  return cents === undefined ? Number.NaN : cents / 100
}

const hundredth: Decimal = { units: 1n, scale: 2 }

const taxParams = ({ node, taxable, category }: Subtotal) => ({
  actual: node.taxAmount?.value ?? '',
  rate: category?.node.percent ?? '',
  expected: taxable && category?.rate.value ? money(multiply(multiply(taxable, category.rate.value), hundredth)) : '',
})

const taxOfRows = ({ subtotals }: TaxTotalPart): Decimal => round(sum(subtotals.map(({ tax }) => tax ?? zero)))

const hasCategory = ({ category }: Subtotal): boolean => category?.vat === true && category.node.id !== undefined

export const breakdownRules = {
  'BR-45': error(rows(({ node }) => node.taxableAmount === undefined, 'cbc:TaxableAmount')),
  'BR-46': error(rows(({ node }) => node.taxAmount === undefined, 'cbc:TaxAmount')),
  'BR-47': error(rows((row) => !hasCategory(row), 'cac:TaxCategory/cbc:ID')),
  'BR-48': error(
    rows(
      ({ category }) => !(category?.vat === true && (category.node.percent !== undefined || category.code === 'O')),
      'cac:TaxCategory/cbc:Percent',
    ),
  ),
  'BR-CO-14': error(
    every(
      (subject) => subject.taxTotals,
      ({ subtotals }) => subtotals.length > 0,
    )(
      (total) => {
        const tax = decimalOf(total.node.taxAmount)
        return tax === undefined || !equals(tax, taxOfRows(total))
      },
      'cbc:TaxAmount',
      (total) => ({ actual: total.node.taxAmount?.value ?? '', expected: money(taxOfRows(total)) }),
    ),
  ),
  'BR-CO-17': warning(rows(taxMisfits, 'cbc:TaxAmount', taxParams)),
  'BR-CO-18': error(document(({ breakdown }) => breakdown.length === 0, firstRow)),
  'BR-S-01': warning(hasRow('S')),
  'BR-Z-01': warning(hasRow('Z')),
  'BR-E-01': warning(hasRow('E')),
  'BR-O-01': warning(hasRow('O')),
  'BR-S-08': warning(taxableFits('S')),
  'BR-Z-08': warning(taxableFits('Z')),
  'BR-E-08': warning(taxableFits('E')),
  'BR-O-08': warning(taxableFits('O')),
  'BR-S-09': warning(
    rowsOf('S')(
      (row, subject) => blank(row.category?.node.percent) || taxMisfits(row, subject),
      'cbc:TaxAmount',
      taxParams,
    ),
  ),
  'BR-Z-09': error(noTax('Z')),
  'BR-E-09': error(noTax('E')),
  'BR-O-09': error(noTax('O')),
} satisfies Rules
