/** The server as a process: settings from the environment, a graceful end on a signal, and plain sentences about mistakes. */
import { join } from 'node:path'
import { destination } from 'pino'
import { z } from 'zod'
import { failureBodyOf } from '#core/api/failure-body.ts'
import { asFailure, type Failure } from '#core/errors.ts'
import type { Log } from '#core/ports.ts'
import { jsonLog, originOf } from '#core/system/log.ts'
import { configProblem, readConfig } from './config.ts'
import { printInvitation } from './first-account.ts'
import { type RunningServer, startServer } from './office-server.ts'

/** Balancers and container runtimes kill after this long. */
const drainMs = 30_000

export const builtPages = join(import.meta.dirname, '..', 'dist', 'renderer')

export interface ServeOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly pages: string | undefined
  /** Standard output when absent */
  readonly logFile?: string | undefined
  /** Says on the terminal how the first account is made, once the server listens; absent: with the server's own address */
  readonly invite?: (server: RunningServer) => void
}

/** Serves until a signal; the server once it listens, or undefined after having said why it does not start. */
export const serve = async (options: ServeOptions): Promise<RunningServer | undefined> => {
  const { environment, pages, logFile, invite = atItsAddress } = options
  const log = jsonLog(logFile === undefined ? {} : { destination: destination({ dest: logFile, mkdir: true }) })
  try {
    const server = await startServer({ config: readConfig(environment), log, pages })
    drainOnSignal(server, log)
    log.info('server/listening', { url: server.url })
    invite(server)
    return server
  } catch (thrown) {
    const failure = asFailure(thrown)
    log.error('server/not-started', { code: failure.code, reason: failure.reason, origin: originOf(thrown) })
    explain(failure)
    process.exitCode = 1
    return undefined
  }
}

const atItsAddress = ({ address, setUpToken }: RunningServer): void => printInvitation(address, setUpToken)

/** Every problem in both languages, so that one look is enough to repair the settings. */
const explain = (failure: Failure): void => {
  const problems = z.array(configProblem).safeParse(failure.details['problems'])
  for (const { message, message_ar } of problems.data ?? [failureBodyOf(failure, '')]) {
    console.error(`${message}\n${message_ar}\n`)
  }
}

const drainOnSignal = (server: RunningServer, log: Log): void => {
  const drain = async (signal: NodeJS.Signals): Promise<void> => {
    log.info('server/draining', { signal })
    setTimeout(() => process.exit(1), drainMs).unref()
    await server.close()
    log.info('server/closed')
  }
  process.once('SIGTERM', drain)
  process.once('SIGINT', drain)
}

if (import.meta.main) await serve({ environment: process.env, pages: builtPages })
