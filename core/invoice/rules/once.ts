/** What UBL lets repeat but ZATCA's validator stops at: a check of our own, so that such a document is refused with a reason. */
import { inBreakdown } from './categories.ts'
import { collect, located, noParts, type Place, placed } from './place.ts'
import { error, every, type Rules } from './rule.ts'
import type { Subject } from './subject.ts'
import { normalized } from './text.ts'

type Parts = readonly Place[]

/** Every part but the first, of a group of which at most one may be there. */
const extra = <Part>(parts: readonly Part[]): readonly Part[] => (parts.length < 2 ? noParts : parts.slice(1))

const repeated = (subject: Subject): Parts => [
  ...extra(subject.contracts),
  ...references(subject),
  ...parties(subject),
  ...payments(subject),
  ...extra(subject.deliveries.filter(({ node }) => node.actualDeliveryDate !== undefined)),
  ...collect(subject.lines, ({ taxTotals }) => extra(taxTotals)),
  ...collect(inBreakdown(subject), (category) =>
    extra(placed(category.node.taxExemptionReason, category, 'cbc:TaxExemptionReason')),
  ),
  ...collect(subject.allAdjustments, (adjustment) =>
    extra(placed(adjustment.node.allowanceChargeReason, adjustment, 'cbc:AllowanceChargeReason')),
  ),
]

/** One QR code, and one counter: a UUID stands in no other reference. */
const references = ({ attachments }: Subject): Parts => [
  ...extra(attachments.filter(({ node }) => normalized(node.id) === 'QR' && node.attachment !== undefined)),
  ...extra(attachments.filter(({ node }) => node.uuid !== undefined)),
]

const parties = ({ seller, buyer }: Subject): Parts =>
  [seller, buyer].flatMap((part) => [
    ...extra(placed(part.node?.partyIdentification, part, 'cac:PartyIdentification')),
    ...extra(placed(part.node?.partyTaxScheme, part, 'cac:PartyTaxScheme')),
    ...extra(placed(part.node?.partyLegalEntity, part, 'cac:PartyLegalEntity')),
    ...extra(placed(part.node?.contact?.note, part, 'cac:Contact/cbc:Note')),
  ])

/** Accounts and payment terms, over all payment means together. */
const payments = ({ paymentMeans }: Subject): Parts => {
  const accounts = paymentMeans.map((means) =>
    located(means.node.payeeFinancialAccount, means, 'cac:PayeeFinancialAccount'),
  )
  return [
    ...extra(accounts.filter(({ node }) => node?.id !== undefined)),
    ...extra(collect(accounts, (account) => placed(account.node?.paymentNote, account, 'cbc:PaymentNote'))),
  ]
}

export const onceRules = {
  'KHATM-ONCE': error(every(repeated)(() => true)),
} satisfies Rules
