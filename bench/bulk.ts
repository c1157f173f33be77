/** `npm run bench:bulk`: P3 (bulk and single issue, durable), P5 (two chains, stamping in other threads, the event loop); SQLite. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { openSqlite } from '#core/storage/sqlite.ts'
import { issueDocument } from '#core/workflow/issue.ts'
import { addReadyUnit } from '../test/workflow/ready-unit.ts'
import { benchOffice, perSecond, type Run, sales } from './issuing.ts'
import { median } from './stopwatch.ts'

const LINES = 20
const DOCUMENTS = 1000
const ROUNDS = 5

const folder = mkdtempSync(join(tmpdir(), 'khatm-bulk-'))

const openThread = async (name: string, threads: number) => {
  const worker = new Worker(new URL('./bulk-thread.ts', import.meta.url), { workerData: { folder, name, threads } })
  await once(worker, 'message')
  return {
    run: async (documents: number): Promise<Run> => {
      worker.postMessage({ documents, lines: LINES })
      const [answer] = await once(worker, 'message')
      return answer
    },
    close: async () => {
      worker.postMessage('end')
      await once(worker, 'exit')
    },
  }
}

const first = await openThread('first', 0)
const second = await openThread('second', 0)
const helped = await openThread('helped', 1)
for (const thread of [first, second, helped]) await thread.run(DOCUMENTS)

const alone: Run[] = []
const together: Run[] = []
const pairs: number[] = []
const offloaded: Run[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  alone.push(await first.run(DOCUMENTS))
  const pair = await Promise.all([first.run(DOCUMENTS), second.run(DOCUMENTS)])
  together.push(...pair)
  pairs.push((2 * DOCUMENTS) / Math.max(...pair.map(({ seconds }) => seconds)))
  offloaded.push(await helped.run(DOCUMENTS))
}
for (const thread of [first, second, helped]) await thread.close()

const file = join(folder, 'single.sqlite')
const bare = benchOffice(await openSqlite({ file }))
const archiving = {
  ports: benchOffice(await openSqlite({ file: join(folder, 'archived.sqlite') }), { archive: join(folder, 'archive') })
    .ports,
}
const singles: Record<string, number[]> = { bare: [], archiving: [] }
const bareUnit = await addReadyUnit(bare.ports)
const archivingUnit = await addReadyUnit(archiving.ports)
for (const [index, sale] of [...sales(600, LINES)].entries()) {
  const [name, ports, unit] =
    index % 2 === 0
      ? (['bare', bare.ports, bareUnit] as const)
      : (['archiving', archiving.ports, archivingUnit] as const)
  const start = performance.now()
  await issueDocument(ports, { ...sale, unitId: unit.id, actor: 'bench' })
  if (index >= 200) singles[name]?.push(performance.now() - start)
}
await bare.close()
await archiving.ports.storage.close()
rmSync(folder, { recursive: true, force: true })

const one = perSecond(alone)
const rate = (value: number): string => `${value.toFixed(0)} a second`
const longest = (runs: readonly Run[]): string =>
  `${Math.max(...runs.map(({ blocked }) => blocked)).toFixed(0)} ms, 99 % below ${Math.max(...runs.map(({ blockedP99 }) => blockedP99)).toFixed(0)} ms`

console.log(
  `\n${LINES} lines, durable on SQLite (WAL, FULL), rules and self-check on; ${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}`,
)
console.log(
  `P3  bulk on one thread            ${rate(one)} (best round ${rate(Math.max(...alone.map((each) => each.documents / each.seconds)))})`,
)
console.log(
  `    bulk, stamping in a thread    ${rate(perSecond(offloaded))} (best round ${rate(Math.max(...offloaded.map((each) => each.documents / each.seconds)))})`,
)
console.log(
  `    one document, median          ${median(singles['bare'] ?? []).toFixed(2)} ms, ${median(singles['archiving'] ?? []).toFixed(2)} ms with its file in the archive`,
)
console.log(`P5  stamping in a thread / one    ${(perSecond(offloaded) / one).toFixed(2)}`)
console.log(`    two chains in two threads/one ${(median(pairs) / one).toFixed(2)}`)
console.log(
  `    event loop held at most       ${longest(alone)} (one thread); ${longest(offloaded)} (stamping elsewhere)`,
)
