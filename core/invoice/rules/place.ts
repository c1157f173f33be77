/** Where a part of the invoice stands: kept as a chain of steps, and spelled out as a path only for a breach. */

export interface Place {
  /** The part that it stands in; undefined for the invoice itself */
  readonly parent: Place | undefined
  /** The element's name, or several joined by slashes where those between do not repeat */
  readonly step: string
  /** 1-based; 0 for an element that does not repeat */
  readonly position: number
}

/** A node of the document together with its place. */
export interface Located<Node> extends Place {
  readonly node: Node
}

export const root: Place = { parent: undefined, step: 'Invoice', position: 0 }

export const located = <Node>(node: Node, parent: Place, step: string, position = 0): Located<Node> => ({
  parent,
  step,
  position,
  node,
})

/** The UBL path, such as `/Invoice/cac:InvoiceLine[2]/cac:Price/cbc:PriceAmount`. */
export const pathOf = ({ parent, step, position }: Place): string =>
  `${parent === undefined ? '' : pathOf(parent)}/${step}${position === 0 ? '' : `[${position}]`}`

/** The path of what stands below a part; `below` may be empty for the part itself. */
export const pathBelow = (part: Place, below: string): string =>
  below === '' ? pathOf(part) : `${pathOf(part)}/${below}`

/** How a part is made of a node and its place. */
export type Build<Node, Part> = (node: Node, parent: Place, step: string, position: number) => Part

/** Most elements that may repeat are not there at all; they share one empty list. */
export const noParts: readonly never[] = []

/** The parts of a repeating element, each with its 1-based position. */
export const placedAs = <Node, Part>(
  build: Build<Node, Part>,
  nodes: readonly Node[] | undefined,
  parent: Place,
  step: string,
): readonly Part[] => {
  if (nodes === undefined || nodes.length === 0) return noParts
  // As long as it will be: one that grows takes more memory than what it lists.
  const parts = new Array<Part>(nodes.length)
  let index = 0
  for (const node of nodes) {
    parts[index] = build(node, parent, step, index + 1)
    index += 1
  }
  return parts
}

export const placed = <Node>(
  nodes: readonly Node[] | undefined,
  parent: Place,
  step: string,
): readonly Located<Node>[] => placedAs<Node, Located<Node>>(located, nodes, parent, step)

/** What each part holds, in one list: as `flatMap`, but without lists in between and with none where nothing is found. */
export const collect = <Part, Inner>(
  parts: readonly Part[],
  inside: (part: Part) => readonly Inner[],
): readonly Inner[] => {
  let found: Inner[] | undefined
  for (const part of parts) {
    const inner = inside(part)
    if (inner.length === 0) continue
    found ??= []
    for (const one of inner) found.push(one)
  }
  return found ?? noParts
}

/** Both lists one after the other; the one itself when the other is empty. */
export const joined = <Part>(first: readonly Part[], second: readonly Part[]): readonly Part[] => {
  if (first.length === 0) return second
  return second.length === 0 ? first : [...first, ...second]
}

export const totalsPath = '/Invoice/cac:LegalMonetaryTotal'
