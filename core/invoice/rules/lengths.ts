/** Field lengths (BR-KSA-F-06-*): one table of limits instead of a rule each. */
import type { Address, FinancialAccount, LocalText, Party } from '../document.ts'
import { inBreakdown, isExempt } from './categories.ts'
import { exemptPrepayments, isForCitizens } from './exemptions.ts'
import { buyer, buyerInSaudiArabia, buyerPath, seller, sellerPath } from './parties.ts'
import { collect, type Located, type Place, placed, root } from './place.ts'
import { type Check, document, error, every, none, type Rules, type Select, warning } from './rule.ts'
import type { Category, Line, Subject } from './subject.ts'
import { length, longerThan } from './text.ts'

interface Limits {
  readonly max: number
  /** An element that is there may not be shorter. */
  readonly min?: number
  /** The element must be there. */
  readonly required?: true
}

const misfits = (value: string | undefined, { max, min = 0, required }: Limits): boolean => {
  if (value === undefined) return required === true
  return longerThan(value, max) || (value.length <= min && length(value) < min)
}

/** A field of the document, or of each of its parts: given the limits, the check of its length. */
type Field = (limits: Limits) => Check

const shown = (value: string | undefined, { max, min }: Limits) => ({
  length: String(length(value ?? '')),
  min: String(min ?? 0),
  max: Number.isFinite(max) ? String(max) : '',
})

const upTo = (max: number, field: Field): Check => field({ max })
const from1To = (max: number, field: Field): Check => field({ min: 1, max })
const required = (max: number, field: Field): Check => field({ required: true, min: 1, max })

/** One field of the document. */
const one =
  (path: string, read: (subject: Subject) => string | undefined): Field =>
  (limits) =>
    document(
      (subject) => misfits(read(subject), limits),
      path,
      (subject) => shown(read(subject), limits),
    )

/** A field of each part, at `below` it. */
const each =
  <Part extends Place>(
    parts: ReturnType<typeof every<Part>>,
    below: string,
    read: (part: Part) => string | undefined,
  ): Field =>
  (limits) =>
    parts(
      (part) => misfits(read(part), limits),
      below,
      (part) => shown(read(part), limits),
    )

const ofSellerAddress = (name: string, read: (address: Address) => string | undefined): Field =>
  one(`${sellerPath}/cac:PostalAddress/${name}`, (subject) => {
    const address = seller(subject)?.postalAddress
    return address && read(address)
  })

const ofBuyerAddress = (name: string, read: (address: Address) => string | undefined): Field =>
  one(`${buyerPath}/cac:PostalAddress/${name}`, (subject) => {
    const address = buyer(subject)?.postalAddress
    return address && read(address)
  })

const nameOf = (path: string, party: (subject: Subject) => Party | undefined): Field =>
  one(
    `${path}/cac:PartyLegalEntity[1]/cbc:RegistrationName`,
    (subject) => party(subject)?.partyLegalEntity?.[0]?.registrationName,
  )

const texts = (parts: Select<Located<LocalText>>): Field => each(every(parts), '', ({ node }) => node.value)

const lines = every((subject) => subject.lines)
const ofLines = (name: string, read: (line: Line['node']) => string | undefined): Field =>
  each(lines, name, ({ node }) => read(node))

const account = 'cac:PayeeFinancialAccount'
const ofAccounts = (name: string, read: (account: FinancialAccount) => string | undefined): Field =>
  each(
    every((subject) => subject.paymentMeans),
    `${account}/${name}`,
    ({ node }) => node.payeeFinancialAccount && read(node.payeeFinancialAccount),
  )

const noteReasons = texts(({ paymentMeans }) =>
  collect(paymentMeans, (means) => placed(means.node.instructionNote, means, 'cbc:InstructionNote')),
)

const originals = each(
  every((subject) => subject.billingReferences),
  'cac:InvoiceDocumentReference/cbc:ID',
  ({ node }) => node.invoiceDocumentReference?.id,
)

const adjustmentReasons = (kind: 'allowance' | 'charge', level: 'document' | 'line'): Field =>
  each(
    every(
      (subject) => (level === 'document' ? subject.adjustments : subject.lineAdjustments),
      (part) => part.kind === kind,
    ),
    'cbc:AllowanceChargeReason[1]',
    ({ node }) => node.allowanceChargeReason?.[0]?.value,
  )

