/** Allowances and charges of a document, a line or a price (spec C9, C10). */

import type { AllowanceCharge } from '#core/invoice/document.ts'
import { amount, group, localText, many, type Table, text } from './row.ts'
import { taxCategory } from './tax.ts'

export const allowanceCharge: Table<AllowanceCharge> = {
  chargeIndicator: text('ChargeIndicator'),
  allowanceChargeReasonCode: text('AllowanceChargeReasonCode'),
  allowanceChargeReason: many(localText('AllowanceChargeReason')),
  multiplierFactorNumeric: text('MultiplierFactorNumeric'),
  amount: amount('Amount'),
  baseAmount: amount('BaseAmount'),
  taxCategory: many(group('TaxCategory', taxCategory)),
}
