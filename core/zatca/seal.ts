/** From a numbered invoice to signed bytes: prepare (write and hash), assemble (stamp and QR), self-check; design section 5, spec D6. */

import { Failure } from '#core/errors.ts'
import type { Invoice } from '#core/invoice/document.ts'
import type { Certificate } from './certificate.ts'
import { withoutStamp } from './chain.ts'
import { digestToSign, equalBytes, invoiceHash, joinBytes, toBase64 } from './hash.ts'
import { encodeQr } from './qr.ts'
import { isSimplified, type QrSource, qrSource } from './qr-source.ts'
import { selfCheck } from './self-check.ts'
import { extensionsBlock, stampReferences } from './signature.ts'
import { rootStart, writeInvoice } from './ubl/invoice.ts'
import { utf8 } from './xml.ts'

export { selfCheck }

/** Whoever holds a private key: signs digests, shows the public half and never the key itself. */
export interface Signer {
  /** SubjectPublicKeyInfo in DER, 88 bytes (QR tag 8). */
  readonly publicKey: Uint8Array
  readonly certificate: Certificate
  /** One DER ECDSA signature for each 32-byte digest; the digest is signed as it is. */
  sign(digests: readonly Uint8Array[]): Promise<readonly Uint8Array[]>
  /** As `stampAll`, and packed besides, away from the thread that serves people; absent where there is no other thread. */
  readonly stampElsewhere?: (prepared: readonly Prepared[], signingTime: string) => Promise<readonly Sealed[]>
}

/** A written and hashed document that waits for its signature; plain data, fit for a message to a worker. */
export interface Prepared {
  /** The canonical bytes that the hash is taken over (D1). */
  readonly canonical: Uint8Array
  /** Where in `canonical` the QR reference and `cac:Signature` belong. */
  readonly stampOffset: number
  /** Base64 of the SHA-256 of `canonical`, 44 characters: the invoice hash. */
  readonly hash: string
  /** What the curve operation signs: SHA-256 of the 32 hash bytes (D2). */
  readonly digest: Uint8Array
  /** QR tags 1 to 5, copied literally from the document. */
  readonly qrSource: QrSource
  /** Decides whether the QR code has nine tags or eight. */
  readonly simplified: boolean
}

export interface Stamp {
  /** DER ECDSA signature over `Prepared.digest`. */
  readonly signature: Uint8Array
  readonly certificate: Certificate
  /** `YYYY-MM-DDTHH:MM:SS`, Riyadh local. */
  readonly signingTime: string
}

export interface Sealed {
  /** The final XML; never rebuilt, never re-serialised. */
  readonly bytes: Uint8Array
  readonly hash: string
  /** Base64 text of the QR code, as it stands in the document. */
  readonly qr: string
  /** The same bytes as storage keeps them, when the sealing thread had the time to pack them. */
  readonly packed?: PackedXml
}

/** XML as it is kept: deflated, with length and SHA-256 (hex) of the raw bytes. */
export interface PackedXml {
  readonly bytes: Uint8Array
  readonly length: number
  readonly sha256: string
}

/**
 * Writes the canonical form of a numbered invoice and hashes it; an earlier stamp is left out. Throws `document/invalid` when
 * the document lacks what the QR code repeats.
 */
export const prepare = (invoice: Invoice): Prepared => {
  const { bytes, stampOffset } = writeInvoice(withoutStamp(invoice))
  const hash = invoiceHash(bytes)
  return {
    canonical: bytes,
    stampOffset,
    hash,
    digest: digestToSign(hash),
    qrSource: completeQrSource(invoice),
    simplified: isSimplified(invoice),
  }
}

const completeQrSource = (invoice: Invoice): QrSource => {
  const { sellerName, vatNumber, timestamp, total, vatTotal } = qrSource(invoice)
  if (sellerName && vatNumber && timestamp && total && vatTotal) {
    return { sellerName, vatNumber, timestamp, total, vatTotal }
  }
  const fields = { sellerName, vatNumber, timestamp, total, vatTotal }
  const missing = Object.entries(fields).flatMap(([name, value]) => (value ? [] : [name]))
  throw new Failure('document/invalid', { reason: 'the QR code repeats fields that are missing', details: { missing } })
}

/** Puts the XML declaration, stamp and QR code around the prepared pieces. */
export const assemble = (prepared: Prepared, stamp: Stamp): Sealed => {
  const { canonical, stampOffset, hash, qrSource, simplified } = prepared
  const { certificate, signingTime } = stamp
  const { publicKey, caSignature } = certificate
  const signature = toBase64(stamp.signature)
  const qr = encodeQr({ ...qrSource, hash, signature, publicKey, ...(simplified && { caSignature }) })
  const bytes = joinBytes([
    declaration,
    canonical.subarray(0, rootStart.length),
    utf8(extensionsBlock({ certificate, signingTime, hash, signature })),
    canonical.subarray(rootStart.length, stampOffset),
    utf8(stampReferences(qr)),
    canonical.subarray(stampOffset),
  ])
  return { bytes, hash, qr }
}

const declaration = utf8('<?xml version="1.0" encoding="UTF-8"?>\n')

/** Signs, assembles and self-checks prepared documents. Throws `certificate/wrong-key` when the signer's key is not the certified one. */
export const stampAll = async (
  prepared: readonly Prepared[],
  options: { readonly signer: Signer; readonly signingTime: string },
): Promise<readonly Sealed[]> => {
  const { signer, signingTime } = options
  const { certificate } = signer
  if (!equalBytes(signer.publicKey, certificate.publicKey)) throw new Failure('certificate/wrong-key')
  const signatures = await signer.sign(prepared.map(({ digest }) => digest))
  return prepared.map((document, index) => {
    const signature = signatures[index]
    if (signature === undefined) throw new Failure('document/self-check', { reason: 'the signer gave no signature' })
    const sealed = assemble(document, { signature, certificate, signingTime })
    selfCheck(sealed, certificate)
    return sealed
  })
}

/** All of it for one document: prepare, sign, assemble, self-check. */
export const seal = async (
  invoice: Invoice,
  options: { readonly signer: Signer; readonly signingTime: string },
): Promise<Sealed> => {
  const [sealed] = await stampAll([prepare(invoice)], options)
  if (sealed === undefined) throw new Failure('document/self-check', { reason: 'nothing was sealed' })
  return sealed
}
