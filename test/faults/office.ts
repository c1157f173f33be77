/**
 * An office under test: one database, one practice gateway, any number of workers, and a caller who repeats a sale under the same key
 * until it is acknowledged.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine, RunningEngine, TestDatabase } from '../storage/databases.ts'
import { type Count, countAll } from './count.ts'
import { startGateway, type TestGateway } from './gateway.ts'
import type { Acknowledgement, Assignment } from './messages.ts'
import { openUnit, portsOf } from './ports.ts'
import { pause, until } from './process.ts'
import { hire, type Worker } from './worker.ts'

/** Seconds instead of 90; still longer than the wait for an answer, as in the product. */
export const leaseSeconds = 2
const gatewayTimeoutMs = 1200
/** Ten seconds until the next transmission become 50 ms, a quarter of an hour 4.5 s. */
const hurry = 200

export interface Office {
  readonly engine: Engine['name']
  readonly database: TestDatabase
  readonly running: RunningEngine
  readonly gateway: TestGateway
  /** Those alive */
  workers(): readonly Worker[]
  hire(change?: Partial<Assignment>): Promise<Worker>
  /** New sales, told to every worker, or to one that is to come by some place */
  sell(count: number, to?: Worker): void
  /** Sales without an answer */
  unanswered(): number
  /** Until the caller has an answer to everything that was sold */
  acknowledged(): Promise<void>
  /** Until every document has its final result */
  atRest(): Promise<void>
  /** Codes that sales were refused with, with how often */
  readonly refusals: ReadonlyMap<string, number>
  /** Lets everything come to rest and counts */
  close(): Promise<Outcome>
}

export interface Outcome extends Count {
  /** Documents that a person had to send again */
  readonly attended: number
  readonly settledAfterMs: number
}

export const openOffice = async (engine: Engine['name'], running: RunningEngine): Promise<Office> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-faults-'))
  const gateway = await startGateway(folder)
  const database = await running.create()
  const storage = await database.open()
  const unit = await openUnit(await portsOf(storage, folder, gateway.baseUrl))
  await storage.close()
  const assignment = { address: database.address, folder, gatewayUrl: gateway.baseUrl, unitId: unit.id }
  const caller = callingFor()
  const { staff } = caller

  const settle = async () => {
    const startedAt = Date.now()
    const worker = caller.alive()[0] ?? (await office.hire())
    await caller.answered()
    const attended = await rest(worker)
    return { attended, settledAfterMs: Date.now() - startedAt }
  }
  const office: Office = {
    engine,
    database,
    running,
    gateway,
    workers: caller.alive,
    refusals: caller.refusals,
    sell: caller.sell,
    unanswered: caller.unanswered,
    acknowledged: caller.answered,
    atRest: async () => {
      await caller.answered()
      await rest(caller.alive()[0] ?? (await office.hire()))
    },
    hire: async (change = {}) => {
      const worker = await hire({ ...assignment, leaseSeconds, gatewayTimeoutMs, hurry, ...change }, caller)
      staff.push(worker)
      caller.remind(worker)
      return worker
    },
    close: async () => {
      await gateway.liftFaults()
      const settled = await settle()
      await Promise.all(caller.alive().map((worker) => worker.stop()))
      const storage = await database.open()
      const count = await countAll(storage, caller.acknowledgements, await gateway.ledger())
      await storage.close()
      await gateway.close()
      await rm(folder, { recursive: true, force: true })
      return { ...count, ...settled }
    },
  }
  return office
}

// ---- the caller --------------------------------------------------------------------------------------------------------------

const callingFor = () => {
  const staff: Worker[] = []
  const acknowledgements: Acknowledgement[] = []
  const refusals = new Map<string, number>()
  const open = new Set<number>()
  let sold = 0
  const alive = (): readonly Worker[] => staff.filter((worker) => worker.alive())
  const repeat = async (sale: number): Promise<void> => {
    await pause(150)
    if (open.has(sale)) anyOf(alive())?.tell({ sell: [sale] })
  }
  return {
    staff,
    acknowledgements,
    refusals,
    alive,
    acknowledged: (given: Acknowledgement): void => {
      acknowledgements.push(given)
      open.delete(given.sale)
    },
    refused: (sale: number, code: string): void => {
      refusals.set(code, (refusals.get(code) ?? 0) + 1)
      void repeat(sale)
    },
    sell: (count: number, to?: Worker): void => {
      const sales = Array.from({ length: count }, () => ++sold)
      for (const sale of sales) open.add(sale)
      for (const worker of to === undefined ? alive() : [to]) worker.tell({ sell: sales })
    },
    /** Whoever comes to work, or comes back, hears of everything that has no answer yet. */
    remind: (worker: Worker): void => {
      worker.tell({ sell: [...open] })
      void worker.ended.then(() => anyOf(alive())?.tell({ sell: [...open] }))
    },
    unanswered: () => open.size,
    answered: () => until('every sale is acknowledged', () => open.size === 0),
  }
}

const anyOf = <T>(all: readonly T[]): T | undefined => all[Math.floor(Math.random() * all.length)]

// ---- the end -----------------------------------------------------------------------------------------------------------------

const patienceMs = 4000
const giveUpMs = 60_000

/** Waits until nothing is open; a person looks after what is not settled by itself. Documents that the person sent again. */
const rest = async (worker: Worker): Promise<number> => {
  const startedAt = Date.now()
  let attended = 0
  let looked = startedAt
  while ((await worker.open()) > 0 && Date.now() - startedAt < giveUpMs) {
    if (Date.now() - looked < patienceMs) continue
    attended += await worker.attend()
    looked = Date.now()
  }
  return attended
}
