/**
 * The invoice hash of any XML, by libxml2 and its C14N 1.1: the second judge behind our own writer and self-check. Imported only
 * by whoever verifies, because the library compiles a megabyte of WebAssembly when it is loaded.
 */

import { XmlC14NMode, XmlDocument } from 'libxml2-wasm'
import { Failure } from '#core/errors.ts'
import { invoiceHash } from './hash.ts'
import { decodeXml } from './hostile.ts'
import { namespaces } from './namespaces.ts'

/** What the hash leaves out (D1). Only what is not inside another such element: removing that one takes the inner one along. */
const leftOut = [
  '//ext:UBLExtensions[not(ancestor::ext:UBLExtensions)]',
  '//cac:Signature[not(ancestor::cac:Signature)]',
  "//cac:AdditionalDocumentReference[normalize-space(cbc:ID)='QR']",
]

/** Base64 of the SHA-256 that ZATCA computes for the document. Throws `xml/hostile`, `xml/malformed`, `xml/not-an-invoice`. */
export const hashOfXml = (source: Uint8Array | string): string => invoiceHash(canonicalForm(source))

/** The document without stamp and QR reference in C14N 1.1, no comments. */
export const canonicalForm = (source: Uint8Array | string): Uint8Array => {
  const document = parse(decodeXml(source))
  try {
    if (document.get('/ubl:Invoice', namespaces) === null) {
      throw new Failure('xml/not-an-invoice', { details: { root: document.root.name } })
    }
    for (const xpath of leftOut) {
      for (const node of document.find(xpath, namespaces)) node.remove()
    }
    return canonicalise(document)
  } finally {
    document.dispose()
  }
}

const parse = (text: string): XmlDocument => {
  try {
    return XmlDocument.fromString(text)
  } catch (cause) {
    throw new Failure('xml/malformed', { reason: 'libxml2 cannot parse it', cause })
  }
}

/** C14N 1.1 has no form for a document with a relative namespace name (section 1.3), which XML itself allows. */
const canonicalise = (document: XmlDocument): Uint8Array => {
  const pieces: Uint8Array[] = []
  const write = (piece: Uint8Array): number => pieces.push(piece.slice()) && piece.length
  try {
    document.canonicalize({ write, close: () => true }, { mode: XmlC14NMode.XML_C14N_1_1 })
  } catch (cause) {
    throw new Failure('xml/malformed', { reason: 'it has no canonical form: a relative namespace name', cause })
  }
  return Buffer.concat(pieces)
}
