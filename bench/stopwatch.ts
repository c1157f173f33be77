/** Fair timing: the contestants take turns in one run, CPU time is what counts, and the median is quoted. */

export interface Contestant {
  readonly name: string
  readonly run: () => unknown
}

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

/** How many calls fill about `budget` milliseconds, so that the clock's grain does not matter. */
const batchSize = async (contestant: Contestant, budget: number): Promise<number> => {
  await contestant.run()
  const once = await cpu(contestant.run)
  return Math.max(1, Math.min(2000, Math.round(budget / Math.max(once, 0.01))))
}

/** Median CPU milliseconds of one call for each contestant; `rounds` interleaved batches after a warm-up. */
export const race = async (
  contestants: readonly Contestant[],
  { rounds = 7, budget = 60 } = {},
): Promise<ReadonlyMap<string, number>> => {
  const sizes = new Map<string, number>()
  for (const contestant of contestants) sizes.set(contestant.name, await batchSize(contestant, budget))
  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) {
      const size = sizes.get(contestant.name) ?? 1
      const spent = await cpu(async () => {
        for (let call = 0; call < size; call += 1) await contestant.run()
      })
      times.get(contestant.name)?.push(spent / size)
    }
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]))
}
