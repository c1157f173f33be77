/** Batches: rows that are refused, known or issued; crashes, threads that die, several batches at once; the chain holds (G1, G3). */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { fileEncryption } from '#core/keys/providers.ts'
import { signingPool } from '#core/keys/signing-pool.ts'
import type { Ports, Storage, Unit } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { issueBatch, type RowOutcome } from '#core/workflow/issuing/issue-batch.ts'
import { verifyUnitChain } from '#core/workflow/proving/verify-chain.ts'
import { describeEngines, type RunningEngine, type TestDatabase } from '../storage/engines.ts'
import { batchPorts, issued } from './batch-ports.ts'
import { addReadyUnit, saleOf } from './ready-unit.ts'

const row = (number: number, prefix?: string) => ({
  draft: saleOf(number, 2, prefix),
  idempotencyKey: `key-${prefix ?? 'B'}-${number}`,
})
const rows = (count: number, prefix?: string) => Array.from({ length: count }, (_, index) => row(index, prefix))
const kinds = (outcomes: readonly RowOutcome[]) => outcomes.map(({ kind }) => kind)
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

const documentsOf = async (storage: Storage, unit: Unit) => {
  const chain = await storage.read.activeChain(unit.id)
  return (await storage.read.chainDocuments(chain?.id ?? '', 0, 10_000)).map(({ document }) => document)
}

/** Judged by the chain audit, which shares no code with issuing. */
const expectWholeChain = async (ports: Ports, unit: Unit, documents: number) =>
  expect(await verifyUnitChain(ports, unit.id)).toMatchObject({ ok: true, documents })

