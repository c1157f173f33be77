/** The head of the document: number, identity, dates, type and transaction code. */
import { currencies } from '../codes/currencies.ts'
import { documentKindOf } from '../codes/document-kinds.ts'
import type { DocumentReference } from '../document.ts'
import { invoiceTypeCodes } from './code-lists.ts'
import { hoursBetween, isCalendarDate } from './dates.ts'
import { collect, type Located, located, noParts, type Place, root } from './place.ts'
import { document, error, every, type Rules, warning } from './rule.ts'
import type { Subject } from './subject.ts'
import { blank, filled, length, listed, normalized } from './text.ts'

const typePath = '/Invoice/cbc:InvoiceTypeCode'
const codePath = `${typePath}/@name`
const digit = (subject: Subject, position: number): string => subject.transaction.code.charAt(position - 1)
const typeCode = (subject: Subject): string | undefined => subject.invoice.invoiceTypeCode?.value
const code = (subject: Subject) => ({ actual: subject.transaction.code })

/** Number, UUID, date and time may be missing in a draft: issuing fills them in. */
const givenAtIssue = (subject: Subject, value: string | undefined): boolean =>
  subject.context.stage === 'draft' && value === undefined

/** A date with its place, or nothing when it is not stated. */
const dateAt = (date: string | undefined, parent: Place, below: string): readonly Located<string>[] =>
  date === undefined ? noParts : [located(date, parent, below)]

const dateOfReference = (reference: Located<DocumentReference>): readonly Located<string>[] =>
  dateAt(reference.node.issueDate, reference, 'cbc:IssueDate')

/** Every issue date of the document, its own and those of the documents it refers to. */
const issueDates = (subject: Subject): readonly Located<string>[] => [
  ...dateAt(subject.invoice.issueDate, root, 'cbc:IssueDate'),
  ...collect(subject.billingReferences, (reference) =>
    dateAt(reference.node.invoiceDocumentReference?.issueDate, reference, 'cac:InvoiceDocumentReference/cbc:IssueDate'),
  ),
  ...collect(subject.contracts, dateOfReference),
  ...collect(subject.attachments, dateOfReference),
  ...collect(subject.lines, (line) => collect(line.references, dateOfReference)),
]

const otherDates = ({ invoice, deliveries }: Subject): readonly Located<string>[] => [
  ...dateAt(invoice.dueDate, root, 'cbc:DueDate'),
  ...dateAt(invoice.taxPointDate, root, 'cbc:TaxPointDate'),
  ...collect(deliveries, (delivery) => [
    ...dateAt(delivery.node.actualDeliveryDate, delivery, 'cbc:ActualDeliveryDate'),
    ...dateAt(delivery.node.latestDeliveryDate, delivery, 'cbc:LatestDeliveryDate'),
  ]),
]

const actual = ({ node }: Located<string>) => ({ actual: node })

/** XPath's `\w` leaves out the underscore and takes letters of every script. */
const uuidStart = /^(?:[.-]|[^\p{P}\p{Z}\p{C}])/u
const clock = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ?$/

const olderThanADay = ({ invoice, context }: Subject): boolean => {
  const { issueDate, issueTime } = invoice
  if (issueDate === undefined || issueTime === undefined) return false
  return (hoursBetween(`${issueDate}T${issueTime}`, context.now) ?? 0) > 24
}

const isFlag = (character: string): boolean => character === '0' || character === '1'

