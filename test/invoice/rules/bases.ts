/** The valid invoices that witnesses start from, and the means to change one thing in them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Invoice } from '#core/invoice/document.ts'
import { readInvoice } from '#core/zatca/read.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'vectors')

/** What each base is good for. */
export const bases = {
  /** Lines 1 S, 2 Z, 3 E, 4 O; an allowance and a charge on the document, an allowance on line 1 */
  standard: 'standard388',
  simplified: 'simplified388',
  creditNote: 'credit381std',
  /** Line 2 settles a prepayment */
  prepaid: 'finalprepaid',
  /** In USD, buyer abroad, category Z only */
  exported: 'export',
  /** In USD with SAR VAT and a nine-digit code with the government flag */
  foreign: 'usd',
  rounded: 'rounding',
} as const

export type Base = keyof typeof bases

export const vectorNames = [
  'credit381std',
  'debit383simp',
  'export',
  'finalprepaid',
  'prepay386',
  'rounding',
  'simplified388',
  'standard388',
  'usd',
] as const

export const vector = (name: (typeof vectorNames)[number]): Invoice =>
  readInvoice(readFileSync(join(folder, `${name}.xml`))).invoice

/** Changes by place (`invoiceLine.0.id`); undefined takes the value away. Elements before a place come into being. */
export type Edits = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const edit = (root: object, place: string, value: unknown): void => {
  const keys = place.split('.')
  const last = keys.pop() ?? ''
  const parent = keys.reduce<object>((node, key, index) => {
    const inner: unknown = Reflect.get(node, key)
    if (isObject(inner)) return inner
    const created = /^\d+$/.test(keys[index + 1] ?? last) ? [] : {}
    Reflect.set(node, key, created)
    return created
  }, root)
  if (value !== undefined) Reflect.set(parent, last, value)
  else if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else Reflect.deleteProperty(parent, last)
}

/** A copy of an invoice with some places changed. */
export const changed = (invoice: Invoice, edits: Edits): Invoice => {
  const copy = structuredClone(invoice)
  for (const [place, value] of Object.entries(edits)) edit(copy, place, value)
  return copy
}
