/** Everything that is known about one document, in one bundle: for the screen, support, inspectors and tests. */
import { Failure } from '#core/errors.ts'
import type { Attempt, AuditEntry, DocumentStatus, Ports } from '#core/ports.ts'
import { fileNameOf } from '../archiving/archive.ts'

export interface Evidence extends DocumentStatus {
  readonly signedXml: Uint8Array
  readonly clearedXml: Uint8Array | undefined
  readonly attempts: readonly Attempt[]
  readonly history: readonly AuditEntry[]
  /** ZATCA's name for the file (spec C14) */
  readonly fileName: string
}

export const evidenceOf = async (
  { storage: { read } }: Pick<Ports, 'storage'>,
  documentId: string,
): Promise<Evidence> => {
  const status = await read.documentStatus(documentId)
  const signedXml = await read.signedXml(documentId)
  if (status === undefined || signedXml === undefined) throw new Failure('document/not-found')
  return {
    ...status,
    signedXml,
    clearedXml: await read.clearedXml(documentId),
    attempts: await read.attempts(documentId),
    history: await read.audit(documentId),
    fileName: fileNameOf(status.document),
  }
}
