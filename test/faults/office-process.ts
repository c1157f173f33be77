/**
 * One worker of an office, as a process of its own: issues the sales it is told to, sends them, runs the outbox, and dies, sleeps or
 * fails at the place that it was armed for.
 */
import { asFailure, Failure } from '#core/errors.ts'
import type { Ports } from '#core/ports.ts'
import { openPostgres } from '#core/storage/postgres.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { runOutbox } from '#core/workflow/sending/outbox.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import { attend } from './attend.ts'
import { hurried } from './hurried.ts'
import { type Assignment, assignment, type Order, order, type Report } from './messages.ts'
import { portsOf } from './ports.ts'
import { draftOf, keyOf } from './sales.ts'
import { type Passing, watched, watchRequests } from './watched.ts'

const tell = (report: Report): void => {
  process.send?.(report)
}

// ---- the place where it happens --------------------------------------------------------------------------------------------

type Arm = Extract<Order, { arm: unknown }>['arm']
let armed: Arm | undefined

const acts: Readonly<Record<Arm['act'], (place: string) => void>> = {
  kill: () => process.kill(process.pid, 'SIGKILL'),
  pause: () => process.kill(process.pid, 'SIGSTOP'),
  fail: (place) => {
    throw new Failure('storage/unavailable', { reason: `a fault ${place}` })
  },
}

const pass: Passing = (place) => {
  if (armed?.place !== place) return
  if (armed.after > 0) {
    armed = { ...armed, after: armed.after - 1 }
    return
  }
  const { act } = armed
  armed = undefined
  tell({ happened: place })
  acts[act](place)
}

// ---- the office ------------------------------------------------------------------------------------------------------------

const clock = { shift: 0, now: () => Date.now() + clock.shift }

const openPorts = async (given: Assignment): Promise<Ports> => {
  const { address, folder, gatewayUrl, gatewayTimeoutMs } = given
  const storage = await ('file' in address
    ? openSqlite(address)
    : openPostgres({ ...address, connections: 6, answerMs: 5000 }))
  const ports = await portsOf(storage, folder, gatewayUrl, { clock, gatewayTimeoutMs })
  return watched(hurried(ports, given), pass)
}

const sell = async (ports: Ports, unitId: string, sale: number): Promise<void> => {
  try {
    const request = { unitId, draft: draftOf(sale), idempotencyKey: keyOf(sale), actor: 'tester' }
    const { id, uuid, icv, hash, profile } = await issueDocument(ports, request)
    tell({ acknowledged: { sale, id, uuid, icv, hash } })
    if (profile === 'standard') await submitDocument(ports, id)
  } catch (error) {
    tell({ refused: { sale, code: asFailure(error).code } })
  }
}

const tellStanding = async ({ storage }: Ports): Promise<void> => {
  try {
    const { waiting, unknown, held } = await storage.read.outboxCounts()
    tell({ open: waiting + unknown + held })
  } catch (error) {
    tell({ refused: { sale: -1, code: asFailure(error).code } })
  }
}

watchRequests(pass)
const given = assignment.parse(JSON.parse(process.argv[2] ?? ''))
const ports = await openPorts(given)
const stop = new AbortController()
const sends = runOutbox(ports, { signal: stop.signal, idleMs: 25, concurrency: 4 })
const standing = setInterval(() => void tellStanding(ports), 100)

const obey = async (told: Order): Promise<void> => {
  if ('sell' in told) await Promise.all(told.sell.map((sale) => sell(ports, given.unitId, sale)))
  else if ('arm' in told) armed = told.arm
  else if ('clockShiftMs' in told) clock.shift = told.clockShiftMs
  else if ('attend' in told) tell({ attended: await attend(ports) })
  else {
    clearInterval(standing)
    stop.abort()
    await sends
    await ports.storage.close()
    process.disconnect()
  }
}

/** A worker that cannot reach its database says so and goes on. */
const obeySafely = async (told: Order): Promise<void> => {
  try {
    await obey(told)
  } catch (error) {
    tell({ refused: { sale: -1, code: asFailure(error).code } })
  }
}

process.on('message', (message) => void obeySafely(order.parse(message)))
process.on('disconnect', () => process.exit(0))
tell({ ready: true })
