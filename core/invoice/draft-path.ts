/** Finds the field of a draft that a violation is about: from a UBL path to `lines[1].price`, so that the form can show it there. */
import { type Field, fields } from './fields.ts'
import { totalsOf } from './totals.ts'
import type { UnfinishedDraft } from './unfinished.ts'

/** Elements that hold several fields; a violation on them, or on a child that no field fills, is shown at the draft's group. */
const groups: readonly (readonly [ubl: string, draft: string])[] = [
  ['/Invoice/cbc:InvoiceTypeCode/@name', 'flags'],
  ['/Invoice/cac:BillingReference', 'originals[]'],
  ['/Invoice/cac:Delivery', 'supplyDate'],
  ['/Invoice/cac:PaymentMeans', 'payment'],
  ['/Invoice/cac:TaxExchangeRate', 'exchangeRate'],
  ['/Invoice/cac:OrderReference', 'purchaseOrder'],
  ['/Invoice/cac:ContractDocumentReference', 'contract'],
  ['/Invoice/cac:InvoiceLine', 'lines[]'],
  ['/Invoice/cac:AllowanceCharge', 'allowances[]'],
  ['/Invoice/cac:InvoiceLine/cac:AllowanceCharge', 'lines[].allowances[]'],
  ['/Invoice/cac:InvoiceLine/cac:Item/cac:ClassifiedTaxCategory', 'lines[].vat'],
  ['/Invoice/cac:TaxTotal/cac:TaxSubtotal', 'lines[].vat'],
  ['/Invoice/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:ID', 'lines[].vat.category'],
  ['/Invoice/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:Percent', 'lines[].vat.rate'],
  ...party('seller', 'AccountingSupplierParty'),
  ...party('buyer', 'AccountingCustomerParty'),
]

function party(draft: string, role: string): readonly (readonly [string, string])[] {
  const ubl = `/Invoice/cac:${role}`
  return [
    [ubl, draft],
    [`${ubl}/cac:Party/cac:PartyIdentification`, `${draft}.id`],
    [`${ubl}/cac:Party/cac:PostalAddress`, `${draft}.address`],
    [`${ubl}/cac:Party/cac:PartyTaxScheme`, `${draft}.vatNumber`],
    [`${ubl}/cac:Party/cac:PartyLegalEntity`, `${draft}.name`],
    [`${ubl}/cac:Party/cac:Contact`, `${draft}.contact`],
  ]
}

const isOfPrepayment = ({ draft }: Field): boolean => draft.startsWith('prepayments[]')

/** First entry wins: an allowance and a charge share their element, so the path of the allowance stands for both. */
const lookup = (entries: Iterable<readonly [string, string]>): ReadonlyMap<string, string> =>
  new Map([...entries].reverse())

const placesOf = (some: readonly Field[]) =>
  some.flatMap(({ ubl, draft }): (readonly [string, string])[] => (ubl === undefined ? [] : [[ubl, draft]]))

const ordinary = lookup([...groups, ...placesOf(fields.filter((field) => !isOfPrepayment(field)))])
const prepayment = lookup([['/Invoice/cac:InvoiceLine', 'prepayments[]'], ...placesOf(fields.filter(isOfPrepayment))])

/**
 * The place in the draft, or the nearest group around it; undefined for what is computed or added by sealing. The draft tells ordinary
 * lines from prepayments, allowances from charges, and which line brought a VAT subtotal; without it all lines count as ordinary.
 */
export const draftPathOf = (ublPath: string, draft?: UnfinishedDraft): string | undefined => {
  const lineCount = draft?.lines?.length ?? Number.POSITIVE_INFINITY
  const line = positionOf(ublPath, 'cac:InvoiceLine')
  const isPrepayment = line !== undefined && line >= lineCount
  const template = nearest(withoutPositions(ublPath), isPrepayment ? prepayment : ordinary)
  if (template === undefined) return undefined
  if (isPrepayment) return template.replace('[]', `[${line - lineCount}]`)
  if (ublPath.startsWith('/Invoice/cac:TaxTotal')) return throughSubtotal(ublPath, template, draft)
  return fill(template, ublPath, line, draft)
}

const withoutPositions = (path: string): string => path.replace(/\[\d+\]/g, '')

/** The zero-based position of an element in a path that names it. */
const positionOf = (path: string, element: string): number | undefined => {
  const position = new RegExp(`/${element}(?:\\[(\\d+)\\])?(?=/|$)`).exec(path)
  return position === null ? undefined : Number(position[1] ?? '1') - 1
}

/** The entry of the path or of the nearest element around it. */
const nearest = (path: string, places: ReadonlyMap<string, string>): string | undefined => {
  for (let shorter = path; shorter.includes('/', 1); shorter = shorter.slice(0, shorter.lastIndexOf('/'))) {
    const found = places.get(shorter)
    if (found !== undefined) return found
  }
  return undefined
}

const fill = (template: string, path: string, line: number | undefined, draft: UnfinishedDraft | undefined): string => {
  if (template.startsWith('originals[]')) return withIndex(template, positionOf(path, 'cac:BillingReference'))
  if (template.startsWith('allowances[]')) return documentAdjustment(template, path, draft)
  const filled = withIndex(template, line)
  return filled.includes('allowances[]') ? lineAdjustment(filled, path, line ?? 0, draft) : filled
}

const withIndex = (template: string, index = 0): string => template.replace('[]', `[${index}]`)

/** A document allowance may have been split into several elements, so the computed list tells where each came from. */
const documentAdjustment = (template: string, path: string, draft: UnfinishedDraft | undefined): string => {
  const position = positionOf(path, 'cac:AllowanceCharge') ?? 0
  const adjustment = draft && totalsOf(draft).adjustments[position]
  if (adjustment === undefined) return withIndex(template, position)
  return withIndex(adjustment.charge ? template.replace('allowances', 'charges') : template, adjustment.source)
}

/** On a line the allowances stand before the charges. */
const lineAdjustment = (template: string, path: string, line: number, draft: UnfinishedDraft | undefined): string => {
  const position = positionOf(path, 'cac:AllowanceCharge') ?? 0
  const allowances = draft?.lines?.[line]?.allowances?.length ?? Number.POSITIVE_INFINITY
  if (position < allowances) return withIndex(template, position)
  return withIndex(template.replace('allowances[]', 'charges[]'), position - allowances)
}

/** A subtotal has no field of its own: its first line has. */
const throughSubtotal = (path: string, template: string, draft: UnfinishedDraft | undefined): string | undefined => {
  if (draft === undefined) return undefined
  const totals = totalsOf(draft)
  const subtotal = totals.breakdown[positionOf(path, 'cac:TaxSubtotal') ?? 0]
  const line = totals.lines.findIndex((one) => one !== undefined && one.treatment.key === subtotal?.treatment.key)
  return line < 0 ? undefined : withIndex(template, line)
}
