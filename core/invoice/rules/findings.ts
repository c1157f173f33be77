/** Every id that a judgement can carry: the rules, and what is found by comparing a document with its stamp or with other documents. */
import { isRuleId, type RuleId } from './index.ts'
import type { Severity } from './rule.ts'
import { type StrictId, strictRules } from './strict.ts'

/**
 * Stage and code of ZATCA's validator, which asks them of simplified documents only. A severity that depends on what was found
 * is stated as the graver one.
 */
export const sealFindings = {
  'SIGNATURE/certificate': 'error',
  'SIGNATURE/invoiceSignedDataDigestValue': 'error',
  'SIGNATURE/signatureValue': 'error',
  'SIGNATURE/xadesSignedPropertiesDigestValue': 'error',
  'SIGNATURE/signingCertificateDigestValue': 'error',
  'SIGNATURE/X509IssuerName': 'error',
  'SIGNATURE/X509SerialNumber': 'error',
  'QR/QR-Code': 'error',
  'QR/sellerName': 'error',
  'QR/vatRegistrationNumber': 'error',
  'QR/timeStamp': 'warning',
  'QR/invoice_Total': 'error',
  'QR/Tag-5_VatTotal': 'error',
  'QR/hashedXml': 'error',
  'QR/digital_signature': 'error',
  'QR/publicKey': 'error',
  'QR/certificate_signature': 'error',
  'PIH/KSA-13': 'error',
} as const satisfies Readonly<Record<string, Severity>>

/** Checks of our own that need the stamp or the other documents of the same call; asked for only on request. */
export const strictFindings = {
  'KHATM-QR-VAT': 'error',
  'KHATM-CERTIFICATE-DATES': 'warning',
  'KHATM-DUPLICATE-NUMBER': 'error',
  'KHATM-DUPLICATE-UUID': 'error',
} as const satisfies Readonly<Record<string, Severity>>

export type SealFindingId = keyof typeof sealFindings
export type StrictFindingId = keyof typeof strictFindings
export type FindingId = RuleId | StrictId | SealFindingId | StrictFindingId

/** An id may come from a document that another release judged. */
export const isFindingId = (id: string): id is FindingId =>
  isRuleId(id) || [strictRules, sealFindings, strictFindings].some((table) => Object.hasOwn(table, id))
