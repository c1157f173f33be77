/** Servers of one shape in front of an office that is there already: replicas behind HAProxy, each with its workers. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startFleet } from '../test/server/fleet.ts'
import { until } from '../test/server/load.ts'
import type { RunningEngine, TestDatabase } from '../test/storage/databases.ts'
import { nodeOptions } from './image.ts'
import { family, isRunning } from './processes.ts'

export interface Shape {
  readonly replicas: number
  readonly workers: number
}

export interface Servers extends AsyncDisposable {
  /** Where HAProxy answers */
  readonly front: string
  /** All processes of all replicas */
  processes(): readonly number[]
}

export interface ServersOptions extends Shape {
  readonly engine: RunningEngine
  readonly database: TestDatabase
  readonly practiceUrl: string
}

/** As an office runs them: under a role that owns nothing, so that row-level security is paid for, too. */
export const startServers = async (options: ServersOptions): Promise<Servers> => {
  const { engine, replicas, workers, database, practiceUrl } = options
  const fleet = await startFleet({
    engine,
    replicas,
    balancer: 'haproxy.cfg',
    servers: (ports) => ports.map((port, index) => `  server replica${index} 127.0.0.1:${port}`).join('\n'),
    settings: {
      DATABASE_URL: database.worker ?? '',
      MIGRATION_DATABASE_URL: 'url' in database.address ? database.address.url : '',
      PRACTICE_URL: practiceUrl,
      WORKERS: String(workers),
      NODE_OPTIONS: nodeOptions,
      RATE_LIMIT_KEY: '1000000',
    },
  })
  const leaders = fleet.ports.map((_, index) => fleet.replica(index).pid ?? 0)
  const processes = () => leaders.flatMap(family)
  const close = async (): Promise<void> => {
    const all = processes()
    await fleet.close()
    await until(async () => !all.some(isRunning), 'the end of the servers')
  }
  return { front: fleet.front, processes, [Symbol.asyncDispose]: close }
}

/** The first process of Postgres, which all others are children of. */
export const postmasterOf = async (database: TestDatabase): Promise<number> => {
  const [[folder] = []] = await database.sql('SHOW data_directory')
  return Number((await readFile(join(String(folder), 'postmaster.pid'), 'utf8')).split('\n')[0])
}
