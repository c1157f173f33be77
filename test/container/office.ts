/** The files of `deploy/` in a folder of their own, so that secrets never come into the repository, started by Compose on free ports. */
import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { callerAt, freePort, until } from '../server/load.ts'
import { compose, docker } from './engine.ts'

const root = resolve(import.meta.dirname, '../..')

export interface Office {
  readonly front: string
  readonly caller: ReturnType<typeof callerAt>
  compose(...words: readonly string[]): Promise<string>
  docker(...words: readonly string[]): Promise<string>
  /** Ids of the running containers of a service */
  containers(service: string): Promise<readonly string[]>
  close(): Promise<void>
}

/** `up` with the practice gateway, as deploy/README.md says; the front answers when it returns. */
export const openOffice = async (host: string, file: string, ...services: readonly string[]): Promise<Office> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-compose-'))
  await cp(join(root, 'deploy'), join(folder, 'deploy'), { recursive: true })
  const port = await freePort()
  const env = {
    COMPOSE_PROJECT_NAME: `khatm${port}`,
    PUBLIC_URL: 'https://khatm.example.sa',
    PRACTICE: 'true',
    PRACTICE_URL: 'http://practice:8085',
    PORT: String(port),
    RATE_LIMIT: '1000000',
  }
  const composed = (...words: readonly string[]) =>
    compose(host, { env, cwd: join(folder, 'deploy') }, '-f', file, '--profile', 'practice', ...words)
  const close = async () => {
    await composed('down', '--volumes', '--timeout', '5')
    await rm(folder, { recursive: true })
  }
  const front = `http://127.0.0.1:${port}`
  try {
    await composed('up', '--detach', ...services)
    await until(async () => (await fetch(`${front}/api/v1/health`)).ok, file)
  } catch (error) {
    const logs = await composed('logs', '--no-color', '--tail', '30')
    await close()
    throw new Error(logs, { cause: error })
  }
  return {
    front,
    caller: callerAt(front, await readFile(join(folder, 'deploy/secrets/server/setup-token'), 'utf8')),
    compose: composed,
    docker: (...words) => docker(host, ...words),
    containers: async (service) => (await composed('ps', '--quiet', service)).split('\n').filter(Boolean),
    close,
  }
}

/** What a container said, for the table in docs/operations.md. */
export const measured = async (name: string, figures: object): Promise<void> => {
  const line = JSON.stringify({ name, ...figures })
  console.log(line)
  await appendFile(join(root, 'test-results', 'containers.jsonl'), `${line}\n`)
}
