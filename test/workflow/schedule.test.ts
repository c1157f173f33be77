/** Delays between transmissions, and the time in Riyadh. */
import { describe, expect, it } from 'vitest'
import { fromRiyadh, riyadhText, riyadhTime } from '#core/workflow/riyadh-time.ts'
import { delayOf, spreadOf } from '#core/workflow/sending/schedule.ts'

const situation = { repeats: 1, spread: 0.5, secondsToDeadline: 80_000, retryAfterSeconds: undefined }
const hour = 3_600_000

describe('the schedule', () => {
  it('repeats an unknown outcome after 10 s, 1, 5, 15, 30 min, then hourly', () => {
    const seconds = [1, 2, 3, 4, 5, 6, 7].map((repeats) => delayOf('unknown', { ...situation, repeats }) / 1000)
    expect(seconds).toEqual([10, 60, 300, 900, 1800, 3600, 3600])
  })

  it('spreads what was not sent between 5 s and 15 min, and hurries near the deadline', () => {
    const longest = { ...situation, spread: 1, repeats: 20 }
    expect(delayOf('unsent', { ...longest, spread: 0 })).toBe(5000)
    expect(delayOf('unsent', longest)).toBe(900_000)
    expect(delayOf('unsent', { ...longest, secondsToDeadline: 4 * 3600 - 1 })).toBe(120_000)
  })

  it('obeys Retry-After, and doubles without it', () => {
    expect(delayOf('throttled', { ...situation, retryAfterSeconds: 7 })).toBe(7000)
    expect([1, 2, 3].map((repeats) => delayOf('throttled', { ...situation, repeats }))).toEqual([
      30_000, 60_000, 120_000,
    ])
    expect(delayOf('throttled', { ...situation, repeats: 60 })).toBe(hour)
  })

  it('spreads documents and attempts over the whole range', () => {
    const spreads = Array.from({ length: 1000 }, (_, fence) => spreadOf('3cf5ee18-ee25-44ea-a444-2c37ba7f28b1', fence))
    expect(Math.min(...spreads)).toBeLessThan(0.01)
    expect(Math.max(...spreads)).toBeGreaterThan(0.99)
    expect(spreads.every((spread) => spread >= 0 && spread < 1)).toBe(true)
  })
})

describe('the time in Riyadh', () => {
  it('is three hours ahead of UTC, also over midnight, month and leap day', () => {
    expect(riyadhText(Date.parse('2026-01-31T20:59:59Z'))).toBe('2026-01-31T23:59:59')
    expect(riyadhText(Date.parse('2026-01-31T21:00:00Z'))).toBe('2026-02-01T00:00:00')
    expect(riyadhTime(Date.parse('2028-02-28T22:30:00.999Z'))).toEqual({ date: '2028-02-29', time: '01:30:00' })
  })

  it('goes back to the same instant', () => {
    const instant = Date.parse('2026-06-30T23:10:11Z')
    expect(fromRiyadh(riyadhTime(instant))).toBe(instant)
  })
})
