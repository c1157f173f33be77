/** Cleans what people typed or pasted before it is checked: Arabic digits, composed letters, blanks. */
import { type FieldKind, fieldAt } from './fields.ts'
import { asciiDecimal, asciiIdentifier } from './numerals.ts'

const cleaners: Readonly<Record<FieldKind, (text: string) => string>> = {
  decimal: asciiDecimal,
  identifier: asciiIdentifier,
  code: asciiIdentifier,
  date: asciiIdentifier,
  time: asciiIdentifier,
  name: (text) => text.trim(),
  flag: (text) => text,
}

/**
 * A draft as the schema wants it, as far as that is possible without guessing: text in NFC and trimmed, numbers and identifiers in ASCII
 * digits with a decimal point, blank fields and empty groups absent. List items stay even when empty, so that positions still
 * match the form. Nothing is checked here.
 */
export const normaliseDraft = (json: unknown): unknown => clean(json, '', 0)

/** No draft nests deeper; what does is left for the schema to refuse. */
const maxDepth = 8

const clean = (value: unknown, path: string, depth: number): unknown => {
  if (typeof value === 'string') return cleanText(value, path)
  if (depth > maxDepth) return value
  if (Array.isArray(value)) return value.map((item) => clean(item, `${path}[]`, depth + 1) ?? {})
  if (typeof value === 'object' && value !== null) return cleanObject(value, path, depth + 1)
  return value ?? undefined
}

const cleanText = (text: string, path: string): string | undefined => {
  const cleaner = cleaners[fieldAt(path)?.kind ?? 'name']
  const cleaned = cleaner(text.normalize('NFC'))
  return cleaned === '' ? undefined : cleaned
}

const cleanObject = (value: object, path: string, depth: number): object | undefined => {
  const entries = Object.entries(value)
    .map(([key, item]) => [key, clean(item, path === '' ? key : `${path}.${key}`, depth)] as const)
    .filter(([, item]) => item !== undefined)
  return entries.length === 0 && path !== '' ? undefined : Object.fromEntries(entries)
}
