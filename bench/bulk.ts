/** `npm run bench:bulk`: P3 (bulk and single issue, durable), P5 (two chains, stamping in other threads, the event loop); SQLite. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { openSqlite } from '#core/storage/sqlite.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
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
const pairs: number[] = []
const offloaded: Run[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  alone.push(await first.run(DOCUMENTS))
  const pair = await Promise.all([first.run(DOCUMENTS), second.run(DOCUMENTS)])
  pairs.push((2 * DOCUMENTS) / Math.max(...pair.map(({ seconds }) => seconds)))
  offloaded.push(await helped.run(DOCUMENTS))
}
for (const thread of [first, second, helped]) await thread.close()

/** Interactive issue, one after the other: without and with its file in the archive, in turns. */
const openSingle = async (name: string, archive?: string) => {
  const office = benchOffice(await openSqlite({ file: join(folder, name) }), archive === undefined ? {} : { archive })
  return { ...office, unit: await addReadyUnit(office.ports) }
}
const desks = {
  bare: await openSingle('bare.sqlite'),
  archiving: await openSingle('kept.sqlite', join(folder, 'kept')),
}
const singles: Record<keyof typeof desks, number[]> = { bare: [], archiving: [] }
for (const [index, sale] of [...sales(800, LINES)].entries()) {
  const name = index % 2 === 0 ? 'bare' : 'archiving'
  const { ports, unit } = desks[name]
  const start = performance.now()
  await issueDocument(ports, { ...sale, unitId: unit.id, actor: 'bench' })
  // The first ones warm up.
  if (index >= 400) singles[name].push(performance.now() - start)
}
for (const desk of Object.values(desks)) await desk.close()
rmSync(folder, { recursive: true, force: true })

const one = perSecond(alone)
const figures = (runs: readonly Run[]) => ({
  'documents a second': perSecond(runs).toFixed(0),
  'best round': Math.max(...runs.map(({ documents, seconds }) => documents / seconds)).toFixed(0),
  'CPU ms of the thread': median(runs.map(({ cpu }) => cpu)).toFixed(2),
  'event loop held, ms': median(runs.map(({ blocked }) => blocked)).toFixed(0),
  'worst round': Math.max(...runs.map(({ blocked }) => blocked)).toFixed(0),
})
const milliseconds = (values: readonly number[] = []): string => `${median(values).toFixed(2)} ms`

console.log(
  `\n${LINES} lines, durable on SQLite (WAL, FULL), rules and self-check on; ${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}`,
)
console.table({ 'P3 bulk, one thread': figures(alone), 'P3 bulk, stamping in a thread': figures(offloaded) })
console.log(
  `P3  one document: ${milliseconds(singles.bare)}, ${milliseconds(singles.archiving)} with its file in the archive`,
)
console.log(`P5  stamping in a thread / one thread: ${(perSecond(offloaded) / one).toFixed(2)}`)
console.log(`    two chains in two threads / one chain in one: ${(median(pairs) / one).toFixed(2)}`)
