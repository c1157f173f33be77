/** Where VAT categories stand in an invoice: selections that the rules on breakdown, rates and exemptions share. */
import { type Adjustment, type Category, perSubject, type Subject, type Subtotal } from './subject.ts'

export type CategoryCode = 'S' | 'Z' | 'E' | 'O'

/** The category is `code` and its tax scheme is VAT. */
export const is =
  (code: CategoryCode) =>
  (category: Category): boolean =>
    category.code === code && category.vat

/** Categories that need a reason for charging no VAT. */
export const isExempt = ({ code }: Category): boolean => code === 'Z' || code === 'E' || code === 'O'

const ofSubtotals = (parts: readonly Subtotal[]): readonly Category[] =>
  parts.flatMap(({ category }) => (category === undefined ? [] : [category]))

export const inBreakdown = perSubject((subject) => ofSubtotals(subject.breakdown))

/** KSA-33: the categories that prepayments were taxed in. */
export const onPrepayments = perSubject((subject) =>
  subject.lines.flatMap(({ taxTotals }) => taxTotals.flatMap(({ subtotals }) => ofSubtotals(subtotals))),
)

export const onItems = perSubject((subject) => subject.lines.flatMap(({ categories }) => categories))

export const onDocumentAdjustments = perSubject((subject) =>
  subject.adjustments.flatMap(({ categories }) => categories),
)

export const lineAdjustments = perSubject((subject): readonly Adjustment[] =>
  subject.lines.flatMap((line) => [...line.adjustments, ...line.priceAdjustments]),
)

export const onLineAdjustments = perSubject((subject) =>
  lineAdjustments(subject).flatMap(({ categories }) => categories),
)

/** Categories of allowances or of charges, by default on document level only. */
export const onKind =
  (kind: 'allowance' | 'charge', code: CategoryCode, level: 'document' | 'every' = 'document') =>
  (subject: Subject): readonly Category[] =>
    [...subject.adjustments, ...(level === 'every' ? lineAdjustments(subject) : [])]
      .filter((part) => part.kind === kind)
      .flatMap(({ categories }) => categories)
      .filter((category) => category.code === code && (level === 'document' || category.vat))

/** Everywhere but on allowances and charges of lines. */
export const onEverythingTaxed = perSubject((subject): readonly Category[] => [
  ...onDocumentAdjustments(subject),
  ...inBreakdown(subject),
  ...onItems(subject),
  ...onPrepayments(subject),
])
