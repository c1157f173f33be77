/**
 * Events are entries of the audit log, told in words for programs: one table. The log has one writer at a time and its entries become
 * visible in their order, with the commit of what they tell; so an event is never about something that did not happen, and whoever has
 * heard one has missed none before it.
 */
import type { EventType, FeedEntry, ProgramReader, Scope } from '#core/ports.ts'

/** What a listener gets; no names of buyers, no amounts: whoever may know asks for the document. */
export interface Event {
  /** Its place in the order of all events; a later one has a higher number */
  readonly id: string
  readonly type: EventType
  readonly at: string
  /** Undefined when it concerns no single company */
  readonly companyId: string | undefined
  readonly data: Readonly<Record<string, unknown>>
}

interface Row {
  readonly type: EventType
  /** What listeners learn of the entry's details */
  readonly details?: readonly string[]
  /** Told to everybody when it concerns no single company: roads that all documents travel on */
  readonly shared?: true
}

/** By the audit log's word. What is not listed concerns people, not programs. */
const rows: Readonly<Record<string, Row>> = {
  'document/issued': { type: 'invoice.issued', details: ['road'] },
  'document/reissued': { type: 'invoice.issued', details: ['road'] },
  'document/cleared': { type: 'invoice.cleared', details: ['duplicate', 'findings'] },
  'document/reported': { type: 'invoice.reported', details: ['duplicate', 'findings'] },
  'document/rejected': { type: 'invoice.rejected', details: ['findings'] },
  'document/held': { type: 'invoice.held', details: ['reason'] },
  'document/completed': { type: 'invoice.completed' },
  'onboarding/production-csid': { type: 'unit.activated' },
  'renewal/production-csid': { type: 'unit.renewed' },
  'chain/frozen': { type: 'chain.frozen' },
  'chain/thawed': { type: 'chain.thawed' },
  'certificate/expiring': { type: 'certificate.expiring', details: ['notAfter', 'level'] },
  'road/paused': { type: 'sending.paused', shared: true },
  'road/closed': { type: 'sending.stopped', details: ['reason'], shared: true },
  'road/opened': { type: 'sending.resumed', shared: true },
  'webhook/deactivated': { type: 'webhook.deactivated' },
}

const actions = Object.keys(rows)

export const eventOf = (entry: FeedEntry): Event | undefined => {
  const row = rows[entry.action]
  if (row === undefined) return undefined
  const about = entry.document ?? entry.unit
  return {
    id: String(entry.seq),
    type: row.type,
    at: entry.at,
    companyId: about?.companyId,
    data: { ...subjectOf(entry), ...chosen(entry.details, row.details ?? []) },
  }
}

/** The document or the unit itself, else the name of the road or whatever it is. */
const subjectOf = ({ document, unit, subject }: FeedEntry): Readonly<Record<string, unknown>> => {
  if (document !== undefined) return { invoice: document }
  return { ...(unit === undefined ? {} : { unit }), ...(unit?.id === subject ? {} : { subject }) }
}

const chosen = (details: FeedEntry['details'], names: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(names.flatMap((name) => (name in details ? [[name, details[name]]] : [])))

/** Whether somebody with these companies hears of it. */
export const concerns = ({ companyId, type }: Event, scope: Scope): boolean => {
  if (scope === 'all') return true
  return companyId === undefined ? shared.has(type) : scope.includes(companyId)
}

const shared: ReadonlySet<EventType> = new Set(Object.values(rows).flatMap((row) => (row.shared ? [row.type] : [])))

/** The next events behind a place of the log, and the place up to which all of them are told. */
export const eventsAfter = async (
  read: Pick<ProgramReader, 'auditFeed' | 'lastAudit'>,
  after: number,
  limit = 200,
): Promise<{ readonly events: readonly Event[]; readonly upTo: number }> => {
  // Asked first: what is appended in between is told the next time.
  const last = await read.lastAudit()
  if (last <= after) return { events: [], upTo: after }
  const entries = (await read.auditFeed({ after, actions, limit })).filter(({ seq }) => seq <= last)
  const upTo = entries.length < limit ? last : (entries.at(-1)?.seq ?? last)
  return { events: entries.flatMap((entry) => eventOf(entry) ?? []), upTo }
}
