/** Fair timing: the contestants take turns in one run, CPU time is what counts, and the median is quoted. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export interface Contestant {
  readonly name: string
  readonly run: () => unknown
}

/**
 * Nobody's young garbage may be collected on another's time: what 2,000 lines leave behind in a DOM costs a third of a batch of those
 * who come next. A minor collection only, because a full one throws compiled code away and no batch would be warm.
 */
setFlagsFromString('--expose-gc')
const collectGarbage: (options: { readonly type: 'minor' }) => void = runInNewContext('gc')

/** CPU milliseconds (user and system, all threads) of one call. */
const cpu = async (run: () => unknown): Promise<number> => {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/**
 * How many calls fill about `budget` milliseconds, so that the clock's grain does not matter. Before it is asked, the calls went on
 * until `warmUp` milliseconds were spent: engines run code a few hundred times before they compile it, and what is compared is the
 * steady state of each.
 */
const batchSize = async ({ run }: Contestant, budget: number, warmUp: number): Promise<number> => {
  let last = 0
  for (let spent = 0; spent < warmUp; spent += last) last = Math.max(await cpu(run), clockGrain)
  const once = await cpu(run)
  return Math.max(1, Math.min(mostCalls, Math.round(budget / Math.max(once, clockGrain))))
}

const clockGrain = 0.01
const mostCalls = 2000

/** Median CPU milliseconds of one call for each contestant; `rounds` interleaved batches behind a warm-up. */
export const race = async (
  contestants: readonly Contestant[],
  { rounds = 7, budget = 60, warmUp = 1500 } = {},
): Promise<ReadonlyMap<string, number>> => {
  const sizes = new Map<string, number>()
  for (const contestant of contestants) sizes.set(contestant.name, await batchSize(contestant, budget, warmUp))
  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) {
      const size = sizes.get(contestant.name) ?? 1
      collectGarbage({ type: 'minor' })
      const spent = await cpu(async () => {
        for (let call = 0; call < size; call += 1) await contestant.run()
      })
      times.get(contestant.name)?.push(spent / size)
    }
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]))
}
