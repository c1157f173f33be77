/** The faults, as a table: what is done to a working office, how often, and on which engines. */
import { FAULTS } from '#practice/faults.ts'
import type { Engine } from '../storage/databases.ts'
import type { Office } from './office.ts'
import { type Act, issuing, type Place, sending } from './points.ts'
import { pause } from './process.ts'
import type { Worker } from './worker.ts'

export interface Fault {
  readonly name: string
  readonly engines: readonly Engine['name'][]
  inflict(office: Office, rounds: number): Promise<Inflicted>
}

export interface Inflicted {
  readonly faults: number
  /** From a fault until the caller had an answer to everything that it interrupted, milliseconds */
  readonly recoveries?: readonly number[]
}

const both = ['SQLite', 'Postgres'] as const

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

/** Sells until the worker has come by the place. */
const happensAt = async (office: Office, worker: Worker, place: Place, act: Act): Promise<void> => {
  const before = worker.happened.length
  worker.tell({ arm: { place, after: 0, act } })
  for (let tries = 0; worker.happened.length === before && worker.alive(); tries += 1) {
    if (tries === 40) throw new Error(`no worker ever came by ${place}`)
    office.sell(2)
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
  inflict: (office, rounds) => repeated(places.length * rounds, (round) => killAt(office, placeOf(places, round))),
})

const placeOf = (places: readonly Place[], round: number): Place => {
  const place = places[round % places.length]
  if (place === undefined) throw new Error('a table of places is empty')
  return place
}

export const faults: readonly Fault[] = [
  kills('issuing', Object.values(issuing)),
  kills('sending', Object.values(sending)),
]
void FAULTS
