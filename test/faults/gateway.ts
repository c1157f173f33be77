/** The practice gateway as the harness steers it: a process of its own that can be killed and comes back at the same address. */
import { join } from 'node:path'
import { z } from 'zod'
import { start } from './process.ts'

const ledgerSchema = z.object({
  entries: z.array(
    z.object({
      endpoint: z.enum(['compliance', 'reporting', 'clearance']),
      csid: z.string(),
      number: z.string(),
      icv: z.string(),
      uuid: z.string(),
      hash: z.string(),
      outcome: z.enum(['accepted', 'accepted-with-warnings', 'rejected', 'duplicate']),
      invoiceSha256: z.string(),
    }),
  ),
  gaps: z.record(z.string(), z.array(z.string())),
})
export interface Ledger extends z.infer<typeof ledgerSchema> {
  /** Calls that the gateway was ordered to repeat within itself: each is written down twice */
  readonly ownRepeats: number
}

const orderedFaults = z.object({ faults: z.array(z.unknown()) })
const listening = z.object({ url: z.string(), baseUrl: z.string() })

export interface TestGateway {
  readonly baseUrl: string
  /** `POST /control/...` */
  control(path: string, body: object): Promise<unknown>
  liftFaults(): Promise<void>
  /** Ordered, and not yet happened */
  faultsLeft(): Promise<number>
  ledger(): Promise<Ledger>
  /** kill -9, and again at the same address */
  restart(): Promise<void>
  close(): Promise<void>
}

export const startGateway = async (folder: string): Promise<TestGateway> => {
  const run = async (port: string) => {
    const { child, ended } = start('practice-process', [join(folder, 'practice'), port])
    const said = await new Promise((resolve) => child.once('message', resolve))
    return { child, ended, ...listening.parse(said) }
  }
  let ownRepeats = 0
  let running = await run('0')
  const { url, baseUrl } = running
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${url}/control/${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    if (!answer.ok) throw new Error(`control ${path}: ${await answer.text()}`)
    return answer.json()
  }
  const kill = async (): Promise<void> => {
    running.child.kill('SIGKILL')
    await running.ended
  }
  return {
    baseUrl,
    control: (path, body) => {
      if ('fault' in body && body.fault === 'repeated') ownRepeats += 1
      return call('POST', path, body)
    },
    liftFaults: async () => {
      await call('DELETE', 'faults')
      await call('DELETE', 'answers')
      await call('POST', 'settings', { clearance: 'on' })
    },
    faultsLeft: async () => orderedFaults.parse(await call('GET', 'faults')).faults.length,
    ledger: async () => ({ ...ledgerSchema.parse(await call('GET', 'ledger')), ownRepeats }),
    restart: async () => {
      await kill()
      running = await run(new URL(url).port)
    },
    close: kill,
  }
}
