/** VAT: categories, the breakdown and totals (spec C7, C10). */

import type { ExchangeRate, TaxCategory, TaxScheme, TaxSubtotal, TaxTotal } from '#core/invoice/document.ts'
import { amount, group, identifier, localText, many, type Table, text } from './row.ts'

export const taxScheme: Table<TaxScheme> = {
  id: identifier('ID'),
}

export const taxCategory: Table<TaxCategory> = {
  id: identifier('ID'),
  percent: text('Percent'),
  taxExemptionReasonCode: text('TaxExemptionReasonCode'),
  taxExemptionReason: many(localText('TaxExemptionReason')),
  taxScheme: group('TaxScheme', taxScheme),
}

const taxSubtotal: Table<TaxSubtotal> = {
  taxableAmount: amount('TaxableAmount'),
  taxAmount: amount('TaxAmount'),
  taxCategory: group('TaxCategory', taxCategory),
}

export const taxTotal: Table<TaxTotal> = {
  taxAmount: amount('TaxAmount'),
  roundingAmount: amount('RoundingAmount'),
  taxSubtotal: many(group('TaxSubtotal', taxSubtotal)),
}

export const exchangeRate: Table<ExchangeRate> = {
  sourceCurrencyCode: text('SourceCurrencyCode'),
  targetCurrencyCode: text('TargetCurrencyCode'),
  calculationRate: text('CalculationRate'),
}
