/** One worker of a server that runs several: serves until the process that leads it tells it to end, or is gone. */
import { jsonLog } from '#core/system/log.ts'
import { readConfig } from './config.ts'
import { type Listening, toWorker } from './crew-messages.ts'
import { drainAtMost, logTo, tellWhyNot } from './ending.ts'
import { startServer } from './office-server.ts'

const [, , place = '0', pages = '', logFile = ''] = process.argv
const log = jsonLog(logTo(logFile))

// A terminal and a container runtime tell all processes; a worker waits for the word of the one that leads it.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => undefined)

const ready = { draining: false, complete: false }
const ended = new Promise<void>((resolve) => {
  process.on('disconnect', resolve)
  process.on('message', (said) => {
    const { data } = toWorker.safeParse(said)
    if (data === 'crew/complete') ready.complete = true
    if (data === 'crew/drain') resolve()
  })
})

try {
  const config = readConfig(process.env)
  const isFirst = place === '0'
  const { close, url, address, setUpToken } = await startServer({
    config,
    log,
    pages: pages || undefined,
    ready,
    isFirst,
  })
  const said: Listening = { event: 'worker/listening', url, address, ...(setUpToken && { setUpToken }) }
  process.send?.(said)
  await ended
  await drainAtMost(close)
} catch (thrown) {
  tellWhyNot(thrown, log)
}
process.disconnect?.()
