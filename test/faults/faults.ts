/** The faults, as a table: what is done to a working office, how often, and on which engines. */
import { FAULTS } from '#practice/faults.ts'
import type { Engine } from '../storage/databases.ts'
import { leaseSeconds, type Office } from './office.ts'
import { type Act, issuing, type Place, sending } from './points.ts'
import { pause, start, until } from './process.ts'
import { type Cut, openWire } from './proxy.ts'
import type { Worker } from './worker.ts'

export interface Fault {
  readonly name: string
  readonly engines: readonly Engine['name'][]
  inflict(office: Office, rounds: number, share?: Share): Promise<Inflicted>
}

/** In the short run the engines share the long tables: each takes every second row, so that every row is tried on one of them. */
export type Share = 'all' | 'every second'

export interface Inflicted {
  readonly faults: number
  /** From a fault until the caller had an answer to everything that it interrupted, milliseconds */
  readonly recoveries?: readonly number[]
}

const both = ['SQLite', 'Postgres'] as const

const shareOf = <T>(table: readonly T[], { engine }: Office, share: Share | undefined): readonly T[] =>
  share === 'every second' ? table.filter((_, index) => index % 2 === both.indexOf(engine)) : table

/** Does it, and tells how long the caller then waited. */
const recovering = async (office: Office, work: () => Promise<void>): Promise<number> => {
  await work()
  const from = Date.now()
  if (office.workers().length === 0) await office.hire()
  await office.acknowledged()
  return Date.now() - from
}

const repeated = async (times: number, work: (round: number) => Promise<number>): Promise<Inflicted> => {
  const recoveries: number[] = []
  for (let round = 0; round < times; round += 1) recoveries.push(await work(round))
  return { faults: times, recoveries }
}

/** On Postgres others go on while one falls; an SQLite file has one process at a time. */
const staffed = async (office: Office): Promise<Worker> => {
  if (office.engine === 'Postgres' && office.workers().length === 0) await office.hire()
  return office.engine === 'SQLite' ? (office.workers()[0] ?? office.hire()) : office.hire()
}

/** Sells until the worker has come by the place; every second time to it alone, since a quicker one may be there first. */
const happensAt = async (office: Office, worker: Worker, place: Place, act: Act): Promise<void> => {
  const before = worker.happened.length
  worker.tell({ arm: { place, after: 0, act } })
  for (let tries = 0; worker.happened.length === before && worker.alive(); tries += 1) {
    if (tries === 40) throw new Error(`no worker ever came by ${place}`)
    office.sell(2, tries % 2 === 1 ? worker : undefined)
    await Promise.race([pause(400), worker.ended])
  }
}

const killAt = async (office: Office, place: Place): Promise<number> => {
  const victim = await staffed(office)
  return recovering(office, async () => {
    await happensAt(office, victim, place, 'kill')
    await victim.ended
  })
}

const kills = (name: string, places: readonly Place[]): Fault => ({
  name: `kill -9 at ${places.length} points of ${name}`,
  engines: both,
  inflict: (office, rounds, share) => {
    const mine = shareOf(places, office, share)
    return repeated(mine.length * rounds, (round) => killAt(office, placeOf(mine, round)))
  },
})

const placeOf = (places: readonly Place[], round: number): Place => {
  const place = places[round % places.length]
  if (place === undefined) throw new Error('a table of places is empty')
  return place
}

/** At any moment, whatever it is doing. */
const storm: Fault = {
  name: 'kill -9 at random moments',
  engines: both,
  inflict: (office, rounds) =>
    repeated(4 * rounds, async () => {
      const victim = await staffed(office)
      return recovering(office, async () => {
        office.sell(6)
        await pause(Math.random() * 400)
        victim.signal('SIGKILL')
        await victim.ended
      })
    }),
}

/** Where a worker sleeps past its lease: others take over, and it wakes up with a fence that is no longer its own. */
const bedsides: readonly Place[] = [
  issuing['under the lock'],
  sending['journal committed, socket closed'],
  sending['request sent'],
  sending['answered, not recorded'],
  sending['before the commit of the result'],
]

const sleep: Fault = {
  name: 'SIGSTOP longer than the lease, then SIGCONT',
  engines: both,
  inflict: (office, rounds, share) => {
    const mine = shareOf(bedsides, office, share)
    return repeated(mine.length * rounds, async (round) => {
      const sleeper = await staffed(office)
      const waited = await recovering(office, async () => {
        await happensAt(office, sleeper, placeOf(mine, round), 'pause')
        await pause(1.3 * leaseSeconds * 1000)
        sleeper.signal('SIGCONT')
      })
      if (office.engine === 'Postgres') await sleeper.stop()
      return waited
    })
  },
}

