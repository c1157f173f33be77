/** The practice gateway: an HTTP server that behaves like ZATCA's, for rehearsals, the demo and the tests. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Answer, gatewayPage, serverError } from './answer.ts'
import type { Request } from './call.ts'
import { answerControl, type Controlled, isControl } from './control.ts'
import { ENVIRONMENTS, type EnvironmentName } from './environments.ts'
import { type Delivery, switchboard } from './faults.ts'
import { answerCall, routeOf } from './gateway.ts'
import { openLedger } from './ledger.ts'
import { scriptedAnswers } from './scripted.ts'
import { openState, type Settings } from './state.ts'

const LARGEST_BODY = 10 * 1024 * 1024

export interface PracticeOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Milliseconds since 1970; the system clock by default. */
  readonly now?: () => number
  /** Folder for CA keys, CSIDs and ledger; without it everything is forgotten on close. */
  readonly dataDir?: string
  readonly settings?: Partial<Settings>
  /** Gets one line for every call; neither secrets nor documents are in it. */
  readonly log?: (line: PracticeLogLine) => void
}

export interface PracticeLogLine {
  readonly method: string
  readonly path: string
  /** The HTTP status, or how the connection ended instead. */
  readonly outcome: number | 'reset' | 'never'
  readonly error?: string
}

export interface PracticeServer {
  /** Without path: `http://127.0.0.1:8085`. */
  readonly url: string
  /** What a client puts before `/compliance`, `/invoices/...`, by environment. */
  readonly baseUrls: Readonly<Record<EnvironmentName, string>>
  close(): Promise<void>
}

/** Starts the gateway; rejects when the port is taken or the folder cannot be used. */
export async function startPractice(options: PracticeOptions = {}): Promise<PracticeServer> {
  const practice = openPractice(options)
  const log = options.log ?? (() => undefined)
  const server = createServer((incoming, outgoing) => {
    serve(practice, incoming, outgoing).then(
      (outcome) => log({ ...describe(incoming), outcome }),
      (error: unknown) => {
        if (!outgoing.headersSent)
          write(outgoing, serverError(500, 'The practice gateway failed.'), false, practice.now())
        log({ ...describe(incoming), outcome: 500, error: String(error) })
      },
    )
  })
  const url = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1')
  const baseUrls = {
    practice: url + ENVIRONMENTS.practice.basePath,
    production: url + ENVIRONMENTS.production.basePath,
    simulation: url + ENVIRONMENTS.simulation.basePath,
    sandbox: url + ENVIRONMENTS.sandbox.basePath,
  }
  return { url, baseUrls, close: () => close(server) }
}

function openPractice({ now = Date.now, dataDir, settings }: PracticeOptions): Controlled {
  const { state, save } = openState(now(), dataDir)
  Object.assign(state.settings, settings)
  let shift = 0
  return {
    now: () => now() + shift,
    setClock: (time) => {
      shift = time === undefined ? 0 : time - now()
    },
    state,
    save,
    ledger: openLedger(dataDir),
    faults: switchboard(),
    scripted: scriptedAnswers(),
  }
}

const describe = ({ method = '', url = '' }: IncomingMessage) => ({ method, path: url.split('?')[0] ?? '' })

async function serve(
  practice: Controlled,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<PracticeLogLine['outcome']> {
  const body = await readBody(incoming)
  const delivery = body ? await deliver(practice, incoming, body) : { answer: gatewayPage(413, 'Payload Too Large') }
  if (delivery === 'never') return delivery
  if (delivery === 'reset') {
    incoming.socket.resetAndDestroy()
    return delivery
  }
  write(outgoing, delivery.answer, delivery.isCut ?? false, practice.now())
  return delivery.answer.status
}

function deliver(practice: Controlled, incoming: IncomingMessage, body: Buffer): Delivery | Promise<Delivery> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://practice')
  const request: Request = { method: incoming.method ?? '', path: pathname, headers: flatHeaders(incoming), body }
  if (isControl(pathname))
    return { answer: answerControl(practice, request, incoming.socket.remoteAddress ?? '', searchParams) }
  const route = routeOf(request)
  if (!route) return { answer: serverError(404, 'The requested resource does not exist.') }
  return practice.faults.apply(route.endpoint.name, practice.now(), () => answerCall(practice, route, request))
}

const flatHeaders = ({ headers }: IncomingMessage): Request['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]))

/** The whole body, or undefined when it is too large; the rest of a large one is read and dropped. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size <= LARGEST_BODY) chunks.push(bytes)
  }
  return size <= LARGEST_BODY ? Buffer.concat(chunks) : undefined
}

function write(outgoing: ServerResponse, { status, body, headers }: Answer, isCut: boolean, now: number): void {
  const isText = typeof body === 'string'
  const bytes = Buffer.from(isText ? body : JSON.stringify(body))
  outgoing.writeHead(status, {
    'content-type': isText ? 'text/plain' : 'application/json',
    'content-length': bytes.length,
    date: new Date(now).toUTCString(),
    ...headers,
  })
  if (isCut) outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy())
  else outgoing.end(bytes)
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address !== null ? address.port : port
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${bound}`)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
