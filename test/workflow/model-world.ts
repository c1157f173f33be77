/** The world of the model tests: a database, a practice gateway that shares its clock, and two workers that may die. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ports, Storage } from '#core/ports.ts'
import { submitDue } from '#core/workflow/sending/outbox.ts'
import { startPractice } from '#practice/index.ts'
import { attend } from '../faults/attend.ts'
import { hurried } from '../faults/hurried.ts'
import type { Place } from '../faults/points.ts'
import { openUnit, portsOf } from '../faults/ports.ts'
import { type Passing, watched } from '../faults/watched.ts'
import type { Engine, RunningEngine, TestDatabase } from '../storage/databases.ts'
import { type Arrival, arrivals } from './model-facts.ts'

/** So short that whoever dies is followed at once; retries are due at once too. */
const leaseSeconds = 0.15
const hurry = 1e9

export interface Halt {
  /** False when the work was done without coming by */
  readonly halted: boolean
  /** Goes on from there; a worker that nobody wakes is dead. Within a transaction it is dead in any case */
  wake(): Promise<unknown>
}

export interface World {
  readonly unitId: string
  readonly clock: { shift: number; now(): number }
  /** Two workers on one database */
  readonly workers: readonly [Ports, Ports]
  /** The first worker works until it comes by the place and stops there */
  haltAt(place: Place, work: (ports: Ports) => Promise<unknown>): Promise<Halt>
  leaseOver(): Promise<void>
  /** The connections of the dead are gone, the program starts again */
  restart(): Promise<void>
  control(path: string, body: object): Promise<void>
  /** What the gateway has judged, besides the onboarding */
  arrivals(): Promise<readonly Arrival[]>
  /** The gateway behaves again, and a person does what waits for one, until everything is final */
  settle(): Promise<void>
  close(): Promise<void>
}

export const openWorld = async (engine: Engine['name'], running: RunningEngine): Promise<World> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-model-'))
  const clock = { shift: 0, now: () => Date.now() + clock.shift }
  const practice = await startPractice({ now: clock.now })
  const database = await running.create()
  let storages: Storage[] = []
  let halt: Passing | undefined

  const work = async (): Promise<readonly [Ports, Ports]> => {
    storages = await openTwice(engine, database)
    const [first, second] = await Promise.all(storages.map(workerOn))
    if (first === undefined || second === undefined) throw new Error('two workers were wanted')
    return [first, second]
  }
  const workerOn = async (storage: Storage): Promise<Ports> => {
    const ports = await portsOf(storage, folder, practice.baseUrls.practice, { clock, gatewayTimeoutMs: 3000 })
    return watched(hurried(ports, { leaseSeconds, hurry }), (place) => halt?.(place))
  }
  const closeAll = () => Promise.all([...new Set(storages)].map((storage) => storage.close()))
  const control = async (path: string, body?: object): Promise<unknown> => {
    const method = body === undefined ? 'GET' : 'POST'
    const answer = await fetch(`${practice.url}/control/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    return answer.json()
  }
  let workers = await work()
  const { id: unitId } = await openUnit(workers[0])
  return {
    unitId,
    clock,
    get workers() {
      return workers
    },
    haltAt: async (place, doing) => {
      const { halted, pass, wake } = haltingAt(place)
      halt = pass
      const done = doing(workers[0]).catch(() => undefined)
      const first = await Promise.race([halted, done.then(() => false)])
      halt = undefined
      return {
        halted: first,
        wake: () => {
          wake()
          return done
        },
      }
    },
    leaseOver: () => new Promise((resolve) => setTimeout(resolve, leaseSeconds * 1000 + 30)),
    restart: async () => {
      await closeAll()
      workers = await work()
    },
    control: async (path, body) => void (await control(path, body)),
    arrivals: async () => arrivals(await control('ledger')),
    settle: async () => {
      await control('reset', { only: ['faults', 'answers', 'settings'] })
      for (let tries = 0; tries < 40; tries += 1) {
        const { waiting, unknown, held } = await workers[0].storage.read.outboxCounts()
        if (waiting + unknown + held === 0) return
        await attend(workers[0])
        await submitDue(workers[1])
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      throw new Error('documents did not come to their end')
    },
    close: async () => {
      await closeAll()
      await practice.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Each worker has connections of its own; an SQLite file has one program at a time, so they share its storage. */
const openTwice = async (engine: Engine['name'], database: TestDatabase): Promise<Storage[]> => {
  const first = await database.open()
  return [first, engine === 'SQLite' ? first : await database.open()]
}

/** Within a transaction the dead leave a rollback; elsewhere they just do not go on. */
const haltingAt = (place: Place) => {
  const halted = Promise.withResolvers<true>()
  const woken = Promise.withResolvers<void>()
  let over = false
  const pass: Passing = (reached) => {
    if (over || reached !== place) return
    over = true
    halted.resolve(true)
    if (withinTransaction.test(place)) throw new Error(`died ${place}`)
    return woken.promise
  }
  return { halted: halted.promise, pass, wake: woken.resolve }
}

const withinTransaction = /lockChain|sign|appendDocuments|before commit|claimOutbox|Attempt|settle/
