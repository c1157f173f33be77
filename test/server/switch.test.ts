/**
 * The colour switch over HAProxy's runtime API with two real servers under load: no write is lost on the way to a good version, and a bad
 * one gives the traffic back by itself (`deploy/switch`).
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { postgres } from '../storage/engines.ts'
import { type Fleet, hasBalancer, startFleet } from './fleet.ts'
import { callerAt, openUnit, startLoad, verifiedChain } from './load.ts'

const driver = resolve(import.meta.dirname, '../../deploy/switch/main.ts')

const switching = async (words: readonly string[], environment: NodeJS.ProcessEnv = process.env) => {
  const running = spawn(process.execPath, [driver, ...words], { env: environment })
  const [said, complaint, [code]] = await Promise.all([
    text(running.stdout),
    text(running.stderr),
    once(running, 'exit'),
  ])
  return { code, said: said + complaint }
}

const engine = hasBalancer ? await postgres.start() : undefined

describe.skipIf(engine === undefined)('two colours behind HAProxy', { timeout: 120_000 }, () => {
  let fleet: Fleet

  beforeAll(async () => {
    if (engine === undefined) return
    const servers = ([blue, green]: readonly number[]) =>
      `  server blue1 127.0.0.1:${blue} weight 256\n  server green1 127.0.0.1:${green} weight 0`
    fleet = await startFleet({ engine, replicas: 2, balancer: 'haproxy.colours.cfg', servers })
  }, 60_000)

  afterAll(async () => {
    await fleet?.close()
    await engine?.stop()
  })

  const to = (colour: 'blue' | 'green') => {
    const address = `http://127.0.0.1:${fleet.ports[colour === 'blue' ? 0 : 1]}`
    const quick = ['--hold', '0.5', '--least', '2', '--steps', '25,50,100']
    return switching(['--to', colour, '--haproxy', join(fleet.folder, 'haproxy.sock'), '--address', address, ...quick])
  }

  test('a good version takes over without a lost write, a bad one gives everything back', async () => {
    const caller = callerAt(fleet.front)
    const unit = await openUnit(caller)
    const load = startLoad(caller, unit)

    const good = await to('green')
    expect(good).toMatchObject({ code: 0, said: expect.stringContaining('green serves everybody') })
    expect(good.said.match(/smoke test passed|\d+ %/g)).toEqual(['smoke test passed', '25 %', '50 %', '100 %'])
    expect(load.counts.failed).toBe(0)

    const blue = fleet.replica(0)
    blue.kill('SIGTERM')
    await once(blue, 'exit')
    expect(await to('blue')).toMatchObject({ code: 1, said: expect.stringContaining('blue answers /ready with 0') })
    expect(load.counts.failed).toBe(0)

    // A version that passes every check and fails at its work.
    const bad = createServer((request, response) => {
      response.statusCode = request.url?.startsWith('/api/v1/invoices') ? 500 : 200
      response.end()
    }).listen(fleet.ports[0], '127.0.0.1')
    onTestFinished(() => void bad.close())
    await expect.poll(() => statusOf('blue1'), { timeout: 20_000 }).toMatch(/^UP/)
    const back = await to('blue')
    expect(back).toMatchObject({ code: 1, said: expect.stringContaining('returned') })
    expect(load.counts.failed).toBeGreaterThan(0)

    const before = load.issued.size
    await expect.poll(() => load.issued.size, { timeout: 20_000 }).toBeGreaterThan(before + 5)
    await load.stop()
    expect(await verifiedChain(caller, unit)).toEqual({ ok: true, documents: load.issued.size })
    expect(new Set(load.issued.values()).size).toBe(load.issued.size)
  })

  const statusOf = async (server: string): Promise<string> => {
    const socket = connect(join(fleet.folder, 'haproxy.sock'))
    socket.end('show stat\n')
    const line = (await text(socket)).split('\n').find((row) => row.startsWith(`replicas,${server},`)) ?? ''
    return line.split(',')[17] ?? ''
  }
})

/** Stands where `kubectl` would: remembers what it was told and answers as a cluster with one pod of each colour would. */
const kubectlStandIn = (folder: string, failed: number): string => `#!/bin/sh
echo "$@" >> ${folder}/told
case "$*" in
  *"get ingress"*) echo ingress.networking.k8s.io/khatm-canary ;;
  *colour=green*) echo pod/khatm-green-1 ;;
  *colour=blue*) echo pod/khatm-blue-1 ;;
  *khatm-green-1:9464*)
    told=$(wc -l < ${folder}/told)
    echo "khatm_http_request_seconds_count{route=\\"invoices.issue\\",status=\\"200\\"} $((told * 100))"
    echo "khatm_http_request_seconds_count{route=\\"invoices.issue\\",status=\\"500\\"} $((told * ${failed}))" ;;
esac
`

describe('two colours in a cluster', () => {
  const inCluster = async (failed: number) => {
    const folder = await mkdtemp(join(tmpdir(), 'khatm-kubectl-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'kubectl'), kubectlStandIn(folder, failed))
    await chmod(join(folder, 'kubectl'), 0o755)
    const environment = { ...process.env, PATH: `${folder}:${process.env['PATH']}` }
    const words = ['--to', 'green', '--kubernetes', 'office', '--hold', '0.2', '--steps', '5,100']
    const outcome = await switching(words, environment)
    const told = await readFile(join(folder, 'told'), 'utf8')
    return {
      ...outcome,
      patches: told
        .split('\n')
        .flatMap((line) => /patch (.*) --type merge --patch (.*)/.exec(line)?.slice(1, 3).join(' ') ?? []),
    }
  }
  const weight = (percent: number) =>
    `ingress khatm-canary {"metadata":{"annotations":{"nginx.ingress.kubernetes.io/canary-weight":"${percent}"}}}`
  const service = (name: string, colour: string) =>
    `service ${name} {"spec":{"selector":{"khatm.app/colour":"${colour}"}}}`

  test('the canary takes its share, then the Service points to the new colour', async () => {
    const { code, patches } = await inCluster(0)
    expect(code).toBe(0)
    const share = [service('khatm', 'blue'), service('khatm-canary', 'green'), weight(5)]
    expect(patches).toEqual([...share, service('khatm', 'green'), weight(0)])
  })

  test('a version that fails gives its share back', async () => {
    const { code, said, patches } = await inCluster(10)
    expect({ code, said }).toMatchObject({ code: 1, said: expect.stringMatching(/returned: \d+ of \d+ failed/) })
    expect(patches.slice(-2)).toEqual([service('khatm', 'blue'), weight(0)])
  })
})

test.each([
  [['--to', 'red', '--haproxy', 'a:1'], '--to blue or green'],
  [['--to', 'green'], 'one of --haproxy and --kubernetes'],
  [['--to', 'green', '--haproxy', 'a:1', '--steps', '50,25,100'], '--steps rise and end with 100'],
  [['--to', 'green', '--haproxy', 'a:1', '--hold', 'long'], '--hold: long is not a number'],
])('arguments that cannot be used are refused: %j', async (words, sentence) => {
  expect(await switching(words)).toMatchObject({ code: 2, said: expect.stringContaining(sentence) })
})
