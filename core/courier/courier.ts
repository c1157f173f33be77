/**
 * Carries messages to webhooks. Whoever may type an address must not reach the office's own network through us: the name is looked up once,
 * every address it has is judged, and the connection goes to one that was judged (a name that answers differently the second time gains
 * nothing). Redirects are not followed, proxies of the environment are not used, and of an answer only the status is read.
 */
import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { isIP } from 'node:net'
import type { Courier, DeliveryProblem, Posted } from '#core/ports.ts'
import { type Admits, admitting } from './addresses.ts'

export interface CourierOptions {
  /** Also `http:`; never in production */
  readonly plain?: boolean
  /** Addresses and subnets inside the network that may be told all the same: `10.0.0.7`, `10.0.0.0/24` */
  readonly allowed?: readonly string[]
  /** Until the head of the answer must be there, milliseconds */
  readonly timeoutMs?: number
  /** The system's name service when absent */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>
}

/** Heads of answers; Node breaks off a longer one. */
const longestHead = 16 * 1024

export const courier = (options: CourierOptions = {}): Courier => {
  const { plain = false, allowed = [], timeoutMs = 10_000, resolve = resolveAll } = options
  const place = placeOf(plain, admitting(allowed), resolve)
  return {
    problemOf: async (url) => {
      const found = await place(url)
      return typeof found === 'string' ? found : undefined
    },
    post: async (message) => {
      const found = await place(message.url)
      return typeof found === 'string' ? { kind: 'failed', problem: found } : exchange(found, message, timeoutMs)
    },
  }
}

interface Place {
  readonly url: URL
  readonly address: LookupAddress
}

const resolveAll = (host: string): Promise<readonly LookupAddress[]> => lookup(host, { all: true })

/** Where an address leads, or why nothing goes there. One address inside the network is enough to refuse a name. */
const placeOf =
  (plain: boolean, admits: Admits, resolve: NonNullable<CourierOptions['resolve']>) =>
  async (text: string): Promise<Place | DeliveryProblem> => {
    const url = URL.parse(text)
    const isUsable = url !== null && (url.protocol === 'https:' || (plain && url.protocol === 'http:'))
    if (!isUsable || url.username !== '' || url.password !== '') return 'address-form'
    const addresses = await addressesOf(url.hostname, resolve)
    const [address] = addresses
    if (address === undefined) return 'unresolvable'
    return addresses.every((one) => admits(one.address)) ? { url, address } : 'address-refused'
  }

const addressesOf = async (
  hostname: string,
  resolve: NonNullable<CourierOptions['resolve']>,
): Promise<readonly LookupAddress[]> => {
  const literal = hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(literal)
  if (family !== 0) return [{ address: literal, family }]
  try {
    return await resolve(hostname)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return []
    throw error
  }
}

const exchange = (
  { url, address }: Place,
  { headers, body }: Parameters<Courier['post']>[0],
  timeoutMs: number,
): Promise<Posted> =>
  new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, {
      method: 'POST',
      agent: false,
      maxHeaderSize: longestHead,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), 'user-agent': 'Khatm' },
      // Asked by the socket instead of the name service; not asked when the host is an address, which was judged itself.
      lookup: (_host, how, told) => (how.all ? told(null, [address]) : told(null, address.address, address.family)),
      signal: AbortSignal.timeout(timeoutMs),
    })
    request.on('error', (error) => resolve({ kind: 'failed', problem: problemOf(error) }))
    request.on('response', (response) => {
      resolve({ kind: 'answered', status: response.statusCode ?? 0 })
      response.destroy()
    })
    request.end(body)
  })

const problemOf = (error: Error): DeliveryProblem => {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout'
  const code = 'code' in error ? String(error.code) : ''
  return /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ERR_TLS|ERR_SSL|EPROTO/.test(code) ? 'untrusted' : 'unreachable'
}
