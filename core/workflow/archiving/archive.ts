/** Keeps signed and cleared bytes as files under ZATCA's names (spec C14), besides the copy in the database. */
import { asFailure, Failure } from '#core/errors.ts'
import { completeParty } from '#core/invoice/complete-party.ts'
import type { DocumentRecord, Ports } from '#core/ports.ts'
import { archiveFileName } from '#core/zatca/file-name.ts'

/** `signed`: as we sent it; `cleared`: as ZATCA stamped it and as the buyer gets it. */
export type ArchiveForm = 'signed' | 'cleared'

/** `bytes` when they are at hand; read back from the database otherwise. */
export const archiveSigned = (ports: Ports, document: DocumentRecord, bytes?: Uint8Array): Promise<void> =>
  archive(ports, document, 'signed', bytes)

export const archiveCleared = (ports: Ports, document: DocumentRecord): Promise<void> =>
  archive(ports, document, 'cleared')

/** A full disk or a lost share must not undo an issued document: the database has the bytes. */
const archive = async (
  ports: Ports,
  document: DocumentRecord,
  form: ArchiveForm,
  given?: Uint8Array,
): Promise<void> => {
  try {
    const bytes = given ?? (await storedBytes(ports, document, form))
    if (bytes !== undefined) await copyOut(ports, document, form, bytes)
  } catch (error) {
    ports.log.error('archive/failed', { document: document.id, form, code: asFailure(error).code })
  }
}

const storedBytes = ({ storage: { read } }: Ports, { id }: DocumentRecord, form: ArchiveForm) =>
  form === 'signed' ? read.signedXml(id) : read.clearedXml(id)

/** Throws when the archive cannot take it. The same copy again is fine. */
export const copyOut = async (
  { blobs }: Pick<Ports, 'blobs'>,
  document: DocumentRecord,
  form: ArchiveForm,
  bytes: Uint8Array,
): Promise<void> => {
  const name = fileNameOf(document)
  const folder = `${document.environment}/${document.draft.seller?.vatNumber}/${form}`
  try {
    await blobs.put(`${folder}/${name}`, bytes)
  } catch (error) {
    // A correction has its predecessor's number, date and time, hence its name: the counter tells them apart.
    if (!(error instanceof Failure) || error.code !== 'storage/immutable') throw error
    await blobs.put(`${folder}/${name.replace(/\.xml$/, `-icv-${document.icv}.xml`)}`, bytes)
  }
}

/** ZATCA's name for the file: VAT number, date, time and number of the document (spec C14). */
export const fileNameOf = ({ number, issueDate, issueTime, draft }: DocumentRecord): string =>
  archiveFileName({ id: number, issueDate, issueTime, accountingSupplierParty: completeParty(draft.seller) })
