/** Appends documents to the file it is given and prints each counter only after the storage acknowledged it, until it is killed. */
import { openSqlite } from '#core/storage/sqlite.ts'
import { addReady, append } from './records.ts'

const [, , file = ''] = process.argv
const storage = await openSqlite({ file })
const [company] = await storage.read.companies()
const [unit] = company === undefined ? [] : await storage.read.units(company.id)
const [chain] = unit === undefined ? [] : await storage.read.chains(unit.id)
const [csid] = unit === undefined ? [] : await storage.read.csids(unit.id)
const ready = company && unit && chain && csid ? { company, unit, chain, csid } : await addReady(storage)

for (;;) {
  const { icv, uuid } = await append(storage, ready)
  process.stdout.write(`${icv} ${uuid}\n`)
}
