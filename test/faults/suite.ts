/** The short fault matrix on one engine: each fault once, long tables shared between the engines, and nothing may be lost. */
import { afterAll, describe, expect, it } from 'vitest'
import type { Engine } from '../storage/databases.ts'
import { faults } from './faults.ts'
import { losses, tryOut } from './trial.ts'

const none = Object.fromEntries(losses.map((loss) => [loss, 0]))

export const shortMatrix = async ({ name, start }: Engine): Promise<void> => {
  const running = await start()
  if (running !== undefined) afterAll(() => running.stop())
  describe.skipIf(running === undefined)(`nothing is lost on ${name} when`, { timeout: 120_000 }, () => {
    for (const fault of faults.filter(({ engines }) => engines.includes(name))) {
      it(fault.name, async () => {
        if (running === undefined) throw new Error(`${name} does not run`)
        const trial = await tryOut(fault, name, running, 1, 'every second')
        expect(trial).toMatchObject({ ...none, problem: undefined })
        expect(trial.faults).toBeGreaterThan(0)
      })
    }
  })
}
