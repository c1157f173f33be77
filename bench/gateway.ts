/** The practice gateway as a process of its own, as `khatm practice` starts it: what it takes is told apart from the servers. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freePort, until } from '../test/server/load.ts'

export interface GatewayProcess {
  readonly url: string
  readonly pid: number
  close(): Promise<void>
}

export const startGateway = async (): Promise<GatewayProcess> => {
  const port = await freePort()
  const khatm = join(import.meta.dirname, '..', 'cli', 'khatm.ts')
  const child = spawn(process.execPath, [khatm, 'practice', '--port', String(port)], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${url}/control`)).status < 500, 'the practice gateway')
  return {
    url,
    pid: child.pid ?? 0,
    close: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
