/** EGS units with what their onboarding brought: key envelopes, CSIDs and the compliance documents. */
import { and, asc, eq, getTableColumns, isNull, lte, or } from 'drizzle-orm'
import type { Reader, Writer } from '#core/ports.ts'
import { type Db, record, type Transaction } from './db.ts'
import { selected } from './prepared.ts'
import { complianceDocument, csid, keyEnvelope, unit } from './schema.postgres.ts'

const columns = {
  id: unit.id,
  companyId: unit.companyId,
  environment: unit.environment,
  name: unit.name,
  branch: unit.branch,
  functionality: unit.functionality,
  state: unit.state,
  keyId: unit.keyId,
  createdAt: unit.createdAt,
}

const unitById = selected(columns, (rows, { id }: { id: string }) => rows.from(unit).where(eq(unit.id, id)))
const csidsOfUnit = selected(getTableColumns(csid), (rows, { unitId }: { unitId: string }) =>
  rows.from(csid).where(eq(csid.unitId, unitId)),
)
const envelopeById = selected({ envelope: keyEnvelope.envelope }, (rows, { id }: { id: string }) =>
  rows.from(keyEnvelope).where(eq(keyEnvelope.id, id)),
)

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

type UnitReader = Pick<
  Reader,
  'units' | 'unit' | 'csids' | 'productionCsids' | 'complianceDocuments' | 'keyEnvelope' | 'keyEnvelopes'
>

export const unitReader = (db: Db): UnitReader => ({
  units: async (companyId) => {
    const rows = await db
      .select(columns)
      .from(unit)
      .where(eq(unit.companyId, companyId))
      .orderBy(unit.createdAt, unit.id)
    return rows.map(record)
  },
  unit: async (id) => (await unitById(db, { id }))[0],
  productionCsids: async () => {
    const rows = await db
      .select({ unit: columns, csidId: csid.id, notAfter: csid.notAfter })
      .from(csid)
      .innerJoin(unit, eq(unit.id, csid.unitId))
      .where(eq(csid.purpose, 'production'))
      .orderBy(csid.epoch)
    const newest = new Map(rows.map((row) => [row.unit.id, { ...row, unit: record(row.unit) }]))
    return [...newest.values()]
  },
  /** A handful: ordered here faster than SQLite gets the memory to sort them. */
  csids: async (unitId) =>
    (await csidsOfUnit(db, { unitId })).toSorted((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id)),
  complianceDocuments: (csidId) =>
    db
      .select()
      .from(complianceDocument)
      .where(eq(complianceDocument.csidId, csidId))
      .orderBy(complianceDocument.at, complianceDocument.profile, complianceDocument.kind),
  keyEnvelopes: () =>
    db.select({ keyId: keyEnvelope.id, envelope: keyEnvelope.envelope }).from(keyEnvelope).orderBy(asc(keyEnvelope.id)),
  keyEnvelope: async (keyId) => (await envelopeById(db, { id: keyId }))[0]?.envelope,
})

type UnitWriter = Pick<
  Writer,
  | 'addUnit'
  | 'updateUnit'
  | 'claimUnit'
  | 'releaseUnit'
  | 'addKeyEnvelope'
  | 'addCsid'
  | 'addComplianceDocument'
  | 'rewrapKey'
  | 'rewrapSecret'
>

export const unitWriter = ({ db, now }: Transaction): UnitWriter => ({
  addUnit: async (added) => {
    await db.insert(unit).values(added)
  },
  updateUnit: async (id, { state, name, branch, ...change }) => {
    const set = {
      ...(state === undefined ? {} : { state }),
      ...(name === undefined ? {} : { name }),
      ...(branch === undefined ? {} : { branch }),
      ...('keyId' in change ? { keyId: change.keyId ?? null } : {}),
    }
    await db.update(unit).set(set).where(eq(unit.id, id))
  },
  claimUnit: async (id, seconds) => {
    const at = await now()
    const until = new Date(Date.parse(at) + seconds * 1000).toISOString()
    const free = or(isNull(unit.claimedUntil), lte(unit.claimedUntil, at))
    const claimed = await db
      .update(unit)
      .set({ claimedUntil: until })
      .where(and(eq(unit.id, id), free))
      .returning({ id: unit.id })
    return claimed.length === 1 ? until : undefined
  },
  releaseUnit: async (id, claim) => {
    await db
      .update(unit)
      .set({ claimedUntil: null })
      .where(and(eq(unit.id, id), eq(unit.claimedUntil, claim)))
  },
  addKeyEnvelope: async ({ keyId: id, envelope, companyId }) => {
    await db.insert(keyEnvelope).values({ id, envelope, companyId })
  },
  addCsid: async (added) => {
    await db.insert(csid).values(added)
  },
  rewrapKey: async (keyId, envelope) => {
    await db.update(keyEnvelope).set({ envelope }).where(eq(keyEnvelope.id, keyId))
  },
  rewrapSecret: async (csidId, sealedSecret) => {
    await db.update(csid).set({ sealedSecret }).where(eq(csid.id, csidId))
  },
  /** A check repeated after a crash replaces the earlier one of the same kind: only the last answer counts. */
  addComplianceDocument: async (added) => {
    const { passed, findings, at } = added
    await db
      .insert(complianceDocument)
      .values(added)
      .onConflictDoUpdate({
        target: [complianceDocument.csidId, complianceDocument.kind, complianceDocument.profile],
        set: { passed, findings, at },
      })
  },
})
