/** The time on the wall in Riyadh (UTC+3 all year, no summer time), whatever zone this machine is set to. */

const hour = 3_600_000
const offset = 3 * hour

export interface LocalTime {
  /** BT-2, `YYYY-MM-DD` */
  readonly date: string
  /** KSA-25, `HH:MM:SS` without `Z` */
  readonly time: string
}

export const riyadhTime = (milliseconds: number): LocalTime => {
  const shifted = new Date(milliseconds + offset).toISOString()
  return { date: shifted.slice(0, 10), time: shifted.slice(11, 19) }
}

/** `YYYY-MM-DDTHH:MM:SS`, as rules and signatures take it. */
export const riyadhText = (milliseconds: number): string => {
  const { date, time } = riyadhTime(milliseconds)
  return `${date}T${time}`
}

/** Milliseconds since 1970 of a date and time in Riyadh; NaN when they are none. */
export const fromRiyadh = ({ date, time }: LocalTime): number => Date.parse(`${date}T${time}Z`) - offset