await describeEngines('a batch', (engine, name) => {
  let database: TestDatabase
  let ports: Ports
  let unit: Unit

  beforeEach(async () => {
    database = await engine.createMigrated()
    const storage = await database.open()
    ports = batchPorts(storage)
    unit = await addReadyUnit(ports)
    return () => storage.close()
  })

  test('answers each row in order: what is wrong with one is no matter of the others and takes no number', async () => {
    const negative = { ...row(1), draft: { ...saleOf(1, 1), lines: [{ name: 'x', quantity: '-1', price: '10' }] } }
    const { buyer: _none, ...standard } = { ...saleOf(2, 1), profile: 'standard' as const, buyer: undefined }
    const dated = { ...row(3), draft: { ...saleOf(3, 1), issueDate: '2026-01-01' } }
    const requests = [
      row(0),
      negative,
      { ...row(2), draft: standard },
      dated,
      row(4),
      row(4),
      { ...row(5), draft: saleOf(4, 2) },
      { ...row(4), draft: saleOf(99, 2) },
      row(6),
    ]
    const outcomes = await issued(ports, { unitId: unit.id, requests, actor: 'tester' })
    const codes = outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.failure.code : outcome.kind))
    expect(codes).toEqual([
      'issued',
      'document/invalid',
      'draft/invalid',
      'draft/invalid',
      'issued',
      'known',
      'document/duplicate-number',
      'request/idempotency-mismatch',
      'issued',
    ])
    expect(outcomes.map((outcome) => outcome.row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    const [, invalid] = outcomes
    expect(invalid?.kind === 'refused' && invalid.failure.details['violations']).toEqual(
      expect.arrayContaining([expect.objectContaining({ severity: 'error' })]),
    )
    expect((await documentsOf(ports.storage, unit)).map(({ number }) => number)).toEqual(['B-0', 'B-4', 'B-6'])
    await expectWholeChain(ports, unit, 3)
  })

  test('gives the documents that issuing one by one gives, a hundred to a transaction', async () => {
    const progress: unknown[] = []
    const batch = { unitId: unit.id, requests: rows(230), actor: 'tester' }
    const outcomes = await issued(ports, { ...batch, onProgress: (done) => progress.push(done) })
    expect(kinds(outcomes)).toEqual(times(230, 'issued'))
    expect(progress).toEqual([100, 200, 230].map((done) => ({ rows: done, issued: done, known: 0, refused: 0 })))
    const documents = await documentsOf(ports.storage, unit)
    expect(documents.map(({ number }) => number)).toEqual(rows(230).map(({ draft }) => draft.number))
    // One moment of sealing for each transaction, never before the one before it (G14).
    const moments = documents.map(({ sealedAt }) => sealedAt)
    expect(moments).toEqual(moments.toSorted())
    expect(new Set(moments.slice(0, 100)).size).toBe(1)
    await expectWholeChain(ports, unit, 230)
    expect((await ports.storage.read.outboxCounts()).waiting).toBe(230)
    expect(await ports.storage.read.brokenAudit()).toBeUndefined()
    const again = await issueDocument(ports, { unitId: unit.id, ...row(7), actor: 'tester' })
    expect(again.id).toBe(documents[7]?.id)
  })

  test('run again it issues nothing twice, also when its rows have become invalid meanwhile', async () => {
    const first = await issued(ports, { unitId: unit.id, requests: rows(5), actor: 'tester' })
    await ports.storage.write((tx) => tx.updateUnit(unit.id, { state: 'expired' }))
    const second = await issued(ports, { unitId: unit.id, requests: rows(5), actor: 'tester' })
    expect(kinds(second)).toEqual(times(5, 'known'))
    const ids = (outcomes: readonly RowOutcome[]) =>
      outcomes.map((outcome) => (outcome.kind === 'refused' ? undefined : outcome.document.id))
    expect(ids(second)).toEqual(ids(first))
  })

  test('stops between two transactions', async () => {
    const stop = new AbortController()
    const outcomes: RowOutcome[] = []
    const batch = { unitId: unit.id, requests: rows(500), actor: 'tester', signal: stop.signal }
    for await (const outcome of issueBatch(ports, batch)) {
      outcomes.push(outcome)
      if (outcome.row === 150) stop.abort()
    }
    expect(kinds(outcomes)).toEqual(times(200, 'issued'))
    await expectWholeChain(ports, unit, 200)
  })

  test('does not tie up what it has not asked for when its reader leaves', async () => {
    for await (const outcome of issueBatch(ports, { unitId: unit.id, requests: rows(300), actor: 'tester' })) {
      if (outcome.row === 3) break
    }
    await expectWholeChain(ports, unit, 100)
  })

  test('several at once, with single documents between them, on one unit and on two', async () => {
    const other = await addReadyUnit(ports)
    const batch = (unitId: string, prefix: string) =>
      issued(ports, { unitId, requests: rows(120, prefix), actor: 'tester' })
    const single = (number: number) =>
      issueDocument(ports, { unitId: unit.id, ...row(number, 'single'), actor: 'tester' })
    const [one, two, three] = await Promise.all([
      batch(unit.id, 'one'),
      batch(unit.id, 'two'),
      batch(other.id, 'three'),
      single(1),
      single(2),
      single(3),
    ])
    for (const outcomes of [one, two, three]) expect(kinds(outcomes)).toEqual(times(120, 'issued'))
    await expectWholeChain(ports, unit, 243)
    await expectWholeChain(ports, other, 120)
  })

  test('the same batch twice at once gives each row one document', async () => {
    const batch = () => issued(ports, { unitId: unit.id, requests: rows(130), actor: 'tester' })
    const both = (await Promise.all([batch(), batch()])).flat()
    expect(kinds(both).toSorted()).toEqual([...times(130, 'issued'), ...times(130, 'known')])
    await expectWholeChain(ports, unit, 130)
  })

  test(`killed in the middle on ${name} and run again: each row has one document, none is lost`, {
    timeout: 120_000,
  }, async () => {
    await expectSurvivesKills(engine)
  })
})

/** Rows of the batch that is killed: two transactions and a half */
const killed = 250

