/** Settling prepayment invoices (386) in the final invoice: references, zero lines, prepaid tax, and BT-113. */
import { compare, type Decimal, isZero, money, multiply, round, sum, zero } from '../amount.ts'
import { documentTypeCodes } from '../codes/document-kinds.ts'
import type { Amount, DocumentReference } from '../document.ts'
import { type CategoryCode, is } from './categories.ts'
import { isTime } from './dates.ts'
import { double, evenHundredths, hundredths } from './floating.ts'
import { collect, type Located, noParts, pathBelow, totalsPath } from './place.ts'
import { decimalOf } from './plain.ts'
import { type Breach, type Check, document, error, every, none, type Rules, warning } from './rule.ts'
import type { Line, Subject, Subtotal } from './subject.ts'
import { normalized, tooManyDecimals } from './text.ts'

const prepaid = ({ totals }: Subject): Decimal => totals.prepaidAmount ?? zero
const isPrepaid = (subject: Subject): boolean => compare(prepaid(subject), zero) > 0

const rowsOf = (line: Line): readonly Subtotal[] => collect(line.taxTotals, ({ subtotals }) => subtotals)
const allRows = ({ prepaidRows }: Subject): readonly Subtotal[] => prepaidRows
/** The rows that are judged only when something was prepaid. */
const settledRows = (subject: Subject): readonly Subtotal[] => (isPrepaid(subject) ? allRows(subject) : noParts)

type Reference = Located<DocumentReference> & { readonly line: Line }

const references = ({ lines }: Subject): readonly Reference[] =>
  collect(lines, (line) =>
    line.references.length === 0 ? noParts : line.references.map((reference) => ({ ...reference, line })),
  )
const settledReferences = (subject: Subject): readonly Reference[] =>
  isPrepaid(subject) ? references(subject) : noParts

const isOtherType = ({ documentTypeCode: code }: DocumentReference): boolean =>
  code !== undefined && code !== documentTypeCodes.prepayment

/** BR-KSA-73: what the reference to the prepayment invoice consists of. */
const referenceParts: readonly (readonly [name: string, read: (node: DocumentReference) => string | undefined])[] = [
  ['cbc:ID', (node) => node.id],
  ['cbc:IssueDate', (node) => node.issueDate],
  ['cbc:IssueTime', (node) => node.issueTime],
  ['cbc:DocumentTypeCode', (node) => node.documentTypeCode],
]

const missingReferenceParts = (subject: Subject): readonly Breach[] => {
  if (!isPrepaid(subject)) return none
  if (!subject.lines.some((line) => line.references.length > 0))
    return subject.lines.map((line) => ({ path: pathBelow(line, 'cac:DocumentReference[1]') }))
  return references(subject).flatMap((reference) =>
    referenceParts
      .filter(([, read]) => read(reference.node) === undefined)
      .map(([name]) => ({ path: pathBelow(reference, name) })),
  )
}

/** BR-KSA-75: what a prepayment line says of the prepaid VAT; each may stand in any of its rows. */
const rowParts: readonly (readonly [name: string, has: (row: Subtotal) => boolean])[] = [
  ['cbc:TaxableAmount', ({ node }) => node.taxableAmount !== undefined],
  ['cbc:TaxAmount', ({ node }) => node.taxAmount !== undefined],
  ['cac:TaxCategory/cbc:ID', ({ node }) => node.taxCategory?.id !== undefined],
  ['cac:TaxCategory/cbc:Percent', ({ node }) => node.taxCategory?.percent !== undefined],
]

const missingRowParts = (subject: Subject): readonly Breach[] =>
  settledReferences(subject).flatMap(({ line }) =>
    rowParts
      .filter(([, has]) => !rowsOf(line).some(has))
      .map(([name]) => ({ path: pathBelow(line, `cac:TaxTotal[1]/cac:TaxSubtotal[1]/${name}`) })),
  )

const isNothing = (value: Decimal | undefined): boolean => value !== undefined && isZero(value)
/** To the official validator `-0.00` is not zero. */
const isZeroAmount = (amount: Amount | undefined): boolean =>
  isNothing(decimalOf(amount)) && amount?.value.includes('-') !== true

/** BR-KSA-82: the amounts of the line that must be zero, with the place of each. */
const zeroParts = ({ node }: Line): readonly (readonly [isFine: boolean, below: string])[] => {
  const { taxTotal = [], allowanceCharge = [{ amount: { value: '0' } }] } = node
  return [
    [isZeroAmount(node.lineExtensionAmount), 'cbc:LineExtensionAmount'],
    [taxTotal.some((total) => isZeroAmount(total.taxAmount)), 'cac:TaxTotal[1]/cbc:TaxAmount'],
    [taxTotal.some((total) => isZeroAmount(total.roundingAmount)), 'cac:TaxTotal[1]/cbc:RoundingAmount'],
    [isZeroAmount(node.price?.priceAmount), 'cac:Price/cbc:PriceAmount'],
    [allowanceCharge.some(({ amount }) => isZeroAmount(amount)), 'cac:AllowanceCharge[1]/cbc:Amount'],
  ]
}

