/** Where VAT categories stand in an invoice: selections that the rules on breakdown, rates and exemptions share. */
import { collect, joined, noParts } from './place.ts'
import type { Adjustment, Categories, Category, Subject, Subtotal } from './subject.ts'

export type CategoryCode = 'S' | 'Z' | 'E' | 'O'

type Parts = Pick<Subject, 'lines' | 'adjustments' | 'adjustmentsBelowLines' | 'breakdown' | 'prepaidRows'>

const ofSubtotals = (rows: readonly Subtotal[]): readonly Category[] =>
  collect(rows, ({ category }) => (category === undefined ? noParts : [category]))

const ofAdjustments = (parts: readonly Adjustment[]): readonly Category[] =>
  collect(parts, ({ categories }) => categories)

export const categoriesOf = (parts: Parts): Categories => {
  const breakdown = ofSubtotals(parts.breakdown)
  const prepayments = ofSubtotals(parts.prepaidRows)
  const items = collect(parts.lines, ({ categories }) => categories)
  const documentAdjustments = ofAdjustments(parts.adjustments)
  const lineAdjustments = ofAdjustments(parts.adjustmentsBelowLines)
  const everythingTaxed = joined(joined(joined(documentAdjustments, breakdown), items), prepayments)
  return {
    breakdown,
    prepayments,
    items,
    documentAdjustments,
    lineAdjustments,
    everythingTaxed,
    everywhere: joined(everythingTaxed, lineAdjustments),
  }
}

/** The category is `code` and its tax scheme is VAT. */
export const is =
  (code: CategoryCode) =>
  (category: Category): boolean =>
    category.code === code && category.vat

/** Categories that need a reason for charging no VAT. */
export const isExempt = ({ code }: Category): boolean => code === 'Z' || code === 'E' || code === 'O'

export const inBreakdown = ({ categories }: Subject): readonly Category[] => categories.breakdown
export const onPrepayments = ({ categories }: Subject): readonly Category[] => categories.prepayments
export const onItems = ({ categories }: Subject): readonly Category[] => categories.items
export const onDocumentAdjustments = ({ categories }: Subject): readonly Category[] => categories.documentAdjustments
export const onLineAdjustments = ({ categories }: Subject): readonly Category[] => categories.lineAdjustments
export const onEverythingTaxed = ({ categories }: Subject): readonly Category[] => categories.everythingTaxed
export const everywhere = ({ categories }: Subject): readonly Category[] => categories.everywhere

/** Categories of allowances or of charges, by default on document level only. */
export const onKind =
  (kind: 'allowance' | 'charge', code: CategoryCode, level: 'document' | 'every' = 'document') =>
  (subject: Subject): readonly Category[] =>
    collect(
      level === 'every' ? joined(subject.adjustments, subject.adjustmentsBelowLines) : subject.adjustments,
      (part) =>
        part.kind === kind
          ? part.categories.filter((category) => category.code === code && (level === 'document' || category.vat))
          : noParts,
    )
