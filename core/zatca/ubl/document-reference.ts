/** References to other documents: order, original invoice, contract, attachments (ICV, PIH, QR), prepayment invoice. */

import type { Attachment, BillingReference, DocumentReference, OrderReference } from '#core/invoice/document.ts'
import { binaryObject, group, localText, many, type Table, text } from './row.ts'

const attachment: Table<Attachment> = {
  embeddedDocumentBinaryObject: binaryObject('EmbeddedDocumentBinaryObject'),
  externalReference: group('ExternalReference', { uri: text('URI') }),
}

export const documentReference: Table<DocumentReference> = {
  id: text('ID'),
  uuid: text('UUID'),
  issueDate: text('IssueDate'),
  issueTime: text('IssueTime'),
  documentTypeCode: text('DocumentTypeCode'),
  documentDescription: many(localText('DocumentDescription')),
  attachment: group('Attachment', attachment),
}

export const orderReference: Table<OrderReference> = {
  id: text('ID'),
  salesOrderID: text('SalesOrderID'),
}

export const billingReference: Table<BillingReference> = {
  invoiceDocumentReference: group('InvoiceDocumentReference', documentReference),
}
