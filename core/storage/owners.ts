/** Whose a row is: the company that a unit, a chain, a certificate, a key, a document or a draft belongs to. */
import { eq } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { Db } from './db.ts'
import { chain, company, csid, document, draft, keyEnvelope, unit } from './schema.postgres.ts'

const ofUnit = { companyId: unit.companyId }

const queries = {
  unit: (db: Db, id: string) => db.select(ofUnit).from(unit).where(eq(unit.id, id)),
  chain: (db: Db, id: string) =>
    db.select(ofUnit).from(chain).innerJoin(unit, eq(unit.id, chain.unitId)).where(eq(chain.id, id)),
  csid: (db: Db, id: string) =>
    db.select(ofUnit).from(csid).innerJoin(unit, eq(unit.id, csid.unitId)).where(eq(csid.id, id)),
  key: (db: Db, id: string) =>
    db.select({ companyId: keyEnvelope.companyId }).from(keyEnvelope).where(eq(keyEnvelope.id, id)),
  document: (db: Db, id: string) =>
    db.select({ companyId: document.companyId }).from(document).where(eq(document.id, id)),
  draft: (db: Db, id: string) => db.select({ companyId: draft.companyId }).from(draft).where(eq(draft.id, id)),
  /** What an entry of the audit log is about; the road of a certificate among it */
  subject: (db: Db, id: string) =>
    unionAll(
      db.select({ companyId: document.companyId }).from(document).where(eq(document.id, id)),
      db.select(ofUnit).from(unit).where(eq(unit.id, id)),
      db.select({ companyId: company.id }).from(company).where(eq(company.id, id)),
      db.select({ companyId: draft.companyId }).from(draft).where(eq(draft.id, id)),
      db
        .select(ofUnit)
        .from(csid)
        .innerJoin(unit, eq(unit.id, csid.unitId))
        .where(eq(csid.id, certificateOf(id) ?? '')),
    ),
}

export type Owned = keyof typeof queries

/** The certificate whose road this is. */
export const certificateOf = (road: string): string | undefined => /^csid\/(.+)$/.exec(road)?.[1]

/** Undefined for what does not exist, or belongs to no company. What was found once is remembered: rows never change hands. */
export const owners = (db: Db) => {
  const found = new Map<string, string>()
  return async (what: Owned, id: string): Promise<string | undefined> => {
    const name = `${what} ${id}`
    const known = found.get(name)
    if (known !== undefined) return known
    const companyId = (await queries[what](db, id))[0]?.companyId ?? undefined
    if (companyId !== undefined) found.set(name, companyId)
    return companyId
  }
}
