/**
 * The roads to ZATCA, shared by all replicas through the database: which are closed, how many may travel at a time, and who may try
 * whether a closed one is passable again. A document travels on three at once and goes when each of them has room.
 */
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Ports, Reader, Road, Trip, Writer } from '#core/ports.ts'
import { endpoints, environments, type RoadReason, type VerdictKind } from '#core/vocabulary.ts'
import { type RoadKind, type RoadNews, roadNews } from './answers.ts'

/** Most transmissions at a time (reliability section 5). */
const capacities: Readonly<Record<RoadKind, number>> = { environment: 8, endpoint: 8, credential: 4 }

/** When a closed road may be tried again, and how many successful tries open it. */
interface Reopening {
  /** Seconds, after the given number of closings in a row; undefined when only a person opens it */
  readonly wait: (trips: number) => number | undefined
  readonly successes: number
}

const quarterHourly: Reopening = { wait: () => 900, successes: 1 }

const reopenings: Readonly<Record<RoadReason, Reopening>> = {
  paused: { wait: () => undefined, successes: 1 },
  unreachable: { wait: (trips) => Math.min(300, 30 * 2 ** (trips - 1)), successes: 3 },
  'sign-in-refused': quarterHourly,
  misconfigured: quarterHourly,
  'renewal-needed': quarterHourly,
}

const failuresInARow = 5
const window = { milliseconds: 60_000, transmissions: 20, failedShare: 0.5 }
/** A minute without being asked for less gives one transmission more. */
const recoveryMs = 60_000

export const roadsOf = ({ environment, endpoint, csidId }: Trip): Readonly<Record<RoadKind, string>> => ({
  environment,
  endpoint: `${environment}/${endpoint}`,
  credential: `csid/${csidId}`,
})

/** A road as it is before anything happened on it. */
export const freshRoad = (id: string, at: number): Road => ({
  id,
  state: 'open',
  reason: undefined,
  changedAt: instant(at),
  changedBy: 'system',
  probeAt: undefined,
  failures: 0,
  successes: 0,
  trips: 0,
  windowStartedAt: undefined,
  windowTotal: 0,
  windowFailed: 0,
  concurrency: capacities.endpoint,
  concurrencyChangedAt: instant(0),
})

// ---- who may travel ------------------------------------------------------------------------------------------------------

export interface Traffic {
  /** Roads on which nobody may start now */
  closed(): readonly string[]
  /** Takes a place on each road of the trip; false when one of them has none */
  admit(trip: Trip): boolean
  /** Roads of the trip that are closed: it tries whether they are passable */
  probes(trip: Trip): readonly Road[]
}

interface Place {
  left: number
  /** Set when the road is closed and one may try it */
  readonly probe: Road | undefined
}

export interface TrafficOptions {
  /** By the database's clock */
  readonly now: string
  readonly trips: readonly Trip[]
  /** A person asked: a road that failures closed is tried before its time; one that a person paused is not */
  readonly insist: boolean
}

/** The room on every road, given who is under way. */
export const trafficOf = (roads: readonly Road[], { now, trips, insist }: TrafficOptions): Traffic => {
  const known = new Map(roads.map((road) => [road.id, road]))
  const places = new Map<string, Place>()
  const placesOf = (trip: Trip) =>
    kinds.map((kind) => {
      const id = roadsOf(trip)[kind]
      const place = places.get(id) ?? placeOn(kind, known.get(id), now, insist)
      places.set(id, place)
      return place
    })
  for (const road of roads) if (road.state !== 'open') places.set(road.id, tryOn(road, now, insist))
  for (const trip of trips) for (const place of placesOf(trip)) if (place.probe === undefined) place.left -= 1
  return {
    closed: () => [...places].filter(([, { left }]) => left <= 0).map(([id]) => id),
    admit: (trip) => {
      const wanted = placesOf(trip)
      if (wanted.some(({ left }) => left <= 0)) return false
      for (const place of wanted) place.left -= 1
      return true
    },
    probes: (trip) => placesOf(trip).flatMap(({ probe }) => probe ?? []),
  }
}

const kinds = ['environment', 'endpoint', 'credential'] as const

const placeOn = (kind: RoadKind, road: Road | undefined, now: string, insist: boolean): Place => {
  if (road !== undefined && road.state !== 'open') return tryOn(road, now, insist)
  const throttled = kind === 'endpoint' && road !== undefined
  return { left: throttled ? concurrencyAt(road, Date.parse(now)) : capacities[kind], probe: undefined }
}

