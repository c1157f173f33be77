/** Random invoices from our totals engine, and random changes of one of their amounts. */
import fc from 'fast-check'
import { completeDraft } from '#core/invoice/complete.ts'
import type { Invoice } from '#core/invoice/document.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { writeInvoice } from '#core/zatca/ubl/invoice.ts'
import { draftsOf } from './arbitrary-draft.ts'
import { amountPlaces, type Change, changedValue } from './guards.ts'
import { changed } from './rules/bases.ts'

/** As the written file says it. */
export const anyInvoice: fc.Arbitrary<Invoice> = draftsOf({ maxLines: 60, currencies: 'any' }).map(
  (draft) => readInvoice(writeInvoice(completeDraft(draft)).bytes).invoice,
)

/** A hundredth to one whole, up or down. */
const halalas = fc.integer({ min: -100, max: 100 }).filter((units) => units !== 0)

/** The field is drawn before the place, or the few totals would hardly be met among all the lines. */
export const anyChange: fc.Arbitrary<Change> = fc
  .tuple(anyInvoice, fc.nat(), fc.nat(), halalas)
  .map(([invoice, which, at, halalas]) => {
    const byField = Map.groupBy(amountPlaces(invoice), ({ field }) => field)
    const places = [...byField.values()][which % byField.size] ?? []
    const place = places[at % places.length]
    return place && { ...place, halalas }
  })
  .filter((change) => change !== undefined)

export const changedInvoice = (change: Change): Invoice =>
  changed(change.invoice, { [change.at]: changedValue(change) })
