/** Reads anybody's UBL XML into the document model; what the model does not know becomes a finding. */

import { Failure } from '#core/errors.ts'
import type { Invoice } from '#core/invoice/document.ts'
import { decodeXml } from './hostile.ts'
import { parseXml, type XmlElement } from './scan.ts'
import { readSignatureBlock, readSignatureInformation, type SignatureBlock } from './signature-block.ts'
import { invoiceBody } from './ubl/invoice.ts'
import type { StructureFinding } from './ubl/row.ts'

export type { SignatureBlock, StructureFinding }

export interface ReadInvoice {
  readonly invoice: Invoice
  readonly findings: readonly StructureFinding[]
  /** Absent in a document without `ext:UBLExtensions`. */
  readonly stamp?: SignatureBlock
}

/** The elements of an invoice, and the text that they were parsed from. */
export interface InvoiceTree {
  readonly root: XmlElement
  readonly text: string
}

/** Throws `xml/hostile`, `xml/malformed` (line and column in the details) or `xml/not-an-invoice`. */
export const readTree = (source: Uint8Array | string): InvoiceTree => {
  const text = decodeXml(source)
  const root = parseXml(text)
  if (root.name !== 'Invoice') throw new Failure('xml/not-an-invoice', { details: { root: root.name } })
  return { root, text }
}

/** Throws what `readTree` throws. */
export const readInvoice = (source: Uint8Array | string): ReadInvoice => invoiceOf(readTree(source))

export const invoiceOf = ({ root, text }: InvoiceTree): ReadInvoice => {
  const findings: StructureFinding[] = []
  const body = invoiceBody.read(withoutExtensions(root), '/Invoice', findings)
  const extensions = root.children.find(isExtensions)
  if (extensions === undefined) return { invoice: body, findings }
  const signatureInformation = readSignatureInformation(extensions)
  return {
    invoice: signatureInformation === undefined ? body : { signatureInformation, ...body },
    findings,
    stamp: readSignatureBlock(extensions, text),
  }
}

const isExtensions = (element: XmlElement): boolean => element.name === 'ext:UBLExtensions'

/** The extensions carry the stamp, which is no part of the model. */
const withoutExtensions = (root: XmlElement): XmlElement => ({
  ...root,
  children: root.children.filter((child) => !isExtensions(child)),
})
