/** The requests as they leave, and in which phase they fail. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { asFailure } from '#core/errors.ts'
import { endpoints } from '#core/gateway/endpoints.ts'
import { exchange } from '#core/gateway/exchange.ts'
import { openGateway, openGateways } from '#core/gateway/gateway.ts'

const open: { close(done: () => void): unknown; closeAllConnections?(): void }[] = []
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections?.()
    await new Promise<void>((done) => server.close(done))
  }
})

const listening = async (server: Server | ReturnType<typeof createTcpServer>): Promise<string> => {
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

const serving = (handle: (request: IncomingMessage, response: ServerResponse, body: string) => void) =>
  listening(
    createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      handle(request, response, Buffer.concat(chunks).toString())
    }),
  )

const outgoing = (url: string) => ({ url: new URL(url), method: 'POST', headers: {}, body: '{}', timeoutMs: 400 })

describe('a request', () => {
  const submission = { invoiceHash: 'hash', uuid: 'uuid', invoice: new TextEncoder().encode('<فاتورة/>') }
  const credentials = { token: 'VE9LRU4=', secret: 'geheim' }

  const recorded = async () => {
    const seen: { request: IncomingMessage; body: string }[] = []
    const url = await serving((request, response, body) => {
      seen.push({ request, body })
      response.end('{}')
    })
    return { seen, gateway: openGateway('PRACTICE', { url: `${url}/base/` }) }
  }

  it('carries version, language, sign-in with the token as it came, and the bytes in base64', async () => {
    const { seen, gateway } = await recorded()
    await gateway.submit('clearance', credentials, submission)
    await gateway.submit('reporting', credentials, submission)
    const [first, second] = seen
    expect(first?.request.url).toBe('/base/invoices/clearance/single')
    expect(first?.request.headers).toMatchObject({
      'accept-version': 'V2',
      'accept-language': 'en',
      'content-type': 'application/json',
      'clearance-status': '1',
      authorization: `Basic ${Buffer.from('VE9LRU4=:geheim').toString('base64')}`,
    })
    expect(JSON.parse(first?.body ?? '')).toEqual({
      invoiceHash: 'hash',
      uuid: 'uuid',
      invoice: Buffer.from('<فاتورة/>').toString('base64'),
    })
    expect(second?.request.headers['clearance-status']).toBe('0')
  })

  it('leaves no trace of its sign-in in the answer of a page that repeats it', async () => {
    const url = await serving((request, response, body) => {
      response.statusCode = 500
      response.end(`<pre>${JSON.stringify(request.headers)} geheim ${body}</pre>`)
    })
    const gateway = openGateway('PRACTICE', { url })
    const answers = [
      await gateway.submit('reporting', credentials, submission),
      await gateway.renewCsid(credentials, '-----BEGIN', '654321'),
      await gateway.productionCsid(credentials, '77'),
    ]
    for (const { body } of answers) {
      expect(body).toContain('accept-version')
      expect(body).not.toMatch(/geheim|654321|VE9LRU4=:|VkU5TFJVND06Z2VoZWlt/)
    }
  })

  it('for a certificate carries the OTP, and the whole PEM once more in base64', async () => {
    const { seen, gateway } = await recorded()
    await gateway.complianceCsid('-----BEGIN', '123456')
    await gateway.renewCsid(credentials, '-----BEGIN', '654321')
    await gateway.productionCsid(credentials, '77')
    const csr = Buffer.from('-----BEGIN').toString('base64')
    expect(
      seen.map(({ request, body }) => [request.method, request.url, request.headers['otp'], JSON.parse(body)]),
    ).toEqual([
      ['POST', '/base/compliance', '123456', { csr }],
      ['PATCH', '/base/production/csids', '654321', { csr }],
      ['POST', '/base/production/csids', undefined, { compliance_request_id: '77' }],
    ])
    expect(seen[0]?.request.headers.authorization).toBeUndefined()
  })

  it('tells the time of each answer, and how long it took, whatever the answer says', async () => {
    const told: [number, number][] = []
    const date = 'Sun, 01 Mar 2026 10:00:00 GMT'
    const url = await serving((_, response) => {
      response.writeHead(401, { Date: date })
      setTimeout(() => response.end('{}'), 50)
    })
    const onServerTime = (...heard: [number, number]) => told.push(heard)
    const gateway = openGateway('PRACTICE', { url, onServerTime })
    await gateway.submit('clearance', credentials, submission)
    await gateway.complianceCsid('csr', '123456')
    expect(told.map(([time]) => time)).toEqual([Date.parse(date), Date.parse(date)])
    for (const [, roundTrip] of told) expect(roundTrip).toBeGreaterThan(0)
  })

  it('of a rehearsal tells no time: the practice gateway runs by this very clock', async () => {
    const url = await serving((_, response) => response.end('{}'))
    const told: number[] = []
    const gateways = openGateways({ practiceUrl: url, onServerTime: (time) => told.push(time) })
    await gateways('PRACTICE').submit('clearance', credentials, submission)
    expect(told).toEqual([])
  })

  it('knows ZATCA has six calls', () => expect(Object.keys(endpoints)).toHaveLength(6))
})

describe('an address', () => {
  it.each([
    ['PRODUCTION', 'http://gw-fatoora.zatca.gov.sa'],
    ['PRACTICE', 'ftp://192.168.1.5/practice'],
    ['PRACTICE', 'not an address'],
    ['SIMULATION', 'http://127.0.0.1:8085'],
  ] as const)('for %s may not be %s', (environment, url) => {
    let code: string | undefined
    try {
      openGateway(environment, { url })
    } catch (error) {
      code = asFailure(error).code
    }
    expect(code).toBe('config/invalid')
  })

  it('comes from ZATCA for its three environments', () => {
    const gateway = openGateways({ practiceUrl: 'http://127.0.0.1:1/practice' })
    for (const name of ['SANDBOX', 'SIMULATION', 'PRODUCTION', 'PRACTICE'] as const) expect(gateway(name)).toBeDefined()
  })
})

describe('a failure', () => {
  it('to find the host, or anybody at the port, sent nothing', async () => {
    expect(await exchange(outgoing('http://does-not-exist.invalid/'))).toMatchObject({ kind: 'unsent' })
    expect(await exchange(outgoing('http://127.0.0.1:9/'))).toEqual({ kind: 'unsent', cause: 'ECONNREFUSED' })
  })

  it('of the TLS handshake sent nothing', async () => {
    const url = await listening(
      createTcpServer((socket) => {
        socket.on('error', () => undefined)
        socket.end('this is not TLS', () => socket.destroy())
      }),
    )
    expect(await exchange(outgoing(url.replace('http', 'https')))).toMatchObject({ kind: 'unsent' })
  })

  it.each([
    ['a reset', (socket: { destroy(): void }) => socket.destroy()],
    ['silence', () => undefined],
  ])('by %s after the connection is open leaves the outcome unknown', async (_name, behave) => {
    const sockets: { destroy(): void }[] = []
    const url = await listening(
      createTcpServer((socket) => {
        sockets.push(socket)
        socket.on('error', () => undefined)
        socket.once('data', () => behave(socket))
      }),
    )
    expect(await exchange(outgoing(url))).toMatchObject({ kind: 'unknown' })
    for (const socket of sockets) socket.destroy()
  })

  it('in the middle of the answer leaves the outcome unknown', async () => {
    const url = await serving((_request, response) => {
      response.writeHead(200, { 'content-length': 1000 })
      response.write('{"validation', () => response.destroy())
    })
    expect(await exchange(outgoing(url))).toMatchObject({ kind: 'unknown' })
  })

  it('is not made of a redirect: it is not followed', async () => {
    const url = await serving((_request, response) => response.writeHead(302, { location: '/other' }).end())
    expect(await exchange(outgoing(url))).toMatchObject({ kind: 'answered', status: 302 })
  })
})
