/** `khatm practice`: runs the practice gateway until it is stopped. */
import { Failure } from '#core/errors.ts'
import { type PracticeOptions, startPractice } from '#practice/index.ts'
import type { Run } from '../command.ts'
import { untilStopped } from '../stop.ts'

const defaultPort = '8085'

export const run: Run = async (invocation, terminal) => {
  const port = invocation.text('port') ?? defaultPort
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Failure('usage/invalid-value', { details: { option: '--port', value: port } })
  }
  const dataDir = invocation.text('data')
  const gateway = await started({
    port: Number(port),
    host: invocation.text('host') ?? '127.0.0.1',
    log: ({ method, path, outcome }) => terminal.err(`${method} ${path} ${outcome}`),
    ...(dataDir === undefined ? {} : { dataDir }),
  })
  terminal.out(gateway.baseUrls.practice)
  terminal.out(`${gateway.url}/control`)
  await untilStopped()
  await gateway.close()
  return 0
}

/** Throws `usage/invalid-value` when another program has the port, or this machine has no such address. */
const started = async (options: PracticeOptions) => {
  try {
    return await startPractice(options)
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (!listenFailures.has(reason)) throw cause
    throw new Failure('usage/invalid-value', { cause, reason, details: { host: options.host, port: options.port } })
  }
}

const listenFailures = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND'])
