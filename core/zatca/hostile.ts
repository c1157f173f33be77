/** Refuses what no e-invoice needs and what attacks on XML parsers are made of, by a scan of the bytes before any parser sees them. */

import { Failure } from '#core/errors.ts'
import { utf8 } from './xml.ts'

/** Each limit is far above the largest invoice that ZATCA takes; what exceeds one is no invoice and gets no memory. */
export const limits = {
  /** 10 MB: ZATCA's whole request ends there, in base64, so that its largest document has 7.5 MB (spec A7). */
  bytes: 10 * 1024 * 1024,
  /** A line has about 25 elements, so this holds 16,000 lines: twice what 7.5 MB can. */
  elements: 400_000,
  /** The stamp, the deepest part of an invoice, nests 13 elements. */
  depth: 64,
  /** The schema knows elements with nine; a stamped root has ten namespaces besides. */
  attributes: 64,
} as const

/**
 * The text of an XML document with line ends as XML reads them (LF). Throws `xml/hostile` on a document type, entities, processing
 * instructions other than the declaration, encodings other than UTF-8, and what exceeds a limit; `xml/malformed` without any tag.
 */
export const decodeXml = (source: Uint8Array | string): string => {
  assertSize(source.length)
  const bytes = typeof source === 'string' ? utf8(source) : source
  assertHarmless(bytes)
  const text = typeof source === 'string' ? source.replace(/^\ufeff/, '') : decodeUtf8(bytes)
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

/** For whoever reads a file: asked before its bytes are taken into memory. */
export const assertSize = (bytes: number): void => {
  if (bytes > limits.bytes) throw hostile(`larger than ${limits.bytes / 1024 / 1024} MB`)
}

const byteOrderMark = [0xef, 0xbb, 0xbf]
const declaredEncoding = /^<\?xml[^>]*\bencoding[ \t\n\r]*=[ \t\n\r]*["']([^"']*)["']/
const longestDeclaration = 200

const assertHarmless = (bytes: Uint8Array): void => {
  assertSize(bytes.length)
  const start = byteOrderMark.every((byte, index) => bytes[index] === byte) ? byteOrderMark.length : 0
  const beginning = String.fromCharCode(...bytes.subarray(start, start + longestDeclaration))
  const encoding = declaredEncoding.exec(beginning)?.[1]
  if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') throw hostile('an encoding other than UTF-8')
  // UTF-16 and UTF-32 have a zero in every letter of a tag.
  if (bytes.includes(0)) throw hostile('an encoding other than UTF-8')
  scanMarkup(bytes, /^<\?xml[ \t\n\r]/.test(beginning) ? start + 1 : start)
}

const codes = (text: string): readonly number[] => Array.from(text, (letter) => letter.charCodeAt(0))
const [lessThan = 0, greaterThan = 0, slash = 0, exclamation = 0, question = 0, quote = 0, apostrophe = 0] =
  codes('<>/!?"\'')

/** Counts what a parser would have to remember; whether it is well-formed is the parser's question. */
const scanMarkup = (bytes: Uint8Array, start: number): void => {
  let elements = 0
  let depth = 0
  let at = bytes.indexOf(lessThan, start)
  if (at < 0) throw new Failure('xml/malformed', { reason: 'there is no element' })
  while (at >= 0) {
    const kind = bytes[at + 1]
    let end = at + 2
    if (kind === exclamation) end = behindDeclaration(bytes, at)
    else if (kind === question) throw hostile('a processing instruction')
    else if (kind === slash) depth -= 1
    else {
      elements += 1
      if (elements > limits.elements) throw hostile(`more than ${limits.elements} elements`)
      end = tagEnd(bytes, at + 1)
      if (bytes[end - 1] !== slash) depth += 1
      if (depth > limits.depth) throw hostile(`elements nest deeper than ${limits.depth}`)
    }
    at = bytes.indexOf(lessThan, end)
  }
}

/** Behind a comment or a CDATA section; nothing else begins like this in a document without a document type. */
const behindDeclaration = (bytes: Uint8Array, at: number): number => {
  if (beginsWith(bytes, at, comment.start)) return behind(bytes, at + comment.start.length, comment.end)
  if (beginsWith(bytes, at, characterData.start))
    return behind(bytes, at + characterData.start.length, characterData.end)
  throw hostile('a document type or entity declaration')
}

const comment = { start: codes('<!--'), end: codes('-->') }
const characterData = { start: codes('<![CDATA['), end: codes(']]>') }

const beginsWith = (bytes: Uint8Array, at: number, wanted: readonly number[]): boolean =>
  wanted.every((byte, index) => bytes[at + index] === byte)

const behind = (bytes: Uint8Array, start: number, wanted: readonly number[]): number => {
  const last = wanted.length - 1
  for (let at = bytes.indexOf(greaterThan, start); at >= 0; at = bytes.indexOf(greaterThan, at + 1)) {
    if (beginsWith(bytes, at - last, wanted) && at - last >= start) return at + 1
  }
  return bytes.length
}

/** Where the tag closes, or where it can no longer be one. */
const tagEnd = (bytes: Uint8Array, start: number): number => {
  let attributes = 0
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (byte === greaterThan || byte === lessThan) return at
    if (byte !== quote && byte !== apostrophe) continue
    attributes += 1
    if (attributes > limits.attributes) throw hostile(`more than ${limits.attributes} attributes on an element`)
    const closing = bytes.indexOf(byte, at + 1)
    if (closing < 0) return bytes.length
    at = closing
  }
  return bytes.length
}

const decodeUtf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Failure('xml/hostile', { reason: 'bytes that are not UTF-8', cause })
  }
}

const hostile = (reason: string): Failure => new Failure('xml/hostile', { reason })
