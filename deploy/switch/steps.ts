/** The switch itself: smoke test, one share after the other as long as the new colour answers well, and all the way back when it does not. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Colour, type Counts, otherThan, type Road } from './road.ts'

export interface Plan {
  readonly to: Colour
  /** Percentages, the last one 100 */
  readonly steps: readonly number[]
  /** How long a step is watched, in ms, and how many answers of the new colour it takes to judge it */
  readonly holdMs: number
  readonly least: number
  /** Percentage of failed answers that is still good */
  readonly errors: number
}

/** `reason` is a sentence for the operator. */
export type Outcome = { readonly kind: 'switched' } | { readonly kind: 'returned'; readonly reason: string }

/** Whoever reads the page, signs in and issues gets these three. */
const smokePaths = ['/ready', '/api/v1/system/health', '/']

/** Waiting for enough answers, a step takes at most this many times its hold. */
const PATIENCE = 10

/** An interrupt returns like a bad colour does: never half of the traffic somewhere because somebody pressed Ctrl+C. */
export const switchTo = async (
  road: Road,
  plan: Plan,
  say: (line: string) => void,
  interrupt: AbortSignal,
): Promise<Outcome> => {
  const problem = await smokeProblem(road, plan.to)
  if (problem !== undefined) return { kind: 'returned', reason: problem }
  say(`${plan.to}: smoke test passed`)
  try {
    for (const percent of plan.steps) {
      const before = await bothCounts(road, plan.to)
      await road.share(plan.to, percent)
      say(`${plan.to}: ${percent} %`)
      const judged = await watched(road, plan, before, interrupt)
      say(`${plan.to}: ${judged.sentence}`)
      if (!judged.good) return await returned(road, plan, judged.sentence)
    }
    return { kind: 'switched' }
  } catch (error) {
    return returned(road, plan, error instanceof Error ? error.message : String(error))
  }
}

const returned = async (road: Road, { to }: Plan, reason: string): Promise<Outcome> => {
  await road.share(otherThan(to), 100)
  return { kind: 'returned', reason }
}

const smokeProblem = async (road: Road, colour: Colour): Promise<string | undefined> => {
  for (const path of smokePaths) {
    const status = await road.status(colour, path)
    if (status !== 200) return `${colour} answers ${path} with ${status}`
  }
  return undefined
}

interface Both {
  readonly new: Counts
  readonly old: Counts
}

const bothCounts = async (road: Road, to: Colour): Promise<Both> => ({
  new: await road.counts(to),
  old: await road.counts(otherThan(to)),
})

/** A bad colour is seen at once, a good one only after the whole hold. */
const watched = async (road: Road, plan: Plan, before: Both, interrupt: AbortSignal) => {
  const begun = Date.now()
  const tick = Math.max(100, Math.min(1000, plan.holdMs / 10))
  for (;;) {
    await pause(tick, undefined, { signal: interrupt })
    const now = await bothCounts(road, plan.to)
    const [fresh, old] = [since(before.new, now.new), since(before.old, now.old)]
    const sentence = `${fresh.failed} of ${fresh.answered} failed`
    if (fresh.answered >= plan.least) {
      // What fails in the old colour as well is not the new version's fault.
      const bad = percentage(fresh) > plan.errors && percentage(fresh) > percentage(old)
      if (bad) return { good: false, sentence }
      if (Date.now() - begun >= plan.holdMs) return { good: true, sentence }
    }
    if (Date.now() - begun > PATIENCE * plan.holdMs) {
      return { good: false, sentence: `only ${fresh.answered} answers, ${plan.least} are needed to judge` }
    }
  }
}

const since = (before: Counts, now: Counts): Counts => ({
  answered: now.answered - before.answered,
  failed: now.failed - before.failed,
})

const percentage = ({ answered, failed }: Counts): number => (answered === 0 ? 0 : (failed / answered) * 100)
