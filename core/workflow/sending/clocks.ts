/** The 24 hours in which a simplified document has to be reported (A12, G9). A late one is sent all the same, never dropped. */
import type { clockLevels } from '#core/vocabulary.ts'

export type ClockLevel = (typeof clockLevels)[number]

/** What the board makes of the time that has passed since issue, in hours. */
const levels = [
  { level: 'calm', from: 0 },
  { level: 'warn', from: 12 },
  { level: 'alert', from: 18 },
  { level: 'urgent', from: 22 },
  { level: 'late', from: 24 },
] as const satisfies readonly { readonly level: ClockLevel; readonly from: number }[]

export interface ReportingClock {
  readonly level: ClockLevel
  /** Until the deadline; negative when it has passed */
  readonly secondsLeft: number
  /** When the next level begins; undefined when it is late already */
  readonly nextLevelAt: number | undefined
}

const hour = 3_600_000
const allowed = 24 * hour

/** The clock of a document by its deadline (outbox row, 24 hours after issue date and time); times in milliseconds since 1970. */
export const reportingClock = (deadlineAt: string, now: number): ReportingClock => {
  const left = Date.parse(deadlineAt) - now
  const issued = Date.parse(deadlineAt) - allowed
  const next = levels.find(({ from }) => issued + from * hour > now)
  const level = levels.findLast(({ from }) => issued + from * hour <= now)?.level ?? 'calm'
  return {
    level,
    secondsLeft: Math.floor(left / 1000),
    nextLevelAt: next === undefined || next.from === 0 ? undefined : issued + next.from * hour,
  }
}
