/** The document while it is being written: what a new, copied or corrected one starts from, and what of it is sent. */
import { isNote } from '#core/invoice/codes/document-kinds.ts'
import type { DocumentKind, Draft } from '#core/invoice/draft.ts'
import { fieldAt } from '#core/invoice/fields.ts'
import { normaliseDraft } from '#core/invoice/normalise.ts'
import type { UnfinishedDraft } from '#core/invoice/unfinished.ts'
import type { Company, DocumentDetail } from '../../queries.ts'
import { blankLine, isBlank, type Line } from './cells.ts'
import { readAs } from './reading.ts'

/** Rows that an empty document shows, so that typing and pasting have a place. */
const openRows = 4

export const newDraft = (number: string): UnfinishedDraft => ({
  kind: 'invoice',
  profile: 'standard',
  number,
  currency: 'SAR',
  buyer: { address: { country: 'SA' } },
  payment: { means: '30' },
  lines: padded([]),
})

/** Never fewer rows than a person needs, and always a blank one at the end. */
export const padded = (lines: readonly Line[]): readonly Line[] => {
  const last = lines.findLastIndex((line) => !isBlank(line))
  const wanted = Math.max(openRows, last + 2, lines.length)
  return [...lines, ...Array.from({ length: wanted - lines.length }, () => blankLine)]
}

/** `INV-0099` follows `INV-0098`; a number without digits gets `-2`. */
export const nextNumber = (number: string): string => {
  const [, stem = number, digits] = /^(.*?)(\d+)$/.exec(number) ?? []
  if (digits === undefined) return `${stem}-2`
  return `${stem}${String(BigInt(digits) + 1n).padStart(digits.length, '0')}`
}

/** For correcting a rejected document: same number and date; the rest is for issuing to decide anew. */
export const reissueDraft = ({ draft, issueDate, issueTime }: DocumentDetail): UnfinishedDraft => {
  const { uuid: _uuid, seller: _seller, ...kept } = draft
  return { ...kept, issueDate, issueTime, lines: padded(kept.lines) }
}

/** For a copy: everything but what makes a document this one; the number is suggested anew. */
export const duplicateDraft = ({ draft }: DocumentDetail): UnfinishedDraft => {
  const { uuid: _uuid, seller: _seller, issueDate: _date, issueTime: _time, ...kept } = draft
  return { ...kept, number: '', lines: padded(kept.lines) }
}

/** A note to a document: its parties and lines, a reference to it, and room for the reason. */
export const noteDraft = (document: DocumentDetail, kind: DocumentKind): UnfinishedDraft => {
  const { prepayments: _prepayments, rounding: _rounding, supplyEndDate: _end, ...copy } = duplicateDraft(document)
  const { number, uuid, issueDate } = document
  return { ...copy, kind, originals: [{ number, uuid, issueDate }] }
}

/** A party of which only the preset country is known is no party yet. */
const isAnonymous = ({ buyer }: UnfinishedDraft): boolean => {
  const { address = {}, ...rest } = buyer ?? {}
  const { country: _country, ...place } = address
  return [...Object.values(rest), ...Object.values(place)].every((value) => value === undefined || value === '')
}

export interface Prepared {
  /** Cleaned, without blank rows and with the seller */
  readonly json: UnfinishedDraft
  /** For each line that is sent, its row in the grid */
  readonly rows: readonly number[]
}

/** What of the form would be sent: blank rows and parts that do not belong to this kind of document are left out. */
export const prepare = (draft: UnfinishedDraft, company: Company | undefined): Prepared => {
  const rows = (draft.lines ?? []).flatMap((line, row) => (isBlank(line) ? [] : [row]))
  const note = draft.kind !== undefined && isNote(draft.kind)
  const { originals, reason, prepayments, ...common } = draft
  const sent = {
    ...common,
    ...(note ? { originals, reason } : { prepayments }),
    seller: company && { ...company.party, name: company.name, vatNumber: company.vatNumber },
    buyer: isAnonymous(draft) ? undefined : draft.buyer,
    lines: rows.map((row) => draft.lines?.[row] ?? blankLine),
  }
  return { json: cleaned(sent), rows }
}

/** Keeps the shape; the overload says so. */
function cleaned(draft: UnfinishedDraft): UnfinishedDraft
function cleaned(draft: unknown): unknown {
  return normaliseDraft(settled(draft, ''))
}

/** Every value in its plain form, also the one that is being typed and was not left yet. */
const settled = (value: unknown, path: string): unknown => {
  if (typeof value === 'string') return readAs(fieldAt(path)?.kind ?? 'name', value)
  if (Array.isArray(value)) return value.map((item) => settled(item, `${path}[]`))
  if (typeof value !== 'object' || value === null) return value
  const below = (key: string) => (path === '' ? key : `${path}.${key}`)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, settled(inner, below(key))]))
}

/** The draft for the server: the company itself stands for the seller there. */
export const withoutSeller = ({ seller: _seller, ...draft }: Draft): Draft => draft

/** A saved draft comes back as it was typed; what is not an object was not saved by an editor. */
export function restoredDraft(saved: unknown): UnfinishedDraft
export function restoredDraft(saved: unknown): unknown {
  const draft = typeof saved === 'object' && saved !== null ? saved : {}
  const lines = 'lines' in draft && Array.isArray(draft.lines) ? draft.lines : []
  return { ...newDraft(''), ...draft, lines: padded(lines) }
}
