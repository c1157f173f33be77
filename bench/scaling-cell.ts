/** One cell of the scaling table: callers issue over HTTP for some seconds, and everything that this took is written down. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Draft } from '#core/invoice/draft.ts'
import { buyer } from '../test/api/drafts.ts'
import type { TestDatabase } from '../test/storage/databases.ts'
import { saleOf } from '../test/workflow/ready-unit.ts'
import { openCaller, quantile } from './callers.ts'
import { processorMs, residentMegabytes } from './processes.ts'

const LINES = 5

/** Who takes part, by the ids of their processes. */
export interface Parties {
  readonly servers: readonly number[]
  readonly gateway: readonly number[]
  readonly postgres: readonly number[]
}

export interface CellOptions {
  readonly front: string
  readonly apiKey: string
  /** One for each chain that is issued on, in turns */
  readonly units: readonly string[]
  readonly callers: number
  readonly seconds: number
  readonly database: TestDatabase
  readonly parties: () => Parties
}

export interface Cell {
  /** Documents a second: answered by the server, and with a final answer of the gateway */
  readonly issued: number
  readonly submitted: number
  /** Milliseconds until the answer */
  readonly p50: number
  readonly p99: number
  /** Most that was seen during the cell */
  readonly megabytes: number
  readonly connections: number
  /** Milliseconds of processors for each document */
  readonly processors: Readonly<Record<keyof Parties, number>>
}

let made = 0

/** Every second one goes to a company, and is cleared before the answer; the others are reported. */
const nextSale = (): Draft => {
  made += 1
  const sale = saleOf(made, LINES, 'K')
  return made % 2 === 0 ? sale : { ...sale, profile: 'standard', supplyDate: '2026-01-15', buyer }
}

export const measureCell = async (options: CellOptions): Promise<Cell> => {
  const { database, parties, seconds } = options
  const counts = async () => Number((await database.sql('SELECT count(*) FROM result'))[0]?.[0])
  const seen = watch(options)
  const [settledBefore, usedBefore] = [await counts(), used(parties())]
  const { milliseconds, elapsed } = await issueFor(options, seconds)
  const usedNow = used(parties())
  const settled = (await counts()) - settledBefore
  const most = await seen.stop()
  const share = (party: keyof Parties) => (usedNow[party] - usedBefore[party]) / milliseconds.length
  return {
    issued: milliseconds.length / elapsed,
    submitted: settled / elapsed,
    p50: quantile(milliseconds, 0.5),
    p99: quantile(milliseconds, 0.99),
    ...most,
    processors: { servers: share('servers'), gateway: share('gateway'), postgres: share('postgres') },
  }
}

const used = (parties: Parties): Readonly<Record<keyof Parties, number>> => ({
  servers: processorMs(parties.servers),
  gateway: processorMs(parties.gateway),
  postgres: processorMs(parties.postgres),
})

/** Issues until the time is over; every refusal is a mistake of the benchmark. Warm connections, keys and plans belong to the caller. */
export const issueFor = async (
  { front, apiKey, units, callers }: Pick<CellOptions, 'front' | 'apiKey' | 'units' | 'callers'>,
  seconds: number,
) => {
  const { ask, close } = openCaller(front, { 'x-api-key': apiKey }, callers)
  const milliseconds: number[] = []
  const start = performance.now()
  const caller = async (): Promise<void> => {
    while (performance.now() - start < seconds * 1000) {
      const draft = nextSale()
      const begun = performance.now()
      const body = { unitId: units[made % units.length], draft, idempotencyKey: `bench-${process.pid}-${draft.number}` }
      const answer = await ask('POST', '/api/v1/invoices', body)
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`)
      milliseconds.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const elapsed = (performance.now() - start) / 1000
  close()
  return { milliseconds, elapsed }
}

/** Looks twice a second what the servers hold. */
const watch = ({ database, parties }: CellOptions) => {
  const most = { megabytes: 0, connections: 0 }
  const going = new AbortController()
  const look = async (): Promise<void> => {
    while (!going.signal.aborted) {
      most.megabytes = Math.max(most.megabytes, residentMegabytes(parties().servers))
      const [[connections] = []] = await database.sql(
        'SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      )
      most.connections = Math.max(most.connections, Number(connections))
      await pause(500, undefined, { signal: going.signal }).catch(() => undefined)
    }
  }
  const looking = look()
  return {
    stop: async () => {
      going.abort()
      await looking
      return most
    },
  }
}
