/** Office servers as processes of this machine on one Postgres and one practice gateway, and HAProxy with our own configuration in front. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startPractice } from '#practice/index.ts'
import type { RunningEngine } from '../storage/databases.ts'
import { freePort, GaveUp, setUpToken, until } from './load.ts'

const root = resolve(import.meta.dirname, '../..')

export const hasBalancer = spawnSync('haproxy', ['-v']).status === 0
if (!hasBalancer) console.warn('SKIPPED: replicas behind HAProxy need haproxy (Debian: apt-get install haproxy)')

export interface Fleet {
  /** Scratch folder of the run */
  readonly folder: string
  /** Where HAProxy answers */
  readonly front: string
  readonly ports: readonly number[]
  /** The running process of a replica */
  replica(index: number): ChildProcess
  startReplica(index: number): Promise<void>
  close(): Promise<void>
}

export interface FleetOptions {
  readonly engine: RunningEngine
  readonly replicas: number
  /** File in `deploy/`, and what stands in it in place of the lines that look replicas up by DNS */
  readonly balancer: string
  readonly servers: (ports: readonly number[]) => string
  /** Besides or in place of the settings below; with `DATABASE_URL` and `PRACTICE_URL` the office is one that was there before */
  readonly settings?: Readonly<Record<string, string>>
}

/** Starts everything; the address of HAProxy answers when it returns. */
export const startFleet = async ({
  engine,
  replicas,
  balancer,
  servers,
  settings = {},
}: FleetOptions): Promise<Fleet> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-replicas-'))
  await writeFile(join(folder, 'key-encryption.key'), Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 })
  await writeFile(join(folder, 'setup-token'), setUpToken, { mode: 0o600 })
  const practice = settings['PRACTICE_URL'] === undefined ? await startPractice() : undefined
  const databaseUrl = settings['DATABASE_URL'] ?? (await newDatabase(engine))
  const ports = await Promise.all(Array.from({ length: replicas }, freePort))
  const running: ChildProcess[] = []

  const startReplica = async (index: number): Promise<void> => {
    const port = ports[index] ?? 0
    const started = spawn(process.execPath, [join(root, 'server', 'main.ts')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        ENVIRONMENT_NAME: 'staging',
        DATABASE_URL: databaseUrl,
        DATA_DIR: join(folder, `replica-${index}`),
        KEY_FILE: join(folder, 'key-encryption.key'),
        SETUP_TOKEN_FILE: join(folder, 'setup-token'),
        PRACTICE_URL: practice?.url,
        PORT: String(port),
        TRUST_PROXY: '127.0.0.1',
        RATE_LIMIT: '1000000',
        ...settings,
      },
    })
    running[index] = started
    let complaint = ''
    started.stderr.on('data', (chunk) => (complaint += String(chunk)))
    await until(async () => {
      if (started.exitCode !== null) throw new GaveUp(complaint)
      return (await fetch(`http://127.0.0.1:${port}/ready`)).ok
    }, 'a replica')
  }
  const close = async () => {
    for (const process of running) process.kill('SIGKILL')
    await practice?.close()
    // Workers whose leader was killed write for a moment longer.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  await Promise.all(ports.map((_, index) => startReplica(index))).catch(async (error) => {
    await close()
    throw error
  })

  const entrance = await freePort()
  const front = `http://127.0.0.1:${entrance}`
  const ours = await readFile(join(root, 'deploy', balancer), 'utf8')
  const here = ours
    .replace('bind :8080', `bind 127.0.0.1:${entrance}`)
    .replaceAll(/stats socket \S+/g, `stats socket ${join(folder, 'haproxy.sock')}`)
    .replace(/(?:^ {2}server-template .*\n)+/m, `${servers(ports)}\n`)
  await writeFile(join(folder, 'haproxy.cfg'), here)
  running.push(spawn('haproxy', ['-f', join(folder, 'haproxy.cfg')], { stdio: 'ignore' }))
  await until(async () => (await fetch(`${front}/api/v1/health`)).ok, 'HAProxy')

  return {
    folder,
    front,
    ports,
    startReplica,
    replica: (index) => {
      const found = running[index]
      if (found === undefined) throw new Error(`no replica ${index}`)
      return found
    },
    close,
  }
}

const newDatabase = async (engine: RunningEngine): Promise<string> => {
  const { address } = await engine.create()
  if (!('url' in address)) throw new Error('replicas share a Postgres')
  return address.url
}
