/** A whole office of its own in a thread: issues as many sales as it is told, and answers with how long that took. */
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { openSqlite } from '#core/storage/sqlite.ts'
import { addReadyUnit } from '../test/workflow/ready-unit.ts'
import { benchOffice, run, sales } from './issuing.ts'

const { folder, name, threads }: { folder: string; name: string; threads: number } = workerData
const office = benchOffice(await openSqlite({ file: join(folder, `${name}.sqlite`) }), { threads })
const unit = await addReadyUnit(office.ports)

parentPort?.on('message', async (told: { documents: number; lines: number } | 'end') => {
  if (told === 'end') {
    await office.close()
    process.exit()
  }
  parentPort?.postMessage(await run(office, unit, sales(told.documents, told.lines)))
})
parentPort?.postMessage('ready')
