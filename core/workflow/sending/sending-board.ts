/** The board of everything that is on its way to ZATCA: for all companies, what waits, whose clock runs out, what needs a person. */
import { Failure } from '#core/errors.ts'
import type { DocumentStatus, Endpoint, Environment, OpenTally, Ports, Reader, Road, Unit } from '#core/ports.ts'
import { endpoints, environments, type RoadReason } from '#core/vocabulary.ts'
import { type ReportingClock, reportingClock } from './clocks.ts'
import { freshRoad } from './roads.ts'

/** A road as people know it: an environment, one of its endpoints, or the credential of a unit. */
export interface KnownRoad extends RoadPlace {
  readonly road: Road
}

export interface RoadPlace {
  readonly environment: Environment
  readonly endpoint: Endpoint | undefined
  readonly unit: Unit | undefined
}

export interface SendingBoard {
  readonly tallies: readonly OpenTally[]
  /** Every environment in use, and whatever else is closed */
  readonly roads: readonly KnownRoad[]
  /** Simplified documents that are not reported yet, the most urgent first */
  readonly clocks: readonly DocumentStatus[]
  readonly held: readonly DocumentStatus[]
  readonly unknown: readonly DocumentStatus[]
}

type BoardPorts = Pick<Ports, 'storage' | 'clock'>

/** `limit`: documents of each list; the tallies count all. */
export const sendingBoard = async (ports: BoardPorts, limit: number): Promise<SendingBoard> => {
  const { read } = ports.storage
  return {
    tallies: await read.openTallies(),
    roads: await knownRoads(ports),
    clocks: await read.openDocuments({ profile: 'simplified', limit }),
    held: await read.openDocuments({ state: 'held', limit }),
    unknown: await read.openDocuments({ state: 'unknown', limit }),
  }
}

const knownRoads = async ({ storage: { read }, clock }: BoardPorts): Promise<readonly KnownRoad[]> => {
  const inUse = await read.productionCsids()
  const used = environments.filter((environment) => inUse.some(({ unit }) => unit.environment === environment))
  const stored = await read.roads()
  const whole = used.map((id) => stored.find((road) => road.id === id) ?? freshRoad(id, clock.now()))
  const closed = stored.filter((road) => road.state !== 'open' && !whole.includes(road))
  return [...whole, ...closed].flatMap((road) => {
    const place = placeOf(road.id, inUse)
    return place === undefined ? [] : [{ road, ...place }]
  })
}

type InUse = Awaited<ReturnType<Reader['productionCsids']>>

/** Undefined for the road of a certificate that was replaced: it leads nowhere. */
const placeOf = (roadId: string, inUse: InUse): RoadPlace | undefined => {
  const [first, second] = roadId.split('/')
  const unit = inUse.find(({ csidId }) => roadId === `csid/${csidId}`)?.unit
  const environment = unit?.environment ?? environments.find((one) => one === first)
  const endpoint = endpoints.find((one) => one === second)
  return environment && { environment, endpoint, unit }
}

/** Throws `road/not-found` for the credential of no unit. */
export const roadPlace = async (read: Reader, roadId: string): Promise<RoadPlace> => {
  const place = placeOf(roadId, await read.productionCsids())
  if (place === undefined) throw new Failure('road/not-found', { details: { id: roadId } })
  return place
}

const personal: ReadonlySet<RoadReason | undefined> = new Set([
  'paused',
  'sign-in-refused',
  'misconfigured',
  'renewal-needed',
])
const pressing: ReadonlySet<ReportingClock['level']> = new Set(['urgent', 'late'])

/** How many things do not go on without a person: held documents, roads that nobody else opens, clocks about to run out. */
export const needingPerson = async ({ storage: { read }, clock }: BoardPorts): Promise<number> => {
  const tallies = await read.openTallies()
  const roads = (await read.roads()).filter(({ state, reason }) => state !== 'open' && personal.has(reason))
  const clocks = tallies.filter(
    ({ deadlineAt }) => deadlineAt !== undefined && pressing.has(reportingClock(deadlineAt, clock.now()).level),
  )
  return tallies.reduce((sum, { held }) => sum + held, 0) + roads.length + clocks.length
}
