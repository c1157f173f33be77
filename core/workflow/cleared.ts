/** Compares what ZATCA gave back with what was sent: UUID, VAT number and hash must be ours. */
import { asFailure } from '#core/errors.ts'
import type { DocumentRecord } from '#core/ports.ts'
import { readInvoice } from '#core/zatca/read.ts'

/** The name of the first difference; undefined when the cleared document is ours (or there is none to compare). */
export const clearedMismatch = async (
  document: DocumentRecord,
  clearedXml: Uint8Array | undefined,
): Promise<string | undefined> => {
  // A9: the sandbox answers with a canned document of somebody else.
  if (clearedXml === undefined || document.environment === 'SANDBOX') return undefined
  try {
    const { invoice } = readInvoice(clearedXml)
    const vatNumber = invoice.accountingSupplierParty?.party?.partyTaxScheme?.[0]?.companyID?.value
    if (invoice.uuid !== document.uuid) return 'uuid'
    if (vatNumber !== document.draft.seller?.vatNumber) return 'vat-number'
    // The stamp is ZATCA's own, so the hash is taken from its bytes by the library that did not write ours.
    const { hashOfXml } = await import('#core/zatca/judge.ts')
    return hashOfXml(clearedXml) === document.hash ? undefined : 'hash'
  } catch (error) {
    return asFailure(error).code
  }
}