/** One at a time: while a try is under way, `probeAt` is the end of its lease. */
const tryOn = (road: Road, now: string, insist: boolean): Place => {
  const due = road.probeAt !== undefined && (insist || road.probeAt <= now)
  return { left: due ? 1 : 0, probe: due ? road : undefined }
}

/** A clock that was set back, or runs behind the worker's that asked for less, takes nothing more away. */
const concurrencyAt = ({ concurrency, concurrencyChangedAt }: Road, at: number): number => {
  const minutes = Math.floor((at - Date.parse(concurrencyChangedAt)) / recoveryMs)
  return Math.min(capacities.endpoint, concurrency + Math.max(0, minutes))
}

/** Marks roads as being tried for the lease of the one who tries; in the order in which everybody locks them. */
export const beginProbes = async (
  tx: Writer,
  tried: readonly { readonly road: Road; readonly until: string }[],
): Promise<void> => {
  for (const { road, until } of tried.toSorted((a, b) => (a.road.id < b.road.id ? -1 : 1)))
    await tx.saveRoad({ ...road, state: 'probing', probeAt: until })
}

// ---- what an answer says about the roads -----------------------------------------------------------------------------------

/** A transmission that came to its end. */
export interface Arrival {
  /** Milliseconds since 1970 */
  readonly at: number
  readonly startedAt: string
  /** Ids of the roads that it tried */
  readonly probed: readonly string[]
  /** The document had failed before: that says more about itself than about the road, and must not close it for others (G8) */
  readonly repeated: boolean
}

/** The road after the news; the very same object when nothing changed. */
export const afterNews = (road: Road, news: RoadNews, arrival: Arrival): Road =>
  transitions[news](road, arrival, arrival.probed.includes(road.id))

type Transition = (road: Road, arrival: Arrival, probed: boolean) => Road

const closing =
  (reason: RoadReason): Transition =>
  (road, { at }, probed) =>
    road.state === 'open' || probed ? closed(road, reason, at) : road

/** On a closed road only the one who was sent to try it is heard: the others started before it was closed. */
const transitions: Readonly<Record<RoadNews, Transition>> = {
  works: (road, arrival, probed) => {
    if (road.state === 'open') return counted(road, arrival.at, false)
    return probed ? passed(road, arrival.at) : road
  },
  fails: (road, arrival, probed) => {
    if (road.state !== 'open') return probed ? closed(road, road.reason ?? 'unreachable', arrival.at) : road
    if (arrival.repeated) return road
    const failing = counted(road, arrival.at, true)
    return isBroken(failing) ? closed(failing, 'unreachable', arrival.at) : failing
  },
  /** Those that were under way when it was halved say nothing new. */
  slower: (road, { at, startedAt }) =>
    startedAt <= road.concurrencyChangedAt
      ? road
      : {
          ...road,
          concurrency: Math.max(1, Math.floor(concurrencyAt(road, at) / 2)),
          concurrencyChangedAt: instant(at),
        },
  'sign-in-refused': closing('sign-in-refused'),
  misconfigured: closing('misconfigured'),
  'renewal-needed': closing('renewal-needed'),
}

/** The minute begins with a failure, so that nothing is written down while all goes well. */
const counted = (road: Road, at: number, failed: boolean): Road => {
  const started = road.windowStartedAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(road.windowStartedAt)
  const running = at - started < window.milliseconds
  if (!failed && !running) return road.failures === 0 ? road : { ...road, ...calm }
  return {
    ...road,
    failures: failed ? road.failures + 1 : 0,
    windowStartedAt: running ? road.windowStartedAt : instant(at),
    windowTotal: (running ? road.windowTotal : 0) + 1,
    windowFailed: (running ? road.windowFailed : 0) + (failed ? 1 : 0),
  }
}

const isBroken = ({ failures, windowTotal, windowFailed }: Road): boolean =>
  failures >= failuresInARow ||
  (windowTotal >= window.transmissions && windowFailed >= windowTotal * window.failedShare)

const calm = { failures: 0, successes: 0, windowStartedAt: undefined, windowTotal: 0, windowFailed: 0 } as const

const closed = (road: Road, reason: RoadReason, at: number): Road => {
  const trips = road.trips + 1
  const wait = reopenings[reason].wait(trips)
  const probeAt = wait === undefined ? undefined : instant(at + wait * 1000)
  return { ...road, ...calm, state: 'closed', reason, changedAt: instant(at), changedBy: 'system', probeAt, trips }
}

/** After a successful try the next one may go at once, until there were enough. */
const passed = (road: Road, at: number): Road => {
  const successes = road.successes + 1
  if (successes >= reopenings[road.reason ?? 'unreachable'].successes) return opened(road, at, 'system')
  return { ...road, state: 'probing', successes, probeAt: instant(at) }
}

