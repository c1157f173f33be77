/**
 * The first wall between client companies: one row for each method of Reader and Writer says how its company is found. What lies outside
 * does not exist, so that nobody learns that it does. The second wall are Postgres' own policies (docs/security.md).
 */
import { Failure, type FailureCode } from '#core/errors.ts'
import type { Reader, Scope, Writer } from '#core/ports.ts'
import type { Db } from './db.ts'
import { certificateOf, type Owned, owners } from './owners.ts'

/** What both admit. */
export const narrowed = (one: Scope, other: Scope): Scope => {
  if (one === 'all') return other
  return other === 'all' ? one : one.filter((company) => other.includes(company))
}

const missing: Readonly<Record<Owned, FailureCode>> = {
  company: 'company/not-found',
  unit: 'unit/not-found',
  chain: 'unit/not-found',
  csid: 'unit/not-found',
  key: 'unit/not-found',
  document: 'document/not-found',
  draft: 'request/not-found',
  subject: 'request/not-found',
}

type Companies = Exclude<Scope, 'all'>

const wallAround = (db: Db, companies: Companies) => {
  const ownerOf = owners(db)
  const seen = async (what: Owned, id: string): Promise<boolean> => {
    const companyId = what === 'company' ? id : await ownerOf(what, id)
    return companyId !== undefined && companies.includes(companyId)
  }
  const assertSeen = async (what: Owned, id: string): Promise<void> => {
    if (!(await seen(what, id))) throw new Failure(missing[what], { details: { id } })
  }
  return {
    seen,
    assertSeen,
    /** Belongs to no company, or to one of these */
    foreign: async (what: Owned, id: string): Promise<boolean> => {
      const companyId = await ownerOf(what, id)
      return companyId !== undefined && !companies.includes(companyId)
    },
    /** Reads by the id of something; outside it answers as for an id that nothing has. */
    by:
      <Rest extends readonly unknown[], T>(
        what: Owned,
        method: (id: string, ...rest: Rest) => Promise<T>,
        nothing: T,
      ) =>
      async (id: string, ...rest: Rest): Promise<T> =>
        (await seen(what, id)) ? method(id, ...rest) : nothing,
    /** Reads one row that names its company. */
    row:
      <T>(method: (id: string) => Promise<T | undefined>, companyOf: (row: T) => string) =>
      async (id: string): Promise<T | undefined> => {
        const row = await method(id)
        return row !== undefined && companies.includes(companyOf(row)) ? row : undefined
      },
    /** Reads rows that name their company. */
    rows:
      <T>(method: () => Promise<readonly T[]>, companyOf: (row: T) => string) =>
      async (): Promise<readonly T[]> =>
        (await method()).filter((row) => companies.includes(companyOf(row))),
    /** Changes something by its id. */
    touch:
      <Rest extends readonly unknown[], T>(what: Owned, method: (id: string, ...rest: Rest) => Promise<T>) =>
      async (id: string, ...rest: Rest): Promise<T> => {
        await assertSeen(what, id)
        return method(id, ...rest)
      },
    /** Stores a record that says what it belongs to. */
    store:
      <R, Rest extends readonly unknown[], T>(
        what: Owned,
        method: (record: R, ...rest: Rest) => Promise<T>,
        ownerId: (record: R) => string,
      ) =>
      async (record: R, ...rest: Rest): Promise<T> => {
        await assertSeen(what, ownerId(record))
        return method(record, ...rest)
      },
  }
}

type Wall = ReturnType<typeof wallAround>

/** For the office's own programs: workers, backup, audit, sign-in. Nothing that is done within companies needs it. */
export const officeOnly = async (): Promise<never> => {
  throw new Failure('access/forbidden', { reason: 'not within companies' })
}

/** What these companies' people may read. */
export const readerWithin = (read: Reader, db: Db, companies: Companies): Reader =>
  walledReader(read, companies, wallAround(db, companies))

/** What they may change; beside what is listed it is the reader within the same transaction. */
export const writerWithin = (tx: Writer, db: Db, companies: Companies): Writer =>
  walledWriter(tx, companies, wallAround(db, companies))

