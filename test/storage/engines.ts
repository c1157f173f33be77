/** The engines that every storage test runs on. */
import { afterAll, describe, expect, test } from 'vitest'
import type { FailureCode } from '#core/errors.ts'
import { type Engine, engines, type RunningEngine } from './databases.ts'

export { type Engine, engines, postgres, type RunningEngine, type TestDatabase } from './databases.ts'

/** The same suite once for each engine; `await` it at the top level of a test file. An engine that cannot run says so and is skipped. */
export const describeEngines = async (
  title: string,
  suite: (engine: RunningEngine, name: Engine['name']) => void,
): Promise<void> => {
  for (const { name, start } of engines) {
    const running = await start()
    if (running === undefined) describe.skip(`${title} on ${name}`, () => test('needs the engine'))
    else
      describe(`${title} on ${name}`, () => {
        afterAll(() => running.stop())
        suite(running, name)
      })
  }
}

export const failing = (code: FailureCode) => expect.objectContaining({ name: 'Failure', code })
