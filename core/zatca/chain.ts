/** The place of a document in its unit's chain: counter (ICV, KSA-16) and previous hash (PIH, KSA-13); spec F. */

import type { DocumentReference, Invoice } from '#core/invoice/document.ts'

/** PIH of the first document of a chain: base64 of the hex text of SHA-256("0"). */
export const GENESIS_PIH = 'NWZlY2ViNjZmZmM4NmYzOGQ5NTI3ODZjNmQ2OTZjNzljMmRiYzIzOWRkNGU5MWI0NjcyOWQ3M2EyN2ZiNTdlOQ=='

export interface ChainFields {
  /** Counter value, from 1. */
  readonly icv: number
  /** Hash of the preceding document of the unit, or `GENESIS_PIH`. */
  readonly pih: string
  /** KSA-1; the document's own when absent. */
  readonly uuid?: string
  /** BT-1; the document's own when absent. */
  readonly id?: string
}

const owned = new Set(['ICV', 'PIH', 'QR'])

/** The invoice with this place in the chain and without an earlier one's references and stamp; other attachments stay behind ICV and PIH. */
export const withChainFields = (invoice: Invoice, fields: ChainFields): Invoice => {
  const {
    signature: _visible,
    signatureInformation: _hidden,
    additionalDocumentReference: references = [],
    ...rest
  } = invoice
  return {
    ...rest,
    ...(fields.uuid === undefined ? {} : { uuid: fields.uuid }),
    ...(fields.id === undefined ? {} : { id: fields.id }),
    additionalDocumentReference: [
      { id: 'ICV', uuid: String(fields.icv) },
      embedded('PIH', fields.pih),
      ...references.filter((reference) => !owned.has(reference.id?.trim() ?? '')),
    ],
  }
}

/** A reference that carries its value as base64 text (PIH, QR). */
const embedded = (id: string, value: string): DocumentReference => ({
  id,
  attachment: { embeddedDocumentBinaryObject: { value, mimeCode: 'text/plain' } },
})

/** The invoice without stamp and QR reference: what the hash is taken over (D1). */
export const withoutStamp = (invoice: Invoice): Invoice => {
  const {
    signature: _visible,
    signatureInformation: _hidden,
    additionalDocumentReference: references,
    ...rest
  } = invoice
  if (references === undefined) return rest
  return { ...rest, additionalDocumentReference: references.filter((reference) => reference.id?.trim() !== 'QR') }
}

/** ICV, PIH or QR value of a document; undefined when the reference is missing. */
export const chainField = (invoice: Invoice, id: 'ICV' | 'PIH' | 'QR'): string | undefined => {
  const reference = invoice.additionalDocumentReference?.find((entry) => entry.id?.trim() === id)
  return id === 'ICV' ? reference?.uuid : reference?.attachment?.embeddedDocumentBinaryObject?.value
}
