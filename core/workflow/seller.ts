/** Puts the company into its own documents: as seller (BG-4), or as buyer where the buyer writes the invoice. */
import { Failure } from '#core/errors.ts'
import type { Draft, DraftParty } from '#core/invoice/draft.ts'
import type { Company } from '#core/ports.ts'

export const partyOf = (company: Company): DraftParty => ({
  ...company.party,
  name: company.name,
  vatNumber: company.vatNumber,
})

/**
 * The draft with the company's own data. Throws `certificate/wrong-vat-number` when the draft names another seller: it would be
 * issued under the wrong taxpayer.
 */
export const withParties = (draft: Draft, company: Company): Draft => {
  const own = partyOf(company)
  const other = draft.seller?.vatNumber !== undefined && draft.seller.vatNumber !== company.vatNumber
  if (!other) return { ...draft, seller: own }
  if (draft.flags?.selfBilled === true) return { ...draft, buyer: own }
  throw new Failure('certificate/wrong-vat-number', {
    details: { company: company.vatNumber, document: draft.seller?.vatNumber },
  })
}
