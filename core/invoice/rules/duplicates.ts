/** Numbers and UUIDs that stand in more than one of the documents that are judged together: a check of our own. */
import type { Invoice } from '../document.ts'
import { type StrictFindingId, strictFindings } from './findings.ts'
import type { Violation } from './rule.ts'
import { normalized } from './text.ts'

/** A number is the seller's own, a UUID nobody else's. A hash that occurs twice is the same document, UUID and all. */
const identities: Readonly<Record<'cbc:ID' | 'cbc:UUID', (invoice: Invoice) => string>> = {
  'cbc:ID': ({ id, accountingSupplierParty }) => {
    const seller = accountingSupplierParty?.party?.partyTaxScheme?.[0]?.companyID?.value
    return normalized(id) === '' ? '' : `${normalized(seller)} ${normalized(id)}`
  },
  'cbc:UUID': ({ uuid }) => normalized(uuid).toLowerCase(),
}

/** Shown a document, says what it shares with one that was shown before. */
export type DuplicateWatch = (invoice: Invoice, file: string) => readonly Violation<StrictFindingId>[]

/** Remembers every document it is shown; `file` is how a later message names it. */
export const duplicateWatch = (): DuplicateWatch => {
  const files = new Map<string, string>()
  const seenBefore = (element: 'cbc:ID' | 'cbc:UUID', invoice: Invoice, file: string): string | undefined => {
    const identity = identities[element](invoice)
    if (identity === '') return undefined
    const key = `${element} ${identity}`
    const before = files.get(key)
    if (before === undefined) files.set(key, file)
    return before
  }
  return (invoice, file) => {
    const found = (rule: StrictFindingId, element: 'cbc:ID' | 'cbc:UUID', actual = '') => {
      const other = seenBefore(element, invoice, file)
      if (other === undefined) return []
      return [{ rule, severity: strictFindings[rule], path: `/Invoice/${element}`, params: { actual, file: other } }]
    }
    return [
      ...found('KHATM-DUPLICATE-NUMBER', 'cbc:ID', invoice.id),
      ...found('KHATM-DUPLICATE-UUID', 'cbc:UUID', invoice.uuid),
    ]
  }
}
