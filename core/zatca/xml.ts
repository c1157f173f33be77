/** Writes XML straight into canonical form (C14N 1.1 without comments) as UTF-8 bytes. */

import { Failure } from '#core/errors.ts'

const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

/** Markup that is written over and over, as words of four bytes: copying those takes a third of the time that single bytes take. */
export interface Markup {
  readonly words: Int32Array
  /** In bytes, without the zeros that fill the last word. */
  readonly length: number
}

export const markup = (text: string): Markup => {
  const bytes = utf8(text)
  const words = new Int32Array(Math.ceil(bytes.length / wordLength))
  const view = new DataView(new ArrayBuffer(words.length * wordLength))
  new Uint8Array(view.buffer).set(bytes)
  return { words: words.map((_, index) => view.getInt32(index * wordLength, true)), length: bytes.length }
}

const wordLength = 4

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

/** Bytes that a document of some ten lines stays under. */
const usualCapacity = 16 * 1024

/** Beyond this a buffer is not kept: one giant must not hold its memory for ever. */
const largestKept = 4 * 1024 * 1024

/**
 * A growing buffer of UTF-8 bytes. Bytes rather than a string, because one Arabic letter makes a whole JavaScript
 * string two bytes a character, and because the hash is taken over bytes.
 */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #view: DataView<ArrayBuffer>
  #length = 0

  constructor(capacity = usualCapacity) {
    this.#bytes = new Uint8Array(capacity)
    this.#view = new DataView(this.#bytes.buffer)
  }

  get length(): number {
    return this.#length
  }

  raw(markup: Markup): void {
    this.#reserve(markup.length + wordLength)
    this.#length = copy(markup, this.#view, this.#length)
  }

  /** A value between two pieces of markup. */
  text(open: Markup, value: string, close: Markup): void {
    this.#between(open, value, close, textEscapes)
  }

  attribute(open: Markup, value: string, close: Markup): void {
    this.#between(open, value, close, attributeEscapes)
  }

  /** Forgets what was written behind the first `length` bytes. */
  rewind(length: number): void {
    this.#length = length
  }

  /** What was written, in a buffer of its own; the writer is empty afterwards and keeps its buffer for the next document. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#length)
    this.rewind(0)
    if (this.#bytes.length > largestKept) this.#resize(usualCapacity)
    return taken
  }

  #between(open: Markup, value: string, close: Markup, escapes: Escapes): void {
    this.#reserve(open.length + value.length * longestEscape + close.length + wordLength)
    const start = copy(open, this.#view, this.#length)
    const end = encode(value, escapes, this.#bytes, start)
    this.#length = copy(close, this.#view, end)
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed > this.#bytes.length) this.#resize(Math.max(needed, this.#bytes.length * 2))
  }

  #resize(capacity: number): void {
    const resized = new Uint8Array(capacity)
    resized.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = resized
    this.#view = new DataView(resized.buffer)
  }
}

/** By hand, because a call of `set` costs more than the few bytes of a tag; what fills the last word is overwritten by what follows. */
const copy = ({ words, length }: Markup, target: DataView, start: number): number => {
  for (let index = 0; index < words.length; index += 1) {
    target.setInt32(start + index * wordLength, words[index] ?? 0, true)
  }
  return start + length
}

/** By hand too: for the short values of an invoice that is faster than a call of TextEncoder for each. Returns the end. */
const encode = (value: string, escapes: Escapes, bytes: Uint8Array, start: number): number => {
  let end = start
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
  return end
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
