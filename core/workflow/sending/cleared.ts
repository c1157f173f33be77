/** Holds an acceptance against what was sent: it must speak of our document, and of the bytes that we have stored. */
import { asFailure } from '#core/errors.ts'
import type { Attempt, DocumentRecord, Verdict } from '#core/ports.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { environmentProfiles } from '../environments.ts'
import { sha256Hex } from '../fingerprint.ts'

interface Transmitted {
  readonly document: DocumentRecord
  readonly bytes: Uint8Array
  readonly earlier: readonly Attempt[]
}

type Acceptance = Pick<Extract<Verdict, { kind: 'accepted' }>, 'clearedXml' | 'duplicate'>

/** The name of the first difference; undefined when the acceptance is about our document. */
export const mismatchOf = ({ document, bytes, earlier }: Transmitted, { clearedXml, duplicate }: Acceptance) =>
  clearedXml === undefined && duplicate
    ? compared(document, () => requestMismatch(document, bytes, earlier))
    : clearedMismatch(document, clearedXml)

/** UUID, VAT number and hash of what ZATCA gave back must be ours; undefined when they are, or when it gave nothing back. */
export const clearedMismatch = async (document: DocumentRecord, clearedXml: Uint8Array | undefined) =>
  clearedXml === undefined ? undefined : compared(document, () => stampedMismatch(document, clearedXml))

/** What cannot be read is a difference too; canned answers are not ours to begin with. */
const compared = async (document: DocumentRecord, compare: () => Promise<string | undefined>) => {
  if (environmentProfiles[document.environment].cannedAnswers) return undefined
  try {
    return await compare()
  } catch (error) {
    return asFailure(error).code
  }
}

const stampedMismatch = async (document: DocumentRecord, clearedXml: Uint8Array) => {
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
