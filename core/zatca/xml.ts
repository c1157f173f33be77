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
function escapeTable(escapes: Readonly<Record<string, string>>): readonly (Uint8Array | undefined)[] {
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
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  text(value: string): void {
    this.#escaped(value, textEscapes)
  }

  attribute(value: string): void {
    this.#escaped(value, attributeEscapes)
  }

  /** A copy of what was written so far. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  /** Encodes by hand: for the short values of an invoice that is faster than a call of TextEncoder for each. */
  #escaped(value: string, escapes: readonly (Uint8Array | undefined)[]): void {
    this.#reserve(value.length * longestEscape)
    const bytes = this.#bytes
    let end = this.#length
    for (let index = 0; index < value.length; index += 1) {
      const code = value.charCodeAt(index)
      if (code < 0x80) {
        const escaped = escapes[code]
        if (escaped === undefined) bytes[end++] = code
        else {
          if (escaped.length === 0) throw illegalCharacter(code)
          bytes.set(escaped, end)
          end += escaped.length
        }
      } else if (code < 0x800) {
        bytes[end++] = 0xc0 | (code >> 6)
        bytes[end++] = 0x80 | (code & 0x3f)
      } else if (code < 0xd800 || (code > 0xdfff && code < 0xfffe)) {
        bytes[end++] = 0xe0 | (code >> 12)
        bytes[end++] = 0x80 | ((code >> 6) & 0x3f)
        bytes[end++] = 0x80 | (code & 0x3f)
      } else {
        const point = value.codePointAt(index) ?? code
        if (point < 0x10000) throw illegalCharacter(point)
        index += 1
        bytes[end++] = 0xf0 | (point >> 18)
        bytes[end++] = 0x80 | ((point >> 12) & 0x3f)
        bytes[end++] = 0x80 | ((point >> 6) & 0x3f)
        bytes[end++] = 0x80 | (point & 0x3f)
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

/** `&quot;` */
const longestEscape = 6

/** Control characters, half a surrogate pair, U+FFFE and U+FFFF cannot stand in XML, not even escaped. */
const illegalCharacter = (code: number): Failure =>
  new Failure('document/invalid', {
    reason: 'a character that XML cannot carry',
    details: { character: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` },
  })
