/** From a numbered invoice to signed bytes: prepare (write and hash), assemble (stamp and QR), self-check; design section 5, spec D6. */

import { Failure } from '#core/errors.ts'
import type { Invoice } from '#core/invoice/document.ts'
import type { Certificate } from './certificate.ts'

/** Whoever holds a private key: signs digests, shows the public half and never the key itself. */
export interface Signer {
  /** SubjectPublicKeyInfo in DER, 88 bytes (QR tag 8). */
  readonly publicKey: Uint8Array
  readonly certificate: Certificate
  /** One DER ECDSA signature for each 32-byte digest; the digest is signed as it is. */
  sign(digests: readonly Uint8Array[]): Promise<readonly Uint8Array[]>
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
  readonly qrFields: {
    readonly sellerName: string
    readonly vatNumber: string
    readonly timestamp: string
    readonly total: string
    readonly vatTotal: string
  }
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
}

/** Writes the canonical form of a numbered invoice and hashes it. */
export const prepare = (_invoice: Invoice): Prepared => {
  throw new Failure('internal/unexpected')
}

/** Puts stamp and QR around the prepared pieces. */
export const assemble = (_prepared: Prepared, _stamp: Stamp): Sealed => {
  throw new Failure('internal/unexpected')
}

/** Reads the final bytes back with a scanner of its own; throws `document/self-check` when anything disagrees. */
export const selfCheck = (_sealed: Sealed, _certificate: Certificate): void => {
  throw new Failure('internal/unexpected')
}

/** All of it: prepare, sign, assemble, self-check. */
export const seal = (
  _invoice: Invoice,
  _options: { readonly signer: Signer; readonly signingTime: string },
): Promise<Sealed> => {
  throw new Failure('internal/unexpected')
}
