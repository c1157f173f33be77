/** The log: one JSON object a line, with everything that names a secret struck out, whoever passes it by mistake. */
import { type DestinationStream, pino } from 'pino'
import type { Log } from '#core/ports.ts'

type Fields = Parameters<Log['info']>[1]

const secretNames = /otp|secret|token|password|passphrase|private|credential|authorization|cookie/i
const struck = '[removed]'

/** The fields without the values of those whose name speaks of a secret. */
const withoutSecrets = (fields: Fields): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fields ?? {}).map(([name, value]) => [name, secretNames.test(name) ? struck : value]),
  )

/** Writes to `destination`, or to standard output. */
export const jsonLog = (options: { readonly destination?: DestinationStream } = {}): Log => {
  const settings = { base: null, timestamp: () => `,"at":"${instant()}"` }
  const logger = options.destination === undefined ? pino(settings) : pino(settings, options.destination)
  return {
    info: (event, fields) => logger.info(withoutSecrets(fields), event),
    warn: (event, fields) => logger.warn(withoutSecrets(fields), event),
    error: (event, fields) => logger.error(withoutSecrets(fields), event),
  }
}

const instant = (): string => new Date().toISOString()

/**
 * Where an unforeseen error came from, fit for a log: its name and stack frames, never its own text, because that may quote what the
 * program was working on (a statement's parameters, a header, a file).
 */
export const originOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return typeof thrown
  const frames = (thrown.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  const cause = thrown.cause === undefined ? [] : [`caused by ${originOf(thrown.cause)}`]
  return [thrown.name, ...frames, ...cause].join('\n')
}
