/** A moment as records keep it: in UTC, `YYYY-MM-DDTHH:MM:SS.sssZ`, so that texts sort like times. */

export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString()
