/** A value inside a sentence that may run in the other direction: dates, names and numbers keep their own order. */

const firstStrongIsolate = '\u2068'
const popIsolate = '\u2069'

export const isolated = (value: string): string => `${firstStrongIsolate}${value}${popIsolate}`
