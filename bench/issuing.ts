/** What the programs about issuing share: an office without a gateway, sales as a stream, and how long a run takes. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { signingPool } from '#core/keys/signing-pool.ts'
import type { Ports, Storage, Unit } from '#core/ports.ts'
import { folderBlobs } from '#core/system/folder-blobs.ts'
import { type BatchRow, issueBatch } from '#core/workflow/issuing/issue-batch.ts'
import { batchPorts } from '../test/workflow/batch-ports.ts'
import { saleOf } from '../test/workflow/ready-unit.ts'

export interface BenchOffice {
  readonly ports: Ports
  close(): Promise<void>
}

/** `threads`: for stamping, besides this one. `archive`: the folder of the signed files; none are written without. */
export const benchOffice = (
  storage: Storage,
  { threads = 0, archive }: { readonly threads?: number; readonly archive?: string } = {},
): BenchOffice => {
  const pool = threads === 0 ? undefined : signingPool({ threads })
  const ports = batchPorts(storage, pool && { pool })
  return {
    ports: archive === undefined ? ports : { ...ports, blobs: folderBlobs(archive) },
    close: async () => {
      await pool?.close()
      await storage.close()
    },
  }
}

let made = 0

/** Sales that were never made before, one at a time. */
export function* sales(count: number, lines: number): Generator<BatchRow> {
  for (let index = 0; index < count; index += 1) {
    made += 1
    yield { draft: saleOf(made, lines, `T${process.pid}`), idempotencyKey: `${process.pid}-${made}` }
  }
}

export interface Run {
  readonly documents: number
  readonly seconds: number
  /** CPU milliseconds of this thread for each document: what is left of the figure when others use the machine */
  readonly cpu: number
  /** Longest time that the event loop was held, milliseconds */
  readonly blocked: number
  readonly blockedP99: number
}

/** Issues everything; a refused sale is a mistake of the benchmark. */
export const run = async (
  { ports }: BenchOffice,
  unit: Unit,
  requests: Iterable<BatchRow> | AsyncIterable<BatchRow>,
): Promise<Run> => {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const cpuBefore = process.threadCpuUsage()
  const start = performance.now()
  let documents = 0
  for await (const outcome of issueBatch(ports, { unitId: unit.id, requests, actor: 'bench', road: 'import' })) {
    if (outcome.kind !== 'issued') throw new Error(`row ${outcome.row}: ${outcome.kind}`)
    documents += 1
  }
  const seconds = (performance.now() - start) / 1000
  delay.disable()
  const { user, system } = process.threadCpuUsage(cpuBefore)
  const cpu = (user + system) / 1000 / documents
  return { documents, seconds, cpu, blocked: delay.max / 1e6, blockedP99: delay.percentile(99) / 1e6 }
}

export const perSecond = (runs: readonly Run[]): number =>
  runs.reduce((sum, each) => sum + each.documents, 0) / runs.reduce((sum, each) => sum + each.seconds, 0)
