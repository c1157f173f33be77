/** Holds an acceptance against what was sent: it must speak of our document, and of the bytes that we have stored. */
import { asFailure } from '#core/errors.ts'
import type { Attempt, DocumentRecord, Verdict } from '#core/ports.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { environmentProfiles } from './environments.ts'
import { sha256Hex } from './fingerprint.ts'

interface Transmitted {
  readonly document: DocumentRecord
  readonly bytes: Uint8Array
  readonly earlier: readonly Attempt[]
}

/** The name of the first difference; undefined when the answer is about our document. */
export const mismatchOf = async (
  { document, bytes, earlier }: Transmitted,
  { clearedXml, duplicate }: Pick<Extract<Verdict, { kind: 'accepted' }>, 'clearedXml' | 'duplicate'>,
): Promise<string | undefined> => {
  if (environmentProfiles[document.environment].cannedAnswers) return undefined
  try {
    if (clearedXml !== undefined) return await clearedMismatch(document, clearedXml)
    return duplicate ? await requestMismatch(document, bytes, earlier) : undefined
  } catch (error) {
    return asFailure(error).code
  }
}

/** UUID, VAT number and hash must be ours. */
const clearedMismatch = async (document: DocumentRecord, clearedXml: Uint8Array): Promise<string | undefined> => {
  const { invoice } = readInvoice(clearedXml)
  const vatNumber = invoice.accountingSupplierParty?.party?.partyTaxScheme?.[0]?.companyID?.value
  if (invoice.uuid !== document.uuid) return 'uuid'
  if (vatNumber !== document.draft.seller?.vatNumber) return 'vat-number'
  return (await hashOf(clearedXml)) === document.hash ? undefined : 'hash'
}

/** A8: "reported earlier" comes without a document, so what was sent now must be what was issued and sent then. */
const requestMismatch = async (document: DocumentRecord, bytes: Uint8Array, earlier: readonly Attempt[]) => {
  const sent = sha256Hex(bytes)
  if (earlier.some(({ requestSha256 }) => requestSha256 !== sent)) return 'request'
  return (await hashOf(bytes)) === document.hash ? undefined : 'hash'
}

/** By the library that did not write our hashes. */
const hashOf = async (xml: Uint8Array): Promise<string> => {
  const { hashOfXml } = await import('#core/zatca/judge.ts')
  return hashOfXml(xml)
}
