/** All that a storage gives to read, as plain JSON: to compare what one program wrote with what another reads. */
import { createHash } from 'node:crypto'
import type { Reader } from '#core/ports.ts'

/** A session of every kept database. */
export const keptToken = 'kept'

const digest = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && createHash('sha256').update(bytes).digest('hex')

/** Columns that later programs add are additions here as well; bytes are told by their SHA-256. */
export const everything = async (read: Reader): Promise<object> => {
  const companies = await read.companies()
  const found = {
    companies: await Promise.all(
      companies.map(async (company) => ({ ...company, ...(await ofCompany(read, company.id)) })),
    ),
    users: await read.users(),
    session: await read.session(keptToken),
    counts: await read.outboxCounts(),
    operations: await operations(read),
  }
  return JSON.parse(JSON.stringify(found))
}

const ofCompany = async (read: Reader, companyId: string): Promise<object> => {
  const units = await read.units(companyId)
  return {
    audit: await read.audit(companyId),
    drafts: await read.drafts(companyId),
    units: await Promise.all(units.map(async (unit) => ({ ...unit, ...(await ofUnit(read, unit.id, unit.keyId)) }))),
  }
}

const ofUnit = async (read: Reader, unitId: string, keyId: string | undefined): Promise<object> => {
  const csids = await read.csids(unitId)
  const chains = await read.chains(unitId)
  return {
    audit: await read.audit(unitId),
    envelope: keyId === undefined ? undefined : await read.keyEnvelope(keyId),
    csids: await Promise.all(
      csids.map(async (csid) => ({ ...csid, compliance: await read.complianceDocuments(csid.id) })),
    ),
    chains: await Promise.all(chains.map(async (chain) => ({ ...chain, documents: await ofChain(read, chain.id) }))),
  }
}

const ofChain = async (read: Reader, chainId: string): Promise<readonly object[]> => {
  const documents = await read.chainDocuments(chainId, 0, 1000)
  return Promise.all(
    documents.map(async ({ document: { id }, signedXml }) => ({
      ...(await read.documentStatus(id)),
      signed: digest(signedXml),
      cleared: digest(await read.clearedXml(id)),
      attempts: await read.attempts(id),
      audit: await read.audit(id),
    })),
  )
}

/** The first programs had none of these. */
const operations = async (read: Partial<Reader>): Promise<object> => ({
  roads: await read.roads?.(),
  settings: await read.settings?.(),
  backups: await read.backupRuns?.(100),
})
