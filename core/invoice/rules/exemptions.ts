/** Reasons for charging no VAT: code and text where a category needs them, none where VAT is charged, and who the buyer then is. */
import { isCodeOf } from '../codes/bilingual.ts'
import { exemptionReasons } from '../codes/exemption-reasons.ts'
import { type CategoryCode, everywhere, inBreakdown, is, isExempt, onPrepayments } from './categories.ts'
import { buyer, buyerPath, named } from './parties.ts'
import { joined, noParts } from './place.ts'
import { type Breaks, type Check, document, error, every, type Rules, type Select, warning } from './rule.ts'
import type { Category, Subject } from './subject.ts'
import { blank, normalized } from './text.ts'

const codeBelow = 'cbc:TaxExemptionReasonCode'
const textBelow = 'cbc:TaxExemptionReason[1]'

const exempt = every(inBreakdown, isExempt)

/** Exempt prepayments are looked at only in a document that has an S category somewhere: so hangs the official test. */
export const exemptPrepayments = (subject: Subject): readonly Category[] => {
  const parts = onPrepayments(subject)
  if (parts.length === 0 || !everywhere(subject).some(is('S'))) return noParts
  return parts.filter((category) => category.vat && isExempt(category))
}

const reasonNeeded = (parts: Select<Category>, code: CategoryCode): Check =>
  every(parts, (category) => category.code === code)(
    ({ node }) => blank(node.taxExemptionReasonCode),
    codeBelow,
    () => ({ category: code }),
  )

const textLacks: Breaks<Category> = ({ node }) =>
  node.taxExemptionReasonCode !== undefined && blank(node.taxExemptionReason?.[0]?.value)

/** The code is in the list of its own category; prepayment lines know a shorter list (BR-KSA-CL-07). */
const notListed =
  (place: 'breakdown' | 'prepayment'): Breaks<Category> =>
  (category) => {
    const code = normalized(category.node.taxExemptionReasonCode)
    if (!isCodeOf(exemptionReasons, code)) return code !== ''
    const reason = exemptionReasons[code]
    return reason.category !== category.code || (place === 'prepayment' && !reason.onPrepayment)
  }

const reasonParams = ({ node, code }: Category) => ({ category: code, actual: node.taxExemptionReasonCode ?? '' })

const everyTaxCategory = (subject: Subject): readonly Category[] => joined(inBreakdown(subject), onPrepayments(subject))

/** Private education and health for citizens. */
export const isForCitizens = ({ node }: Category): boolean =>
  node.taxExemptionReasonCode === 'VATEX-SA-EDU' || node.taxExemptionReasonCode === 'VATEX-SA-HEA'

const buyerIsCitizen = (subject: Subject): boolean =>
  (buyer(subject)?.partyIdentification ?? []).some(({ id }) => id?.schemeID === 'NAT')

/** At least one reason is stated and all of them are education or health. */
const onlyForCitizens = (subject: Subject): boolean => {
  const codes = everyTaxCategory(subject).flatMap(({ node }) => node.taxExemptionReasonCode ?? [])
  return codes.length > 0 && codes.every((code) => ' VATEX-SA-HEA VATEX-SA-EDU '.includes(code))
}

export const exemptionRules = {
  'BR-S-10': warning(
    every(inBreakdown, is('S'))(
      ({ node }, subject) =>
        inBreakdown(subject).some((category) => category.node.id?.value === 'S') &&
        (node.taxExemptionReason !== undefined || node.taxExemptionReasonCode !== undefined),
      codeBelow,
      reasonParams,
    ),
  ),
  'BR-KSA-23': warning(reasonNeeded(inBreakdown, 'E')),
  'BR-KSA-24': warning(reasonNeeded(inBreakdown, 'O')),
  'BR-KSA-69': warning(reasonNeeded(inBreakdown, 'Z')),
  'BR-KSA-83': warning(exempt(textLacks, textBelow, reasonParams)),
  'BR-KSA-CL-04': warning(exempt(notListed('breakdown'), codeBelow, reasonParams)),
  'BR-KSA-93': warning(reasonNeeded(exemptPrepayments, 'Z')),
  'BR-KSA-94': warning(reasonNeeded(exemptPrepayments, 'E')),
  'BR-KSA-95': warning(reasonNeeded(exemptPrepayments, 'O')),
  'BR-KSA-96': warning(every(exemptPrepayments)(textLacks, textBelow, reasonParams)),
  'BR-KSA-CL-07': warning(every(exemptPrepayments)(notListed('prepayment'), codeBelow, reasonParams)),
  'BR-KSA-25': warning(
    document(
      (subject) => subject.transaction.code.startsWith('02') && onlyForCitizens(subject) && !named(buyer(subject)),
      `${buyerPath}/cac:PartyLegalEntity[1]/cbc:RegistrationName`,
    ),
  ),
  'BR-KSA-49': error(
    document(
      (subject) => everyTaxCategory(subject).some(isForCitizens) && !buyerIsCitizen(subject),
      `${buyerPath}/cac:PartyIdentification[1]/cbc:ID`,
    ),
  ),
} satisfies Rules
