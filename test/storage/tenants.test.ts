/** The first wall between client companies, method by method on both engines: what lies outside answers as if it did not exist. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Failure } from '#core/errors.ts'
import type { Reader, Storage, Writer } from '#core/ports.ts'
import { addClient, aRoad, type ClientCompany, ghostOf } from './client-company.ts'
import { describeEngines, failing } from './engines.ts'
import {
  aChain,
  aCsid,
  aDocument,
  anAttempt,
  aResult,
  aRow,
  aUnit,
  aUser,
  aWebhook,
  finished,
  PAST,
  xmlOf,
} from './records.ts'

type Ask = (read: Reader, client: ClientCompany) => Promise<unknown>

/** `asked`: by ids of the client. `listed`: rows of everybody. `office`: only for the office's own programs. `shared`: nobody's. */
interface Question {
  readonly kind: 'asked' | 'listed' | 'office' | 'shared'
  readonly ask: Ask
}
const asked = (ask: Ask): Question => ({ kind: 'asked', ask })
const listed = (ask: Ask): Question => ({ kind: 'listed', ask })
const office = (ask: Ask): Question => ({ kind: 'office', ask })
const shared = (ask: Ask): Question => ({ kind: 'shared', ask })

/** The compiler asks for a missing one. */
const questions: { readonly [Method in keyof Reader]: Question } = {
  companies: listed((read) => read.companies()),
  company: asked((read, { company }) => read.company(company.id)),
  units: asked((read, { company }) => read.units(company.id)),
  unit: asked((read, { unit }) => read.unit(unit.id)),
  csids: asked((read, { unit }) => read.csids(unit.id)),
  productionCsids: listed((read) => read.productionCsids()),
  complianceDocuments: asked((read, { csid }) => read.complianceDocuments(csid.id)),
  activeChain: asked((read, { unit }) => read.activeChain(unit.id)),
  chains: asked((read, { unit }) => read.chains(unit.id)),
  allChains: office((read) => read.allChains()),
  unarchived: office((read) => read.unarchived()),
  chainTally: asked((read, { chain }) => read.chainTally(chain.id)),
  documentStatus: asked((read, { waiting }) => read.documentStatus(waiting.id)),
  documentsByKeys: asked((read, { waiting }) =>
    read.documentsByKeys(waiting.companyId, 'PRACTICE', [waiting.idempotencyKey]),
  ),
  takenNumbers: asked((read, { waiting }) => read.takenNumbers(waiting.companyId, 'PRACTICE', [waiting.number])),
  documentsByNumber: asked((read, { waiting }) =>
    read.documentsByNumber(waiting.companyId, 'PRACTICE', waiting.number),
  ),
  documents: asked((read, { company }) => read.documents({ companyId: company.id, limit: 10 })),
  documentRows: asked((read, { company }) => read.documentRows({ companyId: company.id, limit: 10 })),
  attemptsOf: asked((read, { settled }) => read.attemptsOf([settled.id])),
  chainDocuments: asked((read, { chain }) => read.chainDocuments(chain.id, 0, 10)),
  signedXml: asked((read, { waiting }) => read.signedXml(waiting.id)),
  clearedXml: asked((read, { settled }) => read.clearedXml(settled.id)),
  attempts: asked((read, { settled }) => read.attempts(settled.id)),
  outboxCounts: listed((read) => read.outboxCounts()),
  openTallies: listed((read) => read.openTallies()),
  openDocuments: listed((read) => read.openDocuments({ limit: 10 })),
  roads: listed((read) => read.roads()),
  settings: shared((read) => read.settings()),
  backupRuns: office((read) => read.backupRuns(10)),
  audit: asked(async (read, { company, unit, waiting, draft, road }) => {
    const subjects = [company, unit, waiting, draft, road].map(({ id }) => id)
    return (await Promise.all(subjects.map((subject) => read.audit(subject)))).flat()
  }),
  auditPage: listed((read) => read.auditPage({ limit: 100 })),
  auditFeed: office((read) => read.auditFeed({ after: 0, actions: ['test'], limit: 10 })),
  lastAudit: office((read) => read.lastAudit()),
  brokenAudit: office((read) => read.brokenAudit()),
  users: shared((read) => read.users()),
  userByName: office((read) => read.userByName('sara')),
  session: office((read) => read.session('token')),
  apiKeys: office((read) => read.apiKeys()),
  apiKeyByHash: office((read) => read.apiKeyByHash('hash')),
  programs: shared((read) => read.programs()),
  webhooks: office((read) => read.webhooks()),
  webhook: office((read) => read.webhook('w1')),
  dueWebhooks: office((read) => read.dueWebhooks(PAST)),
  deliveries: office((read) => read.deliveries({ webhookId: 'w1', limit: 10 })),
  delivery: office((read) => read.delivery('d1')),
  deliveredSince: office((read) => read.deliveredSince('w1', PAST)),
  oneTimeToken: office((read) => read.oneTimeToken('token', 'set-up')),
  drafts: asked((read, { company }) => read.drafts(company.id)),
  draft: asked((read, { draft }) => read.draft(draft.id)),
  keyEnvelope: asked((read, { key }) => read.keyEnvelope(key.keyId)),
  keyEnvelopes: office((read) => read.keyEnvelopes()),
}

