/** What carries messages to webhooks never reaches into the office's own network, whatever address somebody types. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { admitting, parseSubnet } from '#core/courier/addresses.ts'
import { courier } from '#core/courier/courier.ts'

const message = { headers: { 'content-type': 'application/json' }, body: '{"نص":"قيمة"}' }

const started = async (server: Server, host = '127.0.0.1'): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
const serving = (answer: RequestListener, host?: string) => started(createServer(answer), host)
const local = courier({ plain: true, allowed: ['127.0.0.1'], timeoutMs: 1500 })

describe('an address', () => {
  const admits = admitting([])
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    'example.com',
    '',
  ])('%s is refused', (address) => expect(admits(address)).toBe(false))

  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2a00:1450:4001::1'])('%s is public', (address) =>
    expect(admits(address)).toBe(true),
  )

  test('is admitted inside the network only when it was allowed', () => {
    const some = admitting(['10.0.0.0/24', '127.0.0.1', 'fd00::/8', 'nonsense', '10.0.0.0/99'])
    expect(['10.0.0.7', '127.0.0.1', 'fd00::1'].map(some)).toEqual([true, true, true])
    expect(['10.0.1.7', '127.0.0.2', '::1'].map(some)).toEqual([false, false, false])
    expect(parseSubnet('10.0.0.0/33')).toBeUndefined()
  })
})

describe('nothing is carried', () => {
  test.each([
    ['http://khatm.example.sa/hook', 'address-form'],
    ['ftp://khatm.example.sa/', 'address-form'],
    ['https://user:canary@khatm.example.sa/', 'address-form'],
    ['nonsense', 'address-form'],
    ['https://127.0.0.1/', 'address-refused'],
    ['https://2130706433/', 'address-refused'],
    ['https://0x7f.1/', 'address-refused'],
    ['https://0177.0.0.1/', 'address-refused'],
    ['https://[::1]/', 'address-refused'],
    ['https://[::ffff:7f00:1]/', 'address-refused'],
    ['https://169.254.169.254/latest/meta-data/', 'address-refused'],
    ['https://inside.example/', 'address-refused'],
    ['https://half-inside.example/', 'address-refused'],
    ['https://nobody.example/', 'unresolvable'],
  ])('to %s: %s', async (url, problem) => {
    const names = new Map([
      ['inside.example', ['10.0.0.7']],
      ['half-inside.example', ['8.8.8.8', '192.168.0.7']],
    ])
    const resolve = async (host: string) => {
      const addresses = names.get(host)
      if (addresses === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
      return addresses.map((address) => ({ address, family: 4 }))
    }
    expect(await courier({ resolve }).problemOf(url)).toBe(problem)
    expect(await courier({ resolve }).post({ url, ...message })).toEqual({ kind: 'failed', problem })
  })

  test('where the name leads the second time it is asked', async () => {
    const heard: string[] = []
    const port = await serving((_request, answer) => {
      heard.push('judged')
      answer.end()
    }, '127.0.0.2')
    const other = createServer((_request, answer) => {
      heard.push('never judged')
      answer.end()
    })
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    let asked = 0
    const resolve = async () => [{ address: asked++ === 0 ? '127.0.0.2' : '127.0.0.1', family: 4 }]
    const carrying = courier({ plain: true, allowed: ['127.0.0.2'], resolve })
    const url = `http://rebound.example:${port}/`
    expect(await carrying.post({ url, ...message })).toEqual({ kind: 'answered', status: 200 })
    expect(await carrying.post({ url, ...message })).toEqual({ kind: 'failed', problem: 'address-refused' })
    expect(heard).toEqual(['judged'])
  })

  test('to where a redirect points', async () => {
    const visited: (string | undefined)[] = []
    const port = await serving((request, answer) => {
      visited.push(request.url)
      answer.writeHead(307, { location: '/inside' }).end()
    })
    expect(await local.post({ url: `http://127.0.0.1:${port}/hook`, ...message })).toEqual({
      kind: 'answered',
      status: 307,
    })
    expect(visited).toEqual(['/hook'])
  })
})

describe('a message', () => {
  test('arrives as it is, by POST', async () => {
    let arrived: unknown
    const port = await serving(async (request, answer) => {
      const body = Buffer.concat(await Array.fromAsync(request)).toString()
      arrived = [request.method, request.url, request.headers['content-type'], request.headers.host, body]
      answer.writeHead(204).end()
    })
    const url = `http://127.0.0.1:${port}/hook?to=1`
    expect(await local.post({ url, ...message })).toEqual({ kind: 'answered', status: 204 })
    expect(arrived).toEqual(['POST', '/hook?to=1', 'application/json', `127.0.0.1:${port}`, message.body])
  })

  test.each<[string, RequestListener, object]>([
    ['that is never answered', () => undefined, { kind: 'failed', problem: 'timeout' }],
    ['whose answer is cut', (request) => request.socket.destroy(), { kind: 'failed', problem: 'unreachable' }],
    [
      'whose answer never ends',
      (_request, answer) => {
        answer.writeHead(200)
        answer.write('x')
      },
      { kind: 'answered', status: 200 },
    ],
    [
      'whose answer has an endless head',
      (_request, answer) => void answer.writeHead(200, { 'x-long': 'x'.repeat(64 * 1024) }).end(),
      { kind: 'failed', problem: 'unreachable' },
    ],
  ])('%s ends', async (_what, answer, posted) => {
    const port = await serving(answer)
    expect(await local.post({ url: `http://127.0.0.1:${port}/`, ...message })).toEqual(posted)
  })

  test('to nobody says so', async () => {
    expect(await local.post({ url: 'http://127.0.0.1:1/', ...message })).toEqual({
      kind: 'failed',
      problem: 'unreachable',
    })
  })

  test('goes to no server that cannot prove its name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'khatm-courier-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=127.0.0.1', '-days', '1', '-keyout', key, '-out', cert]
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], { stdio: 'ignore' })
    const heard: string[] = []
    const server = createTlsServer({ key: await readFile(key), cert: await readFile(cert) }, () =>
      heard.push('message'),
    )
    const port = await started(server)
    const url = `https://127.0.0.1:${port}/`
    expect(await local.post({ url, ...message })).toEqual({ kind: 'failed', problem: 'untrusted' })
    expect(heard).toEqual([])
  })
})
