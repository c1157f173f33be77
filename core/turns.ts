/** Bulk work on the thread that also serves people: it stops for a moment now and then, so that nobody waits for it. */

const LONGEST_MS = 8

/** All who wait for a turn go on at the same moment, one behind the other: from here on the thread is held by all of them. */
let lastTurn = 0
let next: Promise<void> | undefined

/** Everybody else, now. */
export const othersTurn = (): Promise<void> => {
  next ??= new Promise((resolve) =>
    setImmediate(() => {
      next = undefined
      lastTurn = performance.now()
      resolve()
    }),
  )
  return next
}

/** Called between two pieces of work; gives everybody else a turn once the thread has been held for some milliseconds. */
export const turns = (): (() => Promise<void>) => {
  const begun = performance.now()
  return async () => {
    if (performance.now() - Math.max(begun, lastTurn) >= LONGEST_MS) await othersTurn()
  }
}