type Do = (tx: Writer, client: ClientCompany) => Promise<unknown>

interface Command {
  readonly kind: 'client' | 'office'
  readonly run: Do
}
const ofClient = (run: Do): Command => ({ kind: 'client', run })
const ofOffice = (run: Do): Command => ({ kind: 'office', run })
const entry = (subject: string) => ({ at: PAST, actor: 'sara', action: 'test', subject, details: {} })

const commands: { readonly [Method in Exclude<keyof Writer, keyof Reader>]: Command } = {
  addCompany: ofOffice((tx, { company }) =>
    tx.addCompany({ ...company, id: randomUUID(), vatNumber: '322222222222223' }),
  ),
  updateCompany: ofClient((tx, { company }) => tx.updateCompany({ ...company, name: 'changed' })),
  addUnit: ofClient((tx, { company }) => tx.addUnit(aUnit(company, 'another'))),
  updateUnit: ofClient((tx, { unit }) => tx.updateUnit(unit.id, { name: 'changed' })),
  claimUnit: ofClient((tx, { unit }) => tx.claimUnit(unit.id, 60)),
  releaseUnit: ofClient((tx, { unit }) => tx.releaseUnit(unit.id, PAST)),
  addKeyEnvelope: ofClient((tx, { key }) => tx.addKeyEnvelope({ ...key, keyId: randomUUID() })),
  addCsid: ofClient((tx, { unit }) => tx.addCsid(aCsid(unit))),
  rewrapKey: ofOffice((tx, { key }) => tx.rewrapKey(key.keyId, key.envelope)),
  rewrapSecret: ofOffice((tx, { csid }) => tx.rewrapSecret(csid.id, csid.sealedSecret)),
  addComplianceDocument: ofClient((tx, { compliance }) => tx.addComplianceDocument({ ...compliance, passed: false })),
  addChain: ofClient((tx, { unit }) => tx.addChain({ ...aChain(unit, 9), state: 'closed' })),
  retireChain: ofClient((tx, { unit }) => tx.retireChain(unit.id)),
  closeDrained: ofClient((tx, { chain }) => tx.closeDrained(chain.id)),
  markArchived: ofOffice((tx, { chain }) => tx.markArchived(chain.id, 1)),
  freezeChain: ofClient((tx, { chain }) => tx.freezeChain(chain.id, 'test')),
  thawChain: ofClient((tx, { chain }) => tx.thawChain(chain.id)),
  lockChain: ofClient(async (tx, { unit }) => {
    if ((await tx.lockChain(unit.id)) === undefined) throw new Failure('unit/not-found')
  }),
  appendDocuments: ofClient(async (tx, client) => {
    const chain = (await tx.lockChain(client.unit.id)) ?? client.chain
    const document = aDocument(client, chain)
    await tx.appendDocuments([{ document, signedXml: xmlOf(document), outbox: aRow(document.id) }])
  }),
  underWay: ofOffice((tx) => tx.underWay()),
  claimOutbox: ofOffice((tx) => tx.claimOutbox({ limit: 1, leaseSeconds: 1 })),
  addAttempt: ofClient((tx, { waiting }) => tx.addAttempt(anAttempt(waiting.id, 7))),
  finishAttempt: ofClient((tx, { waiting }) => tx.finishAttempt(waiting.id, 7, finished)),
  releaseOutbox: ofClient((tx, { waiting }) => tx.releaseOutbox(waiting.id, 0, { state: 'held' })),
  settle: ofClient((tx, { waiting }) => tx.settle(aResult(waiting.id, 0), undefined)),
  settleLate: ofClient((tx, { waiting }) => tx.settleLate(aResult(waiting.id, 0), undefined)),
  completeResult: ofClient((tx, { settled }) => tx.completeResult(settled.id, new Uint8Array([1]))),
  lockRoad: ofClient((tx, { road }) => tx.lockRoad(road)),
  saveRoad: ofClient((tx, { road }) => tx.saveRoad({ ...road, state: 'closed' })),
  saveSetting: ofOffice((tx) => tx.saveSetting({ name: 'n', value: 1, changedAt: PAST, changedBy: 'sara' })),
  addBackupRun: ofOffice((tx) =>
    tx.addBackupRun({
      id: randomUUID(),
      startedAt: PAST,
      finishedAt: PAST,
      target: '/backups',
      bytes: 1,
      documents: 1,
      verified: true,
      problem: undefined,
    }),
  ),
  addAudit: ofClient((tx, { waiting }) => tx.addAudit(entry(waiting.id))),
  addUser: ofOffice((tx) => tx.addUser(aUser({ id: randomUUID(), username: 'nora' }))),
  updateUser: ofOffice((tx) => tx.updateUser('u1', { name: 'changed' })),
  takeTotpStep: ofOffice((tx) => tx.takeTotpStep('u1', 1)),
  addSession: ofOffice((tx) =>
    tx.addSession({ tokenSha256: 't', userId: 'u1', createdAt: PAST, lastSeenAt: PAST, expiresAt: PAST }),
  ),
  touchSession: ofOffice((tx) => tx.touchSession('t', PAST, PAST)),
  removeSession: ofOffice((tx) => tx.removeSession('t')),
  removeSessions: ofOffice((tx) => tx.removeSessions('u1')),
  addApiKey: ofOffice((tx) =>
    tx.addApiKey({
      id: randomUUID(),
      name: 'till',
      prefix: 'kh_',
      keySha256: 'k',
      role: 'issuer',
      companies: undefined,
      createdAt: PAST,
      createdBy: 'u1',
      expiresAt: undefined,
      lastUsedAt: undefined,
      revokedAt: undefined,
    }),
  ),
  updateApiKey: ofOffice((tx) => tx.updateApiKey('k', { revokedAt: PAST })),
  addWebhook: ofOffice((tx) => tx.addWebhook(aWebhook({ id: randomUUID() }))),
  updateWebhook: ofOffice((tx) => tx.updateWebhook('w1', { active: false })),
  removeWebhook: ofOffice((tx) => tx.removeWebhook('w1')),
  lockWebhook: ofOffice((tx) => tx.lockWebhook('w1')),
  addDeliveries: ofOffice((tx) => tx.addDeliveries([])),
  claimDeliveries: ofOffice((tx) => tx.claimDeliveries({ webhookId: 'w1', limit: 1, leaseSeconds: 1 })),
  finishDelivery: ofOffice((tx) =>
    tx.finishDelivery('d1', 1, { state: 'delivered', httpStatus: 200, problem: undefined, finishedAt: PAST }),
  ),
  forgetDeliveries: ofOffice((tx) => tx.forgetDeliveries(PAST)),
  addOneTimeToken: ofOffice((tx) =>
    tx.addOneTimeToken({ tokenSha256: 'o', purpose: 'p', details: {}, createdAt: PAST, expiresAt: PAST }),
  ),
  takeOneTimeToken: ofOffice((tx) => tx.takeOneTimeToken('o', 'p', PAST)),
  removeOneTimeTokens: ofOffice((tx) => tx.removeOneTimeTokens('p', PAST)),
  saveDraft: ofClient((tx, { draft }) => tx.saveDraft({ ...draft, draft: 'changed' })),
  removeDraft: ofClient((tx, { draft }) => tx.removeDraft(draft.id)),
}

