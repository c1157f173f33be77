/** The server as a process: it starts with nothing set, explains what it refuses, and finishes its work when told to stop. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { halfSent, type ServerProcess, startServerProcess } from './server-process.ts'

const root = join(import.meta.dirname, '..', '..')
let folder = ''
let server: ServerProcess | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-server-'))
})
afterEach(async () => {
  server?.child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

const start = (environment: Record<string, string>): ServerProcess => {
  server = startServerProcess({ DATA_DIR: folder, ...environment })
  return server
}
const setUpToken = ({ printed }: ServerProcess) => printed(/#setup=([\w-]{40,})/)
const account = { username: 'noura', name: 'نورة', password: 'correct horse battery staple' }
const setUp = (url: string, body: object): Promise<Response> =>
  fetch(`${url}/api/v1/setup`, { method: 'POST', body: JSON.stringify({ ...account, ...body }) })

describe('the server process', { timeout: 180_000 }, () => {
  it('starts on a free port, keeps its data in DATA_DIR, and stops in order on SIGTERM', async () => {
    const running = start({})
    const url = await running.address()
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${url}/api/v1/system/info`)).json()).toMatchObject({ needsSetUp: true, shell: 'server' })
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['khatm.sqlite', 'key-encryption.key', 'practice']))
    running.child.kill('SIGTERM')
    expect(await running.ended()).toBe(0)
    expect(running.output()).toContain('server/closed')
  })

  it('finishes a request that is under way when SIGTERM comes, and takes no other', async () => {
    const running = start({})
    const url = await running.address()
    const waiting = await halfSent(`${url}/api/v1/setup`, { ...account, token: await setUpToken(running) })
    running.child.kill('SIGTERM')
    await running.printed(/(server\/draining)/)
    await expect
      .poll(() =>
        fetch(`${url}/live`).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed')
    expect(await waiting.finish()).toBe(200)
    expect(await running.ended()).toBe(0)
  })

  it('prints the way to the first account once and outside its log, and never again when there is one', async () => {
    const running = start({})
    const url = await running.address()
    const token = await setUpToken(running)
    const lines = running.output().split('\n')
    expect(lines.filter((line) => line.includes(token))).toEqual([`  ${url}/#setup=${token}`])
    expect((await setUp(url, {})).status).toBe(403)
    expect((await setUp(url, { token })).status).toBe(200)
    running.child.kill('SIGTERM')
    await running.ended()
    const again = start({})
    await again.address()
    again.child.kill('SIGTERM')
    await again.ended()
    expect(again.output()).not.toContain('#setup=')
  })

  it('takes the token of an orchestrator from its file, and prints none', async () => {
    const file = join(folder, 'set-up-token')
    await writeFile(file, 'chosen-by-the-operator\n', { mode: 0o600 })
    const running = start({ SETUP_TOKEN_FILE: file })
    expect((await setUp(await running.address(), { token: 'chosen-by-the-operator' })).status).toBe(200)
    running.child.kill('SIGTERM')
    await running.ended()
    expect(running.output()).not.toMatch(/#setup=|chosen-by/)
  })

  it('refuses a token that could be guessed', async () => {
    const file = join(folder, 'set-up-token')
    await writeFile(file, '1234', { mode: 0o600 })
    const running = start({ SETUP_TOKEN_FILE: file })
    expect(await running.ended()).toBe(1)
    expect(running.output()).toContain('SETUP_TOKEN_FILE')
  })

  it('refuses contradictory settings with what to change, in both languages', async () => {
    const running = start({ ENVIRONMENT_NAME: 'production', DEBUG: 'true' })
    expect(await running.ended()).toBe(1)
    expect(running.output()).toContain('remove DEBUG')
    expect(running.output()).toContain('احذف DEBUG')
    expect(await readdir(folder)).toEqual([])
  })

  it('says when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const taken = other.address()
    const port = typeof taken === 'object' && taken !== null ? taken.port : 0
    const running = start({ PORT: String(port) })
    expect(await running.ended()).toBe(1)
    expect(running.output()).toContain(`Port ${port} is in use`)
    other.close()
  })

  it('shows no secret of its settings', async () => {
    const running = start({ KEY_PASSPHRASE: 'canary passphrase 8472' })
    await running.address()
    running.child.kill('SIGTERM')
    await running.ended()
    expect(running.output()).not.toContain('canary')
  })
})

test('what does not end in time is ended', async () => {
  const script = `import { drainAtMost } from './server/ending.ts'
    setInterval(() => undefined, 1000)
    await drainAtMost(() => new Promise(() => undefined), 50)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, stdio: 'ignore' })
  expect(await once(child, 'exit')).toEqual([1, null])
}, 30_000)
