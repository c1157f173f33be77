/** One HTTP exchange in explicit phases: nothing was sent, something may have arrived, or an answer came back whole. */
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { Socket } from 'node:net'

export interface Outgoing {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
}

/**
 * `unsent`: no byte of the request left this machine, so repeating it is always safe. `untrusted`: the other side could not
 * prove that it is who it should be. `unknown`: the request may have arrived, its answer did not.
 */
export type Exchange =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly retryAfter: string | undefined
      readonly body: string
      /** The `Date` header, milliseconds since 1970 */
      readonly serverTime: number | undefined
      /** From the request to the head of its answer */
      readonly roundTripMs: number
    }
  | { readonly kind: 'unsent'; readonly cause: string }
  | { readonly kind: 'untrusted'; readonly cause: string }
  | { readonly kind: 'unknown'; readonly cause: string }

/** Larger than any answer with a cleared document in it (requests stop near 10 MB). */
const longestAnswer = 32 * 1024 * 1024

export const exchange = (outgoing: Outgoing): Promise<Exchange> =>
  new Promise((resolve) => {
    const secure = outgoing.url.protocol === 'https:'
    const connection = { open: false }
    const started = performance.now()
    const request = (secure ? tlsRequest : plainRequest)(outgoing.url, {
      method: outgoing.method,
      // A connection of its own: on a kept one that the other side has closed, nobody can tell whether bytes arrived.
      agent: false,
      headers: { ...outgoing.headers, 'Content-Length': String(Buffer.byteLength(outgoing.body)) },
      signal: AbortSignal.timeout(outgoing.timeoutMs),
    })
    const fail = (error: unknown) => resolve(lost(errorCode(error), connection.open))
    request.on('socket', (socket) => markOpen(socket, secure, connection))
    request.on('error', fail)
    request.on('response', (response) => collect(response, request, performance.now() - started).then(resolve, fail))
    request.end(outgoing.body)
  })

/** From this event on bytes of the request may be on their way; a failed TLS handshake never gets here. */
const markOpen = (socket: Socket, secure: boolean, connection: { open: boolean }): void => {
  socket.once(secure ? 'secureConnect' : 'connect', () => {
    connection.open = true
  })
}

const collect = async (response: IncomingMessage, request: ClientRequest, roundTripMs: number): Promise<Exchange> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > longestAnswer) {
      request.destroy()
      return { kind: 'unknown', cause: 'answer-too-long' }
    }
    chunks.push(bytes)
  }
  return {
    kind: 'answered',
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    body: Buffer.concat(chunks).toString('utf8'),
    serverTime: timeOf(response.headers.date),
    roundTripMs,
  }
}

const timeOf = (date: string | undefined): number | undefined => {
  const time = Date.parse(date ?? '')
  return Number.isNaN(time) ? undefined : time
}

const lost = (cause: string, connected: boolean): Exchange => {
  if (connected) return { kind: 'unknown', cause }
  return { kind: untrustedCauses.test(cause) ? 'untrusted' : 'unsent', cause }
}

/** Node's names for a certificate that is not the gateway's. */
const untrustedCauses = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)/

const errorCode = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
