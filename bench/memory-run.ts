/** One batch in a process of its own: how many documents, of how many lines; prints the most memory that the process had. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '#core/storage/sqlite.ts'
import { addReadyUnit } from '../test/workflow/ready-unit.ts'
import { benchOffice, run, sales } from './issuing.ts'

const [, , documents = '1000', lines = '200', threads = '0'] = process.argv
const folder = mkdtempSync(join(tmpdir(), 'khatm-memory-'))
const storage = await openSqlite({ file: join(folder, 'memory.sqlite') })
const office = benchOffice(storage, { threads: Number(threads), archive: join(folder, 'archive') })
const unit = await addReadyUnit(office.ports)
const { seconds } = await run(office, unit, sales(Number(documents), Number(lines)))
await office.close()
rmSync(folder, { recursive: true, force: true })
// Kilobytes on every system that Node runs on.
console.log(JSON.stringify({ peakMegabytes: process.resourceUsage().maxRSS / 1024, seconds }))