const exemptionTexts = (parts: Select<Category>, of?: (category: Category) => boolean): Field =>
  each(every(parts, of), 'cbc:TaxExemptionReason[1]', ({ node }) => node.taxExemptionReason?.[0]?.value)

/** The limits hold only for some documents. */
const when =
  (applies: (subject: Subject) => boolean, check: Check): Check =>
  (subject) =>
    applies(subject) ? check(subject) : none

const hasCode = ({ transaction }: Subject): boolean => transaction.isKnown
const standard = (subject: Subject): boolean => hasCode(subject) && subject.transaction.standard
const simplified = (subject: Subject): boolean => hasCode(subject) && subject.transaction.simplified
const standardInSaudiArabia = (subject: Subject): boolean => subject.transaction.standard && buyerInSaudiArabia(subject)

const buyerStreet = ofBuyerAddress('cbc:StreetName', (address) => address.streetName)
const buyerCity = ofBuyerAddress('cbc:CityName', (address) => address.cityName)
const buyerDistrict = ofBuyerAddress('cbc:CitySubdivisionName', (address) => address.citySubdivisionName)
const anyLength = Number.POSITIVE_INFINITY

export const lengthRules = {
  'BR-KSA-F-06-C1': warning(
    upTo(
      127,
      one('/Invoice/cbc:ID', ({ invoice }) => invoice.id),
    ),
  ),
  'BR-KSA-F-06-C2': warning(
    upTo(
      1000,
      texts(({ invoice }) => placed(invoice.note, root, 'cbc:Note')),
    ),
  ),
  'BR-KSA-F-06-C3': warning(
    upTo(
      127,
      one('/Invoice/cac:OrderReference/cbc:ID', ({ invoice }) => invoice.orderReference?.id),
    ),
  ),
  'BR-KSA-F-06-C4': warning(
    from1To(
      1000,
      ofSellerAddress('cbc:StreetName', (address) => address.streetName),
    ),
  ),
  'BR-KSA-F-06-C5': warning(
    upTo(
      127,
      one(
        '/Invoice/cac:ContractDocumentReference[1]/cbc:ID',
        ({ invoice }) => invoice.contractDocumentReference?.[0]?.id,
      ),
    ),
  ),
  'BR-KSA-F-06-C6': warning(
    upTo(
      127,
      ofSellerAddress('cbc:AdditionalStreetName', (address) => address.additionalStreetName),
    ),
  ),
  'BR-KSA-F-06-C7': warning(
    from1To(
      127,
      ofSellerAddress('cbc:CityName', (address) => address.cityName),
    ),
  ),
  'BR-KSA-F-06-C8': warning(
    upTo(
      127,
      ofSellerAddress('cbc:CountrySubentity', (address) => address.countrySubentity),
    ),
  ),
  // Hangs on the buyer's country in the official test, although it is about the seller.
  'BR-KSA-F-06-C9': warning(
    when(
      buyerInSaudiArabia,
      from1To(
        127,
        ofSellerAddress('cbc:CitySubdivisionName', (address) => address.citySubdivisionName),
      ),
    ),
  ),
  'BR-KSA-F-06-C10': warning(from1To(1000, nameOf(sellerPath, seller))),
  // Hangs on the seller's address, although it is about the buyer's.
  'BR-KSA-F-06-C11': warning(
    when(
      (subject) => seller(subject)?.postalAddress !== undefined,
      upTo(
        127,
        ofBuyerAddress('cbc:AdditionalStreetName', (address) => address.additionalStreetName),
      ),
    ),
  ),
  'BR-KSA-F-06-C12': warning(when(standard, from1To(1000, nameOf(buyerPath, buyer)))),
  'BR-KSA-F-06-C13': warning(when(({ note }) => note, from1To(1000, noteReasons))),
  'BR-KSA-F-06-C14': warning(
    when(
      hasCode,
      from1To(
        1000,
        ofAccounts('cbc:PaymentNote[1]', ({ paymentNote }) => paymentNote?.[0]?.value),
      ),
    ),
  ),
  'BR-KSA-F-06-C15': warning(
    when(
      hasCode,
      upTo(
        127,
        ofAccounts('cbc:ID', ({ id }) => id),
      ),
    ),
  ),
  // Passes over education and health: another official test takes their place.
  'BR-KSA-F-06-C16': warning(
    from1To(
      1000,
      exemptionTexts(inBreakdown, (part) => isExempt(part) && !isForCitizens(part)),
    ),
  ),
  'BR-KSA-F-06-C17': error(
    from1To(
      6,
      ofLines('cbc:ID', ({ id }) => id),
    ),
  ),
  'BR-KSA-F-06-C18': warning(
    upTo(
      127,
      ofLines('cbc:InvoicedQuantity/@unitCode', ({ invoicedQuantity }) => invoicedQuantity?.unitCode),
    ),
  ),
  'BR-KSA-F-06-C19': warning(ofLines('cac:Item/cbc:Name', ({ item }) => item?.name)({ min: 3, max: 1000 })),
  'BR-KSA-F-06-C20': warning(
    upTo(
      127,
      ofLines(
        'cac:Item/cac:StandardItemIdentification/cbc:ID',
        ({ item }) => item?.standardItemIdentification?.id?.value,
      ),
    ),
  ),
  'BR-KSA-F-06-C21': warning(
    upTo(
      127,
      ofLines('cac:Price/cbc:BaseQuantity/@unitCode', ({ price }) => price?.baseQuantity?.unitCode),
    ),
  ),
  'BR-KSA-F-06-C22': error(when(({ note }) => note, from1To(5000, originals))),
  'BR-KSA-F-06-C23': warning(when(standard, required(1000, buyerStreet))),
  'BR-KSA-F-06-C24': warning(when(simplified, upTo(1000, buyerStreet))),
  'BR-KSA-F-06-C25': warning(when(standard, required(anyLength, buyerCity))),
  'BR-KSA-F-06-C26': warning(when(hasCode, upTo(127, buyerCity))),
  'BR-KSA-F-06-C27': warning(
    upTo(
      127,
      ofBuyerAddress('cbc:CountrySubentity', (address) => address.countrySubentity),
    ),
  ),
  'BR-KSA-F-06-C28': warning(when(standardInSaudiArabia, required(anyLength, buyerDistrict))),
  'BR-KSA-F-06-C29': warning(when(standardInSaudiArabia, upTo(127, buyerDistrict))),
  'BR-KSA-F-06-C30': warning(
    upTo(
      127,
      ofLines('cac:Item/cac:BuyersItemIdentification/cbc:ID', ({ item }) => item?.buyersItemIdentification?.id?.value),
    ),
  ),
  'BR-KSA-F-06-C31': warning(
    upTo(
      127,
      ofLines(
        'cac:Item/cac:SellersItemIdentification/cbc:ID',
        ({ item }) => item?.sellersItemIdentification?.id?.value,
      ),
    ),
  ),
  'BR-KSA-F-06-C32': warning(when(simplified, upTo(1000, nameOf(buyerPath, buyer)))),
  'BR-KSA-F-06-C33': warning(from1To(1000, adjustmentReasons('charge', 'document'))),
  'BR-KSA-F-06-C34': warning(from1To(1000, adjustmentReasons('charge', 'line'))),
  'BR-KSA-F-06-C35': warning(from1To(1000, adjustmentReasons('allowance', 'document'))),
  'BR-KSA-F-06-C36': warning(from1To(1000, adjustmentReasons('allowance', 'line'))),
  'BR-KSA-F-06-C37': warning(
    upTo(
      1000,
      one(`${buyerPath}/cac:Contact/cbc:Name`, (subject) => buyer(subject)?.contact?.name),
    ),
  ),
  'BR-KSA-F-06-C38': warning(
    upTo(
      1000,
      texts(({ buyer }) => placed(buyer.node?.contact?.note, buyer, 'cac:Contact/cbc:Note')),
    ),
  ),
  'BR-KSA-F-06-C39': warning(from1To(1000, exemptionTexts(exemptPrepayments))),
} satisfies Rules
