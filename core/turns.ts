/** Bulk work on the thread that also serves people: it stops for a moment now and then, so that nobody waits for it. */

const LONGEST_MS = 8

/** Everybody else, now. */
export const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Called between two pieces of work; gives everybody else a turn once the thread has been held for some milliseconds. */
export const turns = (): (() => Promise<void>) => {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < LONGEST_MS) return
    await othersTurn()
    since = performance.now()
  }
}