const notZero = (subject: Subject): readonly Breach[] =>
  settledReferences(subject)
    .filter(({ node }) => !isOtherType(node))
    .flatMap(({ line }) =>
      zeroParts(line).flatMap(([isFine, below]) => (isFine ? [] : [{ path: pathBelow(line, below) }])),
    )

const hundredthPart: Decimal = { units: 1n, scale: 2 }

/** BR-KSA-79 for Z, E and O: no tax; for S: taxable x rate, one halala more or less, in doubles as officially. */
const taxMisfits = ({ node, category, taxable, tax }: Subtotal): boolean => {
  const isUntaxed =
    category?.code === 'Z' || category?.code === 'E' || (category?.code === 'O' && category.node.percent === undefined)
  if (isUntaxed) return !(isNothingPrinted(tax) && isNothingPrinted(shareOf(taxable, category?.rate.value)))
  const rate = category?.vat === true ? double(category.node.percent) : Number.NaN
  const cents = Math.round(((double(node.taxableAmount?.value) * rate) / 100) * 100 + 0.01) / 100
  const stated = hundredths(double(node.taxAmount?.value))
  return !(stated !== undefined && [0, -0.01, 0.01].some((offset) => hundredths(cents + offset) === stated))
}

const isNothingPrinted = (value: Decimal | undefined): boolean => value !== undefined && evenHundredths(value) === 0n

const shareOf = (taxable: Decimal | undefined, rate: Decimal | undefined): Decimal | undefined =>
  taxable && rate && round(multiply(multiply(taxable, rate), hundredthPart))

const taxParams = ({ node, taxable, category }: Subtotal) => {
  const expected = shareOf(taxable, category?.rate.value)
  return { actual: node.taxAmount?.value ?? '', expected: expected === undefined ? '' : money(expected) }
}

const atZeroRate = (code: CategoryCode): Check =>
  every(settledRows)(
    ({ category }) => category !== undefined && is(code)(category) && !category.rate.isZero,
    'cac:TaxCategory/cbc:Percent',
    ({ category }) => ({ category: code, actual: category?.node.percent ?? '' }),
  )

const taxableSum = (subject: Subject): Decimal => sum(allRows(subject).map(({ taxable }) => taxable ?? zero))
const taxSum = (subject: Subject): Decimal => sum(allRows(subject).map(({ tax }) => tax ?? zero))

/** BT-113 is what the prepayment lines add up to, and there are none without it. */
const prepaidMisfits = (subject: Subject): boolean => {
  const taxable = taxableSum(subject)
  const tax = taxSum(subject)
  const hasRows = allRows(subject).some(({ node }) => node.taxableAmount !== undefined || node.taxAmount !== undefined)
  const isMixed =
    compare(taxable, zero) > 0 && compare(tax, zero) > 0 && references(subject).some(({ node }) => isOtherType(node))
  if (isZero(prepaid(subject)) ? hasRows : isMixed) return true
  return evenHundredths(prepaid(subject)) !== evenHundredths(sum([taxable, tax]))
}

export const prepaymentRules = {
  'BR-KSA-73': warning(missingReferenceParts),
  'BR-KSA-74': error(
    every(settledReferences)(
      ({ node }) => isOtherType(node) && normalized(node.documentTypeCode) !== documentTypeCodes.prepayment,
      'cbc:DocumentTypeCode',
      ({ node }) => ({ actual: node.documentTypeCode ?? '' }),
    ),
  ),
  'BR-KSA-75': warning(missingRowParts),
  'BR-KSA-76': warning(atZeroRate('Z')),
  'BR-KSA-77': warning(atZeroRate('E')),
  'BR-KSA-78': warning(atZeroRate('O')),
  'BR-KSA-79': warning(every(allRows)(taxMisfits, 'cbc:TaxAmount', taxParams)),
  'BR-KSA-80': warning(
    document(prepaidMisfits, `${totalsPath}/cbc:PrepaidAmount`, (subject) => ({
      actual: subject.invoice.legalMonetaryTotal?.prepaidAmount?.value ?? '',
      expected: money(sum([taxableSum(subject), taxSum(subject)])),
    })),
  ),
  'BR-KSA-82': error(notZero),
  'BR-KSA-DEC-06': warning(
    every(settledRows)(({ node }) =>
      [node.taxableAmount, node.taxAmount].some((amount) => tooManyDecimals(amount?.value)),
    ),
  ),
  'BR-KSA-F-05': warning(
    every(references)(
      ({ node }) => node.issueTime !== undefined && !isTime(node.issueTime),
      'cbc:IssueTime',
      ({ node }) => ({ actual: node.issueTime ?? '' }),
    ),
  ),
} satisfies Rules
