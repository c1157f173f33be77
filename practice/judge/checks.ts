/** The content checks: a part of ZATCA's rules, each under its official id, over exact decimals. */
import type { FindingCode } from '../messages.ts'
import { amount, CENT, distance, isAmount, percentage, sum } from './amount.ts'
import { type Finding, finding } from './finding.ts'
import { type Invoice, isSelfBilled, isSimplified } from './invoice.ts'

const RIYADH = 3 * 3600 * 1000 // UTC+3 all year
const DAY = 24 * 3600 * 1000
const VAT_NUMBER = /^3\d{13}3$/
const DATE = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ?$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const CATEGORIES = new Set(['S', 'Z', 'E', 'O'])

/** Whether the invoice breaks the rule; `now` is in milliseconds since 1970. */
type Breach = (invoice: Invoice, now: number) => boolean

const isNote = ({ fields }: Invoice): boolean => fields.typeCode === '381' || fields.typeCode === '383'
const riyadhDate = (now: number): string => new Date(now + RIYADH).toISOString().slice(0, 10)

/** An IssueTime ending in Z is UTC, otherwise it is Riyadh time. */
function issuedAt({ fields }: Invoice): number {
  const { issueDate, issueTime } = fields
  return issueTime.endsWith('Z')
    ? Date.parse(`${issueDate}T${issueTime}`)
    : Date.parse(`${issueDate}T${issueTime}+03:00`)
}

const allowances = (invoice: Invoice, isCharge: boolean): bigint =>
  sum(invoice.allowances.filter((item) => item.isCharge === isCharge).map((item) => amount(item.amount)))

const categoryTax = (invoice: Invoice): bigint => sum(invoice.subtotals.map((item) => amount(item.taxAmount)))

function categoryTaxIsOff(invoice: Invoice): boolean {
  const tolerance = BigInt(Math.max(invoice.lines.length, 1)) * CENT
  return invoice.subtotals.some(({ taxableAmount, percent, taxAmount }) => {
    const expected = percentage(amount(taxableAmount), amount(percent))
    return distance(expected, amount(taxAmount)) > tolerance
  })
}

