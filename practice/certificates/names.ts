/** X.500 names: the attributes ZATCA uses, how they are written in DER and how a certificate's issuer is printed. */
import { child, children, type Der, ia5, oid, oidOf, printable, sequence, set, textOf, utf8 } from './der.ts'

const OIDS = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  DC: '0.9.2342.19200300.100.1.25',
  SN: '2.5.4.4',
  UID: '0.9.2342.19200300.100.1.1',
  title: '2.5.4.12',
  registeredAddress: '2.5.4.26',
  businessCategory: '2.5.4.15',
} as const

export type AttributeName = keyof typeof OIDS

/** One relative distinguished name with its single attribute. */
export interface NamePart {
  readonly name: string
  readonly value: string
  readonly der: Der
}

const NAMES = new Map<string, string>(Object.entries(OIDS).map(([name, dotted]) => [dotted, name]))
const STRING_TYPES = new Map<AttributeName, (text: string) => Der>([
  ['C', printable],
  ['DC', ia5],
])

/** A Name with its parts in the given order, from the root of the directory downwards. */
export function writeName(parts: readonly (readonly [AttributeName, string])[]): Der {
  const write = ([name, value]: readonly [AttributeName, string]): Der =>
    set(sequence(oid(OIDS[name]), (STRING_TYPES.get(name) ?? utf8)(value)))
  return sequence(...parts.map(write))
}

export function readName(name: Der): readonly NamePart[] {
  return children(name).map((der) => {
    const attribute = child(der, 0)
    const dotted = oidOf(child(attribute, 0))
    return { name: NAMES.get(dotted) ?? dotted, value: textOf(child(attribute, 1)), der }
  })
}

/** The value of an attribute, or '' when the name does not have it. */
export const attribute = (parts: readonly NamePart[], name: AttributeName): string =>
  parts.find((part) => part.name === name)?.value ?? ''

/** As ds:X509IssuerName has it: most specific part first, comma and blank between (spec D3). */
export const printName = (parts: readonly NamePart[]): string =>
  parts
    .map(({ name, value }) => `${name}=${value}`)
    .reverse()
    .join(', ')

/** The same parts in another order; parts that the order does not mention come last. */
export function reorder(parts: readonly NamePart[], order: readonly string[]): Der {
  const rank = ({ name }: NamePart): number => (order.includes(name) ? order.indexOf(name) : order.length)
  return sequence(...parts.toSorted((a, b) => rank(a) - rank(b)).map((part) => part.der))
}