const expectSurvivesKills = async (engine: RunningEngine): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-batch-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const keyFile = join(folder, 'key')
  const database = await engine.createMigrated()
  const storage = await database.open()
  const ports = batchPorts(storage, { encryption: await fileEncryption(keyFile, { create: true }) })
  const unit = await addReadyUnit(ports)
  const address = 'url' in database.address ? database.address.url : database.address.file
  await storage.close()

  const acknowledged = new Map<string, string>()
  const run = async (killAfter: number): Promise<number> => {
    const script = join(import.meta.dirname, 'batch-writer.ts')
    const writer = spawn(process.execPath, [script, address, keyFile, unit.id, String(killed)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let lines = 0
    for await (const line of createInterface({ input: writer.stdout })) {
      const [number = '', , uuid = ''] = line.split(' ')
      expect(acknowledged.get(number) ?? uuid).toBe(uuid)
      acknowledged.set(number, uuid)
      lines += 1
      if (lines === killAfter) writer.kill('SIGKILL')
    }
    return lines
  }
  await run(1)
  await run(120)
  await run(Number.POSITIVE_INFINITY)

  const reopened = await database.open()
  onTestFinished(() => reopened.close())
  const documents = await documentsOf(reopened, unit)
  expect(acknowledged.size).toBe(killed)
  expect(documents.map(({ uuid }) => uuid)).toEqual(
    [...acknowledged].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, uuid]) => uuid),
  )
  await expectWholeChain(batchPorts(reopened), unit, killed)
}

await describeEngines('signing threads', (engine) => {
  const opened = async (script?: URL) => {
    const pool = signingPool({ threads: 2, ...(script && { script }) })
    const storage = await (await engine.createMigrated()).open()
    onTestFinished(async () => {
      await pool.close()
      await storage.close()
    })
    const ports = batchPorts(storage, { pool })
    return { ports, unit: await addReadyUnit(ports) }
  }

  test('stamp the documents of a batch like the thread that writes them', async () => {
    const { ports, unit } = await opened()
    expect(kinds(await issued(ports, { unitId: unit.id, requests: rows(60), actor: 'tester' }))).toEqual(
      times(60, 'issued'),
    )
    await expectWholeChain(ports, unit, 60)
  })

  test('that die are replaced, and their documents stamped by the next', async () => {
    const { ports, unit } = await opened(dying('once'))
    expect(kinds(await issued(ports, { unitId: unit.id, requests: rows(60), actor: 'tester' }))).toEqual(
      times(60, 'issued'),
    )
    await expectWholeChain(ports, unit, 60)
  })

  test('that die again and again end the batch; nothing is numbered that was not stored', async () => {
    const { ports, unit } = await opened(dying('always'))
    const batch = issued(ports, { unitId: unit.id, requests: rows(60), actor: 'tester' })
    await expect(batch).rejects.toMatchObject({ name: 'Failure', code: 'internal/unexpected' })
    expect(await documentsOf(ports.storage, unit)).toEqual([])
    expect((await ports.storage.read.activeChain(unit.id))?.lastIcv).toBe(0)
    const single = await issueDocument(ports, { unitId: unit.id, ...row(1), actor: 'tester' })
    expect(single.icv).toBe(1)
  })
})

/** A thread that ends at its first job (`once`: the first thread only), and otherwise is the real one. */
const dying = (when: 'once' | 'always'): URL => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-thread-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const real = new URL('../../core/keys/signing-pool-worker.ts', import.meta.url).href
  const marker = JSON.stringify(join(folder, 'died'))
  const source = `
    import { existsSync, writeFileSync } from 'node:fs'
    import { parentPort } from 'node:worker_threads'
    if (${when === 'always'} || !existsSync(${marker})) {
      writeFileSync(${marker}, '')
      parentPort.on('message', () => process.exit(1))
    } else await import(${JSON.stringify(real)})`
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`)
}
