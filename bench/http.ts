/**
 * `npm run bench:http`: P8, the health route of an office server on Postgres beside a route of a bare Fastify server, in turns; and the
 * memory of a replica, idle and while it is asked.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, until } from '../test/server/load.ts'
import { postgres } from '../test/storage/databases.ts'
import { nodeOptions } from './image.ts'
import { machine, processorMs, residentMegabytes } from './processes.ts'
import { askFor } from './requests.ts'
import { median } from './stopwatch.ts'

const ROUNDS = Number(process.env['HTTP_ROUNDS'] ?? '7')
const SECONDS = Number(process.env['HTTP_SECONDS'] ?? '2')
const CONNECTIONS = 16
/** Long enough for everything that a start leaves behind to be collected. */
const IDLE_SECONDS = Number(process.env['HTTP_IDLE_SECONDS'] ?? '20')

const engine = await postgres.start()
if (engine === undefined) process.exit(1)
await using cleanup = new AsyncDisposableStack()
cleanup.defer(() => engine.stop())
const database = await engine.create()
const folder = await mkdtemp(join(tmpdir(), 'khatm-http-'))
cleanup.defer(() => rm(folder, { recursive: true, force: true }))

const start = async (
  script: string,
  words: readonly string[],
  settings: Readonly<Record<string, string>>,
  url: URL,
) => {
  const env = { PATH: process.env['PATH'], ...settings }
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...words], { stdio: 'ignore', env })
  cleanup.defer(() => void child.kill('SIGKILL'))
  await until(async () => (await fetch(url)).ok, script)
  return { pid: child.pid ?? 0, url }
}

const [ourPort, barePort] = [await freePort(), await freePort()]
const contestants = {
  khatm: await start(
    '../server/main.ts',
    [],
    {
      ENVIRONMENT_NAME: 'staging',
      DATABASE_URL: database.worker ?? '',
      MIGRATION_DATABASE_URL: 'url' in database.address ? database.address.url : '',
      DATA_DIR: folder,
      PRACTICE: 'false',
      ZATCA_ENV: 'SIMULATION',
      NODE_OPTIONS: nodeOptions,
      PORT: String(ourPort),
      RATE_LIMIT: '1000000000',
    },
    new URL(`http://127.0.0.1:${ourPort}/api/v1/health`),
  ),
  fastify: await start(
    'bare-server.ts',
    [String(barePort)],
    { NODE_OPTIONS: nodeOptions },
    new URL(`http://127.0.0.1:${barePort}/health`),
  ),
}
type Name = keyof typeof contestants
const names: readonly Name[] = ['khatm', 'fastify']

await pause(IDLE_SECONDS * 1000)
const idle = residentMegabytes([contestants.khatm.pid])

interface Round {
  readonly perSecond: number
  /** Of the server's processors, for each answer */
  readonly microseconds: number
}

const measured = async ({ pid, url }: (typeof contestants)[Name]): Promise<Round> => {
  const before = processorMs([pid])
  const answered = await askFor(url, SECONDS, CONNECTIONS)
  return { perSecond: answered / SECONDS, microseconds: ((processorMs([pid]) - before) * 1000) / answered }
}

const rounds: Record<Name, Round[]> = { khatm: [], fastify: [] }
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const name of names) {
    const figures = await measured(contestants[name])
    // The first round warms up.
    if (round > 0) rounds[name].push(figures)
  }
}
const asked = residentMegabytes([contestants.khatm.pid])

const of = (name: Name, figure: keyof Round): number => median(rounds[name].map((round) => round[figure]))
const row = (name: string, key: Name): string =>
  `| ${name} | ${of(key, 'perSecond').toFixed(0)} | ${of(key, 'microseconds').toFixed(0)} |`
const ratio = median(
  rounds.khatm.map(({ perSecond }, index) => perSecond / (rounds.fastify[index]?.perSecond ?? Number.NaN)),
)

console.log(`
P8  ${machine()}; ${ROUNDS} rounds of ${SECONDS} s in turns, ${CONNECTIONS} connections, client on the same machine

| | answers a second | microseconds of processor for each |
|---|--:|--:|
${row('health route of the office server', 'khatm')}
${row('a route of bare Fastify', 'fastify')}

Ratio ${ratio.toFixed(2)} (the bar is 0.80). Memory of a replica: ${idle.toFixed(0)} MB idle (the bar is 150), ${asked.toFixed(0)} MB after these rounds.
`)