export const documentRules = {
  'BR-02': warning(document(({ invoice }) => !filled(invoice.id), '/Invoice/cbc:ID')),
  'BR-03': error(
    document(
      (subject) => !givenAtIssue(subject, subject.invoice.issueDate) && !filled(subject.invoice.issueDate),
      '/Invoice/cbc:IssueDate',
    ),
  ),
  'BR-04': error(document((subject) => !filled(typeCode(subject)), typePath)),
  'BR-05': error(document(({ invoice }) => !filled(invoice.documentCurrencyCode), '/Invoice/cbc:DocumentCurrencyCode')),
  'BR-CL-01': error(
    document(
      (subject) => typeCode(subject) !== undefined && !listed(invoiceTypeCodes, typeCode(subject)),
      typePath,
      (subject) => ({ actual: typeCode(subject) ?? '' }),
    ),
  ),
  'BR-CL-04': error(
    document(
      ({ invoice }) => invoice.documentCurrencyCode !== undefined && !listed(currencies, invoice.documentCurrencyCode),
      '/Invoice/cbc:DocumentCurrencyCode',
      ({ invoice }) => ({ actual: invoice.documentCurrencyCode ?? '' }),
    ),
  ),
  'BR-KSA-EN16931-01': error(
    document(({ invoice }) => normalized(invoice.profileID) !== 'reporting:1.0', '/Invoice/cbc:ProfileID'),
  ),
  'BR-KSA-03': error(
    document(
      (subject) => !givenAtIssue(subject, subject.invoice.uuid) && !uuidStart.test(subject.invoice.uuid ?? ''),
      '/Invoice/cbc:UUID',
    ),
  ),
  'BR-KSA-04': error(
    every(issueDates)(
      ({ node }, { context }) =>
        isCalendarDate(normalized(node).slice(0, 10)) && normalized(node).slice(0, 10) > context.now.slice(0, 10),
      '',
      ({ node }, { context }) => ({ actual: node, today: context.now.slice(0, 10) }),
    ),
  ),
  'BR-KSA-05': error(
    document(
      (subject) => !blank(typeCode(subject)) && documentKindOf(normalized(typeCode(subject))) === undefined,
      typePath,
      (subject) => ({ actual: typeCode(subject) ?? '' }),
    ),
  ),
  'BR-KSA-06': error(
    document(
      (subject) => subject.invoice.invoiceTypeCode !== undefined && !/^0[12][01]{5,7}$/.test(subject.transaction.code),
      codePath,
      code,
    ),
  ),
  'BR-KSA-07': error(document((subject) => digit(subject, 5) === '1' && digit(subject, 7) === '1', codePath, code)),
  'BR-KSA-31': error(
    document(
      (subject) =>
        subject.transaction.code.startsWith('02') &&
        !([3, 4, 5, 6].every((position) => isFlag(digit(subject, position))) && digit(subject, 7) === '0'),
      codePath,
      code,
    ),
  ),
  'BR-KSA-F-06-C40': warning(
    document(
      ({ invoice, transaction }) =>
        invoice.invoiceTypeCode !== undefined && (length(transaction.code) < 7 || length(transaction.code) > 9),
      codePath,
      code,
    ),
  ),
  'BR-KSA-70': error(
    document(
      (subject) => !givenAtIssue(subject, subject.invoice.issueTime) && !clock.test(subject.invoice.issueTime ?? ''),
      '/Invoice/cbc:IssueTime',
      ({ invoice }) => ({ actual: invoice.issueTime ?? '' }),
    ),
  ),
  'BR-KSA-98': warning(
    document(
      (subject) => subject.transaction.code.startsWith('02') && olderThanADay(subject),
      '/Invoice/cbc:IssueDate',
    ),
  ),
  'BR-KSA-F-01': error(
    every((subject) => [...issueDates(subject), ...otherDates(subject)])(
      ({ node }) => !isCalendarDate(node) || node < '2000',
      '',
      actual,
    ),
  ),
  'BR-KSA-92': error(
    document(
      (subject) =>
        length(subject.transaction.code) === 9 &&
        /^0[12]/.test(subject.transaction.code) &&
        digit(subject, 9) === '1' &&
        blank(subject.invoice.contractDocumentReference?.[0]?.id),
      '/Invoice/cac:ContractDocumentReference[1]/cbc:ID',
    ),
  ),
} satisfies Rules
