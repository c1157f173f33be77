/** The server as a process: it starts with nothing set, explains what it refuses, and finishes its work when told to stop. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
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

/** What the pattern finds in the output, as soon as it is there. */
const printed = async (pattern: RegExp): Promise<string> => {
  for (let tries = 0; tries < 500; tries++) {
    const found = pattern.exec(output)?.[1]
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the server did not start: ${output}`)
}
const address = () => printed(/"url":"([^"]+)"/)
const setUpToken = () => printed(/#setup=([\w-]{40,})/)

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
    const token = await setUpToken()
    const account = { username: 'noura', name: 'نورة', password: 'correct horse battery staple', token }
    const answer = fetch(`${url}/api/v1/setup`, { method: 'POST', body: JSON.stringify(account) })
    // The password takes a second to hash: the signal comes in the middle of it.
    await new Promise((resolve) => setTimeout(resolve, 150))
    running.kill('SIGTERM')
    expect((await answer).status).toBe(200)
    expect(await ended(running)).toBe(0)
  })

  it('prints the way to the first account once and outside its log, and never again when there is one', async () => {
    const running = start({})
    const url = await address()
    const token = await setUpToken()
    expect(output).toContain(`  ${url}/#setup=${token}\n`)
    expect(output.split(token)).toHaveLength(2)
    for (const line of output.split('\n').filter((each) => each.startsWith('{'))) expect(line).not.toContain(token)
    const account = { username: 'noura', name: 'نورة', password: 'correct horse battery staple' }
    const asked = (body: object) =>
      fetch(`${url}/api/v1/setup`, { method: 'POST', body: JSON.stringify({ ...account, ...body }) })
    expect((await asked({})).status).toBe(403)
    expect((await asked({ token })).status).toBe(200)
    running.kill('SIGTERM')
    await ended(running)
    output = ''
    start({})
    await address()
    expect(output).not.toContain('#setup=')
  })

  it('takes the token of an orchestrator from its file, and prints none', async () => {
    const file = join(folder, 'set-up-token')
    await writeFile(file, 'chosen-by-the-operator\n', { mode: 0o600 })
    start({ SETUP_TOKEN_FILE: file })
    const url = await address()
    expect(output).not.toContain('#setup=')
    const token = 'chosen-by-the-operator'
    const account = { username: 'noura', name: 'نورة', password: 'correct horse battery staple', token }
    expect((await fetch(`${url}/api/v1/setup`, { method: 'POST', body: JSON.stringify(account) })).status).toBe(200)
  })

  it('refuses a token that could be guessed', async () => {
    const file = join(folder, 'set-up-token')
    await writeFile(file, '1234', { mode: 0o600 })
    expect(await ended(start({ SETUP_TOKEN_FILE: file }))).toBe(1)
    expect(output).toContain('SETUP_TOKEN_FILE')
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
