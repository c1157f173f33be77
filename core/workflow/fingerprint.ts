/** Tells whether two requests ask for the same thing, and names bytes in the journal. */
import { createHash } from 'node:crypto'

/** SHA-256 in hex, lower case. */
export const sha256Hex = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex')

/** SHA-256 over a value with sorted keys, so that the order in which a client writes JSON does not matter. */
export const fingerprint = (value: unknown): string => sha256Hex(JSON.stringify(value, sorted))

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value
