/** Records for the storage tests: a company with a unit and an active chain, and documents appended to it as issuing does. */
import { createHash, randomUUID } from 'node:crypto'
import type {
  Attempt,
  Chain,
  Company,
  Csid,
  DocumentRecord,
  OutboxRow,
  Result,
  Storage,
  Unit,
  User,
  Webhook,
  Writer,
} from '#core/ports.ts'

export const PAST = '2024-01-01T00:00:00.000Z'
const GENESIS = 'genesis'

export interface Ready {
  readonly company: Company
  readonly unit: Unit
  readonly chain: Chain
  readonly csid: Csid
}

export const aCompany = (vatNumber = '300000000000003'): Company => ({
  id: randomUUID(),
  name: 'شركة الاختبار',
  vatNumber,
  party: { address: { city: 'الرياض' } },
  industry: 'Trade',
  createdAt: PAST,
})

export const aUnit = (company: Company, name = 'Till 1'): Unit => ({
  id: randomUUID(),
  companyId: company.id,
  environment: 'PRACTICE',
  name,
  branch: 'Main',
  functionality: '1100',
  state: 'ready',
  keyId: undefined,
  createdAt: PAST,
})

export const aChain = (unit: Unit, epoch = 1): Chain => ({
  id: randomUUID(),
  unitId: unit.id,
  epoch,
  state: 'active',
  lastIcv: 0,
  lastHash: GENESIS,
  lastSealedAt: undefined,
})

export const aCsid = (unit: Unit): Csid => ({
  id: randomUUID(),
  unitId: unit.id,
  purpose: 'production',
  requestId: '1',
  token: 'token',
  sealedSecret: 'sealed',
  notBefore: PAST,
  notAfter: '2030-01-01T00:00:00.000Z',
  epoch: 1,
  createdAt: PAST,
  keyId: undefined,
})

/** A company with one unit that may issue. */
export const addReady = async (storage: Storage, company = aCompany(), name?: string): Promise<Ready> => {
  const unit = aUnit(company, name)
  const ready = { company, unit, chain: aChain(unit), csid: aCsid(unit) }
  await storage.write(async (tx) => {
    if ((await tx.company(company.id)) === undefined) await tx.addCompany(company)
    await tx.addUnit(unit)
    await tx.addCsid(ready.csid)
    await tx.addChain(ready.chain)
  })
  return ready
}

export const aDocument = ({ company, unit, csid }: Ready, chain: Chain): DocumentRecord => {
  const uuid = randomUUID()
  return {
    id: randomUUID(),
    companyId: company.id,
    unitId: unit.id,
    chainId: chain.id,
    environment: unit.environment,
    icv: chain.lastIcv + 1,
    uuid,
    pih: chain.lastHash,
    hash: createHash('sha256').update(uuid).digest('base64'),
    kind: 'invoice',
    profile: 'simplified',
    number: `INV-${uuid}`,
    reissueNo: 0,
    supersedes: undefined,
    issueDate: '2024-01-01',
    issueTime: '03:00:00',
    buyerName: undefined,
    currency: 'SAR',
    taxInclusiveAmount: '115.00',
    taxAmountSar: '15.00',
    sealedAt: PAST,
    rulePack: 'test',
    warnings: [],
    draft: {
      kind: 'invoice',
      profile: 'simplified',
      number: '1',
      lines: [{ name: 'قلم', quantity: '1', price: '100' }],
    },
    qr: 'qr',
    csidId: csid.id,
    idempotencyKey: uuid,
    bodySha256: 'body',
  }
}

export const aRow = (documentId: string): OutboxRow => ({
  documentId,
  endpoint: 'reporting',
  state: 'pending',
  heldReason: undefined,
  deadlineAt: '2024-01-02T00:00:00.000Z',
  nextAt: PAST,
  leaseUntil: undefined,
  fence: 0,
  claims: 0,
  firstSentAt: undefined,
  leaseOwner: undefined,
})

export const xmlOf = (document: DocumentRecord): Uint8Array =>
  new TextEncoder().encode(`<Invoice>فاتورة ${document.uuid}${'<Line/>'.repeat(50)}</Invoice>`)

/** Lock, number, store: what issuing does inside its transaction. */
export const appendWithin = async (
  tx: Writer,
  ready: Ready,
  change: Partial<DocumentRecord> = {},
): Promise<DocumentRecord> => {
  const chain = await tx.lockChain(ready.unit.id)
  if (chain === undefined) throw new Error('no active chain')
  const document = { ...aDocument(ready, chain), ...change }
  await tx.appendDocuments([{ document, signedXml: xmlOf(document), outbox: aRow(document.id) }])
  return document
}

export const append = (storage: Storage, ready: Ready, change?: Partial<DocumentRecord>): Promise<DocumentRecord> =>
  storage.write((tx) => appendWithin(tx, ready, change))

export const aUser = (change: Partial<User> = {}): User => ({
  id: 'u1',
  username: 'sara',
  name: 'سارة',
  role: 'owner',
  passwordHash: 'hash',
  failedSignIns: 0,
  lockedUntil: undefined,
  createdAt: PAST,
  mustChangePassword: false,
  deactivatedAt: undefined,
  ...change,
})

export const aWebhook = (change: Partial<Webhook> = {}): Webhook => ({
  id: 'w1',
  url: 'https://ledger.example.sa/hook',
  sealedSecret: 'sealed',
  events: ['invoice.issued'],
  companies: undefined,
  active: true,
  createdAt: PAST,
  createdBy: 'u1',
  cursor: 0,
  ...change,
})

export const anAttempt = (documentId: string, fence: number): Attempt => ({
  documentId,
  fence,
  endpoint: 'reporting',
  startedAt: PAST,
  finishedAt: undefined,
  requestSha256: 'sha',
  verdict: undefined,
  httpStatus: undefined,
  response: undefined,
  cause: undefined,
})

export const finished = {
  finishedAt: '2024-01-01T00:00:01.000Z',
  verdict: 'accepted',
  httpStatus: 200,
  response: '{}',
  cause: undefined,
} as const

export const aResult = (documentId: string, fence: number): Result => ({
  documentId,
  outcome: 'reported',
  duplicate: false,
  findings: [],
  decidedByFence: fence,
  at: PAST,
})
