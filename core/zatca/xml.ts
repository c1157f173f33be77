/** Writes XML straight into canonical form (C14N 1.1 without comments) as UTF-8 bytes. */

import { Failure } from '#core/errors.ts'

const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

/** C14N 1.1 section 2.3: what must be escaped, by character code; attribute values escape more than text and `>` less. */
const textEscapes = escapeTable({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;', '\t': '\t', '\n': '\n' })
const attributeEscapes = escapeTable({
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
})

/** One entry for each ASCII character: `undefined` is written as it is, an empty escape may not stand in XML at all. */
function escapeTable(escapes: Readonly<Record<string, string>>): Escapes {
  return Array.from({ length: 128 }, (_, code) => {
    const escaped = escapes[String.fromCharCode(code)]
    if (escaped !== undefined) return utf8(escaped)
    return code < 0x20 ? new Uint8Array() : undefined
  })
}

/**
 * A growing buffer of UTF-8 bytes. Bytes rather than a string, because one Arabic letter makes a whole JavaScript
 * string two bytes a character, and because the hash is taken over bytes.
 */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0

  constructor(capacity = 8192) {
    this.#bytes = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  /** Bytes that are already markup. */
  raw(markup: Uint8Array): void {
    this.#reserve(markup.length)
    this.#copy(markup)
  }

  /** A value between two pieces of markup. */
  text(open: Uint8Array, value: string, close: Uint8Array): void {
    this.#between(open, value, close, textEscapes)
  }

  attribute(open: Uint8Array, value: string, close: Uint8Array): void {
    this.#between(open, value, close, attributeEscapes)
  }

  /** What was written, without a copy of it; the writer is empty afterwards. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.#bytes.buffer.transfer(this.#length))
    this.#bytes = new Uint8Array()
    this.#length = 0
    return taken
  }

  #between(open: Uint8Array, value: string, close: Uint8Array, escapes: Escapes): void {
    this.#reserve(open.length + value.length * longestEscape + close.length)
    this.#copy(open)
    this.#encode(value, escapes)
    this.#copy(close)
  }

  /** By hand, because a call of `set` costs more than the few bytes of a tag. */
  #copy(markup: Uint8Array): void {
    const bytes = this.#bytes
    const start = this.#length
    for (let index = 0; index < markup.length; index += 1) bytes[start + index] = markup[index] ?? 0
    this.#length = start + markup.length
  }

  /** By hand too: for the short values of an invoice that is faster than a call of TextEncoder for each. */
  #encode(value: string, escapes: Escapes): void {
    const bytes = this.#bytes
    let end = this.#length
    for (let index = 0; index < value.length; index += 1) {
      const code = value.charCodeAt(index)
      if (code < 0x80) {
        const escaped = escapes[code]
        if (escaped === undefined) bytes[end++] = code
        else end = put(bytes, end, escaped, code)
      } else if (code < 0x800) {
        bytes[end++] = 0xc0 | (code >> 6)
        bytes[end++] = 0x80 | (code & 0x3f)
      } else {
        const point = value.codePointAt(index) ?? code
        if (point > 0xffff) index += 1
        end = putLong(bytes, end, point)
      }
    }
    this.#length = end
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }
}

type Escapes = readonly (Uint8Array | undefined)[]

const put = (bytes: Uint8Array, at: number, escaped: Uint8Array, code: number): number => {
  if (escaped.length === 0) throw illegalCharacter(code)
  bytes.set(escaped, at)
  return at + escaped.length
}

/** The three or four bytes of a character from U+0800 on. */
const putLong = (bytes: Uint8Array, at: number, point: number): number => {
  if ((point >= 0xd800 && point <= 0xdfff) || point === 0xfffe || point === 0xffff) throw illegalCharacter(point)
  let end = at
  if (point > 0xffff) {
    bytes[end++] = 0xf0 | (point >> 18)
    bytes[end++] = 0x80 | ((point >> 12) & 0x3f)
  } else {
    bytes[end++] = 0xe0 | (point >> 12)
  }
  bytes[end++] = 0x80 | ((point >> 6) & 0x3f)
  bytes[end++] = 0x80 | (point & 0x3f)
  return end
}

/** `&quot;` */
const longestEscape = 6

/** Control characters, half a surrogate pair, U+FFFE and U+FFFF cannot stand in XML, not even escaped. */
const illegalCharacter = (code: number): Failure =>
  new Failure('document/invalid', {
    reason: 'a character that XML cannot carry',
    details: { character: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` },
  })
