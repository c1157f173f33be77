/** Tells pasted XML from the text of a QR code, and a file that can be sent from one that is too large. */
import { largestFile } from '#core/api/contract/checks.ts'

/** A QR code is base64, which has no `<`. */
export const isXml = (text: string): boolean => /^\s*</.test(text)

/** Base64 makes four characters of three bytes. */
export const isTooLarge = (bytes: number): boolean => Math.ceil(bytes / 3) * 4 > largestFile
