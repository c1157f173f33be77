/** Issues a batch into the database it is given and prints each row only after its commit, until it is done or killed. */

import { fileEncryption } from '#core/keys/providers.ts'
import { signingPool } from '#core/keys/signing-pool.ts'
import { openPostgres } from '#core/storage/postgres.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { issueBatch } from '#core/workflow/issuing/issue-batch.ts'
import { batchPorts } from './batch-ports.ts'
import { saleOf } from './ready-unit.ts'

const [, , database = '', keyFile = '', unitId = '', rows = ''] = process.argv
const storage = database.startsWith('postgres:')
  ? await openPostgres({ url: database, connections: 4 })
  : await openSqlite({ file: database })
const pool = signingPool({ threads: 1 })
const ports = batchPorts(storage, { pool, encryption: await fileEncryption(keyFile, { create: true }) })

const requests = Array.from({ length: Number(rows) }, (_, index) => ({
  draft: saleOf(index, 3),
  idempotencyKey: `row-${index}`,
}))
for await (const outcome of issueBatch(ports, { unitId, requests, actor: 'tester' })) {
  const said = outcome.kind === 'refused' ? outcome.failure.code : outcome.document.uuid
  process.stdout.write(`${outcome.row} ${outcome.kind} ${said}\n`)
}
await pool.close()
await storage.close()
