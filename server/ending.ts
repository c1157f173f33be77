/** How a server process ends: in order and in time when it is told to, and with plain sentences when it cannot start. */
import { destination } from 'pino'
import { z } from 'zod'
import { failureBodyOf } from '#core/api/failure-body.ts'
import { asFailure, type Failure } from '#core/errors.ts'
import type { Log } from '#core/ports.ts'
import { type jsonLog, originOf } from '#core/system/log.ts'
import { configProblem } from './config-problem.ts'

/** Balancers and container runtimes kill after this long. */
export const drainMs = 30_000

/** What does not end in time is ended. */
export const drainAtMost = async (close: () => Promise<void>, milliseconds = drainMs): Promise<void> => {
  setTimeout(() => process.exit(1), milliseconds).unref()
  await close()
}

/** Logged with its origin, explained on the terminal, and told to whoever started the process. */
export const tellWhyNot = (thrown: unknown, log: Log): void => {
  const failure = asFailure(thrown)
  log.error('server/not-started', { code: failure.code, reason: failure.reason, origin: originOf(thrown) })
  explain(failure)
  process.exitCode = 1
}

/** Every problem in both languages, so that one look is enough to repair the settings. */
const explain = (failure: Failure): void => {
  const problems = z.array(configProblem).safeParse(failure.details['problems'])
  for (const { message, message_ar } of problems.data ?? [failureBodyOf(failure, '')]) {
    console.error(`${message}\n${message_ar}\n`)
  }
}

/** Standard output when there is no file. */
export const logTo = (file: string | undefined): Parameters<typeof jsonLog>[0] =>
  file ? { destination: destination({ dest: file, mkdir: true }) } : {}
