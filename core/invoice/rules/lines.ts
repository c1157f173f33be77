/** Invoice lines: what each must state, and that its amounts follow from quantity, price, allowances and charges. */
import { add, compare, format, money, zero } from '../amount.ts'
import type { Amount, TaxTotal } from '../document.ts'
import { afterDiscount, discountFits, expectedNet, netFits, totalFits } from './line-arithmetic.ts'
import { collect, located, noParts, pathBelow, placed } from './place.ts'
import { decimalOf } from './plain.ts'
import { type Breach, document, error, every, type Rules, warning } from './rule.ts'
import type { Line, Subject, TaxTotalPart } from './subject.ts'
import { filled } from './text.ts'

const lines = every((subject) => subject.lines)

const totalParams = ({ node: { roundingAmount, taxAmount } }: TaxTotalPart, { node }: Line) => {
  const tax = decimalOf(taxAmount)
  const net = decimalOf(node.lineExtensionAmount)
  return { actual: roundingAmount?.value ?? '', expected: tax && net ? money(add(tax, net)) : '' }
}

const wrongTotals = (line: Line): readonly Breach[] => {
  const found: Breach[] = []
  for (const total of line.taxTotals) {
    if (totalFits(total.node, line.node)) continue
    found.push({ path: pathBelow(total, 'cbc:RoundingAmount'), params: totalParams(total, line) })
  }
  return found
}

/** BR-KSA-52, BR-KSA-53: only a standard document states VAT and total on every line. */
const missingOnStandard =
  (read: (total: TaxTotal) => Amount | undefined) =>
  ({ node }: Line, { transaction }: Subject): boolean =>
    transaction.isKnown && transaction.standard && !(node.taxTotal ?? []).some((total) => filled(read(total)?.value))

/** Price discounts that state the price before them (BT-148), each at the price it leads to. */
const grossPrices = ({ lines: all, priceAdjustments }: Subject) =>
  priceAdjustments.length === 0 ? noParts : collect(all, grossPricesOf)

const grossPricesOf = (line: Line) =>
  line.priceAdjustments
    .filter(({ node }) => node.baseAmount !== undefined)
    .map(({ node }) => ({ ...located(node, line, 'cac:Price/cbc:PriceAmount'), line }))

const properties = (subject: Subject) =>
  collect(subject.lines, (line) =>
    placed(line.node.item?.additionalItemProperty, line, 'cac:Item/cac:AdditionalItemProperty'),
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
  'BR-KSA-51': warning((subject) => collect(subject.lines, wrongTotals)),
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
    every((subject) => subject.priceAdjustments)(({ kind }) => kind === 'charge', 'cbc:ChargeIndicator'),
  ),
  'BR-KSA-EN16931-07': error(
    every(grossPrices)(
      ({ node, line }) => !discountFits(node, line.node.price),
      '',
      ({ node }) => {
        const expected = afterDiscount(node)
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
