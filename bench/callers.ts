/** Programs that call a server over connections which they keep, each waiting for its answer before it asks again. */
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Answer {
  readonly status: number
  readonly body: string
}

/** `connections`: the most at a time; others wait. */
export const openCaller = (origin: string, headers: Readonly<Record<string, string>>, connections: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const ask = (method: string, path: string, body?: object): Promise<Answer> =>
    new Promise((answered, failed) => {
      const sent = body === undefined ? '' : JSON.stringify(body)
      const length = String(Buffer.byteLength(sent))
      const options = {
        method,
        agent,
        headers: { ...headers, 'content-type': 'application/json', 'content-length': length },
      }
      request(`${origin}${path}`, options, (response) =>
        text(response).then((read) => answered({ status: response.statusCode ?? 0, body: read }), failed),
      )
        .on('error', failed)
        .end(sent)
    })
  return { ask, close: () => agent.destroy() }
}

/** The value below which so much of them lies: 0.5 is the median. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
