/** Reads what a signing certificate says: names, serial number, validity, key, VAT number and what it may sign (spec B2, B6, D3). */

import { Failure } from '#core/errors.ts'

export interface Certificate {
  readonly der: Uint8Array
  /** Base64 of the DER on one line: the text of `ds:X509Certificate`, over which D4 takes its digest. */
  readonly text: string
  /** Most specific name first, `CN=..., OU=..., O=..., C=SA`. */
  readonly subject: string
  /** Most specific name first, `CN=..., DC=...` (D3). */
  readonly issuer: string
  /** Decimal, up to 45 digits. */
  readonly serial: string
  /** ISO 8601 in UTC, `2024-01-11T09:19:30Z`. */
  readonly notBefore: string
  readonly notAfter: string
  /** SubjectPublicKeyInfo in DER, 88 bytes (QR tag 8). */
  readonly publicKey: Uint8Array
  /** The CA's DER signature over the certificate (QR tag 9). */
  readonly caSignature: Uint8Array
  /** UID in the subject alternative name: the VAT number that it may sign for. */
  readonly vatNumber?: string
  /** `title` in the subject alternative name: `1000` standard, `0100` simplified, `1100` both (B4). */
  readonly functionality?: string
}

/** From DER, PEM, bare base64 or a `binarySecurityToken`; throws `certificate/malformed`. */
export const parseCertificate = (_source: Uint8Array | string): Certificate => {
  throw new Failure('internal/unexpected')
}
