/** When a document that is not settled is sent again: one table of delays, in seconds. */

export type Schedule = 'at-once' | 'unknown' | 'unsent' | 'throttled'

export interface Situation {
  /** Earlier attempts in a row that ended the same way, this one included: 1, 2, ... */
  readonly repeats: number
  /** 0 to 1; spreads the load when a gateway comes back */
  readonly spread: number
  readonly secondsToDeadline: number
  readonly retryAfterSeconds: number | undefined
}

const minute = 60
const hour = 60 * minute

/** An unknown outcome is repeated soon, then patiently; ZATCA recognises the copy. */
const unknownSteps = [10, minute, 5 * minute, 15 * minute, 30 * minute]

/** With less than this to the deadline nothing waits longer than `hurriedCap`. */
const hurriedFrom = 4 * hour
const hurriedCap = 2 * minute

const delays: Readonly<Record<Schedule, (situation: Situation) => number>> = {
  'at-once': () => 0,
  unknown: ({ repeats, spread }) => (unknownSteps[repeats - 1] ?? hour) * (0.9 + 0.2 * spread),
  unsent: ({ repeats, spread, secondsToDeadline }) => {
    const cap = secondsToDeadline < hurriedFrom ? hurriedCap : 15 * minute
    return 5 + spread * (Math.min(cap, 5 * 2 ** repeats) - 5)
  },
  throttled: ({ repeats, retryAfterSeconds }) => retryAfterSeconds ?? Math.min(hour, 30 * 2 ** (repeats - 1)),
}

/** Milliseconds until the next transmission. */
export const delayOf = (schedule: Schedule, situation: Situation): number =>
  Math.round(delays[schedule](situation) * 1000)

/** A fraction that differs between documents and attempts, without a source of randomness: from the UUID's own digits. */
export const spreadOf = (uuid: string, fence: number): number => {
  const digits = Number.parseInt(uuid.replaceAll('-', '').slice(0, 8), 16)
  return ((digits + fence * 0x9e3779b9) % 0x1_0000_0000) / 0x1_0000_0000
}
