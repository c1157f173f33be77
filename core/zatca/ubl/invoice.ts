/** The invoice element: its children in document order (spec C2) and the frame around them (spec C1). */

import type { Invoice, Signature } from '#core/invoice/document.ts'
import { declare, namespaces } from '../namespaces.ts'
import { ByteWriter, markup } from '../xml.ts'
import { allowanceCharge } from './allowance-charge.ts'
import { billingReference, documentReference, orderReference } from './document-reference.ts'
import { invoiceLine } from './line.ts'
import { partyRole } from './party.ts'
import { delivery, monetaryTotal, paymentMeans, paymentTerms, period } from './payment.ts'
import { compile, group, localText, many, type Table, text, typeCode } from './row.ts'
import { exchangeRate, taxTotal } from './tax.ts'

const signature: Table<Signature> = {
  id: text('ID'),
  signatureMethod: text('SignatureMethod'),
}

type Head = Pick<Invoice, HeadKey>
type HeadKey =
  | 'profileID'
  | 'id'
  | 'uuid'
  | 'issueDate'
  | 'issueTime'
  | 'dueDate'
  | 'invoiceTypeCode'
  | 'note'
  | 'taxPointDate'
  | 'documentCurrencyCode'
  | 'taxCurrencyCode'
  | 'invoicePeriod'
  | 'orderReference'
  | 'billingReference'
  | 'contractDocumentReference'
  | 'additionalDocumentReference'

/** Everything before the place of the stamp. */
const head: Table<Head> = {
  profileID: text('ProfileID'),
  id: text('ID'),
  uuid: text('UUID'),
  issueDate: text('IssueDate'),
  issueTime: text('IssueTime'),
  dueDate: text('DueDate'),
  invoiceTypeCode: typeCode('InvoiceTypeCode'),
  note: many(localText('Note')),
  taxPointDate: text('TaxPointDate'),
  documentCurrencyCode: text('DocumentCurrencyCode'),
  taxCurrencyCode: text('TaxCurrencyCode'),
  invoicePeriod: many(group('InvoicePeriod', period)),
  orderReference: group('OrderReference', orderReference),
  billingReference: many(group('BillingReference', billingReference)),
  contractDocumentReference: many(group('ContractDocumentReference', documentReference)),
  additionalDocumentReference: many(group('AdditionalDocumentReference', documentReference)),
}

/** Everything from the place of the stamp on. */
const body: Table<Omit<Invoice, HeadKey | 'signatureInformation'>> = {
  signature: many(group('Signature', signature)),
  accountingSupplierParty: group('AccountingSupplierParty', partyRole),
  accountingCustomerParty: group('AccountingCustomerParty', partyRole),
  delivery: many(group('Delivery', delivery)),
  paymentMeans: many(group('PaymentMeans', paymentMeans)),
  paymentTerms: many(group('PaymentTerms', paymentTerms)),
  allowanceCharge: many(group('AllowanceCharge', allowanceCharge)),
  taxExchangeRate: group('TaxExchangeRate', exchangeRate),
  taxTotal: many(group('TaxTotal', taxTotal)),
  legalMonetaryTotal: group('LegalMonetaryTotal', monetaryTotal),
  invoiceLine: many(group('InvoiceLine', invoiceLine)),
}

const beforeStamp = compile(head)
const afterStamp = compile(body)

/** The whole invoice without `ext:UBLExtensions`, to read it and to know its structure. */
export const invoiceBody = compile<Omit<Invoice, 'signatureInformation'>>({ ...head, ...body })

/** The only namespaces that may be declared on the root when the hash is taken, in C14N's order (spec C1). */
export const rootStart = markup(
  `<Invoice xmlns="${namespaces.ubl}" ${declare('cac')} ${declare('cbc')} ${declare('ext')}>`,
)
const rootEnd = markup('</Invoice>')

/** One for all documents, because a new buffer for each has to be filled with zeros first. */
const out = new ByteWriter()

/** The document in canonical form, and the offset behind its last `cac:AdditionalDocumentReference`: the place of the stamp. */
export const writeInvoice = (invoice: Invoice): { readonly bytes: Uint8Array; readonly stampOffset: number } => {
  out.rewind(0)
  out.raw(rootStart)
  beforeStamp.write(invoice, out)
  const stampOffset = out.length
  afterStamp.write(invoice, out)
  out.raw(rootEnd)
  return { bytes: out.take(), stampOffset }
}
