/**
 * The keys under which documents were asked for, kept beside their files: the same key has to give the same document for ever (G3), also
 * after a database was lost and rolled forward from the archive, and no XML carries it. One small file for each transaction.
 */
import { asFailure } from '#core/errors.ts'
import type { Blobs, DocumentRecord, Ports } from '#core/ports.ts'

export type RequestKey = Pick<DocumentRecord, 'uuid' | 'idempotencyKey' | 'bodySha256'>

const folderIn = (place: string): string => `${place}/keys`

/** `documents` are those of one transaction, hence of one chain and in order. A place that refuses them undoes nothing. */
export const archiveKeys = async (ports: Ports, documents: readonly DocumentRecord[]): Promise<void> => {
  const [first, last] = [documents[0], documents.at(-1)]
  if (first === undefined || last === undefined) return
  const place = `${first.environment}/${first.draft.seller?.vatNumber}`
  const name = `${first.chainId}-${first.icv}-${last.icv}.jsonl`
  try {
    await ports.blobs.put(`${folderIn(place)}/${name}`, Buffer.from(documents.map(lineOf).join('')))
  } catch (error) {
    ports.log.error('archive/failed', { document: first.id, form: 'keys', code: asFailure(error).code })
  }
}

const lineOf = ({ uuid, idempotencyKey, bodySha256 }: DocumentRecord): string =>
  `${JSON.stringify([uuid, idempotencyKey, bodySha256])}\n`

/** By UUID. `place` is the folder of environment and VAT number in the archive; what cannot be read is left out. */
export const archivedKeys = async (
  { blobs }: { readonly blobs: Blobs },
  place: string,
  chainId: string,
): Promise<ReadonlyMap<string, RequestKey>> => {
  const keys = new Map<string, RequestKey>()
  for await (const path of blobs.list(folderIn(place))) {
    if (!path.startsWith(`${folderIn(place)}/${chainId}-`)) continue
    const text = Buffer.from((await blobs.get(path)) ?? []).toString()
    for (const key of text.split('\n').flatMap(read)) keys.set(key.uuid, key)
  }
  return keys
}

const read = (line: string): readonly RequestKey[] => {
  const [, uuid, key, bodySha256] = /^\["([\w-]+)",("(?:[^"\\]|\\.)*"),"([0-9a-f]{64})"\]$/.exec(line) ?? []
  if (uuid === undefined || key === undefined || bodySha256 === undefined) return []
  return [{ uuid, idempotencyKey: String(JSON.parse(key)), bodySha256 }]
}
