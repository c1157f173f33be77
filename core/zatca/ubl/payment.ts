/** Delivery, payment and the document's totals (spec C3, C10). */

import type {
  Delivery,
  FinancialAccount,
  MonetaryTotal,
  PaymentMeans,
  PaymentTerms,
  Period,
} from '#core/invoice/document.ts'
import { amount, group, localText, many, type Table, text } from './row.ts'

export const period: Table<Period> = {
  startDate: text('StartDate'),
  endDate: text('EndDate'),
}

export const delivery: Table<Delivery> = {
  actualDeliveryDate: text('ActualDeliveryDate'),
  latestDeliveryDate: text('LatestDeliveryDate'),
}

const financialAccount: Table<FinancialAccount> = {
  id: text('ID'),
  name: text('Name'),
  paymentNote: many(localText('PaymentNote')),
}

export const paymentMeans: Table<PaymentMeans> = {
  paymentMeansCode: text('PaymentMeansCode'),
  paymentDueDate: text('PaymentDueDate'),
  instructionNote: many(localText('InstructionNote')),
  paymentID: many(text('PaymentID')),
  payeeFinancialAccount: group('PayeeFinancialAccount', financialAccount),
}

export const paymentTerms: Table<PaymentTerms> = {
  note: many(localText('Note')),
}

export const monetaryTotal: Table<MonetaryTotal> = {
  lineExtensionAmount: amount('LineExtensionAmount'),
  taxExclusiveAmount: amount('TaxExclusiveAmount'),
  taxInclusiveAmount: amount('TaxInclusiveAmount'),
  allowanceTotalAmount: amount('AllowanceTotalAmount'),
  chargeTotalAmount: amount('ChargeTotalAmount'),
  prepaidAmount: amount('PrepaidAmount'),
  payableRoundingAmount: amount('PayableRoundingAmount'),
  payableAmount: amount('PayableAmount'),
}
