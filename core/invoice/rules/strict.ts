/** Checks of our own, beyond the official rules: where ZATCA's validator is blind or its live service stricter. Asked for only on request. */
import { equals } from '../amount.ts'
import type { Invoice } from '../document.ts'
import { inBreakdown } from './categories.ts'
import { isForCitizens } from './exemptions.ts'
import { buyer, buyerPath } from './parties.ts'
import { type Breach, error, every, none, type RuleContext, type Rules, type Violation } from './rule.ts'
import { placed, type Subject, subjectOf } from './subject.ts'
import { normalized } from './text.ts'

const sellerParty = ({ invoice }: Subject) => invoice.accountingSupplierParty?.party
const sellerName = (subject: Subject): string => sellerParty(subject)?.partyLegalEntity?.[0]?.registrationName ?? ''
const sellerNamePath = '/Invoice/cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity[1]/cbc:RegistrationName'

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** QR tag 1 is refused above this length by ZATCA's service, not by its validator (spec E4). */
const longestSellerName = 127

const longSellerName = (subject: Subject): readonly Breach[] => {
  const length = bytesOf(sellerName(subject))
  const params = { length: String(length), max: String(longestSellerName) }
  return length > longestSellerName ? [{ path: sellerNamePath, params }] : none
}

/** BR-CL-KSA-14 */
const longestQr = 1000
/** QR tags 6 to 9: hash, signature, public key and the CA's signature at their longest, as the stamp will bring them (spec E1). */
const stampFields = [44, 96, 88, 72]

const fieldSize = (bytes: number): number => {
  const lengthBytes = bytes < 0x80 ? 1 : bytes < 0x100 ? 2 : 3
  return 1 + lengthBytes + bytes
}

/** Characters that the QR code of a draft will have. */
const qrLength = (subject: Subject): number => {
  const { invoice, context } = subject
  const texts = [
    sellerName(subject),
    sellerParty(subject)?.partyTaxScheme?.[0]?.companyID?.value ?? '',
    context.now,
    invoice.legalMonetaryTotal?.payableAmount?.value ?? '',
    invoice.taxTotal?.[0]?.taxAmount?.value ?? '',
  ]
  const bytes = [...texts.map(bytesOf), ...stampFields].reduce((total, length) => total + fieldSize(length), 0)
  return 4 * Math.ceil(bytes / 3)
}

const longQr = (subject: Subject): readonly Breach[] => {
  const length = subject.context.stage === 'draft' ? qrLength(subject) : 0
  const params = { length: String(length), max: String(longestQr) }
  return length > longestQr ? [{ path: sellerNamePath, params }] : none
}

/** The total in riyals (BT-111) that stands beside the one of the breakdown (BT-110); equal where both are in riyals. */
const totalsInRiyals = (subject: Subject): readonly Breach[] => {
  if (normalized(subject.invoice.documentCurrencyCode) !== 'SAR') return none
  const breakdown = subject.taxTotals.find(({ subtotals }) => subtotals.length > 0)
  const expected = breakdown?.tax
  if (expected === undefined) return none
  return subject.taxTotals
    .filter(({ tax, subtotals }) => subtotals.length === 0 && tax !== undefined && !equals(tax, expected))
    .map(({ node, path }) => ({
      path: `${path}/cbc:TaxAmount`,
      params: { actual: node.taxAmount?.value ?? '', expected: breakdown?.node.taxAmount?.value ?? '' },
    }))
}

/** A second row of a category with another reason: BR-Z-08, BR-E-08 and BR-O-08 then compare each row with all lines (spec C7). */
const secondReasons = (subject: Subject): readonly Breach[] => {
  const reasons = new Map<string, string>()
  return inBreakdown(subject).flatMap(({ code, node, path }) => {
    const actual = normalized(node.taxExemptionReasonCode)
    const expected = reasons.get(code)
    if (code === 'S' || actual === '') return []
    if (expected === undefined) reasons.set(code, actual)
    if (expected === undefined || expected === actual) return []
    return [{ path: `${path}/cbc:TaxExemptionReasonCode`, params: { category: code, actual, expected } }]
  })
}

const nationalId = /^1\d{9}$/

/** BR-KSA-49 is content with any text that is marked as a national identity. */
const citizensIds = (subject: Subject) =>
  inBreakdown(subject).some(isForCitizens)
    ? placed(buyer(subject)?.partyIdentification, `${buyerPath}/cac:PartyIdentification`).filter(
        ({ node }) => node.id?.schemeID === 'NAT',
      )
    : []

export const strictRules = {
  'KHATM-SELLER-NAME': error(longSellerName),
  'KHATM-QR-LENGTH': error(longQr),
  'KHATM-VAT-SAR': error(totalsInRiyals),
  'KHATM-EXEMPTION': error(secondReasons),
  'KHATM-CITIZEN-ID': error(
    every(citizensIds)(
      ({ node }) => !nationalId.test(normalized(node.id?.value)),
      'cbc:ID',
      ({ node }) => ({ actual: node.id?.value ?? '' }),
    ),
  ),
} satisfies Rules

export type StrictId = keyof typeof strictRules

const isStrictId = (id: string): id is StrictId => Object.hasOwn(strictRules, id)
const strictIds = Object.keys(strictRules).filter(isStrictId)

/** Judges an invoice by our own stricter checks. */
export const judgeStrictly = (invoice: Invoice, context: RuleContext): readonly Violation<StrictId>[] => {
  const subject = subjectOf(invoice, context)
  return strictIds.flatMap((rule) => {
    const { severity, check } = strictRules[rule]
    return check(subject).map((breach) => ({ rule, severity, ...breach }))
  })
}
