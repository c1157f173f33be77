/** Simplified documents whose stamp or QR code was tampered with, one for every code of ZATCA's validator. */

import type { SealFindingId } from '#core/invoice/rules/findings.ts'
import { GENESIS_PIH } from '#core/zatca/chain.ts'
import { decodeQr, encodeQr, type QrFields } from '#core/zatca/qr.ts'
import { decode, vectorXml } from './fixtures.ts'

const simplified = decode(vectorXml('simplified388'))

/** Replaces what is there; a change of nothing is a mistake of the test. */
export const edit = (xml: string, from: string | RegExp, to: string): string => {
  const text = xml.replace(from, to)
  if (text === xml) throw new Error(`nothing to change at ${from}`)
  return text
}

const qrText = /(<cbc:ID>QR<.*?<cbc:EmbeddedDocumentBinaryObject[^>]*>)([^<]*)/s
const qrOf = (xml: string): string => qrText.exec(xml)?.[2] ?? ''
/** The hash leaves the QR reference out, so that nothing else is broken by another code. */
export const withQr = (xml: string, qr: string): string => xml.replace(qrText, `$1${qr}`)
export const withQrField = (xml: string, change: Partial<QrFields>): string => {
  const {
    sellerName = '',
    vatNumber = '',
    timestamp = '',
    total = '',
    vatTotal = '',
    hash = '',
    signature = '',
    publicKey = new Uint8Array(),
    caSignature,
  } = decodeQr(qrOf(xml))
  const fields = {
    sellerName,
    vatNumber,
    timestamp,
    total,
    vatTotal,
    hash,
    signature,
    publicKey,
    ...(caSignature && { caSignature }),
  }
  return withQr(xml, encodeQr({ ...fields, ...change }))
}
/** Tag 5 and its value are cut out of the bytes. */
const withoutTag5 = (xml: string): string => {
  const bytes = Buffer.from(qrOf(xml), 'base64')
  let at = 0
  while (bytes[at] !== 5) at += 2 + (bytes[at + 1] ?? 0)
  return withQr(
    xml,
    Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 2 + (bytes[at + 1] ?? 0))]).toString('base64'),
  )
}

export const tampered: Readonly<Record<Exclude<SealFindingId, 'PIH/KSA-13'>, string>> = {
  'SIGNATURE/certificate': edit(simplified, /<ds:X509Certificate>[^<]*/, '<ds:X509Certificate>AAAA'),
  'SIGNATURE/invoiceSignedDataDigestValue': edit(simplified, '<ds:DigestValue>dLX0', '<ds:DigestValue>dLX1'),
  'SIGNATURE/signatureValue': edit(simplified, 'SignatureValue>MEQCIErb', 'SignatureValue>MEQCIErc'),
  'SIGNATURE/xadesSignedPropertiesDigestValue': edit(
    simplified,
    '<xades:SigningTime>2024-01-15',
    '<xades:SigningTime>2024-01-16',
  ),
  'SIGNATURE/signingCertificateDigestValue': edit(simplified, '<ds:DigestValue>ZDMwMmI0', '<ds:DigestValue>ZDMwMmI1'),
  'SIGNATURE/X509IssuerName': edit(simplified, 'CN=PRZEINVOICESCA4-CA,', 'CN=PRZEINVOICESCA4-CA,  '),
  'SIGNATURE/X509SerialNumber': edit(simplified, /<ds:X509SerialNumber>3/, '<ds:X509SerialNumber>4'),
  'QR/QR-Code': withQr(simplified, 'AQ=='),
  'QR/sellerName': withQrField(simplified, { sellerName: 'شركة أخرى' }),
  'QR/vatRegistrationNumber': withQrField(simplified, { vatNumber: '399999999800003' }),
  'QR/timeStamp': withQrField(simplified, { timestamp: '2024-01-15T12:30:00Z' }),
  'QR/invoice_Total': withQrField(simplified, { total: '115.580' }),
  'QR/Tag-5_VatTotal': withoutTag5(simplified),
  'QR/hashedXml': withQrField(simplified, { hash: GENESIS_PIH.slice(0, 44) }),
  'QR/digital_signature': withQrField(simplified, { signature: 'AAAA' }),
  'QR/publicKey': withQrField(simplified, { publicKey: new Uint8Array(88) }),
  'QR/certificate_signature': withQrField(simplified, { caSignature: new Uint8Array(70) }),
}