const RULES: readonly (readonly [FindingCode, Breach])[] = [
  ['BR-KSA-EN16931-01', ({ fields }) => fields.profile !== 'reporting:1.0'],
  ['BR-KSA-03', ({ fields }) => !UUID.test(fields.uuid)],
  ['BR-KSA-05', ({ fields }) => !['388', '381', '383', '386'].includes(fields.typeCode)],
  ['BR-KSA-06', ({ fields }) => !/^0[12][01]{5,7}$/.test(fields.transactionCode)],
  ['BR-KSA-07', (invoice) => isSelfBilled(invoice) && invoice.fields.transactionCode[4] === '1'],
  ['BR-KSA-31', (invoice) => isSelfBilled(invoice) && isSimplified(invoice)],
  ['BR-KSA-F-01', ({ fields }) => !DATE.test(fields.issueDate)],
  ['BR-KSA-70', ({ fields }) => !TIME.test(fields.issueTime)],
  ['BR-KSA-04', ({ fields }, now) => fields.issueDate > riyadhDate(now)],
  ['BR-KSA-98', (invoice, now) => isSimplified(invoice) && now - issuedAt(invoice) > DAY],
  [
    'BR-KSA-15',
    (invoice) => !isSimplified(invoice) && invoice.fields.typeCode === '388' && invoice.fields.supplyDate === '',
  ],
  ['BR-KSA-17', (invoice) => isNote(invoice) && invoice.fields.noteReason === ''],
  ['BR-KSA-56', (invoice) => isNote(invoice) && invoice.fields.originalNumber === ''],
  ['BR-KSA-33', ({ fields }) => fields.icv === ''],
  ['BR-KSA-34', ({ fields }) => fields.icv !== '' && !/^\d+$/.test(fields.icv)],
  ['BR-KSA-61', ({ fields }) => fields.pih === ''],
  ['BR-KSA-39', ({ fields }) => fields.sellerVatNumber === ''],
  ['BR-KSA-40', ({ fields }) => fields.sellerVatNumber !== '' && !VAT_NUMBER.test(fields.sellerVatNumber)],
  ['BR-KSA-42', (invoice) => !isSimplified(invoice) && invoice.fields.buyerName === ''],
  ['BR-KSA-44', ({ fields }) => fields.buyerVatNumber !== '' && !VAT_NUMBER.test(fields.buyerVatNumber)],
  [
    'BR-CUSTOM-VALIDATION-01',
    ({ fields }) => fields.buyerVatNumber !== '' && fields.buyerVatNumber === fields.sellerVatNumber,
  ],
  ['BR-KSA-68', ({ fields }) => fields.taxCurrency === ''],
  ['BR-KSA-EN16931-02', ({ fields }) => fields.taxCurrency !== '' && fields.taxCurrency !== 'SAR'],
  ['BR-KSA-EN16931-08', (invoice) => invoice.taxTotalsWithBreakdown !== 1],
  ['BR-KSA-EN16931-09', (invoice) => invoice.taxTotalsWithoutBreakdown !== 1],
  ['BR-KSA-18', ({ lines, subtotals }) => [...lines, ...subtotals].some(({ category }) => !CATEGORIES.has(category))],
  ['BR-KSA-52', (invoice) => !isSimplified(invoice) && invoice.lines.some((line) => line.taxAmount === '')],
  ['BR-KSA-53', (invoice) => !isSimplified(invoice) && invoice.lines.some((line) => line.amountWithTax === '')],
  ['BR-KSA-F-04', ({ amounts }) => amounts.some(({ value, mayBeNegative }) => !mayBeNegative && amount(value) < 0n)],
  ['BR-CL-KSA-14', ({ fields }) => fields.qr.length > 1000],
  ['BR-16', ({ lines }) => lines.length === 0],
  [
    'BR-CO-10',
    ({ lines, fields }) => amount(fields.lineExtensionAmount) !== sum(lines.map((line) => amount(line.netAmount))),
  ],
  ['BR-CO-11', (invoice) => amount(invoice.fields.allowanceTotalAmount) !== allowances(invoice, false)],
  ['BR-CO-12', (invoice) => amount(invoice.fields.chargeTotalAmount) !== allowances(invoice, true)],
  [
    'BR-CO-13',
    ({ fields }) =>
      amount(fields.taxExclusiveAmount) !==
      amount(fields.lineExtensionAmount) - amount(fields.allowanceTotalAmount) + amount(fields.chargeTotalAmount),
  ],
  ['BR-CO-14', (invoice) => amount(invoice.fields.taxAmount) !== categoryTax(invoice)],
  [
    'BR-CO-15',
    (invoice) =>
      amount(invoice.fields.taxInclusiveAmount) !== amount(invoice.fields.taxExclusiveAmount) + categoryTax(invoice),
  ],
  [
    'BR-CO-16',
    ({ fields }) =>
      amount(fields.payableAmount) !==
      amount(fields.taxInclusiveAmount) - amount(fields.prepaidAmount) + amount(fields.payableRoundingAmount),
  ],
  ['BR-CO-17', categoryTaxIsOff],
]

const NOT_DECIMAL = { en: 'an amount is not a decimal number.', ar: 'أحد المبالغ ليس رقمًا عشريًا.' }

/** All breaches at once; an amount that is no number ends the judgement, as the schema check does at ZATCA. */
export function contentFindings(invoice: Invoice, now: number): readonly Finding[] {
  const numbers = [...invoice.amounts.map((item) => item.value), ...percents(invoice)]
  if (!numbers.every(isAmount)) return [finding('XSD_ZATCA_INVALID', { reason: NOT_DECIMAL })]
  return RULES.filter(([, breaks]) => breaks(invoice, now)).map(([code]) => finding(code, invoice.fields))
}

const percents = (invoice: Invoice): readonly string[] =>
  invoice.subtotals.map((item) => item.percent).filter((percent) => percent !== '')
