/** Which proof compares which field of the QR code with the document. */
import type { QrFieldName } from '#core/vocabulary.ts'

export const proofOfField: Readonly<Record<QrFieldName, string>> = {
  sellerName: 'QR/sellerName',
  vatNumber: 'QR/vatRegistrationNumber',
  timestamp: 'QR/timeStamp',
  total: 'QR/invoice_Total',
  vatTotal: 'QR/Tag-5_VatTotal',
  hash: 'QR/hashedXml',
  signature: 'QR/digital_signature',
  publicKey: 'QR/publicKey',
  caSignature: 'QR/certificate_signature',
}
