/** The name under which a document is archived and shared (spec C14). */

import type { Invoice } from '#core/invoice/document.ts'

const nonAlphanumeric = /[^\p{L}\p{N}]/gu

/** `<seller VAT>_<YYYYMMDD>T<HHMMSS>_<number>.<extension>`, every sign of the number that is no letter or digit as `-`. */
export const archiveFileName = (invoice: Invoice, extension = 'xml'): string => {
  const vatNumber = invoice.accountingSupplierParty?.party?.partyTaxScheme?.[0]?.companyID?.value ?? ''
  const date = (invoice.issueDate ?? '').replaceAll('-', '')
  const time = (invoice.issueTime ?? '').replaceAll(/[:Z]/g, '')
  return `${safe(vatNumber)}_${safe(date)}T${safe(time)}_${safe(invoice.id ?? '')}.${extension}`
}

const safe = (text: string): string => text.replaceAll(nonAlphanumeric, '-')
