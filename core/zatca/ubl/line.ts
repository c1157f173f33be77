/** Invoice lines (spec C9) and the lines that settle a prepayment (spec C11). */

import type { InvoiceLine, Item, Price } from '#core/invoice/document.ts'
import { allowanceCharge } from './allowance-charge.ts'
import { documentReference } from './document-reference.ts'
import { amount, group, identifier, localText, many, quantity, type Table, text } from './row.ts'
import { taxCategory, taxTotal } from './tax.ts'

const itemIdentification = { id: identifier('ID') }

const item: Table<Item> = {
  description: many(localText('Description')),
  name: text('Name'),
  buyersItemIdentification: group('BuyersItemIdentification', itemIdentification),
  sellersItemIdentification: group('SellersItemIdentification', itemIdentification),
  standardItemIdentification: group('StandardItemIdentification', itemIdentification),
  classifiedTaxCategory: many(group('ClassifiedTaxCategory', taxCategory)),
  additionalItemProperty: many(group('AdditionalItemProperty', { name: text('Name'), value: text('Value') })),
}

const price: Table<Price> = {
  priceAmount: amount('PriceAmount'),
  baseQuantity: quantity('BaseQuantity'),
  allowanceCharge: many(group('AllowanceCharge', allowanceCharge)),
}

export const invoiceLine: Table<InvoiceLine> = {
  id: text('ID'),
  note: many(localText('Note')),
  invoicedQuantity: quantity('InvoicedQuantity'),
  lineExtensionAmount: amount('LineExtensionAmount'),
  documentReference: many(group('DocumentReference', documentReference)),
  allowanceCharge: many(group('AllowanceCharge', allowanceCharge)),
  taxTotal: many(group('TaxTotal', taxTotal)),
  item: group('Item', item),
  price: group('Price', price),
}
