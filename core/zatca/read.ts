/** Reads anybody's UBL XML into the document model; what the model does not know becomes a finding. */

import { Failure } from '#core/errors.ts'
import type { Invoice } from '#core/invoice/document.ts'

export interface StructureFinding {
  readonly kind: 'unknown-element' | 'repeated-element' | 'unknown-attribute' | 'misplaced-text'
  /** 1-based positions on elements that may repeat: `/Invoice/cac:InvoiceLine[2]/cac:Foo`. */
  readonly path: string
}

/** What stands in `ext:UBLExtensions` of a signed document, as text. */
export interface SignatureBlock {
  readonly invoiceDigest?: string
  readonly signedPropertiesDigest?: string
  readonly signatureValue?: string
  readonly certificate?: string
  readonly signingTime?: string
  readonly certificateDigest?: string
  readonly issuerName?: string
  readonly serialNumber?: string
  /** The `xades:SignedProperties` element with the white space it was sent with (D5). */
  readonly signedProperties?: string
}

export interface ReadInvoice {
  readonly invoice: Invoice
  readonly findings: readonly StructureFinding[]
  readonly stamp?: SignatureBlock
}

/** Throws `xml/hostile`, `xml/malformed` (line and column in the details) or `xml/not-an-invoice`. */
export const readInvoice = (_source: Uint8Array | string): ReadInvoice => {
  throw new Failure('internal/unexpected')
}