const opened = (road: Road, at: number, changedBy: string): Road => ({
  ...road,
  ...calm,
  state: 'open',
  reason: undefined,
  changedAt: instant(at),
  changedBy,
  probeAt: undefined,
  trips: 0,
})

/** Writes down what an answer says about the roads it came over. */
export const noteArrival = async (
  { log }: Pick<Ports, 'log'>,
  tx: Writer,
  trip: Trip,
  verdict: VerdictKind,
  arrival: Arrival,
): Promise<void> => {
  const news = roadNews[verdict]
  const known = new Map((await tx.roads()).map((road) => [road.id, road]))
  for (const kind of kinds) {
    const id = roadsOf(trip)[kind]
    const said = news[kind]
    const road = known.get(id) ?? freshRoad(id, arrival.at)
    if (said === undefined || afterNews(road, said, arrival) === road) continue
    const { before, after } = await change(tx, id, arrival.at, (locked) => afterNews(locked, said, arrival))
    if (before.state === 'open' && after.state !== 'open') log.error('road/closed', { road: id, reason: after.reason })
  }
}

// ---- changes ---------------------------------------------------------------------------------------------------------------

/** Under the road's lock; audited when it opens or closes, with the one who did it. */
const change = async (tx: Writer, id: string, at: number, step: (road: Road) => Road) => {
  const before = await tx.lockRoad(freshRoad(id, at))
  const after = step(before)
  if (after !== before) await tx.saveRoad(after)
  const word = wordFor(before, after)
  const { changedBy: actor, reason } = after
  const details = { reason: reason ?? before.reason }
  if (word !== undefined) await tx.addAudit({ at: instant(at), actor, action: word, subject: id, details })
  return { before, after }
}

const wordFor = (before: Road, after: Road): string | undefined => {
  if (after.reason === 'paused' && before.reason !== 'paused') return 'road/paused'
  if (before.state === 'open' && after.state !== 'open') return 'road/closed'
  return before.state !== 'open' && after.state === 'open' ? 'road/opened' : undefined
}

export interface RoadChange {
  /** `PRODUCTION`, `PRODUCTION/clearance` or `csid/<id>` */
  readonly id: string
  readonly actor: string
}

export interface RoadPause extends RoadChange {
  /** The name of the environment, where pausing it has to be confirmed */
  readonly confirm?: string | undefined
}

/**
 * A person stops sending on a road; issuing goes on. Only a person opens it again. Throws `road/not-found`, and
 * `road/unconfirmed` where real documents would wait and nobody has confirmed it.
 */
export const pauseRoad = async ({ storage, clock }: Ports, { id, actor, confirm }: RoadPause): Promise<Road> => {
  assertRoad(id)
  const environment = await environmentOf(storage.read, id)
  if (environment === 'PRODUCTION' && confirm !== environment)
    throw new Failure('road/unconfirmed', { details: { confirm: environment } })
  const at = clock.now()
  const pause = (road: Road): Road => ({ ...closed(road, 'paused', at), changedBy: actor, trips: 0 })
  return storage.write(async (tx) => (await change(tx, id, at, pause)).after)
}

/** A person has removed the cause, or ends a pause: everything that waits goes on. Throws `road/not-found`. */
export const resumeRoad = async (ports: Ports, { id, actor }: RoadChange): Promise<Road> => {
  assertRoad(id)
  return ports.storage.write((tx) => openRoad(tx, { id, actor, at: ports.clock.now() }))
}

/** The same within a transaction: a renewal opens the road of its credential. */
export const openRoad = async (tx: Writer, { id, actor, at }: RoadChange & { readonly at: number }): Promise<Road> =>
  (await change(tx, id, at, (road) => (road.state === 'open' ? road : opened(road, at, actor)))).after

const fixedRoads: ReadonlySet<string> = new Set(
  environments.flatMap((environment) => [environment, ...endpoints.map((endpoint) => `${environment}/${endpoint}`)]),
)

/** The road of a credential leads where its unit is registered. */
const environmentOf = async (read: Pick<Reader, 'productionCsids'>, id: string): Promise<string | undefined> => {
  if (fixedRoads.has(id)) return id.split('/')[0]
  const csids = await read.productionCsids()
  return csids.find(({ csidId }) => id === `csid/${csidId}`)?.unit.environment
}

const assertRoad = (id: string): void => {
  if (!fixedRoads.has(id) && !/^csid\/./.test(id)) throw new Failure('road/not-found', { details: { id } })
}
