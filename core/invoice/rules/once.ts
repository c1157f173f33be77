/** What UBL lets repeat but ZATCA's validator stops at: a check of our own, so that such a document is refused with a reason. */
import { inBreakdown } from './categories.ts'
import { type Breach, error, type Rules } from './rule.ts'
import { type Located, placed, type Subject } from './subject.ts'
import { normalized } from './text.ts'

type Parts = readonly Located<unknown>[]

/** Groups of which at most one part may be there. */
const groups = (subject: Subject): readonly Parts[] => [
  placed(subject.invoice.contractDocumentReference, '/Invoice/cac:ContractDocumentReference'),
  ...references(subject),
  ...parties(subject),
  ...payments(subject),
  placed(subject.invoice.delivery, '/Invoice/cac:Delivery').filter(({ node }) => node.actualDeliveryDate !== undefined),
  ...subject.lines.map(({ taxTotals }) => taxTotals),
  ...inBreakdown(subject).map(({ node, path }) => placed(node.taxExemptionReason, `${path}/cbc:TaxExemptionReason`)),
  ...[...subject.adjustments, ...subject.lines.flatMap(({ adjustments }) => adjustments)].map(({ node, path }) =>
    placed(node.allowanceChargeReason, `${path}/cbc:AllowanceChargeReason`),
  ),
]

/** One QR code, and one counter: a UUID stands in no other reference. */
const references = ({ invoice }: Subject): readonly Parts[] => {
  const all = placed(invoice.additionalDocumentReference, '/Invoice/cac:AdditionalDocumentReference')
  return [
    all.filter(({ node }) => normalized(node.id) === 'QR' && node.attachment !== undefined),
    all.filter(({ node }) => node.uuid !== undefined),
  ]
}

const parties = ({ invoice }: Subject): readonly Parts[] =>
  (['Supplier', 'Customer'] as const).flatMap((role) => {
    const path = `/Invoice/cac:Accounting${role}Party/cac:Party`
    const party = invoice[`accounting${role}Party`]?.party
    return [
      placed(party?.partyIdentification, `${path}/cac:PartyIdentification`),
      placed(party?.partyTaxScheme, `${path}/cac:PartyTaxScheme`),
      placed(party?.partyLegalEntity, `${path}/cac:PartyLegalEntity`),
      placed(party?.contact?.note, `${path}/cac:Contact/cbc:Note`),
    ]
  })

/** Accounts and payment terms, over all payment means together. */
const payments = ({ invoice }: Subject): readonly Parts[] => {
  const accounts = placed(invoice.paymentMeans, '/Invoice/cac:PaymentMeans').map(({ node, path }) => ({
    node: node.payeeFinancialAccount,
    path: `${path}/cac:PayeeFinancialAccount`,
  }))
  return [
    accounts.filter(({ node }) => node?.id !== undefined),
    accounts.flatMap(({ node, path }) => placed(node?.paymentNote, `${path}/cbc:PaymentNote`)),
  ]
}

const repeated = (subject: Subject): readonly Breach[] =>
  groups(subject).flatMap(([, ...more]) => more.map(({ path }) => ({ path })))

export const onceRules = {
  'KHATM-ONCE': error(repeated),
} satisfies Rules
