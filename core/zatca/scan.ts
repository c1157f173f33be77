/** Parses a whole XML text into a plain tree with namespaces resolved; strict, and small because everything hostile was refused before. */

import { Failure } from '#core/errors.ts'
import { illegalCharacter, resolveReferences } from './characters.ts'
import { nameIn, outermost, type Scope, scopeWith, type Tag } from './scope.ts'

export interface XmlElement {
  /** With the usual prefix of a namespace that belongs to e-invoices (`cbc:ID`), otherwise `{namespace}local`. */
  readonly name: string
  /** Without namespace declarations; a name in a namespace reads `{namespace}local`. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** The text directly inside, references resolved. */
  readonly text: string
  /** Offsets of the element in the source text, from `<` to behind the last `>`. */
  readonly start: number
  readonly end: number
}

const part = '[\\p{L}_][\\p{L}\\p{N}\\p{M}._·-]*'
const tagName = new RegExp(`(?:${part}:)?${part}`, 'uy')
const attribute = new RegExp(
  `[ \\t\\n\\r]+((?:${part}:)?${part})[ \\t\\n\\r]*=[ \\t\\n\\r]*(?:"([^<"]*)"|'([^<']*)')`,
  'uy',
)
const tagEnd = /[ \t\n\r]*(\/?)>/y
const declaration = /^<\?xml[ \t\n\r][^?]*\?>/
const lineFeed = 0x0a
const onlySpace = /^[ \t\n\r]*$/

interface Open extends Tag {
  readonly children: XmlElement[]
  readonly scope: Scope
  readonly start: number
  text: string
}

/** Takes what `decodeXml` let through. Throws `xml/malformed` with line and column, `xml/hostile` on too many namespaces. */
export const parseXml = (source: string): XmlElement => new Parser(source).parse()

/** One pass over the text with a stack of open elements. */
class Parser {
  readonly #source: string
  readonly #stack: Open[] = []
  #at: number
  #root: XmlElement | undefined

  constructor(source: string) {
    this.#source = source
    this.#at = declaration.exec(source)?.[0].length ?? 0
    const illegal = illegalCharacter.exec(source)
    if (illegal !== null) throw this.#malformed('a character that XML does not allow', illegal.index)
  }

