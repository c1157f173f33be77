/** When a worker that died is started again: soon the first time, later each time after, and never more than a few times a minute. */

/** Of all workers together: what dies faster than this does not die by accident. */
export const restartsInAMinute = 5

const MINUTE = 60_000
const FIRST_MS = 500

/** `starts`: when workers were started again so far; both in milliseconds. What is waited for counts as a start at its end. */
export const restartDelay = (starts: readonly number[], now: number): number => {
  const recent = starts.filter((at) => at > now - MINUTE).toSorted((one, other) => one - other)
  const backoff = recent.length === 0 ? FIRST_MS : FIRST_MS * 2 ** recent.length
  const oldest = recent.at(-restartsInAMinute)
  return oldest === undefined ? backoff : Math.max(backoff, oldest + MINUTE - now)
}
