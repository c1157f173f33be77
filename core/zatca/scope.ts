/** The namespaces in scope at a place of an XML document, and what was already looked up in them. */

import { Failure } from '#core/errors.ts'
import { namespaces } from './namespaces.ts'

/** A start tag that was parsed. */
export interface Tag {
  readonly written: string
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

export interface Scope {
  /** By prefix; the default namespace has the empty one. */
  readonly namespaces: ReadonlyMap<string, string>
  /** Names found, by how they are written. */
  readonly names: Map<string, string>
  /** Whole tags found, by their text: most tags of an invoice repeat. */
  readonly tags: Map<string, Tag>
}

const scopeOf = (namespaces: ReadonlyMap<string, string>): Scope => ({ namespaces, names: new Map(), tags: new Map() })

export const outermost = (): Scope => scopeOf(new Map(Object.entries({ '': '', xml: xmlNamespace })))

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/** Each declaration copies the ones around it, so their number is bounded; a stamped invoice has ten. */
const mostNamespaces = 64

/** The scope inside an element with these `xmlns` attributes. Throws `xml/hostile` when there are too many. */
export const scopeWith = (declarations: ReadonlyMap<string, string>, outer: Scope): Scope => {
  if (declarations.size === 0) return outer
  if (outer.namespaces.size + declarations.size > mostNamespaces) {
    throw new Failure('xml/hostile', { reason: `more than ${mostNamespaces} namespaces in scope` })
  }
  const declared = Array.from(declarations, ([name, value]) => [name.slice('xmlns:'.length), value] as const)
  return scopeOf(new Map([...outer.namespaces, ...declared]))
}

/** The prefix to name an element with, whatever prefix the document uses. */
const prefixes: ReadonlyMap<string, string> = new Map(
  Object.entries(namespaces).map(([prefix, namespace]) => [namespace, prefix === 'ubl' ? '' : `${prefix}:`]),
)

/** `cbc:ID`, or `{namespace}local` in a namespace of others; undefined when the prefix is not declared. */
export const nameIn = (scope: Scope, written: string): string | undefined => {
  const known = scope.names.get(written)
  if (known !== undefined) return known
  const colon = written.indexOf(':')
  const namespace = scope.namespaces.get(written.slice(0, Math.max(colon, 0)))
  if (namespace === undefined) return undefined
  const prefix = prefixes.get(namespace)
  const local = written.slice(colon + 1)
  const name = prefix === undefined ? `{${namespace}}${local}` : prefix + local
  scope.names.set(written, name)
  return name
}
