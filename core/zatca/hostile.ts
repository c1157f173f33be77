/** Refuses what no e-invoice needs and what attacks on XML parsers are made of, before any parser sees it. */

import { Failure } from '#core/errors.ts'

/** 20 MB: twice what ZATCA takes in one request (spec A7). */
const largest = 20 * 1024 * 1024

const declaredEncoding = /^<\?xml[^>]*\bencoding[ \t\n\r]*=[ \t\n\r]*["']([^"']*)["']/

/**
 * The text of an XML document with line ends as XML reads them (LF). Throws `xml/hostile` on a document type, entities, processing
 * instructions other than the declaration, encodings other than UTF-8, and size.
 */
export const decodeXml = (source: Uint8Array | string): string => {
  if (source.length > largest) throw hostile('larger than 20 MB')
  const text = typeof source === 'string' ? source.replace(/^\ufeff/, '') : decodeUtf8(source)
  const encoding = declaredEncoding.exec(text)?.[1]
  if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') throw hostile('an encoding other than UTF-8')
  if (text.includes('\0')) throw hostile('an encoding other than UTF-8')
  if (/<!(?!--|\[CDATA\[)/.test(text)) throw hostile('a document type or entity declaration')
  if (/<\?(?!xml[ \t\n\r])/.test(text) || text.includes('<?', 1)) throw hostile('a processing instruction')
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

const decodeUtf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Failure('xml/hostile', { reason: 'bytes that are not UTF-8', cause })
  }
}

const hostile = (reason: string): Failure => new Failure('xml/hostile', { reason })