/** Bytes as text, so that whose they are shows. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_name, one: unknown) => (one instanceof Uint8Array ? Buffer.from(one).toString() : one)) ?? ''

const hidden = ['company/not-found', 'unit/not-found', 'document/not-found', 'road/not-found', 'request/not-found']

await describeEngines('within companies', (engine) => {
  let storage: Storage
  let mine: ClientCompany
  let theirs: ClientCompany
  let within: Storage

  beforeAll(async () => {
    const database = await engine.create()
    storage = await database.open()
    mine = await addClient(storage, database, '300000000000003')
    await storage.write((tx) => tx.addUser(aUser()))
    theirs = await addClient(storage, database, '311111111111113')
    await storage.write((tx) => tx.saveRoad(aRoad('PRACTICE')))
    within = storage.within([mine.company.id])
  })
  afterAll(() => storage.close())

  const of = (kind: Question['kind']) => Object.entries(questions).filter((row) => row[1].kind === kind)

  test.each(of('asked'))('%s answers for another company as for one that nobody has', async (_method, { ask }) => {
    expect(await ask(within.read, theirs)).toEqual(await ask(storage.read, ghostOf(theirs)))
    expect(await ask(within.read, mine)).toEqual(await ask(storage.read, mine))
  })

  const idsOf = ({ company, unit, csid, waiting, settled, draft }: ClientCompany) =>
    [company, unit, csid, waiting, settled, draft].map(({ id }) => id)

  test.each(of('listed'))('%s lists what is of these companies, and all of it', async (_method, { ask }) => {
    const [whole, part] = await Promise.all([storage, within].map(async ({ read }) => plain(await ask(read, mine))))
    expect(part).not.toEqual(whole)
    expect(idsOf(theirs).filter((id) => part?.includes(id))).toEqual([])
    expect(idsOf(mine).filter((id) => part?.includes(id))).toEqual(idsOf(mine).filter((id) => whole?.includes(id)))
    expect(plain(await ask(storage.within([mine.company.id, theirs.company.id]).read, mine))).toEqual(whole)
  })

  test('counts count no more than what is listed', async () => {
    expect(await within.read.outboxCounts()).toMatchObject({ waiting: 1 })
    expect(await storage.within([]).read.outboxCounts()).toMatchObject({ waiting: 0, oldestSealedAt: undefined })
  })

  test.each(of('office'))('%s is for the office alone', async (_method, { ask }) => {
    await expect(ask(within.read, mine)).rejects.toEqual(failing('access/forbidden'))
    await ask(storage.read, mine)
  })

  test.each(of('shared'))('%s is the same for everybody', async (_method, { ask }) => {
    expect(await ask(within.read, mine)).toEqual(await ask(storage.read, mine))
  })

  class Undone extends Error {}
  /** Does it and takes it back; what stopped it, if anything did. */
  const tried = async ({ write }: Storage, run: Do, client: ClientCompany): Promise<unknown> => {
    try {
      await write(async (tx) => {
        await run(tx, client)
        throw new Undone()
      })
    } catch (thrown) {
      if (thrown instanceof Undone) return 'done'
      return thrown instanceof Failure ? thrown.code : thrown
    }
    throw new Error('committed')
  }
  const all = Object.entries(commands)
  // An entry is written when its transaction ends.
  const atOnce = all.filter(([method]) => method !== 'addAudit')

  test.each(atOnce)('%s touches nothing of another company', async (_method, { kind, run }) => {
    const refusal = await tried(within, run, theirs)
    if (kind === 'office') expect(refusal).toBe('access/forbidden')
    else expect(hidden).toContain(refusal)
    expect(await tried(storage, run, theirs)).toBe('done')
  })

  test.each(all.filter((row) => row[1].kind === 'client'))('%s works on its own', async (_method, { run }) => {
    expect(await tried(within, run, mine)).toBe('done')
  })

  test('no entry is written about what another company has', async () => {
    const { waiting } = theirs
    const before = await storage.read.audit(waiting.id)
    await expect(within.write((tx) => tx.addAudit(entry(waiting.id)))).rejects.toThrow(Failure)
    expect(await storage.read.audit(waiting.id)).toEqual(before)
  })

  test('a draft of another company does not give way to one of the same id', async () => {
    const taken = { ...mine.draft, id: theirs.draft.id }
    await expect(within.write((tx) => tx.saveDraft(taken))).rejects.toThrow(Failure)
    expect(await storage.read.draft(theirs.draft.id)).toEqual(theirs.draft)
  })

  test('is never widened', async () => {
    expect(await within.within('all').read.company(theirs.company.id)).toBeUndefined()
    expect(await within.within([theirs.company.id]).read.companies()).toEqual([])
    await expect(within.dump(async () => undefined)).rejects.toEqual(failing('access/forbidden'))
  })

  test('of nobody sees nothing and writes only what is nobody’s', async () => {
    const none = storage.within([])
    expect(await none.read.companies()).toEqual([])
    await none.write((tx) => tx.addAudit(entry('PRACTICE')))
    expect(await storage.read.audit('PRACTICE')).toHaveLength(1)
    expect(await storage.read.brokenAudit()).toBeUndefined()
  })
})
