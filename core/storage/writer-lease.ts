/** One program at a time works on a database file: a row names it, its heart-beat keeps the row, every write looks whose it is. */
import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { Failure } from '#core/errors.ts'
import type { Run } from './db.ts'

/** Runs the work in a write transaction of its own, after those that wait already. */
export type Write = <T>(work: (run: Run) => Promise<T>) => Promise<T>

export interface WriterLease {
  /** The holder before never released it: it was killed, or the power went */
  readonly afterCrash: boolean
  /** To be asked within each write transaction. Throws `storage/in-use` once another program has taken over. */
  assertHeld(run: Run): Promise<void>
  /** Stops the heart-beat and leaves the row as a crash does: whoever opens the file next looks at it as after one. */
  abandon(): void
  /** Stops the heart-beat and gives the file to the next; a second call does nothing. */
  release(): Promise<void>
}

export const LEASE_MS = 30_000
const HEARTBEAT_MS = 10_000
const POLL_MS = 250

interface Holder {
  readonly owner: string
  readonly host: string
  readonly pid: number
  readonly leasedUntil: string
}

/**
 * Takes the lease and keeps it until it is released. A holder that is seen to work is respected at once; one that cannot be seen (another
 * computer, another container) is watched until its lease runs out or its heart beats. Throws `storage/in-use`, naming host and process.
 */
export const holdWriterLease = async (write: Write): Promise<WriterLease> => {
  const owner = `${randomUUID()} ${place}`
  const previous = await take(write, owner)
  mine.add(owner)
  const heart = setInterval(() => void beat(write, owner), HEARTBEAT_MS).unref()
  const stop = (): boolean => {
    clearInterval(heart)
    return mine.delete(owner)
  }
  return {
    afterCrash: previous !== undefined,
    assertHeld: (run) => assertOwner(run, owner),
    abandon: () => void stop(),
    release: async () => {
      if (stop()) await write((run) => run('DELETE FROM writer_lease WHERE owner = $1', [owner]))
    },
  }
}

/** Leases held by this very process: its own number in a row of somebody else says nothing. */
const mine = new Set<string>()

/** Takes the lease as soon as nobody works; gives back who held it before. */
const take = async (write: Write, owner: string): Promise<Holder | undefined> => {
  let watched: Holder | undefined
  for (;;) {
    const { taken, holder } = await write(async (run) => {
      const found = await currentHolder(run)
      const free = found === undefined || !works(found)
      if (free) await put(run, owner)
      return { taken: free, holder: found }
    })
    if (taken || holder === undefined) return holder
    const beaten = watched !== undefined && watched.leasedUntil !== holder.leasedUntil
    if (isHere(holder) || beaten) throw inUse(holder)
    watched = holder
    await pause(POLL_MS)
  }
}

const currentHolder = async (run: Run): Promise<Holder | undefined> => {
  const [row] = await run("SELECT owner, host, pid, leased_until FROM writer_lease WHERE id = 'office'", [])
  if (row === undefined) return undefined
  const [owner, host, pid, leasedUntil] = row
  return { owner: String(owner), host: String(host), pid: Number(pid), leasedUntil: String(leasedUntil) }
}

const put = async (run: Run, owner: string): Promise<void> => {
  await run(
    `INSERT INTO writer_lease (id, owner, host, pid, leased_until) VALUES ('office', $1, $2, $3, $4)
    ON CONFLICT (id) DO UPDATE SET
      owner = excluded.owner, host = excluded.host, pid = excluded.pid, leased_until = excluded.leased_until`,
    [owner, hostname(), process.pid, end()],
  )
}

const end = (): string => new Date(Date.now() + LEASE_MS).toISOString()

/** Its lease has not run out, and its process is not known to be dead. A lease that ends too late was written by a wrong clock. */
const works = (holder: Holder): boolean => {
  const left = Date.parse(holder.leasedUntil) - Date.now()
  if (!isHere(holder)) return left > 0 && left <= LEASE_MS
  return left > 0 && (holder.pid === process.pid ? mine.has(holder.owner) : isAlive(holder.pid))
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    // EPERM: it lives and belongs to somebody else.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}

const isHere = ({ owner, host }: Holder): boolean => host === hostname() && owner.endsWith(` ${place}`)

const inUse = ({ host, pid, leasedUntil }: Holder): Failure =>
  new Failure('storage/in-use', { details: { host, pid, leasedUntil } })

const assertOwner = async (run: Run, owner: string): Promise<void> => {
  const holder = await currentHolder(run)
  if (holder?.owner === owner) return
  throw holder === undefined ? new Failure('storage/in-use', { reason: 'the lease was taken away' }) : inUse(holder)
}

/** A disk that fails says so to whoever writes next; a lease that could not be renewed is still ours until another takes it. */
const beat = async (write: Write, owner: string): Promise<void> => {
  const renew = 'UPDATE writer_lease SET leased_until = $1 WHERE owner = $2'
  await write((run) => run(renew, [end(), owner])).catch(() => undefined)
}

/** Process numbers mean something only since this start of the system and inside this container; elsewhere the host must do. */
const linuxPlace = (): string => {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
}

const place = process.platform === 'linux' ? linuxPlace() : process.platform
