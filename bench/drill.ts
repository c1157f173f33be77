/**
 * `npm run drill`: an office loses its server and its database in the middle of work and comes back on others, with the commands that
 * the operations guide names. Prints how long each part took and what was lost, with the archive at hand and without it.
 */
import { postgres } from '../test/storage/databases.ts'
import { type Drill, drill } from './drill-run.ts'
import { startGateway } from './gateway.ts'
import { machine } from './processes.ts'

const sizes = (process.env['DRILL_DOCUMENTS'] ?? '1000,10000').split(',').map(Number)

const engine = await postgres.start()
if (engine === undefined) process.exit(1)
await using cleanup = new AsyncDisposableStack()
cleanup.defer(() => engine.stop())
const before = machine()
const gateway = await startGateway()
cleanup.defer(() => gateway.close())
const drills: Drill[] = []
for (const documents of sizes) drills.push(await drill({ engine, gateway, documents }))

const seconds = (value: number): string => value.toFixed(1)
const row = (each: Drill): string => {
  const columns = [
    each.documents,
    each.sinceBackup,
    `${seconds(each.backupSeconds)}, ${(each.backupBytes / 1e6).toFixed(1)} MB`,
    seconds(each.restoreSeconds),
    seconds(each.startSeconds),
    seconds(each.restoreSeconds + each.startSeconds),
    (each.databaseBytes / 1e6).toFixed(0),
    each.lost,
    each.lostWithoutArchive,
  ]
  return `| ${columns.join(' | ')} |`
}

console.log(`
${before}. Server and Postgres on the same machine; five lines a document.

| documents in the backup | acknowledged after it | backup, proved, s | restore and roll forward, s | start until the first new document, s | RTO, s | database, MB | lost | lost without the archive |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|
${drills.map(row).join('\n')}
`)