/** Every statement may be refused, a commit's answer included; a place within the exchange is the gateway's to spoil. */
const refusable = [...Object.values(issuing), ...Object.values(sending)].filter((place) => !place.endsWith(' submit'))

const refusals: Fault = {
  name: `the database or the disk refuses at ${refusable.length} points`,
  engines: both,
  inflict: (office, rounds, share) => {
    const mine = shareOf(refusable, office, share)
    return repeated(mine.length * rounds, async (round) => {
      const worker = await staffedOnce(office)
      return recovering(office, () => happensAt(office, worker, placeOf(mine, round), 'fail'))
    })
  },
}

const staffedOnce = async (office: Office): Promise<Worker> => office.workers()[0] ?? office.hire()

/** Not a byte more than this in any file: the disk is full. */
const fullAt = 512 * 1024
const diskFailures = ['storage/full', 'storage/disk-error']

const fullDisk: Fault = {
  name: 'the disk is full',
  engines: ['SQLite'],
  inflict: (office, rounds) =>
    repeated(rounds, async () => {
      const worker = await office.hire({ largestFile: fullAt })
      return recovering(office, async () => {
        const isFull = () => diskFailures.some((code) => office.refusals.has(code))
        for (let tries = 0; !isFull() && tries < 60; tries += 1) {
          office.sell(4)
          await pause(250)
        }
        await worker.stop()
      })
    }),
}

const powerCut: Fault = {
  name: 'Postgres stops at once and starts again',
  engines: ['Postgres'],
  inflict: (office, rounds) =>
    repeated(2 * rounds, async () => {
      await staffedOnce(office)
      return recovering(office, async () => {
        office.sell(8)
        await pause(Math.random() * 400)
        await office.running.crash()
      })
    }),
}

const cutWire = (how: Cut): Fault => ({
  name: `the connection to the database: ${how}`,
  engines: ['Postgres'],
  inflict: async (office, rounds) => {
    const { address } = office.database
    const wire = await openWire('url' in address ? address.url : '')
    await office.hire({ address: { url: wire.url } })
    const inflicted = await repeated(rounds, () =>
      recovering(office, async () => {
        const cut = wire.cut(how)
        office.sell(4)
        await cut
      }),
    )
    await Promise.all(office.workers().map((worker) => worker.stop()))
    wire.close()
    return inflicted
  },
})

/** Only a signing request is answered with these. */
const foreign = new Set(['not-compliant'])
const misbehaviours = Object.keys(FAULTS).filter((name) => !foreign.has(name))

/** Somebody looks after the office until it holds, and does what waits for a person: a chain may freeze, a road close, just after a look. */
const attendUntil = async (worker: Worker, holds: () => Promise<boolean>): Promise<void> => {
  const giveUpAt = Date.now() + 60_000
  do {
    await pause(25)
    await worker.attend()
    if (Date.now() > giveUpAt) throw new Error('attended in vain')
  } while (!(await holds()))
}

/** Each once on a standard and once on a simplified document, each followed by what a person would do about it. */
const gatewayFaults: Fault = {
  name: `the gateway misbehaves in ${misbehaviours.length} ways, at clearance and at reporting`,
  engines: both,
  inflict: async (office, rounds, share) => {
    const worker = await staffedOnce(office)
    const mine = shareOf(misbehaviours, office, share)
    for (let round = 0; round < mine.length * rounds; round += 1) {
      const fault = mine[round % mine.length]
      for (const endpoint of ['clearance', 'reporting'])
        await office.gateway.control('faults', { fault, endpoint, ms: 1500, retryAfter: 1 })
      office.sell(2)
      await attendUntil(worker, async () => (await office.gateway.faultsLeft()) === 0 && office.unanswered() === 0)
    }
    return { faults: 2 * mine.length * rounds }
  },
}

const gatewayGone: Fault = {
  name: 'the gateway is killed and comes back',
  engines: both,
  inflict: async (office, rounds) => {
    await staffedOnce(office)
    for (let round = 0; round < 2 * rounds; round += 1) {
      office.sell(6)
      await pause(Math.random() * 300)
      await office.gateway.restart()
    }
    return { faults: 2 * rounds }
  },
}

