/** A client company with a row in every table that holds something of a client. */
import { randomUUID } from 'node:crypto'
import type {
  Attempt,
  ComplianceDocument,
  DocumentRecord,
  KeptEnvelope,
  Road,
  SavedDraft,
  Storage,
} from '#core/ports.ts'
import type { TestDatabase } from './databases.ts'
import { aCompany, addReady, anAttempt, appendWithin, aResult, finished, PAST, type Ready } from './records.ts'

export interface ClientCompany extends Ready {
  readonly waiting: DocumentRecord
  readonly settled: DocumentRecord
  readonly key: KeptEnvelope
  readonly draft: SavedDraft
  readonly road: Road
  readonly attempt: Attempt
  readonly compliance: ComplianceDocument
}

export const aRoad = (id: string): Road => ({
  id,
  state: 'open',
  reason: undefined,
  changedAt: PAST,
  changedBy: 'system',
  probeAt: undefined,
  failures: 0,
  successes: 0,
  trips: 0,
  windowStartedAt: undefined,
  windowTotal: 0,
  windowFailed: 0,
  concurrency: 8,
  concurrencyChangedAt: PAST,
})

export const addClient = async (
  storage: Storage,
  database: TestDatabase,
  vatNumber: string,
): Promise<ClientCompany> => {
  const ready = await addReady(storage, aCompany(vatNumber))
  const { company, unit, csid } = ready
  const key = { keyId: randomUUID(), envelope: 'khatm1.file.wrapped.sealed', companyId: company.id }
  const draft = { id: randomUUID(), companyId: company.id, draft: {}, updatedAt: PAST }
  const road = aRoad(`csid/${csid.id}`)
  const compliance: ComplianceDocument = {
    unitId: unit.id,
    csidId: csid.id,
    kind: 'invoice',
    profile: 'simplified',
    passed: true,
    findings: [],
    at: PAST,
  }
  const { waiting, settled } = await storage.write(async (tx) => {
    await tx.addKeyEnvelope(key)
    await tx.addComplianceDocument(compliance)
    await tx.saveDraft(draft)
    await tx.saveRoad(road)
    return { settled: await appendWithin(tx, ready), waiting: await appendWithin(tx, ready) }
  })
  const attempt = await storage.write(async (tx) => {
    const [row] = await tx.claimOutbox({ limit: 1, leaseSeconds: 90, documentId: settled.id })
    const begun = anAttempt(settled.id, row?.fence ?? -1)
    await tx.addAttempt(begun)
    await tx.finishAttempt(settled.id, begun.fence, finished)
    await tx.settle(aResult(settled.id, begun.fence), undefined)
    for (const subject of [company.id, unit.id, settled.id, waiting.id, draft.id, road.id])
      await tx.addAudit({ at: PAST, actor: 'sara', action: 'test', subject, details: {} })
    return begun
  })
  const hook = randomUUID()
  await database.sql(`INSERT INTO webhook (id, url, sealed_secret, events, active, created_at, created_by, cursor)
    VALUES ('${hook}', 'https://client.example.sa', 'sealed', '[]', 1, '${PAST}', 'sara', 0)`)
  await database.sql(`INSERT INTO webhook_delivery (id, webhook_id, event, company_id, body, state, tries, next_at, created_at)
    VALUES ('${randomUUID()}', '${hook}', 'test', '${company.id}', '{}', 'waiting', 0, '${PAST}', '${PAST}')`)
  return { ...ready, waiting, settled, key, draft, road, attempt, compliance }
}

/** One that nobody has: its ids lead nowhere. */
export const ghostOf = (client: ClientCompany): ClientCompany => {
  const [companyId, unitId, csidId, chainId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const document = { id: randomUUID(), companyId, unitId, chainId }
  return {
    ...client,
    company: { ...client.company, id: companyId },
    unit: { ...client.unit, id: unitId, companyId },
    csid: { ...client.csid, id: csidId, unitId },
    chain: { ...client.chain, id: chainId, unitId },
    waiting: { ...client.waiting, ...document },
    settled: { ...client.settled, ...document },
    key: { ...client.key, keyId: randomUUID(), companyId },
    draft: { ...client.draft, id: randomUUID(), companyId },
    road: { ...client.road, id: `csid/${csidId}` },
    compliance: { ...client.compliance, csidId, unitId },
  }
}
