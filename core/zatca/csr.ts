/** The certificate signing request that ZATCA expects, and the check of its fields before an OTP is spent (spec B2, B3). */

import { Failure } from '#core/errors.ts'

export type Environment = 'PRACTICE' | 'SANDBOX' | 'SIMULATION' | 'PRODUCTION'

/** The nine inputs of ZATCA's CSR builder. */
export interface CsrFields {
  readonly commonName: string
  /** `1-<solution>|2-<version>|3-<serial>` */
  readonly serialNumber: string
  /** VAT registration number, 15 digits. */
  readonly organizationIdentifier: string
  /** Branch name; for a VAT group the member's ten-digit TIN. */
  readonly organizationUnit: string
  readonly organization: string
  readonly country: string
  /** Functionality map: `1000` standard, `0100` simplified, `1100` both. */
  readonly invoiceType: string
  readonly location: string
  readonly industry: string
}

export interface CsrFinding {
  readonly field: keyof CsrFields
  readonly problem:
    | 'missing'
    | 'too-long'
    | 'too-many-bytes'
    | 'forbidden-character'
    | 'serial-format'
    | 'vat-format'
    | 'group-needs-tin'
    | 'country-format'
    | 'invoice-type-format'
}

/** Everything that ZATCA would refuse, all at once; empty when the request may be built. */
export const checkCsrFields = (_fields: CsrFields): readonly CsrFinding[] => {
  throw new Failure('internal/unexpected')
}

export interface CsrKey {
  /** SubjectPublicKeyInfo in DER, 88 bytes. */
  readonly publicKey: Uint8Array
  /** DER ECDSA signature over a 32-byte SHA-256 digest. */
  sign(digest: Uint8Array): Promise<Uint8Array>
}

/** Builds and signs the request; DER and PEM. Throws `csr/invalid` with all findings in `details.findings`. */
export const buildCsr = (
  _fields: CsrFields,
  _environment: Environment,
  _key: CsrKey,
): Promise<{ readonly der: Uint8Array; readonly pem: string }> => {
  throw new Failure('internal/unexpected')
}

/** Reads the SDK's `.properties` file (keys `csr.common.name`, ...). */
export const readCsrProperties = (_text: string): CsrFields => {
  throw new Failure('internal/unexpected')
}