const clearanceOff: Fault = {
  name: 'clearance is switched off and on again',
  engines: both,
  inflict: async (office, rounds) => {
    await staffedOnce(office)
    for (let round = 0; round < 2 * rounds; round += 1) {
      await office.gateway.control('settings', { clearance: round % 2 === 0 ? 'off' : 'on' })
      office.sell(4)
      await office.acknowledged()
    }
    return { faults: 2 * rounds }
  },
}

const hour = 3_600_000

/** Milliseconds to 300 ms before the next midnight of a zone, given by its distance from UTC. */
const toMidnight = (now: number, offset: number): number => 24 * hour - ((now + offset) % (24 * hour)) - 300

/** Where the clock of a worker goes, from its shift so far; only steps back must be refused. */
const clockSteps: readonly { readonly to: (shift: number) => number; readonly refused?: true }[] = [
  { to: (shift) => shift + 3 * hour },
  { to: (shift) => shift - 1000 },
  { to: (shift) => shift - hour, refused: true },
  { to: (shift) => shift + toMidnight(Date.now() + shift, 3 * hour) },
  { to: (shift) => shift + toMidnight(Date.now() + shift, 0) },
]

const clockJumps: Fault = {
  name: 'the clock steps forward and back, midnight in Riyadh and in UTC',
  engines: both,
  inflict: async (office, rounds) => {
    const worker = await staffedOnce(office)
    let shift = 0
    const set = async (to: number): Promise<void> => {
      worker.tell({ clockShiftMs: to })
      await office.gateway.control('clock', { now: new Date(Date.now() + to).toISOString() })
    }
    for (let round = 0; round < clockSteps.length * rounds; round += 1) {
      office.sell(2)
      await office.atRest()
      const step = clockSteps[round % clockSteps.length]
      const next = step?.to(shift) ?? shift
      await set(next)
      for (let sales = 0; sales < 4; sales += 1) {
        office.sell(1)
        await pause(200)
      }
      if (step?.refused) {
        await until('the step back is refused', () => office.refusals.has('clock/stepped-back'))
        await set(shift)
      } else shift = next
      await office.acknowledged()
    }
    return { faults: clockSteps.length * rounds }
  },
}

const expiry: Fault = {
  name: 'the certificate expires while sales come in',
  engines: both,
  inflict: async (office, rounds) => {
    const worker = await staffedOnce(office)
    for (let round = 0; round < rounds; round += 1) {
      office.sell(4)
      worker.tell({ clockShiftMs: 20 * 365 * 24 * hour })
      office.sell(4)
      await until('an expired certificate is refused', () => office.refusals.has('certificate/expired'))
      worker.tell({ clockShiftMs: 0 })
      await office.acknowledged()
    }
    return { faults: rounds }
  },
}

const crowds = [2, 4, 8]

const crowd: Fault = {
  name: `${crowds.join(', ')} workers are given the same sales`,
  engines: ['Postgres'],
  inflict: async (office, rounds) => {
    let faults = 0
    for (const size of crowds) {
      while (office.workers().length < size) await office.hire()
      for (let round = 0; round < rounds; round += 1) {
        office.sell(8)
        faults += 8 * (size - 1)
        await office.acknowledged()
      }
    }
    return { faults }
  },
}

const migrators = 4

/** The primary key of `schema_version` refuses a second application; here each step must have been applied by somebody. */
const migrations: Fault = {
  name: `${migrators} programs of the new version start on an empty database at once`,
  engines: both,
  inflict: async (office, rounds) => {
    for (let round = 0; round < rounds; round += 1) {
      const empty = await office.running.create()
      const started = Array.from({ length: migrators }, () =>
        start('migrator-process', [JSON.stringify(empty.address)]),
      )
      const codes = await Promise.all(started.map(async ({ ended }) => (await ended).code))
      if (codes.some((code) => code !== 0)) throw new Error(`migrators ended with ${codes.join(', ')}`)
      const storage = await empty.open()
      await storage.close()
      const applied = await empty.sql('SELECT version FROM schema_version ORDER BY version')
      if (applied.some(([version], index) => version !== index + 1)) throw new Error(`migrations applied: ${applied}`)
    }
    return { faults: migrators * rounds }
  },
}

export const faults: readonly Fault[] = [
  kills('issuing', Object.values(issuing)),
  kills('sending', Object.values(sending)),
  storm,
  sleep,
  refusals,
  fullDisk,
  powerCut,
  cutWire('before-commit'),
  cutWire('after-commit'),
  cutWire('half-open'),
  gatewayFaults,
  gatewayGone,
  clearanceOff,
  clockJumps,
  expiry,
  crowd,
  migrations,
]
