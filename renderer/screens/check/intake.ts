/** What was dropped, chosen or pasted, and the call that judges it. */
import { api } from '../../api.ts'
import type { CheckedFile, QrReading } from '../../queries.ts'
import { isTooLarge, isXml } from './text-or-file.ts'

/** Text that begins like XML is a file, any other is taken for a QR code. */
export type Intake = { readonly file: File } | { readonly text: string; readonly fileName: string }

export type Outcome =
  | { readonly kind: 'file'; readonly checked: CheckedFile }
  | { readonly kind: 'qr'; readonly reading: QrReading }
  /** Not sent at all */
  | { readonly kind: 'refused'; readonly reason: 'tooLarge' | 'unreadable' }

export const judge = async (intake: Intake): Promise<Outcome> => {
  if ('file' in intake) return judgeFile(intake.file)
  const { fileName, text } = intake
  if (isXml(text)) return judgeBytes(fileName, new TextEncoder().encode(text.trim()))
  return { kind: 'qr', reading: await api.checks.qr({ text }) }
}

const judgeFile = async (file: File): Promise<Outcome> => {
  if (isTooLarge(file.size)) return { kind: 'refused', reason: 'tooLarge' }
  const bytes = await bytesOf(file)
  return bytes === undefined ? { kind: 'refused', reason: 'unreadable' } : judgeBytes(file.name, bytes)
}

/** A folder, or a file that was moved since, cannot be read. */
const bytesOf = async (file: File): Promise<Uint8Array | undefined> => {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (error) {
    if (error instanceof DOMException) return undefined
    throw error
  }
}

const longestName = 255

const judgeBytes = async (fileName: string, bytes: Uint8Array): Promise<Outcome> => {
  if (isTooLarge(bytes.length)) return { kind: 'refused', reason: 'tooLarge' }
  const checked = await api.checks.file({ fileName: fileName.slice(-longestName), base64: bytes.toBase64() })
  return { kind: 'file', checked }
}
