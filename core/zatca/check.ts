/** Judges anybody's XML by all that ZATCA's validator looks at: structure, rules, stamp and QR code; on request by more. */

import type { Invoice } from '#core/invoice/document.ts'
import type { FindingId } from '#core/invoice/rules/findings.ts'
import { judge, type RuleContext, type Violation } from '#core/invoice/rules/index.ts'
import { judgeStrictly } from '#core/invoice/rules/strict.ts'
import { isSimplified } from './qr-source.ts'
import { invoiceOf, readTree, type SignatureBlock, type StructureFinding } from './read.ts'
import type { XmlElement } from './scan.ts'
import { pihViolations, sealViolations, strictSealViolations } from './seal-findings.ts'
import { structureBreaches } from './structure/structure.ts'

export interface CheckOptions {
  /** Riyadh local time of judgement, `YYYY-MM-DDTHH:MM:SS` */
  readonly now: string
  /** Hash of the document before this one; without it the place in the chain is not judged */
  readonly pih?: string
  /** Our own stricter checks too */
  readonly strict?: boolean
}

export interface CheckedXml {
  readonly invoice: Invoice
  /** Absent in a document without `ext:UBLExtensions` */
  readonly stamp?: SignatureBlock
  readonly violations: readonly Violation<FindingId>[]
  /** What the schema allows and no rule looks at */
  readonly unjudged: readonly StructureFinding[]
}

/** Throws `xml/hostile`, `xml/malformed` or `xml/not-an-invoice`; everything else that may be wrong is a violation. */
export const checkXml = async (source: Uint8Array, { now, pih, strict = false }: CheckOptions): Promise<CheckedXml> => {
  const tree = readTree(source)
  const read = invoiceOf(tree)
  const { invoice, findings } = read
  const context: RuleContext = { now, stage: 'sealed' }
  const structure = structureViolations(tree.root)
  const places = new Set(structure.map(({ path }) => path))
  return {
    invoice,
    ...(read.stamp && { stamp: read.stamp }),
    violations: [
      ...structure,
      // The elements tell more than the document that was read from them.
      ...judge(invoice, context).filter(({ rule }) => rule !== 'XSD'),
      ...(isSimplified(invoice) ? sealViolations(read, await hashOf(source)) : []),
      ...(pih === undefined ? [] : pihViolations(invoice, pih)),
      ...(strict ? [...judgeStrictly(invoice, context), ...strictSealViolations(read)] : []),
    ],
    unjudged: findings.filter(({ kind, path }) => kind.startsWith('unknown-') && !places.has(path)),
  }
}

const structureViolations = (root: XmlElement): readonly Violation<FindingId>[] =>
  structureBreaches(root).map((breach) => ({ rule: 'XSD', severity: 'error', ...breach }))

/** The invoice hash; libxml2 is loaded only when there is a stamp to judge. */
export const hashOf = async (source: Uint8Array): Promise<string> => {
  const { hashOfXml } = await import('./judge.ts')
  return hashOfXml(source)
}
