/** `npm run bench:import`: P10, 10,000 sales of twenty lines from a file of JSON lines to durable, signed, archived documents. */
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseDraft } from '#core/invoice/parse-draft.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import type { BatchRow } from '#core/workflow/issuing/issue-batch.ts'
import { addReadyUnit } from '../test/workflow/ready-unit.ts'
import { benchOffice, run, sales } from './issuing.ts'

const DOCUMENTS = 10_000
const folder = mkdtempSync(join(tmpdir(), 'khatm-import-'))
const file = join(folder, 'sales.jsonl')

const written = function* () {
  for (const { draft } of sales(DOCUMENTS, 20)) yield `${JSON.stringify(draft)}\n`
}
await pipeline(Readable.from(written()), createWriteStream(file))

async function* readSales(): AsyncGenerator<BatchRow> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const draft = parseDraft(JSON.parse(line))
    yield { draft, idempotencyKey: draft.number }
  }
}

console.log(
  `\nP10 ${DOCUMENTS} sales of 20 lines from ${(statSync(file).size / 1e6).toFixed(0)} MB of JSON lines, SQLite, ${availableParallelism()} cores`,
)
for (const archived of [false, true]) {
  const name = archived ? 'with-files' : 'without-files'
  const storage = await openSqlite({ file: join(folder, `${name}.sqlite`) })
  const office = benchOffice(storage, { threads: 1, ...(archived && { archive: join(folder, 'archive') }) })
  const unit = await addReadyUnit(office.ports)
  const { seconds, blocked } = await run(office, unit, readSales())
  const memory = process.resourceUsage().maxRSS / 1024
  console.log(
    `    ${archived ? 'and one file each in the archive' : 'to durable, signed documents    '}  ${seconds.toFixed(1)} s, event loop held at most ${blocked.toFixed(0)} ms, process at most ${memory.toFixed(0)} MB`,
  )
  await office.close()
}
rmSync(folder, { recursive: true, force: true })
