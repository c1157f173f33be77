/** Reading the audit log in its order: pages for people, and the feed that events are made of. */
import { and, asc, desc, eq, exists, getTableColumns, gt, gte, inArray, like, lt, lte, max, or, sql } from 'drizzle-orm'
import { Failure } from '#core/errors.ts'
import type { AuditFilter, FeedEntry, Reader } from '#core/ports.ts'
import { type Db, record } from './db.ts'
import { audit, chain, csid, document, draft, unit } from './schema.postgres.ts'

const { prevHash: _prevHash, hash: _hash, ...entryColumns } = getTableColumns(audit)

const documentColumns = {
  id: document.id,
  companyId: document.companyId,
  unitId: document.unitId,
  environment: document.environment,
  number: document.number,
  uuid: document.uuid,
  icv: document.icv,
  kind: document.kind,
  profile: document.profile,
}
const unitColumns = { id: unit.id, companyId: unit.companyId, environment: unit.environment, name: unit.name }

type AuditReading = Pick<Reader, 'auditPage' | 'auditFeed' | 'lastAudit'>

export const auditReading = (db: Db): AuditReading => ({
  lastAudit: async () => (await db.select({ seq: max(audit.seq) }).from(audit))[0]?.seq ?? 0,
  auditPage: async (filter) => {
    const rows = await db
      .select(entryColumns)
      .from(audit)
      .where(matching(db, filter))
      .orderBy(desc(audit.seq))
      .limit(filter.limit + 1)
    const page = rows.slice(0, filter.limit)
    return { rows: page, next: rows.length > filter.limit ? String(page.at(-1)?.seq) : undefined }
  },
  /** Entries are appended one transaction after the other, so nothing can still come in before the last one. */
  auditFeed: async ({ after, actions, limit }) => {
    const rows = await db
      .select({ entry: entryColumns, document: documentColumns, unit: unitColumns })
      .from(audit)
      .leftJoin(document, eq(document.id, audit.subject))
      .leftJoin(csid, and(like(audit.subject, 'csid/%'), eq(csid.id, sql`substr(${audit.subject}, 6)`)))
      .leftJoin(chain, eq(chain.id, audit.subject))
      .leftJoin(unit, eq(unit.id, sql`coalesce(${csid.unitId}, ${chain.unitId}, ${audit.subject})`))
      .where(and(gt(audit.seq, after), inArray(audit.action, [...actions])))
      .orderBy(asc(audit.seq))
      .limit(limit)
    return rows.map(feedEntry)
  },
})

type FeedRow = { readonly entry: Omit<FeedEntry, 'document' | 'unit'> } & {
  readonly [Part in 'document' | 'unit']: NonNullable<FeedEntry[Part]> | null
}

const feedEntry = ({ entry, document, unit }: FeedRow): FeedEntry => record({ ...entry, document, unit })

const matching = (db: Db, { within = 'all', subject, actor, action, from, to, after }: AuditFilter) =>
  and(
    within === 'all' ? undefined : about(db, within),
    subject === undefined ? undefined : eq(audit.subject, subject),
    actor === undefined ? undefined : eq(audit.actor, actor),
    action === undefined ? undefined : eq(audit.action, action),
    from === undefined ? undefined : gte(audit.at, from),
    to === undefined ? undefined : lte(audit.at, to),
    after === undefined ? undefined : lt(audit.seq, place(after)),
  )

/** Looked up for one entry after the other, the newest first, until a page is full. */
const about = (db: Db, companies: readonly string[]) => {
  const own = [...companies]
  const isOf = (table: typeof document | typeof unit | typeof draft) =>
    exists(
      db
        .select({ id: table.id })
        .from(table)
        .where(and(eq(table.id, audit.subject), inArray(table.companyId, own))),
    )
  return or(
    inArray(audit.subject, own),
    ...[document, unit, draft].map(isOf),
    exists(
      db
        .select({ id: csid.id })
        .from(csid)
        .innerJoin(unit, eq(unit.id, csid.unitId))
        .where(and(eq(sql`'csid/' || ${csid.id}`, audit.subject), inArray(unit.companyId, own))),
    ),
  )
}

const place = (after: string): number => {
  if (/^\d{1,9}$/.test(after)) return Number(after)
  throw new Failure('request/invalid', { details: { findings: [{ path: 'after', code: 'cursor/malformed' }] } })
}
