/** The server as a process: it starts with nothing set, explains what it refuses, and finishes its work when told to stop. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const main = join(import.meta.dirname, '..', '..', 'server', 'main.ts')
let folder = ''
let child: ChildProcess | undefined
let output = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-server-'))
  output = ''
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

const start = (environment: Record<string, string>): ChildProcess => {
  const { PATH } = process.env
  const running = spawn(process.execPath, [main], { env: { PATH, DATA_DIR: folder, PORT: '0', ...environment } })
  for (const stream of [running.stdout, running.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  child = running
  return running
}

/** The address from the log, as soon as it is there. */
const address = async (): Promise<string> => {
  for (let tries = 0; tries < 500; tries++) {
    const found = /"url":"([^"]+)"/.exec(output)?.[1]
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the server did not start: ${output}`)
}

const ended = async (running: ChildProcess): Promise<unknown> => {
  if (running.exitCode !== null) return running.exitCode
  const [code] = await once(running, 'exit')
  return code
}

describe('the server process', { timeout: 60_000 }, () => {
  it('starts on a free port, keeps its data in DATA_DIR, and stops in order on SIGTERM', async () => {
    const running = start({})
    const url = await address()
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${url}/api/v1/system/info`)).json()).toMatchObject({ needsSetUp: true, shell: 'server' })
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['khatm.sqlite', 'key-encryption.key', 'practice']))
    running.kill('SIGTERM')
    expect(await ended(running)).toBe(0)
    expect(output).toContain('server/closed')
  })

  it('finishes a request that is under way when SIGTERM comes', async () => {
    const running = start({})
    const url = await address()
    const account = { username: 'noura', name: 'نورة', password: 'correct horse battery staple' }
    const answer = fetch(`${url}/api/v1/setup`, { method: 'POST', body: JSON.stringify(account) })
    // The password takes a second to hash: the signal comes in the middle of it.
    await new Promise((resolve) => setTimeout(resolve, 150))
    running.kill('SIGTERM')
    expect((await answer).status).toBe(200)
    expect(await ended(running)).toBe(0)
  })

  it('refuses contradictory settings with what to change, in both languages', async () => {
    expect(await ended(start({ ENVIRONMENT_NAME: 'production', DEBUG: 'true' }))).toBe(1)
    expect(output).toContain('remove DEBUG')
    expect(output).toContain('احذف DEBUG')
    expect(await readdir(folder)).toEqual([])
  })

  it('says when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const taken = other.address()
    const port = typeof taken === 'object' && taken !== null ? taken.port : 0
    expect(await ended(start({ PORT: String(port) }))).toBe(1)
    expect(output).toContain(`Port ${port} is in use`)
    other.close()
  })

  it('shows no secret of its settings', async () => {
    const running = start({ KEY_PASSPHRASE: 'canary passphrase 8472' })
    await address()
    running.kill('SIGTERM')
    await ended(running)
    expect(output).not.toContain('canary')
  })
})
