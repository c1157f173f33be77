/** From a judged file to what a caller sees: the head of the document as written, findings in both languages, proofs, QR code. */
import type { z } from 'zod'
import { documentKindOf } from '#core/invoice/codes/document-kinds.ts'
import type { Amount, Invoice, PartyRole } from '#core/invoice/document.ts'
import { rulePack, type Severity } from '#core/invoice/rules/index.ts'
import { parseTransactionCode } from '#core/invoice/transaction-type.ts'
import { qrTexts } from '#core/messages/qr.ts'
import { filledIn } from '#core/messages/text.ts'
import type { Certificate } from '#core/zatca/certificate.ts'
import { chainField } from '#core/zatca/chain.ts'
import type { Inspection } from '#core/zatca/inspect.ts'
import type { QrReading } from '#core/zatca/qr-reading.ts'
import { type checks, mostViolations, type qrReading } from '../contract/checks.ts'
import { violationView } from './violation-view.ts'

type CheckedFile = z.input<NonNullable<(typeof checks.file)['~orpc']['outputSchema']>>
type CheckedDocument = CheckedFile['document']

export const checkedFileView = (fileName: string, inspection: Inspection): CheckedFile => {
  const { invoice, violations, signed, proofs, certificate, qr } = inspection
  const graver = (severity: Severity) => violations.filter((violation) => violation.severity === severity)
  const [errors, warnings] = [graver('error'), graver('warning')]
  return {
    fileName,
    rulePack,
    document: documentView(invoice),
    errors: errors.length,
    warnings: warnings.length,
    violations: [...errors, ...warnings].slice(0, mostViolations).map((one) => violationView(one, undefined)),
    signed,
    proofs: [...proofs],
    certificate: certificate && certificateView(certificate),
    qr: qr && qrReadingView(qr),
  }
}

const documentView = (invoice: Invoice): CheckedDocument => ({
  kind: documentKindOf(invoice.invoiceTypeCode?.value ?? ''),
  profile: parseTransactionCode(invoice.invoiceTypeCode?.name ?? '')?.profile,
  number: invoice.id,
  uuid: invoice.uuid,
  issueDate: invoice.issueDate,
  issueTime: invoice.issueTime,
  supplyDate: invoice.delivery?.[0]?.actualDeliveryDate,
  currency: invoice.documentCurrencyCode,
  counter: chainField(invoice, 'ICV'),
  seller: partyView(invoice.accountingSupplierParty),
  buyer: partyView(invoice.accountingCustomerParty),
  lines: invoice.invoiceLine?.length ?? 0,
  totals: totalsView(invoice),
})

const partyView = (role: PartyRole | undefined): CheckedDocument['seller'] => {
  const id = role?.party?.partyIdentification?.[0]?.id
  return {
    name: role?.party?.partyLegalEntity?.[0]?.registrationName,
    vatNumber: role?.party?.partyTaxScheme?.[0]?.companyID?.value,
    id: id && { scheme: id.schemeID, value: id.value },
  }
}

/** BT-110 has the breakdown with it, BT-111 is the other one, in riyals (BR-KSA-EN16931-09). */
const totalsView = ({ legalMonetaryTotal: sums, taxTotal = [] }: Invoice): CheckedDocument['totals'] => {
  const vat = taxTotal.find(({ taxSubtotal }) => taxSubtotal !== undefined) ?? taxTotal[0]
  const inSar = taxTotal.find((total) => total !== vat && total.taxAmount?.currencyID === 'SAR')
  return {
    taxExclusive: literal(sums?.taxExclusiveAmount),
    vat: literal(vat?.taxAmount),
    vatInSar: vat?.taxAmount?.currencyID === 'SAR' ? undefined : literal(inSar?.taxAmount),
    taxInclusive: literal(sums?.taxInclusiveAmount),
    prepaid: literal(sums?.prepaidAmount),
    payable: literal(sums?.payableAmount),
  }
}

const literal = (amount: Amount | undefined): string | undefined => amount?.value

export const certificateView = ({ subject, issuer, serial, notBefore, notAfter, vatNumber }: Certificate) => ({
  subject,
  issuer,
  serial,
  notBefore,
  notAfter,
  vatNumber,
})

export const qrReadingView = ({ text, fields, oddities }: QrReading): z.input<typeof qrReading> => ({
  text,
  length: text.length,
  fields: [...fields],
  oddities: oddities.map(({ code, severity, params = {} }) => ({
    code,
    severity,
    message: filledIn(qrTexts[code].en, params),
    message_ar: filledIn(qrTexts[code].ar, params),
  })),
})
