/** Dates and times of the invoice as text: Gregorian, Riyadh local unless they end in Z. */

const date =
  /^\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))$/
const leapDay = /^(\d{4})-02-29$/

/** A day that the calendar has, written `YYYY-MM-DD`. */
export const isCalendarDate = (text: string): boolean => {
  const leapYear = leapDay.exec(text)?.[1]
  if (leapYear === undefined) return date.test(text)
  const year = Number(leapYear)
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

const riyadhAheadOfUtc = 3 * 3_600_000

/** Milliseconds of a moment written with its zone or without one (Riyadh); undefined when it is none. */
const moment = (text: string): number | undefined => {
  const hasZone = /(?:Z|[+-]\d\d:\d\d)$/.test(text)
  const utc = Date.parse(hasZone ? text : `${text}Z`)
  if (Number.isNaN(utc)) return undefined
  return hasZone ? utc : utc - riyadhAheadOfUtc
}

/** Hours from one moment to another, undefined when one of them cannot be read. */
export const hoursBetween = (earlier: string, later: string): number | undefined => {
  const start = moment(earlier)
  const end = moment(later)
  return start === undefined || end === undefined ? undefined : (end - start) / 3_600_000
}

/** The lexical form of xs:time, with fraction and zone allowed (BR-KSA-F-05). */
export const isTime = (text: string): boolean =>
  /^\s*(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?\s*$/.test(
    text,
  )