  parse(): XmlElement {
    while (this.#at < this.#source.length) this.#step()
    const unclosed = this.#stack.at(-1)
    if (unclosed !== undefined) throw this.#malformed(`<${unclosed.written}> is not closed`, unclosed.start)
    if (this.#root === undefined) throw this.#malformed('there is no element')
    return this.#root
  }

  /** The text up to the next markup, or one piece of markup. */
  #step(): void {
    const source = this.#source
    const next = source.indexOf('<', this.#at)
    if (next !== this.#at) this.#text(next < 0 ? source.length : next)
    else if (source[next + 1] === '/') this.#endTag()
    else if (source[next + 1] !== '!') this.#startTag()
    else if (source.startsWith('<!--', next)) this.#comment()
    else if (source.startsWith('<![CDATA[', next)) this.#characterData()
    else this.#startTag()
  }

  #text(end: number): void {
    const raw = this.#source.slice(this.#at, end)
    const open = this.#stack.at(-1)
    if (open === undefined) {
      if (!onlySpace.test(raw)) throw this.#malformed('text outside of the document element')
    } else {
      if (raw.includes(']]>')) throw this.#malformed(']]> in text')
      open.text += this.#resolve(raw, this.#at)
    }
    this.#at = end
  }

  #comment(): void {
    const end = this.#source.indexOf('--', this.#at + 4)
    if (end < 0 || this.#source[end + 2] !== '>') throw this.#malformed('a comment that does not end properly')
    this.#at = end + 3
  }

  #characterData(): void {
    const end = this.#source.indexOf(']]>', this.#at)
    const open = this.#stack.at(-1)
    if (end < 0 || open === undefined) throw this.#malformed('a CDATA section that does not end or stands outside')
    open.text += this.#source.slice(this.#at + '<![CDATA['.length, end)
    this.#at = end + 3
  }

  #startTag(): void {
    if (this.#root !== undefined) throw this.#malformed('a second document element')
    const start = this.#at
    const outer = this.#stack.at(-1)?.scope ?? outermost()
    const end = this.#source.indexOf('>', start)
    // Most tags of an invoice were met before, attributes included.
    const known = outer.tags.get(this.#source.slice(start + 1, end))
    if (known === undefined) this.#newTag(outer, start)
    else if (!this.#wholeElement(known, start, end + 1)) {
      this.#at = end + 1
      this.#open(known, outer, start)
    }
  }

  /** The element at once when plain text and its end tag follow, as in most elements of an invoice; otherwise false. */
  #wholeElement({ written, name, attributes }: Tag, start: number, textStart: number): boolean {
    const textEnd = this.#source.indexOf('<', textStart)
    const end = textEnd + 2 + written.length
    if (this.#source[textEnd + 1] !== '/' || this.#source[end] !== '>') return false
    if (!this.#source.startsWith(written, textEnd + 2)) return false
    const text = this.#source.slice(textStart, textEnd)
    if (text.includes('&') || text.includes(']]>')) return false
    this.#at = end + 1
    this.#add({ name, attributes, children: [], text, start, end: this.#at })
    return true
  }

  #newTag(outer: Scope, start: number): void {
    this.#at += 1
    const written = this.#take(tagName)?.[0]
    if (written === undefined) throw this.#malformed('a tag without a name', start)
    const found = this.#attributes()
    const end = this.#take(tagEnd)
    if (end === undefined) throw this.#malformed(`the tag <${written}> is not well-formed`)
    const scope = scopeWith(found.declarations, outer)
    const attributes = found.prefixed ? this.#named(found.attributes, scope) : found.attributes
    const tag = { written, name: this.#name(written, scope), attributes }
    this.#open(tag, scope, start)
    const text = this.#source.slice(start + 1, this.#at - 1)
    if (end[1] === '/') this.#close()
    else if (scope === outer && !text.includes('>')) scope.tags.set(text, tag)
  }

  #open({ written, name, attributes }: Tag, scope: Scope, start: number): void {
    this.#stack.push({ written, name, attributes, children: [], scope, start, text: '' })
  }

  #endTag(): void {
    const open = this.#stack.at(-1)
    if (open === undefined) throw this.#malformed('an end tag without a start')
    const written = this.#source.startsWith(open.written, this.#at + 2)
    this.#at += 2 + open.written.length
    if (written && this.#source[this.#at] === '>') this.#at += 1
    else if (!written || this.#take(tagEnd)?.[1] !== '') throw this.#malformed(`</${open.written}> was expected`)
    this.#close()
  }

  #close(): void {
    const open = this.#stack.pop()
    if (open === undefined) return
    const { name, attributes, children, text, start } = open
    this.#add({ name, attributes, children, text, start, end: this.#at })
  }

  #add(element: XmlElement): void {
    const parent = this.#stack.at(-1)
    if (parent === undefined) this.#root = element
    else parent.children.push(element)
  }

  #attributes(): FoundAttributes {
    if (this.#source[this.#at] === '>') return nothingFound
    const attributes = new Map<string, string>()
    const declarations = new Map<string, string>()
    let prefixed = false
    for (let match = this.#take(attribute); match !== undefined; match = this.#take(attribute)) {
      const [, name = '', double, quoted = ''] = match
      const declares = name === 'xmlns' || name.startsWith('xmlns:')
      const target = declares ? declarations : attributes
      if (target.has(name)) throw this.#malformed(`the attribute ${name} stands twice`)
      target.set(name, this.#resolve((double ?? quoted).replaceAll(/[\t\n]/g, ' '), match.index))
      prefixed ||= !declares && name.includes(':')
    }
    return { attributes, declarations, prefixed }
  }

  #named(attributes: ReadonlyMap<string, string>, scope: Scope): ReadonlyMap<string, string> {
    return new Map(
      Array.from(attributes, ([name, value]) => [name.includes(':') ? this.#name(name, scope) : name, value] as const),
    )
  }

  #name(written: string, scope: Scope): string {
    const name = nameIn(scope, written)
    if (name === undefined) throw this.#malformed(`the prefix of ${written} is not declared`)
    return name
  }

  /** `start` is where the text stands, for the place of an error. */
  #resolve(raw: string, start: number): string {
    if (!raw.includes('&')) return raw
    return resolveReferences(raw, (offset) => this.#malformed('a reference that XML does not know', start + offset))
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#source)
    if (match === null) return undefined
    this.#at = pattern.lastIndex
    return match
  }

  #malformed(reason: string, at = this.#at): Failure {
    let line = 1
    let lineStart = 0
    for (let before = 0; before < at; before += 1) {
      if (this.#source.charCodeAt(before) !== lineFeed) continue
      line += 1
      lineStart = before + 1
    }
    return new Failure('xml/malformed', { reason, details: { line, column: at - lineStart + 1 } })
  }
}

interface FoundAttributes {
  readonly attributes: ReadonlyMap<string, string>
  /** `xmlns` and `xmlns:...`. */
  readonly declarations: ReadonlyMap<string, string>
  /** Whether an attribute has a prefix, so that its name must be looked up. */
  readonly prefixed: boolean
}

const noAttributes: ReadonlyMap<string, string> = new Map()

const nothingFound: FoundAttributes = { attributes: noAttributes, declarations: noAttributes, prefixed: false }
