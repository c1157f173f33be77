/** Checks of our own, beyond the official rules: where ZATCA's validator is blind or its live service stricter. Asked for only on request. */
import { equals } from '../amount.ts'
import type { Invoice } from '../document.ts'
import { inBreakdown } from './categories.ts'
import { brokenDownTotals, plainTotals } from './currency.ts'
import { isForCitizens } from './exemptions.ts'
import { seller, sellerPath } from './parties.ts'
import { noParts, pathBelow } from './place.ts'
import { decimalOf } from './plain.ts'
import { subjectOf } from './read-subject.ts'
import { type Breach, error, every, none, type Rules, type Violation } from './rule.ts'
import type { RuleContext, Subject } from './subject.ts'
import { normalized } from './text.ts'

const sellerName = (subject: Subject): string => seller(subject)?.partyLegalEntity?.[0]?.registrationName ?? ''
const sellerNamePath = `${sellerPath}/cac:PartyLegalEntity[1]/cbc:RegistrationName`

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
    seller(subject)?.partyTaxScheme?.[0]?.companyID?.value ?? '',
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
  const [breakdown] = brokenDownTotals(subject)
  const expected = decimalOf(breakdown?.node.taxAmount)
  if (expected === undefined) return none
  return every(plainTotals)(
    ({ node }) => !equals(decimalOf(node.taxAmount) ?? expected, expected),
    'cbc:TaxAmount',
    ({ node }) => ({ actual: node.taxAmount?.value ?? '', expected: breakdown?.node.taxAmount?.value ?? '' }),
  )(subject)
}

/** A second row of a category with another reason: BR-Z-08, BR-E-08 and BR-O-08 then compare each row with all lines (spec C7). */
const secondReasons = (subject: Subject): readonly Breach[] => {
  const reasons = new Map<string, string>()
  return inBreakdown(subject).flatMap((category) => {
    const { code } = category
    const actual = normalized(category.node.taxExemptionReasonCode)
    const expected = reasons.get(code)
    if (code === 'S' || actual === '') return []
    if (expected === undefined) reasons.set(code, actual)
    if (expected === undefined || expected === actual) return []
    return [{ path: pathBelow(category, 'cbc:TaxExemptionReasonCode'), params: { category: code, actual, expected } }]
  })
}

const nationalId = /^1\d{9}$/

/** BR-KSA-49 is content with any text that is marked as a national identity. */
const citizensIds = (subject: Subject) =>
  inBreakdown(subject).some(isForCitizens)
    ? subject.buyer.identifiers.filter(({ node }) => node.schemeID === 'NAT')
    : noParts

export const strictRules = {
  'KHATM-SELLER-NAME': error(longSellerName),
  'KHATM-QR-LENGTH': error(longQr),
  'KHATM-VAT-SAR': error(totalsInRiyals),
  'KHATM-EXEMPTION': error(secondReasons),
  'KHATM-CITIZEN-ID': error(
    every(citizensIds)(
      ({ node }) => !nationalId.test(normalized(node.value)),
      '',
      ({ node }) => ({ actual: node.value }),
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
