/**
 * Watches this machine's clock (G14): against the time in ZATCA's answers, and against the time that has really passed. Issue time and
 * signing time are taken from this clock, so with a wrong one nothing is issued; what waits is sent all the same.
 */
import { auditEntry } from '#core/audit-entry.ts'
import { asFailure, Failure } from '#core/errors.ts'
import type { Clock, ClockWatch, Ports } from '#core/ports.ts'
import type { Settings } from './settings.ts'

/** The `Date` header counts whole seconds. */
const resolutionMs = 1000

/** What a clock gains or loses between two looks without anybody having set it. */
const toleranceMs = 2000

/** `running`: milliseconds that pass evenly whatever the clock is set to. In memory: it is about this machine. */
export const watchClock = (clock: Clock, running: () => number = () => performance.now()): ClockWatch => {
  let difference = clock.now() - running()
  let step = 0
  let told: readonly number[] = []

  /** After a step, or a sleep in which only the clock went on, what was told before means nothing any more. */
  const look = (): void => {
    const moved = clock.now() - running() - difference
    difference += moved
    if (Math.abs(moved) <= toleranceMs) return
    step += moved
    told = []
  }

  return {
    heard: (serverTime, roundTripMs) => {
      look()
      told = [...told.slice(-1), certainSkew(clock.now(), serverTime, roundTripMs)]
    },
    // One answer alone may come from a machine that is wrong itself.
    skew: () => {
      look()
      const [first, second] = told
      return first === undefined || second === undefined ? undefined : common(first, second)
    },
    stepped: () => {
      look()
      const found = step
      step = 0
      return found === 0 ? undefined : found
    },
  }
}

/** The server stamped its answer at some moment between request and answer: only what lies outside of that is certain. */
const certainSkew = (received: number, serverTime: number, roundTripMs: number): number => {
  const ahead = received - roundTripMs - (serverTime + resolutionMs)
  const behind = received - serverTime
  return Math.max(0, ahead) + Math.min(0, behind)
}

const common = (a: number, b: number): number =>
  a > 0 === b > 0 ? Math.sign(a) * Math.min(Math.abs(a), Math.abs(b)) : 0

/** Throws `clock/skewed` when the clock is further off than the office allows. */
export const assertClock = (
  { clockWatch }: Pick<Ports, 'clockWatch'>,
  { clockSkewSeconds }: Pick<Settings, 'clockSkewSeconds'>,
): void => {
  const skew = clockWatch?.skew() ?? 0
  if (Math.abs(skew) <= clockSkewSeconds * 1000) return
  throw new Failure('clock/skewed', { details: { seconds: Math.round(skew / 1000), allowed: clockSkewSeconds } })
}

/** Writes down that the clock was set, or stood still while the machine slept; never fails. */
export const auditClockStep = async ({ clockWatch, clock, storage, log }: Ports): Promise<void> => {
  const step = clockWatch?.stepped()
  if (step === undefined) return
  const seconds = Math.round(step / 1000)
  log.warn('clock/stepped', { seconds })
  try {
    await storage.write((tx) => tx.addAudit(auditEntry({ clock }, 'system', 'clock/stepped', 'clock', { seconds })))
  } catch (error) {
    log.error('clock/step-not-audited', { seconds, code: asFailure(error).code })
  }
}
