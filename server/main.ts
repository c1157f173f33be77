/** The server as a process: settings from the environment, one worker or several, a graceful end on a signal. */
import { join } from 'node:path'
import type { Log } from '#core/ports.ts'
import { jsonLog } from '#core/system/log.ts'
import { readConfig, settingNames } from './config.ts'
import { startCrew } from './crew.ts'
import { drainAtMost, logTo, tellWhyNot } from './ending.ts'
import { printInvitation } from './first-account.ts'
import { type RunningServer, startServer } from './office-server.ts'
import { unknownSettings } from './unknown-settings.ts'

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
  const { invite = atItsAddress } = options
  const log = jsonLog(logTo(options.logFile))
  try {
    const server = await start(options, log)
    if (server === undefined) {
      process.exitCode = 1
      return undefined
    }
    drainOnSignal(server, log)
    log.info('server/listening', { url: server.url })
    invite(server)
    return server
  } catch (thrown) {
    tellWhyNot(thrown, log)
    return undefined
  }
}

const start = ({ environment, pages, logFile }: ServeOptions, log: Log): Promise<RunningServer | undefined> => {
  const config = readConfig(environment)
  for (const { name, meant } of unknownSettings(Object.keys(environment), settingNames))
    log.warn('config/unknown-setting', { name, meant })
  return config.workers === 1
    ? startServer({ config, log, pages })
    : startCrew({ config, environment, log, pages, logFile })
}

const atItsAddress = ({ address, setUpToken }: RunningServer): void => printInvitation(address, setUpToken)

const drainOnSignal = (server: RunningServer, log: Log): void => {
  const drain = async (signal: NodeJS.Signals): Promise<void> => {
    log.info('server/draining', { signal })
    await drainAtMost(server.close)
    log.info('server/closed')
  }
  process.once('SIGTERM', drain)
  process.once('SIGINT', drain)
}

if (import.meta.main) await serve({ environment: process.env, pages: builtPages })
