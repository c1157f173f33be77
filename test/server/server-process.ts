/** The office server as a process of its own: what it prints, where it listens, how it ends, and a request that waits half sent. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const main = join(import.meta.dirname, '..', '..', 'server', 'main.ts')

export interface ServerProcess {
  readonly child: ChildProcess
  /** Everything that it has printed so far */
  output(): string
  /** The first group that the pattern finds in the output, as soon as it is there; throws after a minute and a half */
  printed(pattern: RegExp): Promise<string>
  /** The address from its log */
  address(): Promise<string>
  /** Its exit code */
  ended(): Promise<number | null>
}

export const startServerProcess = (environment: Readonly<Record<string, string>>): ServerProcess => {
  const { PATH } = process.env
  const child = spawn(process.execPath, [main], { env: { PATH, PORT: '0', ...environment } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const printed = async (pattern: RegExp): Promise<string> => {
    for (const end = Date.now() + 90_000; Date.now() < end && child.exitCode === null; await pause(50)) {
      const found = pattern.exec(output)?.[1]
      if (found !== undefined) return found
    }
    throw new Error(`the server did not print ${pattern}: ${output}`)
  }
  return {
    child,
    output: () => output,
    printed,
    address: () => printed(/"url":"([^"]+)","msg":"server\/listening"/),
    ended: async () => {
      if (child.exitCode === null) await once(child, 'exit')
      return child.exitCode
    },
  }
}

/** A request whose head has arrived at the server, and whose body comes when it is finished. */
export const halfSent = async (url: string, body: object) => {
  const text = JSON.stringify(body)
  const headers = { expect: '100-continue', 'content-length': Buffer.byteLength(text), connection: 'close' }
  const sent = request(url, { method: 'POST', headers })
  sent.flushHeaders()
  await once(sent, 'continue')
  return {
    finish: async (): Promise<number | undefined> => {
      const answered = once(sent, 'response')
      sent.end(text)
      const [answer] = await answered
      answer.resume()
      return answer.statusCode
    },
  }
}
