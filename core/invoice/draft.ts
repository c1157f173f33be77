/**
 * What a person, an import row or an API call fills in. `complete.ts` turns it into an invoice with all totals.
 *
 * One zod schema is the source of the type, the check of untrusted input and the published API schema. Money, quantities, prices and
 * rates are decimal strings; a JSON number is refused because it has already lost its digits. Unknown keys are refused.
 */
import { z } from 'zod'

/** Plain decimal: no exponent, no thousands, no plus sign. Sign and range are judged by the rules, not here. */
const decimal = z.string().regex(/^-?\d{1,20}(\.\d{1,20})?$/, 'decimal')
const text = z.string().max(5000)
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'date')
const time = z.string().regex(/^\d{2}:\d{2}:\d{2}$/, 'time')

/** BT-3: 388, 381, 383, 386. */
export const documentKinds = ['invoice', 'credit-note', 'debit-note', 'prepayment'] as const
export type DocumentKind = (typeof documentKinds)[number]

/** KSA-2 positions 1-2: `01` cleared before it is shared, `02` reported within 24 hours. */
export const profiles = ['standard', 'simplified'] as const
export type Profile = (typeof profiles)[number]

/** BT-151: standard, zero-rated, exempt, out of scope. */
export const vatCategories = ['S', 'Z', 'E', 'O'] as const
export type VatCategory = (typeof vatCategories)[number]

const flags = z.strictObject({
  thirdParty: z.boolean().optional(),
  nominal: z.boolean().optional(),
  export: z.boolean().optional(),
  summary: z.boolean().optional(),
  selfBilled: z.boolean().optional(),
  continuous: z.boolean().optional(),
  government: z.boolean().optional(),
})

/** BG-5, BG-8. `country` is ISO 3166-1 alpha-2. */
export const draftAddress = z.strictObject({
  street: text.optional(),
  additionalStreet: text.optional(),
  building: text.optional(),
  plot: text.optional(),
  district: text.optional(),
  city: text.optional(),
  postalCode: text.optional(),
  province: text.optional(),
  country: text.optional(),
})

/** Seller (BG-4) or buyer (BG-7). `id` is BT-29 or BT-46 with its scheme (CRN, TIN, NAT, OTH...). */
export const draftParty = z.strictObject({
  name: text.optional(),
  vatNumber: text.optional(),
  id: z.strictObject({ scheme: text, value: text }).optional(),
  address: draftAddress.optional(),
  contact: z.strictObject({ name: text.optional(), phone: text.optional(), note: text.optional() }).optional(),
})

/** VAT treatment; rate defaults to 15 for S and 0 otherwise. `exemption` is BT-121, `exemptionText` BT-120 (default: the official text). */
const draftVat = z.strictObject({
  category: z.enum(vatCategories),
  rate: decimal.optional(),
  exemption: text.optional(),
  exemptionText: text.optional(),
})

/** Allowance or charge: an amount, or a percentage of `base` (default: quantity x price of the line, or the sum of the lines it is for). */
const adjustment = z.strictObject({
  amount: decimal.optional(),
  percent: decimal.optional(),
  base: decimal.optional(),
  reason: text.optional(),
  reasonCode: text.optional(),
})

/** On document level each belongs to one VAT treatment (BT-95, BT-102); without `vat` it is for all lines and split over their treatments. */
const documentAdjustment = adjustment.extend({ vat: draftVat.optional() })

export const draftLine = z.strictObject({
  /** BT-153 */
  name: text,
  /** BT-129 */
  quantity: decimal,
  /** BT-130, default PCE */
  unit: text.optional(),
  /** BT-146, or BT-148 when `priceDiscount` is given */
  price: decimal,
  /** BT-147 */
  priceDiscount: decimal.optional(),
  /** BT-149 */
  priceQuantity: decimal.optional(),
  /** Default: S at 15 */
  vat: draftVat.optional(),
  allowances: z.array(adjustment).optional(),
  charges: z.array(adjustment).optional(),
  note: text.optional(),
  /** BT-155, BT-156, BT-157 */
  sellerItemId: text.optional(),
  buyerItemId: text.optional(),
  standardItemId: text.optional(),
})

/** One earlier prepayment invoice (386) settled by this one, once per VAT treatment (KSA-26..34). */
const draftPrepayment = z.strictObject({
  number: text,
  uuid: text.optional(),
  issueDate: date,
  issueTime: time,
  name: text.optional(),
  /** KSA-31, without VAT */
  taxable: decimal,
  /** KSA-32; default taxable x rate, rounded half up */
  tax: decimal.optional(),
  vat: draftVat.optional(),
})

export const draftSchema = z.strictObject({
  kind: z.enum(documentKinds),
  profile: z.enum(profiles),
  flags: flags.optional(),
  /** BT-1 */
  number: text,
  /** KSA-1; given by issuing when absent */
  uuid: text.optional(),
  /** BT-2, KSA-25, Riyadh local; taken from the clock at issue when absent */
  issueDate: date.optional(),
  issueTime: time.optional(),
  /** KSA-5, KSA-24 */
  supplyDate: date.optional(),
  supplyEndDate: date.optional(),
  /** BT-5, default SAR */
  currency: text.optional(),
  /** KSA-39: SAR for one unit of `currency` */
  exchangeRate: decimal.optional(),
  note: text.optional(),
  /** BT-13, BT-12 */
  purchaseOrder: text.optional(),
  contract: text.optional(),
  /** BT-25: originals of a credit or debit note */
  originals: z.array(z.strictObject({ number: text, uuid: text.optional(), issueDate: date.optional() })).optional(),
  /** KSA-10: reason of a credit or debit note */
  reason: text.optional(),
  /** BT-81 (UNTDID 4461), KSA-22, BT-84 */
  payment: z.strictObject({ means: text, terms: text.optional(), account: text.optional() }).optional(),
  /** Filled in from the company when the office issues */
  seller: draftParty.optional(),
  buyer: draftParty.optional(),
  /** All prices, price discounts, allowances, charges and their bases are stated with VAT; default false */
  pricesIncludeVat: z.boolean().optional(),
  lines: z.array(draftLine).min(1).max(100_000),
  allowances: z.array(documentAdjustment).optional(),
  charges: z.array(documentAdjustment).optional(),
  prepayments: z.array(draftPrepayment).optional(),
  /** BT-114: added to the amount due, may be negative */
  rounding: decimal.optional(),
})

export type Draft = z.infer<typeof draftSchema>
export type DraftLine = z.infer<typeof draftLine>
export type DraftParty = z.infer<typeof draftParty>
export type DraftAddress = z.infer<typeof draftAddress>
export type DraftVat = z.infer<typeof draftVat>
export type DraftAdjustment = z.infer<typeof adjustment>
export type DraftPrepayment = z.infer<typeof draftPrepayment>