const walledReader = (read: Reader, companies: Companies, wall: Wall): Reader => ({
  companies: wall.rows(read.companies, ({ id }) => id),
  company: wall.row(read.company, ({ id }) => id),
  units: wall.by('company', read.units, []),
  unit: wall.row(read.unit, ({ companyId }) => companyId),
  csids: wall.by('unit', read.csids, []),
  productionCsids: wall.rows(read.productionCsids, ({ unit }) => unit.companyId),
  complianceDocuments: wall.by('csid', read.complianceDocuments, []),
  activeChain: wall.by('unit', read.activeChain, undefined),
  chains: wall.by('unit', read.chains, []),
  chainTally: wall.by('chain', read.chainTally, { documents: 0, unaccounted: [] }),
  chainDocuments: wall.by('chain', read.chainDocuments, []),
  documentStatus: wall.row(read.documentStatus, ({ document }) => document.companyId),
  documentsByKeys: wall.by('company', read.documentsByKeys, []),
  takenNumbers: wall.by('company', read.takenNumbers, []),
  documentsByNumber: wall.by('company', read.documentsByNumber, []),
  documents: ({ within = 'all', ...filter }) => read.documents({ ...filter, within: narrowed(companies, within) }),
  documentRows: ({ within = 'all', ...filter }) =>
    read.documentRows({ ...filter, within: narrowed(companies, within) }),
  attemptsOf: (documentIds, within = 'all') => read.attemptsOf(documentIds, narrowed(companies, within)),
  signedXml: wall.by('document', read.signedXml, undefined),
  clearedXml: wall.by('document', read.clearedXml, undefined),
  attempts: wall.by('document', read.attempts, []),
  outboxCounts: (within = 'all') => read.outboxCounts(narrowed(companies, within)),
  openTallies: wall.rows(read.openTallies, ({ companyId }) => companyId),
  openDocuments: ({ within = 'all', ...filter }) =>
    read.openDocuments({ ...filter, within: narrowed(companies, within) }),
  drafts: wall.by('company', read.drafts, []),
  draft: wall.row(read.draft, ({ companyId }) => companyId),
  keyEnvelope: wall.by('key', read.keyEnvelope, undefined),
  audit: wall.by('subject', read.audit, []),
  auditPage: ({ within = 'all', ...filter }) => read.auditPage({ ...filter, within: narrowed(companies, within) }),

  // Environments and endpoints are everybody's roads; that of a certificate is its company's.
  roads: async () => {
    const roads = await read.roads()
    const seen = await Promise.all(roads.map(({ id }) => isOwnRoad(wall, id)))
    return roads.filter((_, index) => seen[index])
  },

  // The office's own: one rule book, and the people and programs by whose names a history is read.
  settings: read.settings,
  users: read.users,
  programs: read.programs,

  allChains: officeOnly,
  unarchived: officeOnly,
  keyEnvelopes: officeOnly,
  brokenAudit: officeOnly,
  auditFeed: officeOnly,
  lastAudit: officeOnly,
  backupRuns: officeOnly,
  userByName: officeOnly,
  session: officeOnly,
  oneTimeToken: officeOnly,
  apiKeys: officeOnly,
  apiKeyByHash: officeOnly,
  // Whose a webhook is, is asked in `core/notify/webhooks.ts`: it may hear of several companies.
  webhooks: officeOnly,
  webhook: officeOnly,
  dueWebhooks: officeOnly,
  deliveries: officeOnly,
  delivery: officeOnly,
  deliveredSince: officeOnly,
})

const isOwnRoad = async (wall: Wall, road: string): Promise<boolean> => {
  const csidId = certificateOf(road)
  return csidId === undefined || wall.seen('csid', csidId)
}

const assertOwnRoad = async (wall: Wall, id: string): Promise<void> => {
  if (!(await isOwnRoad(wall, id))) throw new Failure('road/not-found', { details: { id } })
}

