/** Whose a row is: the company that a unit, a chain, a certificate, a key, a document or a draft belongs to. */
import { eq } from 'drizzle-orm'
import type { Db } from './db.ts'
import { chain, company, csid, document, draft, keyEnvelope, unit } from './schema.postgres.ts'

const ofUnit = { companyId: unit.companyId }

const queries = {
  company: (db: Db, id: string) => db.select({ companyId: company.id }).from(company).where(eq(company.id, id)),
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
}

type Found = keyof typeof queries

/** `subject`: whatever an entry of the audit log is about, the road of a certificate among it. */
export type Owned = Found | 'subject'

/** The certificate whose road this is. */
export const certificateOf = (road: string): string | undefined => /^csid\/(.+)$/.exec(road)?.[1]

/** Most entries are about documents. Ids of different things are never the same. */
const subjects: readonly Found[] = ['document', 'unit', 'company', 'draft']

/** Undefined for what does not exist, or belongs to no company. What was found once is remembered: rows never change hands. */
export const owners = (db: Db) => {
  const found = new Map<string, string>()
  const of = async (what: Found, id: string): Promise<string | undefined> => {
    const name = `${what} ${id}`
    const known = found.get(name)
    if (known !== undefined) return known
    const companyId = (await queries[what](db, id))[0]?.companyId ?? undefined
    if (companyId !== undefined) found.set(name, companyId)
    return companyId
  }
  const ofSubject = async (id: string): Promise<string | undefined> => {
    const certificate = certificateOf(id)
    if (certificate !== undefined) return of('csid', certificate)
    for (const what of subjects) {
      const companyId = await of(what, id)
      if (companyId !== undefined) return companyId
    }
    return undefined
  }
  return (what: Owned, id: string): Promise<string | undefined> => (what === 'subject' ? ofSubject(id) : of(what, id))
}
