/**
 * Appends documents to the file it is given and prints each counter only after the storage acknowledged it: until it is killed, until
 * the disk fails, which it says by its code, or as many as it is told.
 */
import { asFailure } from '#core/errors.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { addReady, append } from './records.ts'

const [, , file = '', count = 'Infinity'] = process.argv
const storage = await openSqlite({ file })
const [company] = await storage.read.companies()
const [unit] = company === undefined ? [] : await storage.read.units(company.id)
const [chain] = unit === undefined ? [] : await storage.read.chains(unit.id)
const [csid] = unit === undefined ? [] : await storage.read.csids(unit.id)
const ready = company && unit && chain && csid ? { company, unit, chain, csid } : await addReady(storage)

try {
  for (let written = 0; written < Number(count); written++) {
    const { icv, uuid } = await append(storage, ready)
    process.stdout.write(`${icv} ${uuid}\n`)
  }
} catch (thrown) {
  process.stderr.write(`${asFailure(thrown).code}\n`)
}
await storage.close()