const walledWriter = (tx: Writer, companies: Companies, wall: Wall): Writer => ({
  ...walledReader(tx, companies, wall),
  updateCompany: wall.store('company', tx.updateCompany, ({ id }) => id),
  addUnit: wall.store('company', tx.addUnit, ({ companyId }) => companyId),
  updateUnit: wall.touch('unit', tx.updateUnit),
  claimUnit: wall.touch('unit', tx.claimUnit),
  releaseUnit: wall.touch('unit', tx.releaseUnit),
  addKeyEnvelope: wall.store('company', tx.addKeyEnvelope, ({ companyId = '' }) => companyId),
  addCsid: wall.store('unit', tx.addCsid, ({ unitId }) => unitId),
  addComplianceDocument: wall.store('csid', tx.addComplianceDocument, ({ csidId }) => csidId),
  addChain: wall.store('unit', tx.addChain, ({ unitId }) => unitId),
  retireChain: wall.touch('unit', tx.retireChain),
  closeDrained: async (chainId) => {
    if (chainId === undefined) return officeOnly()
    await wall.assertSeen('chain', chainId)
    return tx.closeDrained(chainId)
  },
  freezeChain: wall.touch('chain', tx.freezeChain),
  thawChain: wall.touch('chain', tx.thawChain),
  lockChain: wall.by('unit', tx.lockChain, undefined),
  appendDocuments: async (issued) => {
    for (const { document } of issued) await wall.assertSeen('company', document.companyId)
    return tx.appendDocuments(issued)
  },
  addAttempt: wall.store('document', tx.addAttempt, ({ documentId }) => documentId),
  finishAttempt: wall.touch('document', tx.finishAttempt),
  releaseOutbox: wall.touch('document', tx.releaseOutbox),
  settle: wall.store('document', tx.settle, ({ documentId }) => documentId),
  settleLate: wall.store('document', tx.settleLate, ({ documentId }) => documentId),
  completeResult: wall.touch('document', tx.completeResult),
  saveDraft: async (saved) => {
    await wall.assertSeen('company', saved.companyId)
    // Ids of drafts are chosen outside: the one of another company's draft is not free.
    if (await wall.foreign('draft', saved.id)) throw new Failure('request/not-found', { details: { id: saved.id } })
    return tx.saveDraft(saved)
  },
  removeDraft: wall.touch('draft', tx.removeDraft),
  lockRoad: async (fresh) => {
    await assertOwnRoad(wall, fresh.id)
    return tx.lockRoad(fresh)
  },
  saveRoad: async (road) => {
    await assertOwnRoad(wall, road.id)
    return tx.saveRoad(road)
  },
  addAudit: async (entry) => {
    if (await wall.foreign('subject', entry.subject))
      throw new Failure('request/not-found', { details: { id: entry.subject } })
    return tx.addAudit(entry)
  },

  // A new client is the office's to take on: nobody would have assigned it to the one who added it.
  addCompany: officeOnly,
  rewrapKey: officeOnly,
  rewrapSecret: officeOnly,
  markArchived: officeOnly,
  // Roads have room for all companies together: claiming looks at everybody's documents under way.
  underWay: officeOnly,
  claimOutbox: officeOnly,
  saveSetting: officeOnly,
  addBackupRun: officeOnly,
  addUser: officeOnly,
  updateUser: officeOnly,
  takeTotpStep: officeOnly,
  addSession: officeOnly,
  touchSession: officeOnly,
  removeSession: officeOnly,
  removeSessions: officeOnly,
  addApiKey: officeOnly,
  updateApiKey: officeOnly,
  addWebhook: officeOnly,
  updateWebhook: officeOnly,
  removeWebhook: officeOnly,
  lockWebhook: officeOnly,
  addDeliveries: officeOnly,
  claimDeliveries: officeOnly,
  finishDelivery: officeOnly,
  forgetDeliveries: officeOnly,
  addOneTimeToken: officeOnly,
  takeOneTimeToken: officeOnly,
  removeOneTimeTokens: officeOnly,
})
