/** What the document refers to: original invoices, reason of a note, supply dates, payment means, attachments. */

import { documentTypeCodes } from '../codes/document-kinds.ts'
import { mediaTypes } from '../codes/media-types.ts'
import { acceptedPaymentMeans } from '../codes/payment-means.ts'
import type { BillingReference, Delivery, DocumentReference, PaymentMeans } from '../document.ts'
import { isCalendarDate } from './dates.ts'
import { buyerInSaudiArabia } from './parties.ts'
import { type Located, located, root } from './place.ts'
import { document, error, every, type Rules, warning } from './rule.ts'
import type { Subject } from './subject.ts'
import { blank, filled, listed } from './text.ts'

const billingReferences = ({ billingReferences: all }: Subject): readonly Located<BillingReference>[] => all
const referencedIdBelow = 'cac:InvoiceDocumentReference/cbc:ID'

/** What a note must have one of: the place where it would stand, when the note has none at all. */
const orFirst = <Node>(parts: readonly Located<Node>[], node: Node, step: string): readonly Located<Node>[] =>
  parts.length > 0 ? parts : [located(node, root, step, 1)]

const paymentMeans = ({ paymentMeans: all }: Subject): readonly Located<PaymentMeans>[] => all
const attachments = ({ attachments: all }: Subject): readonly Located<DocumentReference>[] => all
const deliveries = ({ deliveries: all }: Subject): readonly Located<Delivery>[] => all
const supplyDatePath = '/Invoice/cac:Delivery[1]/cbc:ActualDeliveryDate'

const meansCode = ({ node }: Located<PaymentMeans>) => ({ actual: node.paymentMeansCode ?? '' })
const embedded = 'cac:Attachment/cbc:EmbeddedDocumentBinaryObject'
const mediaTypeSet: ReadonlySet<string> = new Set(mediaTypes)
const shortened: ReadonlySet<string> = new Set([...acceptedPaymentMeans, '69'])

/** BR-KSA-36 looks at dates of the years 1800 to 2099 only. */
const isPlausible = (date: string): boolean => isCalendarDate(date) && /^(?:18|19|20)/.test(date)

const endsBeforeItStarts = ({ actualDeliveryDate: start = '', latestDeliveryDate: end = '' }: Delivery): boolean =>
  isPlausible(start) && isPlausible(end) && end < start

export const referenceRules = {
  'BR-49': warning(
    every(paymentMeans)(
      ({ node }, { transaction }) => transaction.standard && node.paymentMeansCode === undefined,
      'cbc:PaymentMeansCode',
    ),
  ),
  'BR-52': warning(every(attachments)(({ node }) => !filled(node.id), 'cbc:ID')),
  'BR-55': error(every(billingReferences)(({ node }) => !filled(node.invoiceDocumentReference?.id), referencedIdBelow)),
  'BR-CL-16': warning(
    every(paymentMeans)(
      ({ node }) => node.paymentMeansCode !== undefined && !listed(shortened, node.paymentMeansCode),
      'cbc:PaymentMeansCode',
      meansCode,
    ),
  ),
  'BR-KSA-15': warning(
    document(
      ({ invoice, transaction, context }) =>
        transaction.code.startsWith('01') &&
        invoice.invoiceTypeCode?.value === documentTypeCodes.invoice &&
        // A draft without dates is supplied on the day it is issued.
        !(context.stage === 'draft' && invoice.issueDate === undefined) &&
        !(invoice.delivery ?? []).some(({ actualDeliveryDate }) => !blank(actualDeliveryDate)),
      supplyDatePath,
    ),
  ),
  'BR-KSA-16': warning(
    every(paymentMeans)(
      ({ node }, { transaction }) =>
        transaction.isKnown &&
        node.paymentMeansCode !== undefined &&
        !listed(acceptedPaymentMeans, node.paymentMeansCode),
      'cbc:PaymentMeansCode',
      meansCode,
    ),
  ),
  'BR-KSA-17': error(
    every((subject) => (subject.note ? orFirst(paymentMeans(subject), {}, 'cac:PaymentMeans') : []))(
      ({ node }) => node.instructionNote === undefined,
      'cbc:InstructionNote[1]',
    ),
  ),
  'BR-KSA-35': warning(
    every(deliveries)(
      ({ node }) => node.latestDeliveryDate !== undefined && blank(node.actualDeliveryDate),
      'cbc:ActualDeliveryDate',
    ),
  ),
  'BR-KSA-36': warning(
    every(deliveries)(
      ({ node }) => endsBeforeItStarts(node),
      'cbc:LatestDeliveryDate',
      ({ node }) => ({
        start: node.actualDeliveryDate ?? '',
        end: node.latestDeliveryDate ?? '',
      }),
    ),
  ),
  'BR-KSA-56': warning(
    every((subject) => (subject.note ? orFirst(billingReferences(subject), {}, 'cac:BillingReference') : []))(
      ({ node }) => !filled(node.invoiceDocumentReference?.id),
      referencedIdBelow,
    ),
  ),
  // Fires only when the buyer's country is SA: the official test hangs on that element.
  'BR-KSA-72': error(
    document(
      (subject) =>
        subject.transaction.simplifiedSummary &&
        buyerInSaudiArabia(subject) &&
        !(
          deliveries(subject).some(({ node }) => node.actualDeliveryDate !== undefined) &&
          deliveries(subject).some(({ node }) => node.latestDeliveryDate !== undefined)
        ),
      '/Invoice/cac:Delivery[1]',
    ),
  ),
  'BR-KSA-CL-03': error(
    every(attachments)(
      ({ node }) => {
        const content = node.attachment?.embeddedDocumentBinaryObject
        return content !== undefined && !listed(mediaTypeSet, content.mimeCode)
      },
      `${embedded}/@mimeCode`,
      ({ node }) => ({ actual: node.attachment?.embeddedDocumentBinaryObject?.mimeCode ?? '' }),
    ),
  ),
} satisfies Rules
