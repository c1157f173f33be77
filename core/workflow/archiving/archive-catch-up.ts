/**
 * Brings the archive up to date: a copy that failed (a full disk, a lost share) or was cut off by a crash is made later. For each chain
 * it is kept up to which counter everything is final and there; what comes after is compared again, in the order of sealing.
 */
import { asFailure } from '#core/errors.ts'
import type { DocumentRecord, Ports } from '#core/ports.ts'
import { pause } from '../pause.ts'
import { copyOut } from './archive.ts'
import { documentsAfter } from './documents-after.ts'

export interface CatchUp {
  /** Documents whose copies were compared, and made where they were missing */
  readonly compared: number
  /** Code of the failure with which the archive refused a copy: the rest waits for the next time */
  readonly problem: string | undefined
}

export interface CatchUpOptions {
  readonly signal?: AbortSignal
  /** Everything from the first document on, after the archive's folder was lost */
  readonly whole?: boolean
}

/** Compares what has come since the last time. Never fails. */
export const catchUpArchive = async (ports: Ports, options: CatchUpOptions = {}): Promise<CatchUp> => {
  let compared = 0
  const count = () => {
    compared += 1
  }
  try {
    for (const { chainId, after } of await beginnings(ports, options)) {
      await catchUpChain(ports, chainId, after, count, options.signal)
    }
    return { compared, problem: undefined }
  } catch (error) {
    const { code } = asFailure(error)
    ports.log.error('archive/behind', { code, compared })
    return { compared, problem: code }
  }
}

/** At once, and then again and again until the signal. */
export const keepArchive = async (
  ports: Ports,
  { signal, everyMs = 3_600_000 }: { readonly signal: AbortSignal; readonly everyMs?: number },
): Promise<void> => {
  while (!signal.aborted) {
    await catchUpArchive(ports, { signal })
    await pause(everyMs, signal)
  }
}

const beginnings = async ({ storage: { read } }: Ports, { whole = false }: CatchUpOptions) =>
  whole
    ? (await read.allChains()).map(({ id }) => ({ chainId: id, after: 0 }))
    : (await read.unarchived()).map(({ chainId, archivedIcv }) => ({ chainId, after: archivedIcv }))

/** The mark moves to the last document before which nothing is open; also when the archive fails on the way. */
const catchUpChain = async (
  ports: Ports,
  chainId: string,
  after: number,
  count: () => void,
  signal: AbortSignal | undefined,
): Promise<void> => {
  let mark = after
  let unbroken = true
  try {
    for await (const { document, signedXml } of documentsAfter(ports.storage.read, chainId, after)) {
      if (signal?.aborted) break
      const final = await copyBoth(ports, document, signedXml)
      unbroken &&= final
      if (unbroken) mark = document.icv
      count()
    }
  } finally {
    if (mark > after) await ports.storage.write((tx) => tx.markArchived(chainId, mark))
  }
}

/** True when the document is final, so that no further copy will come. */
const copyBoth = async (ports: Ports, document: DocumentRecord, signedXml: Uint8Array): Promise<boolean> => {
  const { read } = ports.storage
  await copyOut(ports, document, 'signed', signedXml)
  const status = await read.documentStatus(document.id)
  const clearedXml = await read.clearedXml(document.id)
  if (clearedXml !== undefined) await copyOut(ports, document, 'cleared', clearedXml)
  return status?.result !== undefined
}
