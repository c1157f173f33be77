/** Where the texts of QR tags 1 to 5 stand in a document; copied literally, never normalised (spec E1). */

import type { Invoice } from '#core/invoice/document.ts'
import type { QrFields } from './qr.ts'

export type QrSource = Pick<QrFields, 'sellerName' | 'vatNumber' | 'timestamp' | 'total' | 'vatTotal'>

/** A field that the document lacks is absent. */
export const qrSource = (invoice: Invoice): Partial<QrSource> => {
  const seller = invoice.accountingSupplierParty?.party
  const { issueDate, issueTime } = invoice
  const fields: { [K in keyof QrSource]: string | undefined } = {
    sellerName: seller?.partyLegalEntity?.[0]?.registrationName,
    vatNumber: seller?.partyTaxScheme?.[0]?.companyID?.value,
    timestamp: issueDate === undefined || issueTime === undefined ? undefined : `${issueDate}T${issueTime}`,
    total: invoice.legalMonetaryTotal?.payableAmount?.value,
    vatTotal: invoice.taxTotal?.[0]?.taxAmount?.value,
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** `02` in the first two places of KSA-2 (spec C5). */
export const isSimplified = (invoice: Invoice): boolean => invoice.invoiceTypeCode?.name?.startsWith('02') ?? false
