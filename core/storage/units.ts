/** EGS units with what their onboarding brought: key envelopes, CSIDs and the compliance documents. */
import { asc, eq } from 'drizzle-orm'
import type { Reader, Writer } from '#core/ports.ts'
import { type Db, record } from './db.ts'
import { complianceDocument, csid, keyEnvelope, unit } from './schema.postgres.ts'

export const unitReader = (
  db: Db,
): Pick<Reader, 'units' | 'unit' | 'csids' | 'complianceDocuments' | 'keyEnvelope' | 'keyEnvelopes'> => ({
  units: async (companyId) => {
    const rows = await db.select().from(unit).where(eq(unit.companyId, companyId)).orderBy(unit.createdAt, unit.id)
    return rows.map(record)
  },
  unit: async (id) => (await db.select().from(unit).where(eq(unit.id, id))).map(record)[0],
  csids: async (unitId) =>
    (await db.select().from(csid).where(eq(csid.unitId, unitId)).orderBy(asc(csid.createdAt), asc(csid.id))).map(
      record,
    ),
  complianceDocuments: (csidId) =>
    db
      .select()
      .from(complianceDocument)
      .where(eq(complianceDocument.csidId, csidId))
      .orderBy(complianceDocument.at, complianceDocument.profile, complianceDocument.kind),
  keyEnvelopes: () =>
    db.select({ keyId: keyEnvelope.id, envelope: keyEnvelope.envelope }).from(keyEnvelope).orderBy(asc(keyEnvelope.id)),
  keyEnvelope: async (keyId) =>
    (await db.select({ envelope: keyEnvelope.envelope }).from(keyEnvelope).where(eq(keyEnvelope.id, keyId)))[0]
      ?.envelope,
})

export const unitWriter = (
  db: Db,
): Pick<
  Writer,
  'addUnit' | 'updateUnit' | 'addKeyEnvelope' | 'addCsid' | 'addComplianceDocument' | 'rewrapKey' | 'rewrapSecret'
> => ({
  addUnit: async (added) => {
    await db.insert(unit).values(added)
  },
  updateUnit: async (id, { state, ...change }) => {
    const set = {
      ...(state === undefined ? {} : { state }),
      ...('keyId' in change ? { keyId: change.keyId ?? null } : {}),
    }
    await db.update(unit).set(set).where(eq(unit.id, id))
  },
  addKeyEnvelope: async (id, envelope) => {
    await db.insert(keyEnvelope).values({ id, envelope })
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
