/** A copy of the archive for whoever asks for it: the stored bytes under ZATCA's names, with a manifest that `sha256sum -c` checks. */
import type { Blobs, DocumentRecord, Ports } from '#core/ports.ts'
import { sha256Hex } from '../fingerprint.ts'
import { manifestName, manifestText } from '../proving/manifest.ts'
import { copyOut } from './archive.ts'
import { documentsAfter } from './documents-after.ts'

export interface ExportOptions {
  readonly companyId?: string | undefined
  /** First and last day of issue (BT-2), both included */
  readonly issuedFrom?: string | undefined
  readonly issuedTo?: string | undefined
  /** Documents copied so far */
  readonly onProgress?: (documents: number) => void
}

export interface ArchiveExport {
  readonly documents: number
  readonly files: number
}

/** `blobs` is an empty place. The bytes come from the database, so that a copy that the archive lost is in it too. */
export const exportArchive = async (
  ports: Pick<Ports, 'storage' | 'blobs'>,
  options: ExportOptions = {},
): Promise<ArchiveExport> => {
  let documents = 0
  for await (const { document, signedXml } of allDocuments(ports, options)) {
    await copyOut(ports, document, 'signed', signedXml)
    const clearedXml = await ports.storage.read.clearedXml(document.id)
    if (clearedXml !== undefined) await copyOut(ports, document, 'cleared', clearedXml)
    documents += 1
    options.onProgress?.(documents)
  }
  const manifest = await digestsOf(ports.blobs)
  await ports.blobs.put(manifestName, Buffer.from(manifestText(manifest)))
  return { documents, files: manifest.size }
}

async function* allDocuments({ storage: { read } }: Pick<Ports, 'storage'>, options: ExportOptions) {
  for (const { id } of await read.allChains()) {
    for await (const link of documentsAfter(read, id, 0)) if (isWanted(link.document, options)) yield link
  }
}

const isWanted = (document: DocumentRecord, { companyId, issuedFrom, issuedTo }: ExportOptions): boolean =>
  (companyId === undefined || document.companyId === companyId) &&
  (issuedFrom === undefined || document.issueDate >= issuedFrom) &&
  (issuedTo === undefined || document.issueDate <= issuedTo)

/** Of what is really there: read back, not remembered. */
const digestsOf = async (blobs: Blobs): Promise<ReadonlyMap<string, string>> => {
  const digests = new Map<string, string>()
  for await (const path of blobs.list('.')) {
    const bytes = await blobs.get(path)
    if (bytes !== undefined) digests.set(path, sha256Hex(bytes))
  }
  return digests
}
