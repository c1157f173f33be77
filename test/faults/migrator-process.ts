/** Brings a database to the program's schema, as one of several that start at the same moment. */
import { migratePostgres } from '#core/storage/postgres.ts'
import { migrateSqlite } from '#core/storage/sqlite.ts'
import { assignment } from './messages.ts'

const address = assignment.shape.address.parse(JSON.parse(process.argv[2] ?? ''))
const { from, to } = await ('file' in address ? migrateSqlite(address) : migratePostgres(address))
process.send?.({ applied: to - from })
process.disconnect()
